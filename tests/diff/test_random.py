"""Answers about thousands of random schemas: a validator and random values never say otherwise.

What is included has no value that the smaller schema accepts and the larger refuses. What is refused comes with such a
value. Documents that say the same in other words have no break between them.
"""

import copy
import random
from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from tests.diff.asked import ask
from tests.diff.corpus import directions, pair
from tests.diff.places import schemas
from tests.diff.rewrites import renamed, rewritten, shuffled
from tests.diff.schemas import ROOT, Document, document, mutated
from tests.diff.values import Values
from upheld.diff import compare
from upheld.diff.answer import Undecided
from upheld.diff.include import Inclusion
from upheld.diff.instances import Instances
from upheld.diff.nodes import Nodes, Source
from upheld.diff.normal import Forms
from upheld.model import Change, Json, Verdict
from upheld.schema import Judge

BATCHES, BATCH = 6, 400
"""So many pairs, each asked about in two worlds: members that nobody names may be there, or not."""
VALUES = 40
"""So many values are drawn for each pair."""
WORLDS = {"open": False, "closed": True}
WHOLE = {"$ref": ROOT}


def pairs(batch: int) -> Iterator[tuple[random.Random, Document, Document]]:
    """Yield pairs of documents, mostly versions of each other."""
    for at in range(BATCH):
        chance = random.Random(f"pair {batch} {at}")
        old = chance.random() < 0.25
        one = document(chance, old=old)
        other = mutated(chance, one) if chance.random() < 0.85 else document(chance, old=old)
        yield (chance, one, other) if chance.random() < 0.5 else (chance, other, one)


def counterexample(chance: random.Random, small: Document, big: Document, *, closed: bool) -> Json:
    """Return a drawn value, in a list, that one accepts and the other refuses; [] for none."""
    judges, values = (Judge(small), Judge(big)), Values(chance, small)
    for _ in range(VALUES):
        value = values.draw(WHOLE)
        if not judges[0].valid(WHOLE, value) or judges[1].valid(WHOLE, value) is not False:
            continue
        if not closed or values.is_closed([WHOLE], value):
            return [value]
    return []


@pytest.mark.parametrize("closed", WORLDS.values(), ids=WORLDS)
@pytest.mark.parametrize("batch", range(BATCHES))
def test_random_values_agree(batch: int, *, closed: bool) -> None:
    told: Counter[str] = Counter()
    for chance, small, big in pairs(batch):
        word = ask(small, big, closed=closed).word
        told[word] += 1
        if word == "included":
            assert [] == counterexample(chance, small, big, closed=closed), (small, big)
    assert told["included"] > BATCH / 5, told
    assert told["refused"] > BATCH / 5, told
    assert told["undecided"] <= BATCH * 0.02, told
    assert told["unproven"] <= told["refused"] * 0.03, told


@pytest.mark.parametrize("closed", WORLDS.values(), ids=WORLDS)
def test_rewrites_are_included(*, closed: bool) -> None:
    told: Counter[str] = Counter()
    for at in range(200):
        chance = random.Random(f"rewrite {at}")
        one = document(chance, old=chance.random() < 0.25)
        other = rewritten(chance, one)
        told.update(ask(*both, closed=closed).word for both in ((one, other), (other, one)))
    assert 0 == told["refused"]
    # What is left are alternatives of a `oneOf` that overlap: two spellings of them are not known to be the same.
    assert told["included"] >= 400 * 0.98, told


# Whole documents ------------------------------------------------------------------------------------------------


def serving(whole: Document) -> Document:
    """Return a document with an operation that takes and answers `Root`."""
    content = {"content": {"application/json": {"schema": WHOLE}}}
    operation = {"requestBody": content, "responses": {"200": {"description": "It.", **content}}}
    return {**whole, "info": {"title": "Random", "version": "1"}, "paths": {"/it": {"post": operation}}}


def documents(count: int) -> Iterator[tuple[random.Random, Document]]:
    """Yield random documents."""
    for at in range(count):
        chance = random.Random(f"document {at}")
        yield chance, document(chance, old=chance.random() < 0.25)


def told(old: Document, new: Document) -> tuple[Change, ...]:
    return compare(serving(old), serving(new))


def test_nothing_changes_between_a_document_and_itself() -> None:
    for chance, whole in documents(100):
        assert () == told(whole, whole), whole
        assert () == told(whole, copy.deepcopy(whole)), whole
        mixed = shuffled(chance, whole)
        assert isinstance(mixed, dict)
        assert () == told(whole, mixed), whole


def test_another_name_breaks_nobody() -> None:
    rules = {change.rule for _, whole in documents(100) for change in told(whole, renamed(whole))}
    assert {"schema-renamed"} == rules


def test_other_words_break_nobody() -> None:
    found: Counter[str] = Counter()
    for chance, whole in documents(150):
        other = rewritten(chance, whole)
        for old, new in ((whole, other), (other, whole)):
            changes = told(old, new)
            assert [] == [change for change in changes if change.verdict is Verdict.BREAKING], (old, new)
            found[max((str(change.verdict) for change in changes), default="none")] += 1
    assert found["undecided"] <= 300 * 0.02, found


# The corpus -----------------------------------------------------------------------------------------------------


def questions() -> Iterator[tuple[Mapping[str, Any], Mapping[str, Any], Json, Json]]:
    """Yield the pairs of schemas at the same places of the pairs of documents, with the documents."""
    for name, direction in directions():
        small, big = pair(name).documents(direction)
        theirs = {(place.label, place.side, place.part): place.schema for place in schemas(big)}
        for place in schemas(small):
            if (key := (place.label, place.side, place.part)) in theirs and not place.wire:
                yield small, big, place.schema, theirs[key]


def test_few_schemas_of_the_corpus_are_undecided() -> None:
    asked = undecided = 0
    for small, big, one, other in questions():
        nodes = Nodes()
        forms = Forms(nodes)
        sides = (Source(name="the contract", document=whole) for whole in (small, big))
        conditions = [nodes.of(source, raw, ("x",)) for source, raw in zip(sides, (one, other), strict=True)]
        answer = Inclusion(forms, Instances(forms)).decide(conditions[0], conditions[1])
        asked += 1
        undecided += isinstance(answer, Undecided)
    assert asked > 400
    assert undecided <= asked * 0.02, f"{undecided} of {asked}"
