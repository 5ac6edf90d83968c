"""What the client's methods say of themselves: the document's words, and an example that runs."""

import re
import textwrap
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from upheld.client.clients import ASYNC, SYNC, Tongue
from upheld.client.describe import Description
from upheld.client.methods import Argument, Method
from upheld.client.source import WIDTH, escaped, laid
from upheld.client.values import Values
from upheld.client.written import Writer
from upheld.media import media_type
from upheld.model import Contract, Json, Schema

INDENT = 8


def docstrings(found: Description, words: "Words") -> dict[tuple[str, str], str]:
    """Return the docstrings of all methods and of both clients, by the method's name and the client's."""
    made = {}
    for tongue in (SYNC, ASYNC):
        made["", tongue.name] = escaped(words.client(tongue), 4)
        for method in found.methods:
            for name in (method.name, method.streams, method.iterates):
                if name:
                    made[name, tongue.name] = escaped("\n\n".join(words.method(method, name, tongue)), INDENT)
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Puts together what is said."""

    values: Values
    writer: Writer
    title: str
    waiting: Tongue = SYNC

    @classmethod
    def of(cls, contract: Contract, found: Description, title: str) -> "Words":
        """Return what puts together the words on a contract's client."""
        return cls(values=Values(contract), writer=Writer(found.types.files), title=title)

    def client(self, tongue: Tongue) -> str:
        """Return what a client says of itself."""
        opened = f"{'async ' if tongue.prefix else ''}with {tongue.name}(url) as client:"
        return (
            f"Calls {_line(self.title)}.\n\n"
            f"    {opened}\n        ...\n\n"
            "Args:\n"
            "    url: Where the service is, with the prefix that it has there, if any.\n"
            "    timeout: Seconds for each of connecting, sending and waiting for more; `None` waits for ever.\n"
            "    retries: How often GET, HEAD and OPTIONS are asked again where the connection broke or the server is\n"
            "        busy (502, 503, 504, and 429 with `Retry-After`).\n"
            "    other_contract: What to do when the server names another contract than this client was made from:\n"
            "        `ignore`, `warn` with a `ContractWarning`, or `refuse` with `ContractChanged`.\n"
            "    openapi_url: Where the server shows its document, to tell what breaks; `None` where it does not.\n"
            f"    http: What makes the requests, an `{tongue.http}`; for proxies, certificates and tests.\n"
            "    sleep: What waits between retries.\n\n"
            "Other keywords are credentials, each a text or what gives one; sent only where the contract asks for them."
        )

    def method(self, method: Method, name: str, tongue: Tongue) -> Iterator[str]:
        """Yield the sections of a method's docstring."""
        yield self._summary(method, name)
        if method.description and _line(method.description) != _line(method.summary):
            yield _paragraphs(method.description)
        if method.deprecated:
            yield "Deprecated."
        arguments = [one for one in method.arguments if name != method.iterates or one.name != _cursor(method)]
        described = [f"{one.name}: {_line(one.description)}" for one in arguments if one.description]
        if described:
            yield _section("Args", described)
        returned = [_line(one.description) for one in method.replies if one.success and one.description]
        if returned and name == method.name:
            yield _section("Returns", list(dict.fromkeys(returned)))
        raised = [f"{one.error}: {_line(one.description)}".rstrip(": ") for one in method.replies if one.error]
        if raised:
            yield _section("Raises", list(dict.fromkeys(raised)))
        yield "Example:\n" + textwrap.indent(self.example(method, name, tongue), "    ")

    def _summary(self, method: Method, name: str) -> str:
        said = (_line(method.summary) or _line(method.description.partition("\n\n")[0])).rstrip(".")
        said = said if said and len(said) < WIDTH - INDENT - 20 else f"Call {method.operation.label}"
        if name == method.iterates:
            return f"{said}: the items of all pages."
        if name == method.streams:
            return f"{said}, line by line."
        return said if said.endswith(("?", "!")) else f"{said}."

    def example(self, method: Method, name: str, tongue: Tongue) -> str:
        """Return code that calls a method of `client`."""
        self.writer.imports.clear()
        wanted = [one for one in method.arguments if one.required]
        codes = [self._code(method, one) for one in wanted]
        arguments = [
            code if one.location == "path" else f"{one.name}={code}" for one, code in zip(wanted, codes, strict=True)
        ]
        imports = "".join(f"{line}\n" for line in sorted(self.writer.imports))
        wait = "" if name == method.iterates else tongue.call
        called = laid(f"{wait}client.{name}({', '.join(arguments)})", WIDTH - INDENT - 30)
        returns = method.awaits if tongue.prefix else method.returns
        kinds = {read.kind for reply in method.replies if reply.success for read in reply.reads}
        asynchronous = "async " if tongue.prefix else ""
        if name == method.iterates:
            return f"{imports}{asynchronous}for item in {called}:\n    print(item)"
        if name == method.streams or re.fullmatch(r"(Async)?Stream\[.*\]", returns):
            item = "event" if kinds == {"events"} and " | " not in returns else "item"
            return (
                f"{imports}{asynchronous}with {called} as stream:\n"
                f"    {asynchronous}for {item} in stream:\n        print({item})"
            )
        if returns in ("Download", "AsyncDownload"):
            return f"{imports}{asynchronous}with {called} as download:\n    content = {tongue.call}download.read()"
        return f"{imports}{called}" if returns == "None" else f"{imports}answer = {called}"

    def _code(self, method: Method, argument: Argument) -> str:
        operation = method.operation
        if argument.type in ("Upload", "list[Upload]"):
            return 'b"content"' if argument.type == "Upload" else '[b"content"]'
        if argument.parameter is not None:
            where = (argument.parameter.location, argument.parameter.name)
            shown = (one.value for one in operation.examples if one.where == where)
            return self.writer.code(str(argument.type), self.values.example(argument.parameter.schema, shown))
        if method.payload is None or operation.body is None:
            return "None"
        content = {media_type(name): entry for name, entry in operation.body.content.items()}
        entry = content.get(method.payload.media_type) or next(iter(operation.body.content.values()))
        schema: Schema = True if entry.schema is None else entry.schema
        bodies = (one.value for one in operation.examples if one.where == ("body",))
        if argument.location == "form":
            return self._member(argument, schema, bodies)
        match method.payload.kind:
            case "text":
                return self.writer.code(
                    "str", self.values.example(schema, (one for one in bodies if isinstance(one, str)))
                )
            case "lines":
                return self._lines(method, argument)
            case _:
                return self.writer.code(str(argument.type), self.values.example(schema, bodies))

    def _member(self, argument: Argument, schema: Schema, bodies: Iterator[Json]) -> str:
        shown = (one[argument.wire] for one in bodies if isinstance(one, Mapping) and argument.wire in one)
        return self.writer.code(
            str(argument.type), self.values.example(self.values.member(schema, argument.wire), shown)
        )

    def _lines(self, method: Method, argument: Argument) -> str:
        if method.operation.body is None:
            return "[]"
        entry = next(iter(method.operation.body.content.values()))
        item = self.values.item(entry)
        kind = str(argument.type).removeprefix("Iterable[").removesuffix("] | bytes")
        return f"[{self.writer.code(kind, self.values.example(item))}]"


def _cursor(method: Method) -> str:
    return method.paging.argument if method.paging is not None else ""


def _line(text: str) -> str:
    return " ".join(text.split())


def _paragraphs(text: str) -> str:
    """Return a text as it is laid out, or wrapped where it is not: lists and code keep their lines."""
    found = []
    for part in re.split(r"\n\s*\n", text.strip()):
        lines = part.splitlines()
        kept = len(lines) > 1 and any(re.match(r"\s*([-*+>|`]|\d+\.|    )", line) for line in lines)
        found.append("\n".join(line.rstrip() for line in lines) if kept else "\n".join(_wrapped(_line(part), INDENT)))
    return "\n\n".join(found)


def _section(title: str, entries: list[str]) -> str:
    lines = [f"{title}:"]
    for entry in entries:
        first, *rest = _wrapped(entry, INDENT + 4)
        lines += [f"    {first}", *(f"        {line}" for line in rest)]
    return "\n".join(lines)


def _wrapped(text: str, indent: int) -> list[str]:
    return textwrap.wrap(text, WIDTH - indent - 4, break_long_words=False, break_on_hyphens=False) or [""]
