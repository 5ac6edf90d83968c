"""`responses=` in every way that people write it: merged, never doubled, undone."""

import pytest

from tests.fix.edits.cases import Case, Make, changed, finder
from upheld.fix.edits import EditError, Entry, Respond, Unrespond, apply

MISSING = Entry(model="Problem", description="No such book")
LIMITED = Entry(headers={"Retry-After": '{"schema": {"type": "integer"}}'})
PLAIN = Entry(content={"text/plain": '{"type": "string"}'})
F = "def f(): ...\n"


def decorated(before: str, after: str, entry: Entry = MISSING, key: str = "404", *, above: str = "") -> Case:
    """Return a case of a decorator: its arguments before and after."""
    return (
        f"{above}@app.get({before})\n{F}",
        lambda at: [Respond(at("app.get"), key, entry)],
        f"{above}@app.get({after})\n{F}",
    )


CASES: dict[str, Case] = {
    "absent": decorated(
        '"/x"',
        '"/x", responses={404: {"model": Problem, "description": "No such book"}}',
    ),
    "no arguments": decorated("", 'responses={404: {"model": Problem, "description": "No such book"}}'),
    "none": decorated(
        '"/x", responses=None',
        '"/x", responses={404: {"model": Problem, "description": "No such book"}}',
    ),
    "empty": decorated(
        '"/x", responses={}',
        '"/x", responses={404: {"model": Problem, "description": "No such book"}}',
    ),
    "a range is a text": decorated('"/x"', '"/x", responses={"4XX": {"model": P}}', Entry(model="P"), "4XX"),
    "default is a text": decorated('"/x"', '"/x", responses={"default": {"model": P}}', Entry(model="P"), "default"),
    "in order": decorated(
        "responses={401: {}, 409: {}}",
        "responses={401: {}, 404: {}, 409: {}}",
        Entry(),
    ),
    "first": decorated("responses={409: {}}", "responses={404: {}, 409: {}}", Entry()),
    "without an order, last": decorated(
        "responses={409: {}, 401: {}}",
        "responses={409: {}, 401: {}, 404: {}}",
        Entry(),
    ),
    "numbers before ranges before default": decorated(
        'responses={404: {}, "default": {}}',
        'responses={404: {}, "4XX": {}, "default": {}}',
        Entry(),
        "4XX",
    ),
    "behind what is spread": decorated(
        "responses={401: {}, **common, 409: {}}",
        "responses={401: {}, **common, 404: {}, 409: {}}",
        Entry(),
    ),
    "merged into a literal": decorated(
        'responses={404: {"description": "Gone"}}',
        'responses={404: {"description": "Gone", "model": Problem}}',
    ),
    "all there": decorated(
        'responses={404: {"description": "Gone", "model": Other}}',
        'responses={404: {"description": "Gone", "model": Other}}',
    ),
    "a text for a key": decorated('responses={"404": {}}', 'responses={"404": {"model": P}}', Entry(model="P")),
    "a range in small letters": decorated(
        'responses={"4xx": {}}',
        'responses={"4xx": {"model": P}}',
        Entry(model="P"),
        "4XX",
    ),
    "a constant for a key": decorated(
        "responses={status.HTTP_404_NOT_FOUND: {}}",
        "responses={status.HTTP_404_NOT_FOUND: {**PLAIN}}".replace("**PLAIN", '"model": P'),
        Entry(model="P"),
    ),
    "an imported constant for a key": decorated(
        "responses={HTTP_404_NOT_FOUND: {}}",
        'responses={HTTP_404_NOT_FOUND: {"model": P}}',
        Entry(model="P"),
    ),
    "an enum for a key": decorated(
        "responses={HTTPStatus.NOT_FOUND: {}}",
        'responses={HTTPStatus.NOT_FOUND: {"model": P}}',
        Entry(model="P"),
    ),
    "an enum's value for a key": decorated(
        "responses={http.HTTPStatus.NOT_FOUND.value: {}}",
        'responses={http.HTTPStatus.NOT_FOUND.value: {"model": P}}',
        Entry(model="P"),
    ),
    "a renamed enum for a key": decorated(
        "responses={Code.NOT_FOUND: {}}",
        'responses={Code.NOT_FOUND: {"model": P}}',
        Entry(model="P"),
        above="from http import HTTPStatus as Code\n",
    ),
    "a number of the module for a key": decorated(
        "responses={GONE: {}}",
        'responses={GONE: {"model": P}}',
        Entry(model="P"),
        above="GONE = 404\n",
    ),
    "another content": decorated(
        'responses={404: {"content": {"a/b": {}}}}',
        """
    responses={
        404: {"content": {"a/b": {}, "text/plain": {"schema": {"type": "string"}}}}
    }
""",
        PLAIN,
    ),
    "a content without a schema": decorated(
        'responses={404: {"content": {"Text/Plain": {"example": 1}}}}',
        """
    responses={
        404: {"content": {"Text/Plain": {"example": 1, "schema": {"type": "string"}}}}
    }
""",
        PLAIN,
    ),
    "a content with a schema": decorated(
        'responses={404: {"content": {"text/plain": {"schema": {}}}}}',
        'responses={404: {"content": {"text/plain": {"schema": {}}}}}',
        PLAIN,
    ),
    "a header in other letters": decorated(
        'responses={404: {"headers": {"retry-after": {}}}}',
        'responses={404: {"headers": {"retry-after": {}}}}',
        LIMITED,
    ),
    "everything new": decorated(
        "",
        """
    responses={
        429: {
            "model": P,
            "description": "Slow down",
            "content": {"text/plain": {"schema": {"type": "string"}}},
            "headers": {"Retry-After": {"schema": {"type": "integer"}}},
        }
    }
""",
        Entry(model="P", description="Slow down", content=PLAIN.content, headers=LIMITED.headers),
        "429",
    ),
    "a name from elsewhere": decorated("responses=ERRORS", "responses={**ERRORS, 404: {}}", Entry()),
    "an attribute": decorated("responses=docs.ERRORS", "responses={**docs.ERRORS, 404: {}}", Entry()),
    "a call": decorated(
        "responses=problems(401, 404)",
        "responses={**problems(401, 404), 404: {}}",
        Entry(),
    ),
    "a union": decorated("responses=a | b", "responses={**(a | b), 404: {}}", Entry()),
    "a choice": decorated("responses=a if b else c", "responses={**(a if b else c), 404: {}}", Entry()),
    "parentheses": decorated("responses=(a | b)", "responses={**(a | b), 404: {}}", Entry()),
    "a comprehension": decorated(
        "responses={n: {} for n in CODES}",
        "responses={**{n: {} for n in CODES}, 404: {}}",
        Entry(),
    ),
    "a dict in parentheses": decorated("responses=({401: {}})", "responses=({401: {}, 404: {}})", Entry()),
    "a name for an entry": decorated(
        "responses={404: MISSING}",
        'responses={404: {**MISSING, "model": P}}',
        Entry(model="P", description="said by it already"),
    ),
    "a name for an entry with headers": decorated(
        '"/x", responses={404: MISSING}',
        """
    "/x",
    responses={
        404: {
            **MISSING,
            "headers": {
                **MISSING.get("headers", {}),
                "Retry-After": {"schema": {"type": "integer"}},
            },
        }
    },
""",
        LIMITED,
    ),
    "a name of this module for an entry": decorated(
        "responses={404: MISSING}",
        'responses={404: {**MISSING, "model": P}}',
        Entry(model="P", description="No"),
        above='MISSING = {"description": "No such thing"}\n',
    ),
    "a name of this module that says it": decorated(
        "responses={404: MISSING}",
        "responses={404: MISSING}",
        Entry(model="P"),
        above='MISSING = dict(model=Problem, description="No such thing")\n',
    ),
    "a name of this module that says another content": decorated(
        '"/x", responses={404: MISSING}',
        """
    "/x",
    responses={
        404: {
            **MISSING,
            "content": {
                **MISSING["content"],
                "text/plain": {"schema": {"type": "string"}},
            },
        }
    },
""",
        PLAIN,
        above='MISSING = {"content": {"text/html": {}}}\n',
    ),
    "spread within an entry": decorated(
        "responses={404: {**MISSING}}",
        'responses={404: {**MISSING, "model": P}}',
        Entry(model="P", description="No"),
    ),
    "a spread of this module that says it": decorated(
        "responses={**ERRORS}",
        "responses={**ERRORS}",
        Entry(model="P"),
        above="ERRORS = {404: {'model': Problem}}\n",
    ),
    "a spread of this module that says a part": decorated(
        "responses={**ERRORS}",
        "responses={**ERRORS, 404: {**ERRORS[404], 'model': P}}",
        Entry(model="P"),
        above="ERRORS = {404: {'description': 'No'}}\n",
    ),
    "a name of this module that others use": decorated(
        "responses=ERRORS",
        "responses={**ERRORS, 404: {}}",
        Entry(),
        above="ERRORS = {401: {}}\nOTHERS = ERRORS\n",
    ),
    "a name of this module that changes": decorated(
        "responses=ERRORS",
        "responses={**ERRORS, 404: {}}",
        Entry(),
        above="ERRORS = {404: {}}\nERRORS.clear()\n",
    ),
    "options without": decorated(
        '"/x", **OPTIONS',
        '"/x", responses={404: {}}, **OPTIONS',
        Entry(),
        above="OPTIONS = dict(tags=[])\n",
    ),
    "options with, used elsewhere": decorated(
        '"/x", **OPTIONS',
        '"/x", **{**OPTIONS, "responses": {**OPTIONS["responses"], 404: {}}}',
        Entry(),
        above='OPTIONS = {"responses": {401: {}}}\nOTHERS = OPTIONS\n',
    ),
    "options written in the call": decorated(
        '"/x", **{"responses": {401: {}}}',
        '"/x", **{"responses": {401: {}, 404: {}}}',
        Entry(),
    ),
    "the name's own dict": (
        f"ERRORS: dict[int, dict] = {{\n    401: {{}},\n}}\n\n\n@app.get(responses=ERRORS)\n{F}",
        lambda at: [Respond(at("app.get"), "404", Entry(model="P"))],
        f'ERRORS: dict[int, dict] = {{\n    401: {{}},\n    404: {{"model": P}},\n}}\n\n\n@app.get(responses=ERRORS)\n{F}',
    ),
    "the options' own dict": (
        f"OPTIONS = dict(tags=[], responses={{401: {{}}}})\n\n\n@app.get(**OPTIONS)\n{F}",
        lambda at: [Respond(at("app.get"), "404", Entry())],
        f"OPTIONS = dict(tags=[], responses={{401: {{}}, 404: {{}}}})\n\n\n@app.get(**OPTIONS)\n{F}",
    ),
    "several at once": (
        f'@app.get("/x")\n{F}\n\n@app.get("/y")\n{F}',
        lambda at: [
            Respond(at("app.get", 1), "404", Entry()),
            Respond(at("app.get"), "404", Entry()),
            Respond(at("app.get"), "401", Entry(model="P")),
            Respond(at("app.get"), "404", Entry(model="Q")),
        ],
        f'@app.get("/x", responses={{401: {{"model": P}}, 404: {{"model": Q}}}})\n{F}\n\n@app.get("/y", responses={{404: {{}}}})\n{F}',
    ),
    "an app within a call within a function": (
        "def make():\n    return wrap(FastAPI(title='x'), 1)\n",
        lambda at: [Respond(at("FastAPI"), "404", Entry(model="P", description="x"))],
        "def make():\n    return wrap(\n        FastAPI(title='x', responses={404: {'model': P, 'description': 'x'}}), 1\n    )\n",
    ),
}


