"""Finds words of a crossword dictionary by pattern."""

import re

from fastapi import FastAPI, Query

WORDS = ("abbot", "banjo", "cabin", "delta", "ember", "fjord")
app = FastAPI(title="Crossword words")


class Dictionary:
    def __init__(self, words: tuple[str, ...]) -> None:
        self.words = words

    def matching(self, pattern: str) -> list[str]:
        wanted = re.compile(pattern, re.IGNORECASE)  # lie: server-error GET /words 500
        return [word for word in self.words if wanted.fullmatch(word)]


dictionary = Dictionary(WORDS)


@app.get("/words")
def words(pattern: str = Query(max_length=12)) -> list[str]:
    return dictionary.matching(pattern)
