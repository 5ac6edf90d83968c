"""What every FastAPI app converts or refuses by itself is told from what the author did, member by member.

Each case is a declared type, the schema that the docs were edited to say (`None` for FastAPI's own), what is sent, and
what comes of it: `valid`, `invalid` (rightly refused), `lenient` or `accepted` (taken against the docs, by the bare
type or by the author's doing), `bare` or `refused` (refused although the docs allow it, likewise), or `undecided`.
"""

from pathlib import Path
from urllib.parse import quote, urlencode

import pytest

from tests.live import faults, live
from upheld.model import Exchange, Json

LONG = "9" * 5000


def outcome(seen: Exchange) -> str:
    """Say what came of a request, and that the rules agree with it."""
    found = _outcome(seen)
    assert ("accepts-invalid-request" in faults(seen)) == (found == "accepted")
    assert ("rejects-valid-request" in faults(seen)) == (found == "refused")
    return found


def _outcome(seen: Exchange) -> str:
    if seen.violations is None:
        return "undecided"
    if 200 <= seen.status < 300:
        if not seen.violations:
            return "valid"
        return "lenient" if all(violation.lenient for violation in seen.violations) else "accepted"
    assert 422 == seen.status
    if seen.violations:
        return "invalid"
    return "bare" if all(refusal.bare for refusal in seen.seen.refusals) else "refused"


OWN = """
class Colour(enum.Enum):
    RED = "red"
    ONE = 1
class Point(typing.NamedTuple):
    x: int
    y: int = 0
class Row(typing_extensions.TypedDict):
    n: int
@__import__("dataclasses").dataclass
class Data:
    n: int
class Inner(BaseModel):
    n: int
class Other(BaseModel):
    s: str
class Cat(BaseModel):
    kind: Literal["cat"]
    n: int
class Dog(BaseModel):
    kind: Literal["dog"]
    n: int
class Open(BaseModel):
    model_config = {"extra": "allow"}
    __pydantic_extra__: dict[str, int]
class Shut(BaseModel):
    model_config = {"extra": "forbid"}
    n: int = 0
def refuse(v):
    raise ValueError("no")
def even(v):
    if v % 2: raise ValueError("odd")
    return v
Pets = typing.Union[Cat, Dog]
class Rows(RootModel[list[int]]): ...
class Aliased(BaseModel):
    n: Annotated[int, Field(alias="number")]
    m: "Inner | None" = None
"""
EDIT = """
def openapi():
    told = get_openapi(title="T", version="1", routes=app.routes)
    {place} = {schema!r}
    return told
app.openapi = openapi
"""