@pytest.mark.parametrize(("before", "make", "after"), CASES.values(), ids=CASES)
def test_respond(before: str, make: Make, after: str) -> None:
    assert after == changed(before, make)


UNDONE: dict[str, tuple[str, str]] = {
    "the only one": ('"/x", responses={404: {}}', '"/x"'),
    "the only argument": ("responses={404: {}}", ""),
    "the first": ("responses={404: {}, 409: {}}", "responses={409: {}}"),
    "the last": ("responses={401: {}, 404: {}}", "responses={401: {}}"),
    "by a constant": ("responses={401: {}, status.HTTP_404_NOT_FOUND: {}}", "responses={401: {}}"),
    "over what is spread": ("responses={**common, 404: {}}", "responses=common"),
    "over a union": ("responses={**(a | b), 404: {}}", "responses=a | b"),
    "over a call": ("responses={**problems(401), 404: {}}, tags=[]", "responses=problems(401), tags=[]"),
    "not there": ("responses={401: {}}", "responses={401: {}}"),
    "nothing there": ('"/x"', '"/x"'),
    "none there": ("responses=None", "responses=None"),
    "on a line": (
        '\n    "/x",\n    # why\n    responses={404: {}},  # gone\n    tags=[],\n',
        '\n    "/x",\n    # why\n    tags=[],\n',
    ),
    "on the last line, without a comma": ('\n    "/x",\n    responses={404: {}}  # gone\n', '\n    "/x"\n'),
    "beside others": ('"/x", responses={404: {}},\n        tags=[]', '"/x",\n        tags=[]'),
    "an entry on its lines": (
        "\n    responses={\n        401: {},\n        404: {\n            'model': P,\n        },\n    },\n",
        "\n    responses={\n        401: {},\n    },\n",
    ),
    "short enough for one line again": (
        '\n    "/a/rather/long/path", responses={404: {"model": AModelOfSomeLength}}, tags=[1]\n',
        '"/a/rather/long/path", tags=[1]',
    ),
}


