"""Whether texts that keep some conditions all keep others: by lengths, listed values, automata and samples."""

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from upheld import pattern as patterns
from upheld.diff.automata import Language, UnsureError, word
from upheld.diff.forms import Texts
from upheld.diff.meeting import has_text, holds_text
from upheld.diff.texts import LENGTHS, SAMPLES, WIDER, lengthened

PLAIN = ("", "a", "0", "a b", "x", "-1", "ab", "abc", "0000-00-00", "A", "é")
"""Texts that tell many conditions apart."""
LONGEST = 100_000
"""Longer texts are not made."""


def some(part: Texts, count: int = 1) -> list[str]:
    """Return a few texts that a part accepts, as far as can be told, short ones first; [] where none was found."""
    if part.values is not None:
        return sorted(_listed(part), key=lambda value: (len(value), value))[:count]
    if not part.patterns and not part.formats and not part.without:
        if part.low > LONGEST:
            return []
        made = ["a" * part.low] if part.low else ["", "a"]
        made += [f"a{'b' * at}" for at in range(part.low, part.low + count)]
        return list(dict.fromkeys(text for text in made if has_text(part, text)))[:count]
    return [text for text in dict.fromkeys(_tried(part, count)) if holds_text(part, text) is not False][:count]


def uncovered(part: Texts, others: Sequence[Texts]) -> list[str] | None:
    """Return texts that a part accepts and none of the others does: [] for none, `None` where that is not known."""
    sure = [other for other in others if not other.atoms]
    if any(_is_within(part, other) for other in sure):
        return []
    if part.values is not None:
        values = _listed(part)
        refused = [value for value in values if all(holds_text(other, value) is False for other in others)]
        if not refused and all(any(holds_text(other, value) for other in sure) for value in values):
            return []
        unsure = [value for value in values if not any(holds_text(other, value) for other in sure)]
        return _shortest(refused or unsure)
    tried = list(dict.fromkeys(text for text in _apart(part, others) if holds_text(part, text)))
    apart = [text for text in tried if all(holds_text(other, text) is False for other in others)]
    if not apart and _is_covered(part, sure):
        return []
    # Where nothing is known for sure, a validator may know more of the others.
    return _shortest(apart or [text for text in tried if not any(holds_text(other, text) for other in sure)]) or None


def _listed(part: Texts) -> list[str]:
    """Return those of the listed values that keep the part's other conditions, as far as can be told."""
    return [value for value in part.values or () if holds_text(part, value) is not False]


def _shortest(texts: Iterable[str]) -> list[str]:
    return sorted(texts, key=lambda text: (len(text), text))[:3]


def is_empty(part: Texts) -> bool:
    """Return whether no text is accepted, for sure."""
    if part.values is not None:
        return not _listed(part)
    try:
        return bool(part.patterns) and not word(_language(part))
    except UnsureError:
        return False


def _is_within(part: Texts, other: Texts) -> bool:
    """Whether another part asks for nothing that a part does not ask for, read off its conditions."""
    low, high = _lengths(part)
    if other.values is not None or other.low > low or not other.patterns <= part.patterns:
        return False
    if other.high is not None and (high is None or high > other.high):
        return False
    return other.without <= part.without and other.formats <= _kept(part)


def _lengths(part: Texts) -> tuple[int, int | None]:
    """Return how short and how long the texts of a part are, by what it says and by its formats."""
    known = [LENGTHS[form] for form in part.formats if form in LENGTHS]
    highs = [high for high in (part.high, *(high for _, high in known)) if high is not None]
    return max(part.low, *(low for low, _ in known), 0), min(highs, default=None)


def _kept(part: Texts) -> frozenset[str]:
    """Return the formats that texts keep which keep those of a part."""
    return part.formats.union(*(WIDER.get(form, frozenset()) for form in part.formats))


def _is_covered(part: Texts, others: Sequence[Texts]) -> bool:
    """Whether the others accept all texts of a part, decided by automata; where that is not sure, they do not."""
    usable = [other for other in others if other.values is None and other.formats <= _kept(part)]
    listed = sorted({value for other in others for value in other.values or ()} | part.without)
    held = {value for other in usable for value in other.without}
    if any(
        holds_text(part, value) is not False and not any(holds_text(other, value) for other in others) for value in held
    ):
        return False
    try:
        left = words(_language(part), tuple(map(_language, usable)), len(listed) + 1)
    except UnsureError:
        return False
    return all(text in listed for text in left)


def _apart(part: Texts, others: Sequence[Texts]) -> Iterator[str]:
    """Yield texts at which the parts may differ."""
    listed = len({value for other in others for value in other.values or ()}) + len(part.without)
    languages = tuple(_language(other) for other in others if other.values is None)
    usable = tuple(_language(other) for other in others if other.values is None and other.formats <= _kept(part))
    if not part.formats:
        for outside in dict.fromkeys((languages, usable)):
            try:
                yield from words(_language(part), outside, listed + 2)
            except UnsureError:
                yield from _tried(part, 4)
    for other in others:
        yield from other.without
        yield from _sized(part, other)
    yield from _tried(part, 4)


def _sized(part: Texts, other: Texts) -> Iterator[str]:
    """Yield texts of a part that are too short or too long for another."""
    if part.low < other.low:
        short = min(max(part.low, other.low - 1), LONGEST)
        yield "a" * short
        yield from _formed(part, short)
    if other.high is not None and other.high < LONGEST:
        yield from _formed(part, other.high + 1)
        yield from _pumped(part, other.high + 1)
        yield "a" * (other.high + 1)


def _formed(part: Texts, length: int) -> Iterator[str]:
    """Yield texts of some length, or little more, that keep a format of a part."""
    for form in sorted(part.formats) if length <= LONGEST else ():
        yield from filter(None, (lengthened(form, longer) for longer in range(length, length + 3)))


def _pumped(part: Texts, length: int) -> Iterator[str]:
    """Yield texts of some length that match an expression of a part, those first that repeat one character."""
    for pattern in sorted(part.patterns):
        try:
            short = words(Language((pattern,)), (), 1)
        except UnsureError:
            short = ()
        for text in short:
            longer = [text[:at] + text[at] * (length - len(text)) + text[at:] for at in range(len(text))]
            if found := next((one for one in longer if has_text(part, one)), None):
                yield found
                return
        for drawn in patterns.drawn(pattern):
            if sized := patterns.sized(pattern, drawn, length):
                yield sized


def _tried(part: Texts, count: int) -> Iterator[str]:
    """Yield texts that a part may accept."""
    if not part.formats:
        try:
            yield from words(_language(part), (), count + len(part.without))
        except UnsureError:
            for pattern in sorted(part.patterns):
                for drawn in patterns.drawn(pattern):
                    yield drawn
                    if LONGEST > part.low > len(drawn) and (longer := patterns.sized(pattern, drawn, part.low)):
                        yield longer
    for form in sorted(part.formats):
        yield from SAMPLES.get(form, ())
    yield from _formed(part, part.low)
    yield from PLAIN
    if part.low <= LONGEST:
        yield "a" * part.low


def _language(part: Texts) -> Language:
    return Language(tuple(sorted(part.patterns)), part.low, part.high)


@lru_cache(maxsize=4096)
def words(inside: Language, outside: tuple[Language, ...], count: int) -> tuple[str, ...]:
    """Return what `automata.word` does, found once. Errors: UnsureError."""
    return word(inside, outside, count=count)