IN_BODY: dict[str, tuple[str, Json, str, str]] = {
    # Converted by the bare type.
    "a number as text": ("int", None, '"5"', "lenient"),
    "true for a number": ("float", None, "true", "lenient"),
    "a fraction of zero is an integer to JSON Schema": ("int", None, "3.0", "valid"),
    "a number as text with a fraction": ("float", None, '"1.5"', "lenient"),
    "one for true": ("bool", None, "1", "lenient"),
    "yes for true": ("bool", None, '"yes"', "lenient"),
    "a date as a number": ("datetime.date", None, "0", "lenient"),
    "a moment without an offset": ("datetime.datetime", None, '"2024-02-29T12:00:00"', "lenient"),
    "a blank in a moment": ("datetime.datetime", None, '"2024-02-29 12:00:00Z"', "lenient"),
    "a uuid without dashes": ("uuid.UUID", None, f'"{"0" * 32}"', "lenient"),
    "seconds for a duration": ("datetime.timedelta", None, "90", "lenient"),
    "an item": ("list[int]", None, '[1, "2"]', "lenient"),
    "an item twice": ("set[int]", None, "[1, 1]", "lenient"),
    "a value": ("dict[str, int]", None, '{"a": "1"}', "lenient"),
    "an item of a tuple": ("tuple[int, str]", None, '["1", "a"]', "lenient"),
    "an item of any tuple": ("tuple[int, ...]", None, '["1"]', "lenient"),
    "a named tuple's item": ("Point", None, '["1", 2]', "lenient"),
    "a typed dict's member": ("Row", None, '{"n": "1"}', "lenient"),
    "a data class's member": ("Data", None, '{"n": "1"}', "lenient"),
    "a model's member": ("Inner", None, '{"n": "1"}', "lenient"),
    "a member of an optional model": ("Inner | None", None, '{"n": "1"}', "lenient"),
    "a member of one of two models": ("Inner | Other", None, '{"n": "1"}', "lenient"),
    "a member of a tagged model": (
        'Annotated[Pets, Field(discriminator="kind")]',
        None,
        '{"kind": "dog", "n": "1"}',
        "lenient",
    ),
    "a root model's item": ("Rows", None, '["1"]', "lenient"),
    "a root model's item that a validator refuses": (
        "Annotated[Rows, AfterValidator(refuse)]",
        None,
        "[1]",
        "refused",
    ),
    "a member by its alias": ("Aliased", None, '{"number": "1"}', "lenient"),
    "a member of an optional one inside": ("Aliased", None, '{"number": 1, "m": {"n": "2"}}', "lenient"),
    "a key": ('dict[Annotated[str, Field(pattern="^a")], int]', None, '{"b": 1}', "bare"),
    "a value under a key of no pattern": (
        'dict[Annotated[str, Field(pattern="^a")], Annotated[int, Field(ge=6)]]',
        None,
        '{"b": 1}',
        "bare",
    ),
    "in an optional map": (
        'dict[Annotated[str, Field(pattern="^a")], Annotated[int, Field(ge=6)]] | None',
        None,
        '{"b": 1}',
        "bare",
    ),
    "a value under a key of a pattern": (
        'dict[Annotated[str, Field(pattern="^a")], Annotated[int, Field(ge=6)]]',
        None,
        '{"a": 1}',
        "invalid",
    ),
    "a member that nobody named": ("Open", None, '{"x": "1"}', "lenient"),
    "text for an optional number": ("int | None", None, '"5"', "lenient"),
    "text within its bounds": ("Annotated[int, Field(ge=1)]", None, '"5"', "lenient"),
    "true for an enum's one": ("Literal[1, 9]", None, "true", "lenient"),
    "a pattern that other readers read otherwise": (
        r'Annotated[str, Field(pattern="^\\w+$")]',
        None,
        '"\\u0130"',
        "lenient",
    ),
    "one in an optional text": (r'Annotated[str, Field(pattern="^\\w+$")] | None', None, '"\\u0130"', "lenient"),
    # Refused rightly.
    "a word for a number": ("int", None, '"x"', "invalid"),
    "null": ("int", None, "null", "invalid"),
    "a text past its bounds": ("Annotated[int, Field(ge=6)]", None, '"5"', "invalid"),
    "another container": ("list[int]", None, "{}", "invalid"),
    "an extra member where none may be": ("Shut", None, '{"x": 1}', "invalid"),
    # Refused by the bare type.
    "a leap second": ("datetime.datetime", None, '"2016-12-31T23:59:60Z"', "bare"),
    "the year zero": ("datetime.date", None, '"0000-01-01"', "bare"),
    "an integer beyond what Python reads": ("int", None, '"x"', "invalid"),
    # The author's doing.
    "a validator": ("Annotated[int, AfterValidator(even)]", None, "1", "refused"),
    "a validator in a list": ("list[Annotated[int, AfterValidator(even)]]", None, "[2, 1]", "refused"),
    "a bound that the docs forgot": ("Annotated[int, Field(ge=6)]", {"type": "integer"}, "5", "refused"),
    "a bound that the docs made up": ("int", {"type": "integer", "minimum": 6}, "5", "accepted"),
    "a type that the docs made up": ("Any", {"type": "integer"}, '"x"', "accepted"),
    "text where the docs name another type": ("str", {"type": "integer"}, '"5"', "accepted"),
    "a conversion of what the docs edited": ("int", {"type": "integer", "maximum": 9}, '"5"', "accepted"),
    "a format that the docs made up": ("str", {"type": "string", "format": "date"}, '"x"', "accepted"),
    "an enum value that the docs forgot": ("Colour", {"enum": ["red"]}, "1", "accepted"),
    "an enum value that the docs made up": ("Colour", {"enum": ["red", "blue"]}, '"blue"', "refused"),
    "a type that the docs widened": ("int", {"type": ["integer", "null"]}, "null", "refused"),
    "optional in other words": ("int | None", {"type": ["integer", "null"]}, '"5"', "lenient"),
    "one value in other words": ("Literal[1]", {"type": "integer", "enum": [1]}, "true", "lenient"),
    "only words were added": ("int", {"type": "integer", "title": "V", "description": "x", "x-a": 1}, '"5"', "lenient"),
    # And what nobody disagrees about.
    "as documented": ("int", None, "5", "valid"),
    "an enum": ("Colour", None, '"red"', "valid"),
    "a lone surrogate is no text": ("str", None, '"\\ud800"', "undecided"),
}