@pytest.mark.parametrize(("before", "after"), UNDONE.values(), ids=UNDONE)
def test_unrespond(before: str, after: str) -> None:
    source = f"@app.get({before})\n{F}"
    assert f"@app.get({after})\n{F}" == apply(source, [Unrespond(finder(source)("app.get"), "404")], width=88)


def test_unrespond_in_the_names_own_dict() -> None:
    source = f"ERRORS = {{401: {{}}, 404: {{}}}}\n\n\n@app.get(responses=ERRORS)\n{F}"
    assert source.replace(", 404: {}", "") == apply(source, [Unrespond(finder(source)("app.get"), "404")], width=88)


def test_respond_and_unrespond_together() -> None:
    source = f'@app.get("/x", responses=ERRORS)\n{F}'
    place = finder(source)("app.get")
    assert source == apply(source, [Respond(place, "404", MISSING), Unrespond(place, "404")], width=88)


REFUSED: dict[str, tuple[str, str]] = {
    "options from elsewhere": ('"/x", **OPTIONS', "line 1, column 18: **OPTIONS may hold responses=, expected a dict"),
    "options over options": (
        '"/x", **{**OPTIONS}',
        "line 1, column 21: **OPTIONS may hold responses=, expected a dict",
    ),
    "options with what is computed": (
        '"/x", **{name: {}}',
        "line 1, column 25: **{name: {}} may hold responses= here, expected a key",
    ),
    "an argument that takes all": ("x for x in y", "line 1: Generator expression must be parenthesized"),
}


