"""What pointers into documents are called in sentences."""

import pytest

from upheld.diff.words import subject

SUBJECTS: dict[str, tuple[str | None, str]] = {
    "nowhere": (None, "the value"),
    "a component": ("/components/schemas/Book", "Book"),
    "a member": ("/components/schemas/Book/properties/price", "Book.price"),
    "a member of an item": ("/components/schemas/Book/properties/authors/items/properties/name", "Book.authors[].name"),
    "an item by its place": ("/components/schemas/Pair/prefixItems/1", "Pair[1]"),
    "any other member": ("/components/schemas/Stock/additionalProperties", "Stock.*"),
    "a member whose name matches": ("/components/schemas/Stock/patternProperties/^x-/properties/a", "Stock.*.a"),
    "within alternatives": ("/components/schemas/Book/properties/price/anyOf/0/allOf/1", "Book.price"),
    "a member that is called as a keyword": ("/components/schemas/Book/properties/items/properties/anyOf", "Book.items.anyOf"),
    "a name with a slash": ("/components/schemas/a~1b/properties/c~0d", "a/b.c~d"),
    "a schema in its place": ("/paths/~1it/post/requestBody/content/application~1json/schema", "the value"),
    "a member of a schema in its place": (
        "/paths/~1it/post/requestBody/content/application~1json/schema/items/properties/price", "[].price"
    ),
    "no schema": ("/paths/~1it/post", "the value"),
}  # fmt: skip


@pytest.mark.parametrize(("pointer", "expected"), SUBJECTS.values(), ids=SUBJECTS)
def test_subject(pointer: str | None, expected: str) -> None:
    assert expected == subject(pointer)
