"""From the answers that were seen with one status to what `responses=` says of it."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from weakref import WeakKeyDictionary

from upheld.fix.code import File, Project
from upheld.fix.code.names import bound, module_name
from upheld.fix.code.sites import keyword
from upheld.fix.edits import Define, Edit, Entry, Import
from upheld.fix.shapes.inferred import Inferred, inferred, schema_of
from upheld.fix.shapes.made import made_of
from upheld.fix.shapes.models import REF, Model, Models, reachable, registered
from upheld.media import STREAMS, is_json, media_type, single
from upheld.model import Exchange, Json, Operation

JSON = "application/json"
BODILESS = frozenset({204, 205, 304})


@dataclass(frozen=True, slots=True, kw_only=True)
class Described:
    """An entry, and what its file and others need for it."""

    entry: Entry
    what: str
    """The body in a word or two, for readers: "Problem", "text/plain", "" for none."""
    edits: Mapping[str, tuple[Edit, ...]]
    """By the path of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """How the body of a media type is documented by a Python type."""

    expression: str
    """What `model` takes: "Problem", "list[Book]"."""
    schema: str
    """What stands for it where a schema is asked for: a reference, `Problem.model_json_schema()`, a literal."""
    edits: Mapping[str, tuple[Edit, ...]]
    by_reference: bool = False
    """Whether the schema takes none of the edits."""


class Free:
    """A name that is not taken, for each that is asked for."""

    def __init__(self, taken: Iterable[str]) -> None:
        """Take the names that are in use."""
        self._taken = frozenset(taken)

    def name(self, name: str) -> str:
        """Return a name, with a number behind it where it is taken."""
        number = 2
        found = name
        while found in self._taken:
            found, number = f"{name}{number}", number + 1
        return found