@pytest.mark.parametrize(("before", "message"), REFUSED.values(), ids=REFUSED)
def test_respond_refused(before: str, message: str) -> None:
    source = f"@app.get({before})\n{F}"
    with pytest.raises(EditError) as raised:
        apply(source, [Respond(finder(source)("app.get"), "404", Entry())], width=88)
    assert message == str(raised.value)[: len(message)]


KEPT: dict[str, tuple[str, str]] = {
    "a name from elsewhere": ("@app.get(responses=ERRORS)", "line 1, column 20: ERRORS may say 404, expected a dict"),
    "spread": ("@app.get(responses={**ERRORS})", "line 1, column 20: {**ERRORS} may say 404 elsewhere"),
    "a name that others use": (
        "E = {404: {}}\nO = E\n@app.get(responses=E)",
        "line 3, column 20: E says 404 to others as well",
    ),
    "options that others use": (
        "E = dict(responses={404: {}})\nO = E\n@app.get(**E)",
        "line 3, column 12: responses= stands in what others use as well",
    ),
}


@pytest.mark.parametrize(("before", "message"), KEPT.values(), ids=KEPT)
def test_unrespond_refused(before: str, message: str) -> None:
    source = f"{before}\n{F}"
    with pytest.raises(EditError) as raised:
        apply(source, [Unrespond(finder(source)("app.get"), "404")], width=88)
    assert message == str(raised.value)
