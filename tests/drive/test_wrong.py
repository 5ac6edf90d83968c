"""Wrong credentials look like right ones, and lead nowhere back."""

import base64
import re

import pytest

from upheld.drive.wrong import wrong

SHAPES = {
    "a key": ("right-9f31C2", r"[a-z]{5}-\d[a-z]\d{2}[A-Z]\d"),
    "a bearer token": ("Bearer abc123", r"Bearer [a-z]{3}\d{3}"),
    "a signed token keeps what it says": ("Bearer eyJh.eyJz.AbC1", r"Bearer eyJh\.eyJz\.[A-Z][a-z][A-Z]\d"),
    "cookies": ("sid=ab1; lang=en", r"sid=[a-z]{2}\d; lang=[a-z]{2}"),
    "a padded token": ("QUJD==", r"[A-Z]{4}=="),
}


@pytest.mark.parametrize(("value", "shape"), SHAPES.values(), ids=SHAPES)
def test_shape(value: str, shape: str) -> None:
    made = wrong(value)
    assert re.fullmatch(shape, made), made
    assert made != value
    assert made == wrong(value)


def test_every_character_is_another() -> None:
    secret = "aA0zZ9mM5" * 8
    assert all(one != other for one, other in zip(secret, wrong(secret), strict=True))


def test_a_password_is_tried_on_nobody() -> None:
    scheme, _, pair = wrong("Basic " + base64.b64encode(b"ada:hunter22").decode()).partition(" ")
    assert ("Basic", b"upheld:upheld") == (scheme, base64.b64decode(pair))