class Describer:
    """Describes answers for one project; a class that it writes once serves every route that needs it."""

    @classmethod
    def of(cls, project: Project) -> "Describer":
        """Return the one of a project, so that what one rule writes is known to the others."""
        if project not in _describers:
            _describers[project] = cls(project)
        return _describers[project]

    def __init__(self, project: Project) -> None:
        """Take the project."""
        self._project = project
        self.files = project.files
        self._models = Models(project)
        self._taken: frozenset[str] = frozenset()
        self._written: dict[Inferred, tuple[Typed, File]] = {}
        self._errors: dict[frozenset[str], dict[str, Mapping[str, Json]]] = {}
        """The bodies of errors by the names of their members, each by what it says."""

    def know(self, seen: Iterable[Exchange]) -> None:
        """Take note of answers that are going to be described, so that errors which are alike get one class."""
        for exchange in {id(one): one for one in seen if one.status >= 400}.values():
            for value in _values(exchange, _media(exchange)):
                if isinstance(value, dict) and value.keys() != {"detail"}:  # which HTTPException makes of anything
                    self._errors.setdefault(frozenset(value), {}).setdefault(json.dumps(value), value)

    def _alike(self, values: Sequence[Json]) -> Sequence[Json]:
        """Return the bodies of all errors that have the members of these, of the same types or null."""
        names = {frozenset(value) if isinstance(value, dict) else frozenset() for value in values}
        known = self._errors.get(next(iter(names)), {}) if len(names) == 1 else {}
        kinds = {(key, type(part)) for value in values if isinstance(value, dict) for key, part in value.items()}
        open_ = {key for key, kind in kinds if kind is type(None)}
        alike = [
            value
            for value in known.values()
            if all(part is None or key in open_ or (key, type(part)) in kinds for key, part in value.items())
        ]
        return alike or values

    def described(
        self,
        seen: Sequence[Exchange],
        description: str | None,
        file: File,
        line: int,
        *,
        returned: str | None = None,
        in_content: bool = False,
    ) -> Described:
        """Return the entry for answers of one status, as it is written into a file at a line.

        `in_content` does without `model`, where its media type is documented already. `returned` is the type that the
        route documents for its success, where it may stand for these as well.
        """
        by_media: dict[str, list[Exchange]] = {}
        for exchange in seen:
            by_media.setdefault(_media(exchange), []).append(exchange)
        by_media.pop("", None)
        model, content, names = None, {}, []
        edits: dict[str, tuple[Edit, ...]] = {}
        for media, group in sorted(by_media.items()):
            values = [value for exchange in group for value in _values(exchange, media)]
            typed = self._typed(values, _names(values, group[0]), file, line, returned) if values else None
            names.append(media if typed is None else typed.expression)
            operations = {one.operation.label: one.operation for one in group}.values()
            if typed is not None and not in_content and all(self._by_model(one) == media for one in operations):
                model = typed.expression
            else:
                content[media] = _plain(media) if typed is None else typed.schema
            if typed is not None and not (typed.by_reference and media in content):
                edits = joined(edits, typed.edits)
        return Described(
            entry=Entry(description=description, model=model, content=content), what=" or ".join(names), edits=edits
        )

    def _by_model(self, operation: Operation) -> str:
        """Return the media type that `model` documents for a route; "" where it is going to be another one."""
        site = self._project.site(operation)
        made = made_of(site) if site is not None and keyword(site.call, "response_class") is None else None
        kind = getattr(made[1], "media_type", None) if made is not None else None
        found = documented_by_model(operation)
        return found if kind is None or media_type(kind) == found else ""

    def _typed(
        self, values: Sequence[Json], names: Sequence[str], file: File, line: int, returned: str | None
    ) -> Typed:
        if returned is not None:
            return Typed(expression=returned, schema=_literal(values), edits={})
        for model in self._models.fitting(values, file):
            if (reached := reachable(self._project, model, file, line)) is not None:
                return self._known(model, *reached, file, values)
        return self._new(self._alike(values) if names[0] == _ERROR else values, names, file)

    def _known(
        self, model: Model, expression: str, needs: tuple[Edit, ...], file: File, values: Sequence[Json]
    ) -> Typed:
        schema = f"{expression}.model_json_schema()" if model.flat else _literal(values)
        is_registered = registered(self._project, model)
        if is_registered:
            schema = f'{{"$ref": "{REF}{model.name}"}}'
        return Typed(
            expression=expression,
            schema=schema,
            edits={file.path: needs},
            by_reference=is_registered or not model.flat,
        )

    def _new(self, values: Sequence[Json], names: Sequence[str], file: File) -> Typed:
        """Return a type of our own, with the classes that it takes: written once, and imported where that can be.

        It gets the first name that is not taken.
        """
        key = inferred(values, _ANSWER if names[0].endswith(_ANSWER) else names[0], Free(()).name)
        known = self._written.get(key)
        if known is not None and (typed := self._imported(*known, file)) is not None:
            return typed
        is_class = bool(key.classes) and key.expression == key.classes[-1][0]
        home = self._home(file, is_error=not names[0].endswith(_ANSWER)) if is_class else file
        documented = self._project.contract.document.get("components", {}).get("schemas", {})
        model, modelling = bound(home, "pydantic", "BaseModel")
        anything, naming = bound(home, "typing", "Any")
        taken = {*home.names, *file.names, *documented, *self._taken}
        name = next((each for each in names if each not in taken), names[0])
        made = inferred(values, name, Free(taken).name, model=model, anything=anything)
        needs: list[Edit] = [*modelling] if made.classes else []
        needs += [*naming] if made.any else []
        needs += [Define(code=code) for _, code in made.classes]
        single_class = len(made.classes) == 1 and made.classes[0][0] == made.expression
        typed = Typed(
            expression=made.expression,
            schema=f"{made.expression}.model_json_schema()" if single_class else _literal(values),
            edits={home.path: tuple(needs)} if needs else {},
            by_reference=not single_class,
        )
        if made.classes == () or made.expression == made.classes[-1][0]:
            self._written.setdefault(key, (typed, home))
        self._taken |= {name for name, _ in made.classes}
        return self._imported(typed, home, file) or typed

    def _imported(self, typed: Typed, home: File, file: File) -> Typed | None:
        """Return a type as another file takes it; `None` where that cannot import it, or does not need to."""
        if home is file:
            return typed
        writes_class = any(isinstance(edit, Define) for edit in typed.edits.get(home.path, ()))
        if not writes_class or home.module is None or typed.expression in file.names:
            return None
        if not self._project.may_import(file, home):
            return None
        self._project.imports(file, home)
        if (owner := module_name(file, home.module)) is not None:
            named = f"{owner}.{typed.expression}"
            schema = typed.schema if typed.by_reference else f"{named}.model_json_schema()"
            return replace(typed, expression=named, schema=schema)
        needed = Import(module=home.module.__name__, name=typed.expression)
        return replace(typed, edits=joined(typed.edits, {file.path: (needed,)}))

    def _home(self, file: File, *, is_error: bool) -> File:
        """Return where a new class for a file goes: among the models that it imports, or an error's into what all do.

        That is the file itself where it imports no such module.
        """
        routes = self._project.routed
        imported = [
            one
            for one in dict.fromkeys(self._project.imported_by(file))
            if one not in routes and self._project.may_import(file, one) and not one.makes
        ]
        modelled = [one for one in imported if one in self._models.files]
        others = [set(self._project.imported_by(one)) for one in routes if one is not file]
        shared = [one for one in imported if others and all(one in each for each in others)]
        found = modelled or [one for one in shared if is_error and not one.path.endswith("__init__.py")]
        return min(found, key=lambda one: (-sum(one in each for each in others), one.path)) if found else file


