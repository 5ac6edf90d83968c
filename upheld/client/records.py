"""The package's `operations` and `errors`: what its runtime has to know of the contract."""

from collections.abc import Iterable

from upheld.client.methods import Argument, Method, Read, Reply
from upheld.client.security import Credential, SignIn
from upheld.client.source import call, escaped, text
from upheld.client.statuses import ErrorClass
from upheld.dialect import STYLES


def errors(classes: Iterable[ErrorClass], said: str) -> str:
    """Return the classes that are raised."""
    found = []
    for one in classes:
        if one.base:
            found.append(
                f"class {one.name}({one.base}):\n"
                f'    """{escaped(f"{one.key}, with {one.body}.")}"""\n\n'
                "    @property\n"
                f"    def body(self) -> {one.body}:\n"
                '        """What was answered."""\n'
                f"        return cast({text(one.body)}, self._body)"
            )
        else:
            found.append(f'class {one.name}(ErrorResponse[{one.body}]):\n    """{escaped(_status(one.key, said))}."""')
    return "\n\n\n".join(found)


def _status(key: str, said: str) -> str:
    if key == "default":
        return f"Any answer of {said} that has no class of its own"
    return f"{key}: a {key[0]}xx that has no class of its own" if "X" in key else f"{key} of {said}"


def operations(
    methods: Iterable[Method], credentials: Iterable[Credential], signing: SignIn | None, sha256: str
) -> str:
    """Return the records of all operations, and that of the contract."""
    schemes = [f"{text(one.scheme)}: {_scheme(one)}" for one in credentials]
    head = call("SCHEMES = ", schemes, opening="{")
    contract = call(
        "CONTRACT: Final = Contract",
        ["sha256=CONTRACT_SHA256", 'package=__name__.rpartition(".")[0]', f"schemes={head.removeprefix('SCHEMES = ')}"],
    )
    parts = [f"CONTRACT_SHA256: Final = {text(sha256)}", contract]
    parts += [_operation(one) for one in methods]
    if signing is not None:
        parts.append(_token(signing))
    return "\n\n".join(parts)


def _scheme(one: Credential) -> str:
    arguments = [text(one.location), text(one.name)]
    if one.prefix:
        arguments.append(text(one.prefix))
    return f"Scheme({', '.join(arguments)})"


def _operation(method: Method) -> str:
    code = _record(
        f"{method.constant}: Final[Operation[{method.returns}, {method.awaits}]]",
        method,
        replies=method.replies,
    )
    if method.paging is not None:
        page = method.paging
        code += "\n\n" + call(
            f"{method.constant}_PAGES: Final[Pages[{page.type}]] = Pages",
            [
                f"operation={method.constant}",
                f"items={_way(page.items)}",
                f"following={_way(page.following)}",
                f"argument={text(page.argument)}",
            ],
        )
    if method.streams:
        lines = tuple(
            Reply(
                key=reply.key,
                success=reply.success,
                reads=tuple(Read(media_type=one.media_type, kind="texts", type=one.type) for one in reply.reads),
                headers=reply.headers,
                error=reply.error,
            )
            if reply.success
            else reply
            for reply in method.replies
        )
        name = f"{method.constant}_LINES: Final[Operation[Stream[str], AsyncStream[str]]]"
        code += "\n\n" + _record(name, method, replies=lines)
    return code


def _way(way: tuple[str, ...]) -> str:
    return f"({', '.join(map(text, way))}{',' if len(way) == 1 else ''})"


def _record(name: str, method: Method, *, replies: tuple[Reply, ...]) -> str:
    parts = [f"method={text(method.operation.method)}", f"path={text(method.operation.path)}"]
    parameters = [_parameter(one) for one in method.arguments if one.parameter is not None]
    if parameters:
        parts.append(_tuple("parameters=", parameters, 4))
    if method.payload is not None:
        parts.append(f"body={_body(method)}")
    answers = [f"{text(one.key)}: {_answer(one, 8)}" for one in replies]
    parts.append(call("answers=", answers, indent=4, opening="{"))
    media = list(dict.fromkeys(read.media_type for reply in replies for read in reply.reads))
    if media and "*/*" not in media:
        parts.append(f"accept={text(', '.join(media))}")
    if method.security:
        parts.append(f"security=({' '.join(f'{_way(one)},' for one in method.security)})")
    inner = "".join(f"    {part},\n" for part in parts)
    return f"{name} = Operation(\n{inner})"


