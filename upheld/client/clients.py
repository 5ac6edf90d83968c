"""The package's `client` and `async_client`: one rendering for both, from the same methods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from upheld.client.methods import Argument, Method
from upheld.client.security import Credential, SignIn
from upheld.client.source import call, text


@dataclass(frozen=True, slots=True, kw_only=True)
class Tongue:
    """What differs between the client that waits and the one that does not."""

    name: str
    caller: str
    define: str
    call: str
    """What stands before a call that is waited for."""
    prefix: str
    http: str
    sleeper: str
    secret: str
    iterator: str

    def returns(self, method: Method) -> str:
        """Return what a method returns."""
        return method.awaits if self.prefix else method.returns


SYNC = Tongue(
    name="Client",
    caller="SyncCaller",
    define="def",
    call="",
    prefix="",
    http="httpx2.Client",
    sleeper="Callable[[float], object]",
    secret="Secret",  # noqa: S106  # a type's name
    iterator="Iterator",
)
ASYNC = Tongue(
    name="AsyncClient",
    caller="AsyncCaller",
    define="async def",
    call="await ",
    prefix="Async",
    http="httpx2.AsyncClient",
    sleeper="Callable[[float], Awaitable[object]]",
    secret="AsyncSecret",  # noqa: S106  # likewise
    iterator="AsyncIterator",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Whole:
    """All that the class of a client says."""

    title: str
    url: str
    """Where the service is by default; "" where the document does not say."""
    methods: tuple[Method, ...]
    credentials: tuple[Credential, ...]
    signing: SignIn | None
    docstrings: "dict[tuple[str, str], str]"
    """By the name of a method, and of the client."""


def client(whole: Whole, tongue: Tongue) -> str:
    """Return the class of a client."""
    parts = [_constructor(whole, tongue)]
    if whole.signing is not None:
        parts += _signing(whole.signing, tongue)
    for method in whole.methods:
        parts.extend(_methods(method, tongue, whole.docstrings))
    head = f'class {tongue.name}({tongue.caller}):\n    """{whole.docstrings["", tongue.name]}"""\n'
    return head + "\n" + "\n\n".join(parts)


def _constructor(whole: Whole, tongue: Tongue) -> str:
    signature = [
        "self",
        f"url: str = {text(whole.url)}" if whole.url else "url: str",
        "*",
        *(
            f"{one.keyword}: {'Basic' if one.kind == 'basic' else tongue.secret} | None = None"
            for one in whole.credentials
        ),
        "timeout: Timeout = 30.0",
        "retries: int = 2",
        'other_contract: OtherContract = "warn"',
        'openapi_url: str | None = "/openapi.json"',
        f"http: {tongue.http} | None = None",
        f"sleep: {tongue.sleeper} | None = None",
    ]
    known = [f"{text(one.scheme)}: {one.keyword}" for one in whole.credentials]
    options = ("timeout", "retries", "other_contract", "openapi_url", "http", "sleep")
    arguments = ["url", "CONTRACT", call("", known, indent=12, opening="{"), *(f"{name}={name}" for name in options)]
    return (
        f"    {call('def __init__', signature, indent=4)} -> None:\n"
        f"        {call('super().__init__', arguments, indent=8)}"
    )


def _signing(signing: SignIn, tongue: Tongue) -> Iterator[str]:
    yield (
        f"    {tongue.define} sign_in(\n"
        "        self,\n"
        "        username: str,\n"
        "        password: str,\n"
        "        *,\n"
        "        scope: Iterable[str] = (),\n"
        "        client_id: str | None = None,\n"
        "        client_secret: str | None = None,\n"
        "    ) -> None:\n"
        '        """Exchange a password for a token, which is sent from now on where the contract asks for it.\n\n'
        "        Raises: as the operation that gives the token; see the contract.\n"
        '        """\n'
        f"        token = {tongue.call}self._call(\n"
        "            _operations.TOKEN,\n"
        '            grant_type="password",\n'
        "            username=username,\n"
        "            password=password,\n"
        '            scope=" ".join([scope] if isinstance(scope, str) else scope) or None,\n'
        "            client_id=client_id,\n"
        "            client_secret=client_secret,\n"
        "        )\n"
        f"        self._keep({text(signing.scheme)}, token)"
    )
    yield (
        "    def sign_out(self) -> None:\n"
        '        """Forget the token."""\n'
        f"        self._forget({text(signing.scheme)})"
    )


def _methods(method: Method, tongue: Tongue, docstrings: dict[tuple[str, str], str]) -> Iterator[str]:
    arguments = method.arguments
    returns = tongue.returns(method)
    yield _method(
        f"{tongue.define} {method.name}", arguments, returns, docstrings[method.name, tongue.name],
        f"{tongue.call}{_called('self._call', method.constant, arguments)}",
    )  # fmt: skip
    if method.streams:
        yield _method(
            f"{tongue.define} {method.streams}", arguments, f"{tongue.prefix}Stream[str]",
            docstrings[method.streams, tongue.name],
            f"{tongue.call}{_called('self._call', f'{method.constant}_LINES', arguments)}",
        )  # fmt: skip
    if method.paging is not None:
        cursor = method.paging.argument
        rest = tuple(one for one in arguments if one.name != cursor)
        yield _method(
            f"def {method.iterates}", rest, f"{tongue.iterator}[{method.paging.type}]",
            docstrings[method.iterates, tongue.name], _called("self._pages", f"{method.constant}_PAGES", rest),
        )  # fmt: skip


def _method(head: str, arguments: tuple[Argument, ...], returns: str, docstring: str, code: str) -> str:
    signature = call(head, ["self", *_signature(arguments)], indent=4, tail=len(f" -> {returns}:"))
    return f'    {signature} -> {returns}:\n        """{docstring}"""\n        return {code}'


def _signature(arguments: Iterable[Argument]) -> Iterator[str]:
    whole = list(arguments)
    yield from (f"{one.name}: {one.type}" for one in whole if one.location == "path")
    named = [one for one in whole if one.location != "path"]
    if named:
        yield "*"
    for one in sorted(named, key=lambda one: not one.required):
        yield f"{one.name}: {_optional(one)}"


def _optional(argument: Argument) -> str:
    made = str(argument.type)
    if argument.required:
        return made
    nothing = made if made == "Any" or made.endswith("| None") or made == "None" else f"{made} | None"
    # `None` stands for what is not sent, unless it would be sent as null.
    return f"{nothing} | Unset = UNSET" if argument.null else f"{nothing} = None"


def _called(head: str, constant: str, arguments: Iterable[Argument]) -> str:
    return call(head, [f"_operations.{constant}", *(f"{one.name}={one.name}" for one in arguments)], indent=8, tail=12)