_ERROR = "ErrorBody"
_ANSWER = "Answer"
"""What the name of a class for a success ends with; those of two routes may be one."""
_describers: WeakKeyDictionary[Project, Describer] = WeakKeyDictionary()


def joined(one: Mapping[str, tuple[Edit, ...]], other: Mapping[str, tuple[Edit, ...]]) -> dict[str, tuple[Edit, ...]]:
    """Return the edits of both, by file, none twice."""
    paths = dict.fromkeys((*one, *other))
    found: dict[str, tuple[Edit, ...]] = {}
    for path in paths:
        kept: list[Edit] = []
        for edit in (*one.get(path, ()), *other.get(path, ())):
            if edit not in kept:
                kept.append(edit)
        found[path] = tuple(kept)
    return found


def documented_by_model(operation: Operation) -> str:
    """Return the media type that `model` documents for a route: its response class's."""
    answers = operation.handler.answers if operation.handler is not None else ()
    found = getattr(answers[1], "value", answers[1]) if len(answers) > 1 else None  # FastAPI wraps its default
    kind = getattr(found, "media_type", None)
    return media_type(kind) if isinstance(kind, str) else JSON


def _media(exchange: Exchange) -> str:
    """Return the media type of an answer's body; "" for none."""
    if exchange.status in BODILESS or (not exchange.body and exchange.complete):
        return ""
    return media_type(exchange.header("content-type"))


def _values(exchange: Exchange, media: str) -> Iterator[Json]:
    if is_json(media) and exchange.complete and not exchange.cut:
        yield from single(exchange.body, media)


def _plain(media: str) -> str:
    if media.startswith("text/") or media in STREAMS or is_json(media) or media.endswith(("xml", "javascript")):
        return '{"type": "string"}' if not is_json(media) else "{}"
    return '{"type": "string", "format": "binary"}'


def _names(values: Sequence[Json], exchange: Exchange) -> tuple[str, ...]:
    """Return what to call a class for the bodies of a status, one of whose exchanges is given: the best name first."""
    if exchange.status < 400:
        handler = exchange.operation.handler
        words = getattr(handler and handler.function, "__name__", "").split("_")
        return ("".join(word[:1].upper() + word[1:] for word in words if word.isidentifier()) + _ANSWER,)
    plain = all(isinstance(value, dict) and value.keys() == {"detail"} for value in values)
    scalar = plain and all(not isinstance(value["detail"], dict | list) for value in values)
    if scalar:
        return "Detail", "ErrorDetail"
    keys = (key for value in values if isinstance(value, dict) for key in value if re.fullmatch("[a-z][a-z_]*", key))
    member = next(keys, "error").title().replace("_", "")
    return _ERROR, f"{member}Body"


def _literal(values: Sequence[Json]) -> str:
    """Return a schema of these values, as it is written in place."""
    return json.dumps(schema_of(values))
