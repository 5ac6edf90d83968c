"""The smallest well-formed files of common kinds: what looks at how a file starts, or reads it, takes one of them."""

from base64 import b64decode
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from upheld.media import media_type

OTHERS_MOST = 2
"""How many files of other kinds stand beside those that were asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Specimen:
    """One small file."""

    media_type: str
    suffix: str
    """What the name of such a file ends in."""
    data: bytes
    also: tuple[str, ...] = ()
    """Other names of its media type."""

    @property
    def filename(self) -> str:
        """A name that such a file may have."""
        return f"sample{self.suffix}"


_PDF = b"""\
%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj
xref
0 4
0000000000 65535 f\x20
0000000009 00000 n\x20
0000000052 00000 n\x20
0000000101 00000 n\x20
trailer<</Size 4/Root 1 0 R>>
startxref
160
%%EOF
"""
SPECIMENS = (
    Specimen(
        media_type="image/png",
        suffix=".png",
        data=b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR42mNgAAAAAgAB5Sfe/AAAAABJRU5ErkJggg=="),
    ),
    Specimen(
        media_type="image/jpeg",
        suffix=".jpg",
        data=b64decode(
            "/9j/4AAQSkZJRgABAQAAAQABAAD/2wBDAAEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEBAQEB"
            "AQEBAQEBAQEBAQH/wAALCAABAAEBAREA/8QAFAABAAAAAAAAAAAAAAAAAAAAAP/EABQQAQAAAAAAAAAAAAAAAAAAAAD/2gAIAQEAAD8A"
            "P//Z"
        ),
        also=("image/jpg", "image/pjpeg"),
    ),
    Specimen(
        media_type="application/pdf",
        suffix=".pdf",
        data=_PDF,
        also=("application/x-pdf",),
    ),
    Specimen(media_type="text/plain", suffix=".txt", data=b"sample\n"),
    Specimen(media_type="text/csv", suffix=".csv", data=b"id,name\n1,sample\n", also=("application/csv",)),
    Specimen(media_type="application/json", suffix=".json", data=b'{"id": 1, "name": "sample"}'),
    Specimen(
        media_type="image/gif",
        suffix=".gif",
        data=b64decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7"),
    ),
    Specimen(
        media_type="image/webp",
        suffix=".webp",
        data=b64decode("UklGRhoAAABXRUJQVlA4TA0AAAAvAAAAEAcQERGIiP4HAA=="),
    ),
    Specimen(
        media_type="application/zip",
        suffix=".zip",
        data=b64decode(
            "UEsDBBQAAAAAAAAAIVjvnkswBwAAAAcAAAAKAAAAc2FtcGxlLnR4dHNhbXBsZQpQSwECFAMUAAAAAAAAACFY755LMAcAAAAHAAAACgAA"
            "AAAAAAAAAAAAgAEAAAAAc2FtcGxlLnR4dFBLBQYAAAAAAQABADgAAAAvAAAAAAA="
        ),
        also=("application/x-zip-compressed", "application/x-zip"),
    ),
)
"""Files that are uploaded as they are, in the order in which they are tried."""
XML = Specimen(media_type="application/xml", suffix=".xml", data=b"<sample><id>1</id></sample>", also=("text/xml",))
"""Sent where the docs ask for it alone."""


def named(media: str) -> Iterator[Specimen]:
    """Yield files of a media type, or of a range such as `image/*`; nothing of what may be anything.

    Shapes: several, separated by commas, as OpenAPI's `encoding` has them; each file once.
    """
    kinds = [media_type(kind) for kind in media.split(",")]
    for specimen in (*SPECIMENS, XML):
        if any(_is_of(specimen, kind) for kind in kinds):
            yield specimen


def is_named(media: str) -> bool:
    """Return whether a media type, or several, says what a file has to look like."""
    return all(media_type(kind) not in ("", "*/*", "application/octet-stream") for kind in media.split(","))


def chosen(medias: Iterable[str]) -> list[Specimen]:
    """Return the files to try: those of the media types that the docs name, then a few others; all where none does."""
    first = list(dict.fromkeys(specimen for media in medias if is_named(media) for specimen in named(media)))
    others = [specimen for specimen in SPECIMENS if specimen not in first]
    return [*first, *(others[:OTHERS_MOST] if first else others)]


def is_well_formed(data: bytes, media: str) -> bool:
    """Return whether it is known that some bytes are a file of a media type."""
    return any(specimen.data == data for specimen in named(media))


def _is_of(specimen: Specimen, kind: str) -> bool:
    if kind.endswith("/*"):
        return specimen.media_type.startswith(kind[:-1]) and kind != "*/*"
    return kind == specimen.media_type or kind in specimen.also
