"""What FastAPI would have said by itself, without the author's words."""

from typing import Any

import fastapi._compat.v2 as compat
import pytest
from fastapi import FastAPI

from tests.contract.conftest import Project
from upheld.contract import generated as home
from upheld.contract import routes
from upheld.model import Operation

HEAD = """
from enum import Enum
from typing import Annotated, Any
from fastapi import Body, Form, Query, UploadFile
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, GetPydanticSchema, WithJsonSchema
from pydantic.json_schema import SkipJsonSchema
from pydantic_core import core_schema
app = FastAPI()
"""


def generated(project: Project, text: str, label: str = "POST /a") -> tuple[Operation, Operation]:
    operation = project.operations(HEAD + text)[label]
    assert operation.generated is not None
    return operation, operation.generated


def body(operation: Operation) -> Any:  # a schema, to be looked into
    assert operation.body is not None
    return next(iter(operation.body.content.values())).schema


UNEDITED = {
    "constraints": "class M(BaseModel):\n    x: Annotated[int, Field(ge=1, title='T', examples=[1])]\n",
    "an enum": "class M(BaseModel):\n    x: Enum('E', {'a': 'a'})\n",
    "special types": (
        "import datetime, decimal, ipaddress, pathlib, uuid\nfrom pydantic import AnyUrl, SecretStr, Json\n"
        "class M(BaseModel):\n    a: uuid.UUID\n    b: decimal.Decimal\n    c: ipaddress.IPv4Address\n"
        "    d: pathlib.Path\n    e: AnyUrl\n    f: SecretStr\n    g: Json[int]\n    h: datetime.timedelta\n"
    ),
    "recursion": "class M(BaseModel):\n    x: 'list[M]'\n",
    "forbidden extras": "class M(BaseModel):\n    model_config = ConfigDict(extra='forbid')\n    x: int\n",
    "validators": "class M(BaseModel):\n    x: Annotated[int, BeforeValidator(lambda v: v)]\n",
}


@pytest.mark.parametrize("text", UNEDITED.values(), ids=UNEDITED)
def test_unedited(project: Project, text: str) -> None:
    """Where nobody wrote over it, it is the documented operation."""
    operation, own = generated(project, f"{text}@app.post('/a')\ndef a(m: M, q: int = 1): ...")
    assert body(operation) is body(own)
    assert operation.parameters is own.parameters


def test_unedited_form(project: Project) -> None:
    """FastAPI's own means to describe forms and uploads are no edits."""
    text = "class M(BaseModel):\n    x: int\n@app.post('/a')\ndef a(m: Annotated[M, Form()], up: UploadFile): ..."
    operation, own = generated(project, text)
    assert body(operation) is body(own)


EDITED = {
    "Field(json_schema_extra)": (
        "x: int = Field(json_schema_extra={'maximum': 9})",
        {"type": "integer", "title": "X", "maximum": 9},
        {"type": "integer", "title": "X"},
    ),
    "a function for it": (
        "x: int = Field(ge=1, json_schema_extra=lambda schema: schema.update(type='number'))",
        {"type": "number", "title": "X", "minimum": 1},
        {"type": "integer", "title": "X", "minimum": 1},
    ),
    "WithJsonSchema": (
        "x: Annotated[int, Field(ge=1), WithJsonSchema({'type': 'string'})]",
        {"type": "string", "title": "X"},
        {"type": "integer", "title": "X", "minimum": 1},
    ),
    "SkipJsonSchema": (
        "x: int | SkipJsonSchema[None]",
        {"type": "integer", "title": "X"},
        {"anyOf": [{"type": "integer"}, {"type": "null"}], "title": "X"},
    ),
    "GetPydanticSchema": (
        "x: Annotated[int, GetPydanticSchema(get_pydantic_json_schema=lambda s, h: {'type': 'boolean'})]",
        {"type": "boolean", "title": "X"},
        {"type": "integer", "title": "X"},
    ),
    "a type of the author's": (
        "x: Odd",
        {"type": "string", "format": "odd", "title": "X"},
        {"title": "X"},
    ),
}

ODD = """
class Odd:
    @classmethod
    def __get_pydantic_core_schema__(cls, source, handler):
        return core_schema.no_info_plain_validator_function(cls)
    @classmethod
    def __get_pydantic_json_schema__(cls, schema, handler):
        return {"type": "string", "format": "odd"}
"""


