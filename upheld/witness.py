"""A request as a report shows it: secrets masked, with a curl line that sends the same bytes."""

import json
import re
import shlex
from collections.abc import Collection, Iterable, Iterator
from urllib.parse import quote, quote_plus

from upheld.model import Credentials, Padding, Request, Retold, Witness

_SECRET_HEADERS = frozenset({"authorization", "cookie", "proxy-authorization", "x-api-key", "api-key", "x-auth-token"})
_TOKEN = re.compile(r"\beyJ[\w-]{8,}\.[\w-]+\.[\w-]+")
"""A JSON Web Token."""
MASK = "***"
LOCAL_SERVER = "http://127.0.0.1:8000"
"""Where uvicorn serves by default; what a curl line calls when no address is known."""
_BODY_SHOWN = 2000


class Mask:
    """Hides secrets in texts: the settings' own, tokens, and headers that carry credentials."""

    def __init__(self, secrets: Collection[str] = (), headers: Collection[str] = ()) -> None:
        """Take secret values, and the names of headers that carry credentials."""
        written = {form for secret in secrets if len(secret) >= 4 for form in _written(secret)}
        self._secrets = sorted(written, key=len, reverse=True)
        self._headers = _SECRET_HEADERS | {name.lower() for name in headers}

    def text(self, text: str) -> str:
        """Return a text without the secrets that stand in it."""
        for secret in self._secrets:
            text = text.replace(secret, MASK)
        return _TOKEN.sub(MASK, text)

    def header(self, name: str, value: str, *, ours: bool) -> str:
        """Return a header's value; a scheme such as `Bearer` stays."""
        if not ours or name not in self._headers:
            return self.text(value)
        scheme, space, _ = value.partition(" ")
        return f"{scheme} {MASK}" if space and name == "authorization" else MASK


def _written(secret: str) -> Iterator[str]:
    """Yield a secret as it is, as an address or a form has it, and as JSON has it."""
    yield from (secret, quote(secret, errors="replace"), quote_plus(secret, errors="replace"), json.dumps(secret)[1:-1])


def witness(request: Request, mask: Mask, base_url: str) -> Witness:
    """Show a request, with the command that sends it to `base_url`."""
    return retold(Retold(request=request), (), mask, base_url)


def retold(again: Retold, after: Iterable[Retold], mask: Mask, base_url: str) -> Witness:
    """Show a request with the earlier ones that it takes, and what any of them names as it is told."""
    request = again.request
    shown = again.body if again.body is not None else request.body
    ours = request.credentials is not Credentials.NONE
    headers = [(name, mask.header(name, value, ours=ours)) for name, value in request.headers]
    body = mask.text(shown.decode("utf-8", errors="replace")) if shown is not None else None
    if body is not None and (len(body) > _BODY_SHOWN or request.padding is not None):
        body = f"{body[:_BODY_SHOWN]}…"
    return Witness(
        method=request.method,
        target=mask.text(again.target or request.target),
        headers=dict(headers),
        body=body,
        curl=_curl(request, mask, headers, base_url),
        after=tuple(retold(earlier, (), mask, base_url) for earlier in after),
    )


def _curl(request: Request, mask: Mask, headers: list[tuple[str, str]], base_url: str) -> str:
    """Return one printable line for a POSIX shell."""
    # `-X HEAD` would wait for a body that never comes.
    words = ["curl", "--head"] if request.method == "HEAD" and request.body is None else ["curl", "-X", request.method]
    if any(character in request.target for character in "[]{}"):
        words.append("--globoff")
    if re.search(r"/\.{1,2}(/|$|\?)", request.target):
        words.append("--path-as-is")
    words.append(shlex.quote(f"{base_url.rstrip('/')}{mask.text(request.target)}"))
    lines = [f"{name}: {value}" if value.strip() else f"{name};" for name, value in headers]
    if request.body is not None and request.header("content-type") is None:
        lines.append("content-type:")  # or curl would say that it is a form
    for line in lines:
        plain = line.isascii() and line.isprintable()
        words += ["-H", shlex.quote(line) if plain else f'"$(printf {_octal(line.encode("latin-1"))})"']
    if request.body is None:
        return " ".join(words)
    if request.padding is not None:
        return " ".join([f"{{ {_long(request.body, request.padding, mask)} }} |", *words, "--data-binary", "@-"])
    body = mask.text(request.body.decode("utf-8", errors="surrogateescape"))
    if body.isprintable() and not body.startswith("@"):  # `@` names a file
        return " ".join([*words, "--data-binary", shlex.quote(body)])
    raw = body.encode("utf-8", errors="surrogateescape")
    return " ".join([f"printf {_octal(raw)} |", *words, "--data-binary", "@-"])


def _long(body: bytes, padding: Padding, mask: Mask) -> str:
    """Return the commands that write a padded body: its padding is made where it is sent."""
    begin, end = (mask.text(part.decode("utf-8", errors="surrogateescape")) for part in padding.around(body))
    told = [
        f"printf {_octal(text.encode('utf-8', errors='surrogateescape'))};" if text else "" for text in (begin, end)
    ]
    fill = f"head -c {padding.length} /dev/zero | tr '\\000' {_octal(padding.byte)};"
    return " ".join(filter(None, (told[0], fill, told[1])))


def _octal(raw: bytes) -> str:
    """Return bytes as printf's format, quoted for a shell; none of them says something else to either."""
    shown = (f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b"\\%'!-" else chr(byte) for byte in raw)
    return f"'{''.join(shown)}'"