@pytest.mark.parametrize(("declared", "edited", "sent", "expected"), IN_BODY.values(), ids=IN_BODY)
def test_in_a_body(declared: str, edited: Json, sent: str, expected: str, tmp_path: Path) -> None:
    source = f'{OWN}\nclass M(BaseModel):\n    v: {declared}\n@app.post("/a")\ndef a(m: M):\n    return "taken"\n'
    if edited is not None:
        place = 'told["components"]["schemas"]["M"]["properties"]["v"]'
        source += EDIT.format(place=place, schema=edited)
    with live(source, tmp_path) as app:
        seen = app.ask("POST /a", headers={"content-type": "application/json"}, body=b'{"v": %s}' % sent.encode())
    assert expected == outcome(seen)


BODIES: dict[str, tuple[str, Json, str, str]] = {
    "a body that is a number": ("v: Annotated[int, Body()]", None, '"5"', "lenient"),
    "a body that is a list": ("v: list[int]", None, '["5"]', "lenient"),
    "two members side by side": (
        "m: Inner, k: Annotated[int, Body()]",
        None,
        '{"m": {"n": "1"}, "k": "2"}',
        "lenient",
    ),
    "one embedded": ("m: Annotated[Inner, Body(embed=True)]", None, '{"m": {"n": "1"}}', "lenient"),
    "more than is documented is ignored": ("m: Inner", None, '{"n": 1, "x": 2}', "valid"),
    "NaN": ("v: Annotated[float, Body()]", None, "NaN", "lenient"),
    "a member is missing": ("m: Inner", None, "{}", "invalid"),
    "required in the docs only": (
        "m: Shut",
        {"type": "object", "properties": {"n": {"type": "integer"}}, "required": ["n"]},
        "{}",
        "accepted",
    ),
    "optional in the docs only": (
        "m: Inner",
        {"type": "object", "properties": {"n": {"type": "integer"}}},
        "{}",
        "refused",
    ),
    "read by hand": ("request: Request", {"type": "integer"}, '"5"', "accepted"),
}


@pytest.mark.parametrize(("declared", "edited", "sent", "expected"), BODIES.values(), ids=BODIES)
def test_bodies(declared: str, edited: Json, sent: str, expected: str, tmp_path: Path) -> None:
    source = f'{OWN}\n@app.post("/a")\ndef a({declared}):\n    return "taken"\n'
    if edited is not None:
        place = 'told["paths"]["/a"]["post"]["requestBody"]'
        schema = {"required": True, "content": {"application/json": {"schema": edited}}}
        source += EDIT.format(place=place, schema=schema)
    with live(source, tmp_path) as app:
        seen = app.ask("POST /a", headers={"content-type": "application/json"}, body=sent.encode())
    assert expected == outcome(seen)