@pytest.mark.parametrize(("member", "documented", "bare"), EDITED.values(), ids=EDITED)
def test_edited(project: Project, member: str, documented: dict[str, Any], bare: dict[str, Any]) -> None:
    text = f"{ODD}class M(BaseModel):\n    {member}\n@app.post('/a')\ndef a(m: M): ..."
    app = project.load(HEAD + text)
    operation = app.contract.operations[0]
    assert documented == app.contract.document["components"]["schemas"]["M"]["properties"]["x"]
    assert operation.generated is not None
    assert bare == body(operation.generated)["properties"]["x"]


WHOLE = {
    "model_config": "model_config = ConfigDict(json_schema_extra={'required': []})",
    "a function in model_config": (
        "model_config = ConfigDict(json_schema_extra=lambda schema: schema.update(required=[]))"
    ),
    "__get_pydantic_json_schema__": (
        "@classmethod\n    def __get_pydantic_json_schema__(cls, schema, handler):\n"
        "        return {**handler(schema), 'required': []}"
    ),
}


@pytest.mark.parametrize("edit", WHOLE.values(), ids=WHOLE)
def test_edited_model(project: Project, edit: str) -> None:
    app = project.load(f"{HEAD}class M(BaseModel):\n    {edit}\n    x: int\n@app.post('/a')\ndef a(m: M): ...")
    assert app.contract.document["components"]["schemas"]["M"]["required"] == []
    operation = app.contract.operations[0].generated
    assert operation is not None
    assert body(operation)["required"] == ["x"]


def test_openapi_extra(project: Project) -> None:
    text = (
        "@app.post('/a', openapi_extra={'requestBody': {'content': {'a/b': {'schema': {'type': 'string'}}}}})\n"
        "def a(q: int): ..."
    )
    operation, own = generated(project, text)
    assert operation.body is not None
    assert own.body is None
    assert ["q"] == [one.name for one in own.parameters]


def test_custom_document(project: Project) -> None:
    """A renamed parameter and a bound in a component stand in the document, not in what is generated."""
    text = """
class Deep(BaseModel):
    x: int
class M(BaseModel):
    deep: Deep
class Same(BaseModel):
    y: int
@app.post('/a')
def a(m: M, same: Same, page: int = 1): ...
original = app.openapi
def openapi():
    document = original()
    document['paths']['/a']['post']['parameters'][0]['name'] = 'p'
    document['components']['schemas']['Deep']['properties']['x']['maximum'] = 3
    document['paths']['/phantom'] = {'get': {'responses': {'200': {'description': 'ok'}}}}
    return document
app.openapi = openapi
"""
    operation, own = generated(project, text)
    assert (["p"], ["page"]) == ([one.name for one in operation.parameters], [one.name for one in own.parameters])
    inner = body(own)["properties"]
    assert {"type": "integer", "title": "X"} == inner["m"]["properties"]["deep"]["properties"]["x"]
    assert inner["same"] == {"$ref": "#/components/schemas/Same"}


def test_recursive_difference(project: Project) -> None:
    """The second round of a recursive schema refers to the documented one, so that it ends."""
    text = """
class Tree(BaseModel):
    x: int = Field(json_schema_extra={"maximum": 3})
    children: "list[Tree]" = []
@app.post('/a')
def a(tree: Tree): ...
"""
    _, own = generated(project, text)
    assert body(own)["properties"]["x"] == {"type": "integer", "title": "X"}
    assert body(own)["properties"]["children"]["items"] == {"$ref": "#/components/schemas/Tree"}


def test_renamed_component(project: Project) -> None:
    """A schema that the document holds under another name is written out."""
    text = """
class Tree(BaseModel):
    children: "list[Tree]" = []
@app.post('/a')
def a(tree: Tree): ...
original = app.openapi
def openapi():
    import json
    return json.loads(json.dumps(original()).replace('/Tree"', '/Plant"').replace('"Tree"', '"Plant"'))
app.openapi = openapi
"""
    _, own = generated(project, text)
    assert body(own)["properties"]["children"]["items"] == {}


def test_hidden(project: Project) -> None:
    """A hidden route that the author documented by hand has types as well."""
    text = """
@app.post('/a', include_in_schema=False)
def a(q: int): ...
original = app.openapi
def openapi():
    return {**original(), "paths": {"/a": {"post": {"responses": {"200": {"description": "ok"}}}}}}
app.openapi = openapi
"""
    operation, own = generated(project, text)
    assert (0, 1) == (len(operation.parameters), len(own.parameters))