def _tuple(head: str, parts: list[str], indent: int) -> str:
    if len(parts) == 1:
        return f"{head}({parts[0]},)"
    return call(head, parts, indent=indent)


def _parameter(argument: Argument) -> str:
    parameter = argument.parameter
    if parameter is None:
        raise AssertionError(argument)
    parts = [text(parameter.name), text(parameter.location)]
    if argument.name != parameter.name:
        parts.append(text(argument.name))
    style = STYLES[parameter.location]
    if parameter.style != style:
        parts.append(f"style={text(parameter.style)}")
    if parameter.explode != (parameter.style == "form"):
        parts.append(f"explode={parameter.explode}")
    if parameter.media_type is not None:
        parts.append(f"media_type={text(parameter.media_type)}")
    return f"Parameter({', '.join(parts)})"


def _body(method: Method) -> str:
    payload = method.payload
    if payload is None:
        raise AssertionError(method)
    parts = [text(payload.kind), text(payload.media_type)]
    if payload.members:
        members = [_member(one) for one in method.arguments if one.location == "form"]
        parts.append(_tuple("", members, 8))
    else:
        whole = next(one for one in method.arguments if one.location == "body")
        if payload.argument != "body":
            parts.append(f"argument={text(payload.argument)}")
        if whole.null:
            parts.append("null=True")
    return call("Body", parts, indent=4)


def _member(argument: Argument) -> str:
    parts = [text(argument.wire)]
    if argument.name != argument.wire:
        parts.append(text(argument.name))
    if argument.file:
        parts.append("file=True")
    if argument.style:
        parts.append(f"style={text(argument.style)}")
    if argument.explode is not None:
        parts.append(f"explode={argument.explode}")
    if argument.media_type:
        parts.append(f"media_type={text(argument.media_type)}")
    return f"Member({', '.join(parts)})"


def _answer(reply: Reply, indent: int) -> str:
    parts = []
    if reply.reads:
        reads = [f"{text(one.media_type)}: {_reads(one)}" for one in reply.reads]
        parts.append(call("", reads, indent=indent + 4, opening="{"))
    if reply.headers:
        parts.append(f"headers={_way(reply.headers)}")
    if reply.error:
        parts.append(f"error=errors.{reply.error}")
        if reply.success:
            parts.append("returned=True")
    if reply.redirect:
        parts.append("redirect=True")
    return call("Answer", parts, indent=indent)


def _reads(read: Read) -> str:
    if read.kind in ("bytes", "text", "texts"):
        return f"Reads({text(read.kind)})"
    return f"Reads({text(read.kind)}, {read.type})"


def _token(signing: SignIn) -> str:
    replies = signing.operation.replies if signing.operation is not None else ()
    answers = ['"200": Answer({"application/json": Reads("json", Token)})']
    answers += [f"{text(one.key)}: {_answer(one, 8)}" for one in replies if one.error and not one.success]
    members = ("grant_type", "username", "password", "scope", "client_id", "client_secret")
    form = (
        f'Body("form", "application/x-www-form-urlencoded", ({", ".join(f"Member({text(one)})" for one in members)}))'
    )
    return (
        "TOKEN: Final[Operation[Token, Token]] = Operation(\n"
        '    method="POST",\n'
        f"    path={text(signing.path)},\n"
        f"    body={call('Body', [form.removeprefix('Body(').removesuffix(')')], indent=4)},\n"
        f"    {call('answers=', answers, indent=4, opening='{')},\n"
        ")"
    )
