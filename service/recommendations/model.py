"""The recommender: books are alike when the same people like them (item-based collaborative filtering, cosine).

Sources: Sarwar, Karypis, Konstan and Riedl, "Item-based collaborative filtering recommendation algorithms", 2001.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

NEIGHBOURS = 20
"""How many alike books are kept for each; nobody looks further down such a list."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Neighbours:
    """For each book, the books most alike."""

    books: NDArray[np.int64]
    """Ids, ascending."""
    alike: NDArray[np.int64]
    """A row a book: ids, the most alike first."""
    scores: NDArray[np.float32]
    """As `alike`: 0, never liked by the same person, to 1, always."""

    @classmethod
    def learn(cls, opinions: Iterable[tuple[int, int, float]]) -> Self:
        """Learn from who likes what how much: accounts, books, and a number from 0 to 1.

        Takes memory for accounts times books, and for books squared.
        """
        table = np.array(list(opinions), dtype=np.float64).reshape(-1, 3)
        accounts, rows = np.unique(table[:, 0], return_inverse=True)
        books, columns = np.unique(table[:, 1].astype(np.int64), return_inverse=True)
        liked = np.zeros((len(accounts), len(books)), dtype=np.float32)
        np.maximum.at(liked, (rows, columns), table[:, 2].astype(np.float32))
        lengths = np.linalg.norm(liked, axis=0)
        cosine = (liked.T @ liked) / np.maximum(np.outer(lengths, lengths), np.finfo(np.float32).tiny)
        np.fill_diagonal(cosine, 0)
        best = np.argsort(-cosine, axis=1, kind="stable")[:, :NEIGHBOURS]
        scores = np.clip(np.take_along_axis(cosine, best, axis=1), 0, 1)
        return cls(books=books, alike=books[best] if len(books) else best, scores=scores.astype(np.float32))

    def of(self, book_id: int) -> dict[int, float]:
        """Return the books alike to one, by id, the most alike first; none where nobody has an opinion on it."""
        row = int(np.searchsorted(self.books, book_id))
        if row == len(self.books) or self.books[row] != book_id:
            return {}
        pairs = zip(self.alike[row].tolist(), self.scores[row].tolist(), strict=True)
        return {other: round(score, 4) for other, score in pairs if score > 0}

    def for_reader(self, liked: Iterable[int]) -> dict[int, float]:
        """Return what somebody may like who likes these, the likeliest first: the best of each book's neighbours."""
        known = set(liked)
        best = dict[int, float]()
        for book_id in known:
            for other, score in self.of(book_id).items():
                if other not in known:
                    best[other] = max(score, best.get(other, 0))
        return dict(sorted(best.items(), key=lambda pair: (-pair[1], pair[0])))

    def to_bytes(self) -> bytes:
        """Return it as an archive of arrays, to be kept."""
        archive = io.BytesIO()
        np.savez_compressed(archive, books=self.books, alike=self.alike, scores=self.scores)
        return archive.getvalue()

    @classmethod
    def from_bytes(cls, archive: bytes) -> Self:
        """Read what `to_bytes` has written."""
        with np.load(io.BytesIO(archive), allow_pickle=False) as arrays:
            return cls(books=arrays["books"], alike=arrays["alike"], scores=arrays["scores"])
