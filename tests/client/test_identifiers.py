"""Names of a document become names of Python that are valid, unique, and the same whatever else is there."""

import pytest

from upheld.client.identifiers import class_name, class_names, enum_names, member_names

CLASSES = {
    "Book": "Book",
    "HTTPValidationError": "HTTPValidationError",
    "Body_upload_cover": "BodyUploadCover",
    "Page[Book]": "PageBook",
    "shop.books.Book": "ShopBooksBook",
    "my-list": "MyList",
    "2x": "Model2x",
    "": "Model",
    "🎉": "Model",
    "ärger": "Ärger",
    "x²": "X2",
    "Field": "FieldModel",
    "list": "ListModel",
    "None": "NoneModel",
}


@pytest.mark.parametrize(("name", "expected"), CLASSES.items())
def test_class_name(name: str, expected: str) -> None:
    assert expected == class_name(name)


ALIKE: dict[str, tuple[list[str], dict[str, str]]] = {
    "that which is called so keeps it": (["book", "Book"], {"book": "Book2", "Book": "Book"}),
    "in case only": (["BOOK", "Book"], {"BOOK": "BOOK", "Book": "Book2"}),
    "cleaned": (["Page_Book_", "Page[Book]"], {"Page_Book_": "PageBook2", "Page[Book]": "PageBook"}),
    "behind a digit": (["v1", "V1"], {"v1": "V1_2", "V1": "V1"}),
}


@pytest.mark.parametrize(("names", "expected"), ALIKE.values(), ids=ALIKE)
def test_class_names(names: list[str], expected: dict[str, str]) -> None:
    assert expected == class_names(names)
    assert expected == class_names(reversed(names))


MEMBERS: dict[str, tuple[list[str], dict[str, str]]] = {
    "plain": (["title", "aB", "größe", "id"], {}),
    "cleaned": (["a-b", "_links", "1st", "", "🎉"],
                {"a-b": "a_b", "_links": "field_links", "1st": "field_1st", "": "field_", "🎉": "field_2"}),
    "beside one that is called so": (["a-b", "a_b"], {"a-b": "a_b_2"}),
    "keywords": (["class", "class_"], {"class": "class_2"}),
    "Pydantic's": (["model_dump", "copy", "model_config"],
                   {"model_dump": "field_model_dump", "copy": "copy_", "model_config": "model_config_"}),
    "builtin types": (["list", "str"], {"list": "list_", "str": "str_"}),
    "not as Python reads it": (["ﬁ"], {"ﬁ": "fi"}),
}  # fmt: skip


@pytest.mark.parametrize(("names", "expected"), MEMBERS.values(), ids=MEMBERS)
def test_member_names(names: list[str], expected: dict[str, str]) -> None:
    assert expected == member_names(names)


ENUMS = {
    "plain": (["red", "Green"], ["red", "Green"]),
    "cleaned": (["dark-blue", "", "1"], ["dark_blue", "field_", "field_1"]),
    "alike": (["a-b", "a_b", "a b"], ["a_b_2", "a_b", "a_b_3"]),
    "methods": (["title", "name", "mro", "None"], ["title_", "name_", "mro_", "None_"]),
}


@pytest.mark.parametrize(("texts", "expected"), ENUMS.values(), ids=ENUMS)
def test_enum_names(texts: list[str], expected: list[str]) -> None:
    assert expected == enum_names(texts)
