"""Each specimen is what it says to be, those that the docs name come first, and only those are known to be well formed."""

import io
import json
import re
import struct
import zipfile
import zlib

import pytest

from upheld.drive.specimens import OTHERS_MOST, SPECIMENS, XML, Specimen, chosen, is_named, is_well_formed, named

STARTS = {
    "image/png": rb"\x89PNG\r\n\x1a\n",
    "image/jpeg": rb"\xff\xd8\xff",
    "image/gif": rb"GIF8[79]a",
    "image/webp": rb"RIFF....WEBP",
    "application/pdf": rb"%PDF-1\.\d",
    "application/zip": rb"PK\x03\x04",
    "application/json": rb"\{",
    "application/xml": rb"<",
    "text/csv": rb"[\w,]+\n",
    "text/plain": rb"\w+\n",
}


@pytest.mark.parametrize("specimen", [*SPECIMENS, XML], ids=lambda specimen: specimen.suffix)
def test_starts(specimen: Specimen) -> None:
    assert re.match(STARTS[specimen.media_type], specimen.data, re.DOTALL)
    assert f"sample{specimen.suffix}" == specimen.filename
    assert len(specimen.data) < 400


def data(media: str) -> bytes:
    return next(named(media)).data


def test_png() -> None:
    rest, kinds = data("image/png")[8:], []
    while rest:
        (length,) = struct.unpack(">I", rest[:4])
        assert struct.unpack(">I", rest[8 + length : 12 + length])[0] == zlib.crc32(rest[4 : 8 + length])
        kinds.append(rest[4:8])
        rest = rest[12 + length :]
    assert [b"IHDR", b"IDAT", b"IEND"] == kinds


def test_pdf() -> None:
    pdf = data("application/pdf")
    assert pdf.endswith(b"%%EOF\n")
    assert pdf[int(re.findall(rb"startxref\n(\d+)", pdf)[0]) :].startswith(b"xref\n")
    for number, offset in enumerate(re.findall(rb"(\d{10}) 00000 n", pdf), 1):
        assert pdf[int(offset) :].startswith(b"%d 0 obj" % number)


def test_others() -> None:
    assert data("image/jpeg").endswith(b"\xff\xd9")
    assert data("image/gif").endswith(b";")
    webp = data("image/webp")
    assert len(webp) - 8 == struct.unpack("<I", webp[4:8])[0]
    with zipfile.ZipFile(io.BytesIO(data("application/zip"))) as archive:
        assert (None, ["sample.txt"]) == (archive.testzip(), archive.namelist())
    assert {"id": 1, "name": "sample"} == json.loads(data("application/json"))


ALL = [specimen.suffix for specimen in SPECIMENS]
CHOSEN: dict[str, tuple[list[str], list[str]]] = {
    "nothing": ([], ALL),
    "not said": ([""], ALL),
    "anything": (["application/octet-stream", "*/*"], ALL),
    "one": (["image/gif"], [".gif", ".png", ".jpg"]),
    "one by another name": (["Image/JPG; q=1"], [".jpg", ".png", ".pdf"]),
    "several": (["text/csv, application/pdf"], [".pdf", ".csv", ".png", ".jpg"]),
    "a range": (["image/*"], [".png", ".jpg", ".gif", ".webp", ".pdf", ".txt"]),
    "one that is sent only then": (["text/xml"], [".xml", ".png", ".jpg"]),
    "an unknown one": (["audio/ogg"], ALL),
}


@pytest.mark.parametrize(("medias", "suffixes"), CHOSEN.values(), ids=CHOSEN)
def test_chosen(medias: list[str], suffixes: list[str]) -> None:
    assert suffixes == [specimen.suffix for specimen in chosen(medias)]
    assert len(suffixes) in (len(ALL), len(list(named(medias[0]))) + OTHERS_MOST if medias else 0)


NAMED = {
    "image/png": True,
    "image/*": True,
    "": False,
    "*/*": False,
    "application/octet-stream": False,
    "a/b,*/*": False,
}


@pytest.mark.parametrize(("media", "expected"), NAMED.items())
def test_is_named(media: str, *, expected: bool) -> None:
    assert expected == is_named(media)


WELL_FORMED = {
    "as asked": ("image/png", True),
    "within a range": ("image/*", True),
    "another kind": ("image/gif", False),
    "not said": ("*/*", False),
}


@pytest.mark.parametrize(("media", "expected"), WELL_FORMED.values(), ids=WELL_FORMED)
def test_is_well_formed(media: str, *, expected: bool) -> None:
    assert expected == is_well_formed(data("image/png"), media)
    assert not is_well_formed(data("image/png")[:-1], media)