IN_QUERY: dict[str, tuple[str, Json, str, str]] = {
    "blanks around a number": ("int", None, " 1 ", "lenient"),
    "an underscore": ("int", None, "1_000", "lenient"),
    "a plus sign": ("int", None, "+1", "lenient"),
    "a leading zero": ("int", None, "01", "lenient"),
    "a fraction of zero": ("int", None, "1.0", "undecided"),
    "yes": ("bool", None, "yes", "lenient"),
    "NaN": ("float", None, "nan", "lenient"),
    "more than a double holds": ("float", None, "1e999", "lenient"),
    "a word": ("int", None, "x", "invalid"),
    "an integer too long": ("int", None, LONG, "undecided"),
    "an item": ("Annotated[list[int], Query()]", None, "+1", "lenient"),
    "an optional one": ("int | None", None, "+1", "lenient"),
    "a bound past": ("Annotated[int, Query(le=3)]", None, "+4", "invalid"),
    "a bound that the docs forgot": ("Annotated[int, Query(le=3)]", {"type": "integer"}, "4", "refused"),
    "a bound that the docs made up": ("int", {"type": "integer", "maximum": 3}, "4", "accepted"),
    "a conversion of what the docs edited": ("int", {"type": "integer", "maximum": 3}, "+1", "accepted"),
    "a pattern that other readers read otherwise": (
        r'Annotated[str, Query(pattern="^\\d$")]',
        None,
        "\u0661",
        "lenient",
    ),
    "a pattern that all read alike": (r'Annotated[str, Query(pattern="^\\d$")]', None, "x", "invalid"),
    "a pattern that is not enforced": ("str", {"type": "string", "pattern": "^\\d$"}, "\u0661", "accepted"),
    "a validator": ("Annotated[int, AfterValidator(even)]", None, "1", "refused"),
    "as documented": ("int", None, "1", "valid"),
    "an empty text for a number": ("int", None, "", "invalid"),
}


@pytest.mark.parametrize(("declared", "edited", "sent", "expected"), IN_QUERY.values(), ids=IN_QUERY)
def test_in_a_query(declared: str, edited: Json, sent: str, expected: str, tmp_path: Path) -> None:
    source = f'{OWN}\n@app.get("/a")\ndef a(q: {declared}):\n    return "taken"\n'
    if edited is not None:
        source += EDIT.format(place='told["paths"]["/a"]["get"]["parameters"][0]["schema"]', schema=edited)
    with live(source, tmp_path) as app:
        assert expected == outcome(app.ask("GET /a", f"/a?q={quote(sent)}"))


