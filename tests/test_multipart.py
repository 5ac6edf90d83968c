"""What is joined is split into the same again, and what is no multipart body is told apart."""

import email.parser
import email.policy

import pytest

from upheld.multipart import BOUNDARY, Part, join, split

PARTS = {
    "none": [],
    "a text": [Part(name="a", data="b")],
    "an empty one": [Part(name="", data="")],
    "several, one name twice": [Part(name="a", data="1"), Part(name="b", data="2"), Part(name="a", data="3")],
    "an upload": [Part(name="up", data="\udcff\udcd8\x00", filename="a b.jpg", media_type="image/jpeg")],
    "an upload without a name": [Part(name="up", data="x", filename="")],
    "line breaks": [Part(name="a", data="\r\n\r\nb\r\n"), Part(name="c", data="--\r\n")],
    "beyond ASCII": [Part(name="\xe4", data="\U0001f600")],
    "a back slash in a name": [Part(name="a\\b", data="1")],
}


@pytest.mark.parametrize("parts", PARTS.values(), ids=PARTS)
def test_there_and_back(parts: list[Part]) -> None:
    body, content_type = join(parts)
    assert f"multipart/form-data; boundary={BOUNDARY}" == content_type
    assert parts == split(body, content_type)


def test_another_reader_reads_the_same() -> None:
    body, content_type = join(PARTS["an upload"] + PARTS["several, one name twice"])
    head = f"Content-Type: {content_type}\r\n\r\n".encode()
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    found = [
        (part.get_param("name", header="content-disposition"), part.get_filename()) for part in message.iter_parts()
    ]
    assert [("up", "a b.jpg"), ("a", None), ("b", None), ("a", None)] == found


def test_names_cannot_break_out() -> None:
    body, _ = join([Part(name='a"\r\nb', data="", filename='c"')])
    assert b'name="a%22%0D%0Ab"; filename="c%22"' in body


HEAD = "multipart/form-data; boundary=x"
PART = b'--x\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--x--'
RAW: dict[str, tuple[bytes, str, list[Part] | None]] = {
    "the boundary is quoted": (PART, 'multipart/form-data; boundary="x"', [Part(name="a", data="1")]),
    "the boundary's case in the header": (PART, "multipart/form-data; Boundary=x", [Part(name="a", data="1")]),
    "a prologue and an epilogue": (b"hello\r\n" + PART + b"\r\nbye", HEAD, [Part(name="a", data="1")]),
    "a media type": (
        b'--x\r\ncontent-type:  text/a \r\nContent-Disposition: form-data; filename="f"; name="a"\r\n\r\n1\r\n--x--',
        HEAD,
        [Part(name="a", data="1", filename="f", media_type="text/a")],
    ),
    "no boundary": (PART, "multipart/form-data", None),
    "another boundary": (PART, "multipart/form-data; boundary=y", None),
    "no end": (PART.removesuffix(b"--"), HEAD, None),
    "cut off": (PART[:30], HEAD, None),
    "no name": (PART.replace(b"name", b"mane"), HEAD, None),
    "no blank line": (PART.replace(b"\r\n\r\n", b"\r\n"), HEAD, None),
    "nothing": (b"", HEAD, None),
}


@pytest.mark.parametrize(("body", "content_type", "parts"), RAW.values(), ids=RAW)
def test_split(body: bytes, content_type: str, parts: list[Part] | None) -> None:
    assert parts == split(body, content_type)


def test_is_text() -> None:
    assert [True, True, False] == [Part(name="", data=data).is_text for data in ("", "\U0001f600", "a\udcff")]
