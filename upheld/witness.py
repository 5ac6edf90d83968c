"""A request as a report shows it: secrets masked, with a curl line that sends the same bytes."""

import re
import shlex
from collections.abc import Collection

from upheld.model import Credentials, Request, Witness

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
        self._secrets = sorted({secret for secret in secrets if len(secret) >= 4}, key=len, reverse=True)
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


def witness(request: Request, mask: Mask, base_url: str) -> Witness:
    """Show a request, with the command that sends it to `base_url`."""
    ours = request.credentials is Credentials.GIVEN
    headers = {name: mask.header(name, value, ours=ours) for name, value in request.headers}
    body = mask.text(request.body.decode("utf-8", errors="replace")) if request.body is not None else None
    if body is not None and len(body) > _BODY_SHOWN:
        body = f"{body[:_BODY_SHOWN]}…"
    return Witness(
        method=request.method,
        target=mask.text(request.target),
        headers=headers,
        body=body,
        curl=_curl(request, mask, headers, base_url),
    )


def _curl(request: Request, mask: Mask, headers: dict[str, str], base_url: str) -> str:
    words = ["curl", "-X", request.method]
    if any(character in request.target for character in "[]{}"):
        words.append("--globoff")
    if re.search(r"/\.{1,2}(/|$|\?)", request.target):
        words.append("--path-as-is")
    words.append(shlex.quote(f"{base_url.rstrip('/')}{mask.text(request.target)}"))
    for name, value in headers.items():
        words += ["-H", shlex.quote(f"{name};" if value == "" else f"{name}: {value}")]
    if request.body is None:
        return " ".join(words)
    try:
        text = mask.text(request.body.decode("utf-8"))
    except UnicodeDecodeError:
        text = None
    if text is not None and "\x00" not in text:
        return " ".join([*words, "--data-binary", shlex.quote(text)])
    escaped = "".join(
        f"\\{byte:03o}" if byte < 32 or byte > 126 or byte in b"\\%'" else chr(byte) for byte in request.body
    )
    return " ".join([f"printf '{escaped}' |", *words, "--data-binary", "@-"])