OLD: dict[str, tuple[str, Json, str, str]] = {
    "an optional one": ("int | None", {"type": "integer", "nullable": True}, "+1", "lenient"),
    "an exclusive bound": (
        "Annotated[int, Query(gt=0)]", {"type": "integer", "minimum": 0, "exclusiveMinimum": True}, "+1", "lenient"
    ),
    "another bound": (
        "Annotated[int, Query(gt=0)]", {"type": "integer", "minimum": 1, "exclusiveMinimum": True}, "+2", "accepted"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("declared", "edited", "sent", "expected"), OLD.values(), ids=OLD)
def test_in_words_of_3_0(declared: str, edited: Json, sent: str, expected: str, tmp_path: Path) -> None:
    source = f'{OWN}\n@app.get("/a")\ndef a(q: {declared} = None):\n    return "taken"\n'
    place = 'told["openapi"], told["paths"]["/a"]["get"]["parameters"][0]["schema"]'
    source += EDIT.format(place=place, schema=("3.0.3", edited))
    with live(source, tmp_path) as app:
        assert expected == outcome(app.ask("GET /a", f"/a?q={quote(sent)}"))


ELSEWHERE: dict[str, tuple[str, str, dict[str, str], str]] = {
    "a path": ("n: int", "/a/+1", {}, "lenient"),
    "a header": ("n: Annotated[int, Path()], x_page: Annotated[int, Header()]", "/a/1", {"x-page": "+1"}, "lenient"),
    "a cookie": ("n: Annotated[int, Path()], sid: Annotated[int, Cookie()]", "/a/1", {"cookie": "sid=+1"}, "lenient"),
    "another query parameter where none may be": ("n: int, p: Annotated[Shut, Query()]", "/a/1?x=1", {}, "bare"),
    "a model of query parameters": ("n: int, p: Annotated[Inner, Query()]", "/a/1?n=%2B1", {}, "lenient"),
    "a dependency's parameter": ("n: int, p: Annotated[Paging, Depends()]", "/a/1?page=%2B1", {}, "lenient"),
}


@pytest.mark.parametrize(("declared", "target", "headers", "expected"), ELSEWHERE.values(), ids=ELSEWHERE)
def test_elsewhere(declared: str, target: str, headers: dict[str, str], expected: str, tmp_path: Path) -> None:
    source = (
        f"{OWN}\nclass Paging:\n    def __init__(self, page: int): ...\n"
        f'@app.get("/a/{{n}}")\ndef a({declared}):\n    return "taken"\n'
    )
    with live(source, tmp_path) as app:
        assert expected == outcome(app.ask("GET /a/{n}", target.replace("+", "%2B"), headers=headers))


KINDS = """
class Named(BaseModel):
    kind: Literal["named"]
    name: str
class Numbered(BaseModel):
    kind: Literal["numbered"]
    number: int
"""
FORMS: dict[str, tuple[str, dict[str, str], str]] = {
    "as documented": ("n: Annotated[int, Form()]", {"n": "1"}, "valid"),
    "a plus sign": ("n: Annotated[int, Form()]", {"n": "+1"}, "lenient"),
    "an empty text counts as missing": ("s: Annotated[str, Form()]", {"s": ""}, "bare"),
    "an empty text in one of several models": (
        'm: Annotated[Named | Numbered, Form(discriminator="kind")]',
        {"kind": "named", "name": ""},
        "bare",
    ),
    "an empty text where it may be left out": ("n: Annotated[int, Form()] = 3", {"n": ""}, "lenient"),
    "an empty text that breaks the docs": ("n: Annotated[int, Form()]", {"n": ""}, "invalid"),
    "missing": ("n: Annotated[int, Form()]", {"x": "1"}, "invalid"),
    "a validator": ("n: Annotated[int, Form(), AfterValidator(even)]", {"n": "1"}, "refused"),
    "a model": ("m: Annotated[Inner, Form()]", {"n": "+1"}, "lenient"),
}


NORMALISED: dict[str, tuple[str, str, str]] = {
    "spaces around": ("StringConstraints(strip_whitespace=True, max_length=2)", " ab ", "lenient"),
    "spaces around a pattern": ("StringConstraints(strip_whitespace=True, pattern='^[A-Z]{2}$')", " AB", "lenient"),
    "capitals are made later": ("StringConstraints(to_lower=True, pattern='^[a-z]{2}$')", "AB", "invalid"),
    "as documented": ("StringConstraints(strip_whitespace=True, max_length=2)", "ab", "valid"),
    "too long without them, too": ("StringConstraints(strip_whitespace=True, max_length=2)", " abc ", "invalid"),
    "of the author's own": ("BeforeValidator(str.strip), StringConstraints(max_length=2)", " ab ", "accepted"),
}


@pytest.mark.parametrize("place", ["query", "body"])
@pytest.mark.parametrize(("checks", "value", "expected"), NORMALISED.values(), ids=NORMALISED)
def test_texts_that_the_type_changes_first(checks: str, value: str, expected: str, place: str, tmp_path: Path) -> None:
    source = f"""
from pydantic import BeforeValidator, StringConstraints
Text = Annotated[str, {checks}]
class Told(BaseModel):
    t: Text
@app.post("/query")
def query(t: Text):
    return "taken"
@app.post("/body")
def body(told: Told):
    return "taken"
"""
    with live(source, tmp_path) as app:
        asked = (
            app.ask("POST /query", "/query?" + urlencode({"t": value}))
            if place == "query"
            else app.ask("POST /body", json={"t": value})
        )
    assert expected == outcome(asked)


def test_a_form_that_may_be_empty_may_be_left_out(tmp_path: Path) -> None:
    source = """
class Found(BaseModel):
    q: str | None = None
class Named(BaseModel):
    q: str
@app.post("/found")
def found(f: Annotated[Found, Form()]):
    return "taken"
@app.post("/named")
def named(f: Annotated[Named, Form()]):
    return "taken"
"""
    with live(source, tmp_path) as app:
        assert ["lenient", "invalid"] == [outcome(app.ask(f"POST /{name}")) for name in ("found", "named")]


@pytest.mark.parametrize(("declared", "form", "expected"), FORMS.values(), ids=FORMS)
def test_forms(declared: str, form: dict[str, str], expected: str, tmp_path: Path) -> None:
    source = f'{OWN}{KINDS}\n@app.post("/a")\ndef a({declared}):\n    return "taken"\n'
    with live(source, tmp_path) as app:
        assert expected == outcome(app.ask("POST /a", form=form))