def test_mounted(project: Project) -> None:
    text = """
sub = FastAPI()
@sub.post('/a/{x}')
def a(x: int): ...
app.mount('/sub', sub)
original = app.openapi
def openapi():
    return {**original(), "paths": {"/sub/a/{y}": {"post": {
        "parameters": [{"name": "y", "in": "path", "required": True}], "responses": {"200": {"description": "ok"}},
    }}}}
app.openapi = openapi
"""
    operation, own = generated(
        project, text.replace('"required": True', '"required": True, "schema": {}'), "POST /sub/a/{y}"
    )
    assert ([{}], [{"type": "integer", "title": "X"}]) == (
        [one.schema for one in operation.parameters],
        [one.schema for one in own.parameters],
    )
    assert own.path == "/sub/a/{y}"


UNKNOWN = {
    "nothing serves it": "def openapi():\n    return {**original(), 'paths': {'/a': {'post': {'responses': {}}}}}",
    "a plain route": (
        "def a(request): ...\napp.add_route('/a', a, methods=['POST'])\n"
        "def openapi():\n    return {**original(), 'paths': {'/a': {'post': {'responses': {}}}}}"
    ),
}


@pytest.mark.parametrize("text", UNKNOWN.values(), ids=UNKNOWN)
def test_unknown(project: Project, text: str) -> None:
    text = f"original = app.openapi\n{text}\napp.openapi = openapi".replace("{}}}", "{'200': {'description': 'ok'}}}}")
    assert project.operations(HEAD + text)["POST /a"].generated is None


def test_refusal(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where FastAPI cannot make it, there is none, and no error."""

    def refuse(**_: object) -> None:
        raise RuntimeError

    monkeypatch.setattr(home, "get_openapi", refuse)
    text = "app = FastAPI()\n@app.get('/a', openapi_extra={'summary': 'A'})\ndef a(q: int): ..."
    operation = project.operations(text)["GET /a"]
    assert operation.generated is None
    assert operation.handler is not None


def test_left_alone(project: Project) -> None:
    """FastAPI's own generator is put back."""
    before = compat.GenerateJsonSchema
    project.load("app = FastAPI()\n@app.get('/a')\ndef a(q: int): ...")
    assert compat.GenerateJsonSchema is before


PLAIN = "class M(BaseModel):\n    x: int\n"
ROUTE = "@app.post('/a')\ndef a(m: M): ..."
AS_GENERATED: dict[str, tuple[str, bool]] = {
    **{name: (f"{text}{ROUTE}", True) for name, text in UNEDITED.items()},
    "an edited model": (f"class M(BaseModel):\n    x: Annotated[int, WithJsonSchema({{}})]\n{ROUTE}", False),
    "edited by its configuration": (
        f"class M(BaseModel):\n    model_config = ConfigDict(json_schema_extra={{'a': 1}})\n    x: int\n{ROUTE}",
        False,
    ),
    "an edited route": (f"{PLAIN}@app.post('/a', openapi_extra={{'summary': 'A'}})\ndef a(m: M): ...", False),
    "a hidden route": (f"{PLAIN}{ROUTE}\n@app.post('/b', include_in_schema=False)\ndef b(m: M): ...", False),
    "a route twice": (f"{PLAIN}{ROUTE}\n@app.post('/a')\ndef b(m: M): ...", False),
    "a webhook": (f"{PLAIN}{ROUTE}\n@app.webhooks.post('w')\ndef w(m: M): ...", False),
    "a document of its own": (f"{PLAIN}{ROUTE}\noriginal = app.openapi\napp.openapi = lambda: original()", False),
    "a class of its own": (
        f"class Own(FastAPI):\n    def openapi(self): return super().openapi()\napp = Own()\n{PLAIN}{ROUTE}",
        False,
    ),
    "one that was made before": (f"{PLAIN}{ROUTE}\napp.openapi()", False),
}


@pytest.mark.parametrize(("text", "is_generated"), AS_GENERATED.values(), ids=AS_GENERATED)
def test_not_generated_twice(
    project: Project, monkeypatch: pytest.MonkeyPatch, text: str, *, is_generated: bool
) -> None:
    """A document that is made of the types alone is not made again, and would be the same."""
    made: list[FastAPI] = []

    def generate(app: FastAPI) -> dict[str, Any] | None:
        made.append(app)
        return home.generate(app)

    monkeypatch.setattr(routes, "generate", generate)
    application = project.load(HEAD + text)
    assert is_generated is not bool(made)
    if is_generated:
        assert isinstance(application.app, FastAPI)
        again = home.generate(application.app)
        assert again is not None
        assert application.contract.document["paths"] == again["paths"]
        assert application.contract.document.get("components") == again.get("components")
