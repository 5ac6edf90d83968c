"""Credentials of the right form and a wrong value, made of right ones; nothing leads back from them."""

import base64
import hashlib
import re
import string
from collections.abc import Iterator

MADE_UP = "upheld"
_ALPHABETS = (string.digits, string.ascii_lowercase, string.ascii_uppercase)


def wrong(value: str) -> str:
    """Return a header's value with another token: as long, letters for letters, digits for digits.

    A signed token keeps what it says and gets another signature; a user's password is that of nobody there is, so that
    no account is locked.
    """
    scheme, blank, token = value.rpartition(" ")
    if scheme.lower() == "basic":
        return f"{scheme} {base64.b64encode(f'{MADE_UP}:{MADE_UP}'.encode()).decode()}"
    if re.search(r"[;=]", value) and not token.rstrip("=").replace("=", "-").isalnum():
        return re.sub(r"=([^;]*)", lambda found: f"={''.join(_changed(found[1]))}", value)  # cookies
    kept, dot, last = token.rpartition(".") if token.count(".") == 2 else ("", "", token)
    return f"{scheme}{blank}{kept}{dot}{''.join(_changed(last))}"


def _changed(text: str) -> Iterator[str]:
    digest = hashlib.sha256(f"upheld {text}".encode()).digest()
    for position, char in enumerate(text):
        alphabet = next((known for known in _ALPHABETS if char in known), None)
        if alphabet is None:
            yield char
            continue
        moved = 1 + digest[position % len(digest)] % (len(alphabet) - 1)
        yield alphabet[(alphabet.index(char) + moved) % len(alphabet)]
