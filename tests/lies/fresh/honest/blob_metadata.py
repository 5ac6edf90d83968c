"""Small files with their metadata: uploads by form, downloads in ranges, labels for searching."""

import hashlib
import re
from collections.abc import Generator
from dataclasses import dataclass, field
from enum import Enum
from typing import Annotated, Any, Self
from urllib.parse import quote

from fastapi import Depends, FastAPI, File, Form, Header, Path, Query, Request, Response, UploadFile
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field, computed_field

MAX_SIZE = 16 * 1024
RANGE = re.compile(r"bytes=(?P<first>[0-9]{0,9})-(?P<last>[0-9]{0,9})", re.ASCII)


class Media(str, Enum):
    TEXT = "text/plain"
    BYTES = "application/octet-stream"


class Metadata(BaseModel):
    id: int
    filename: str
    size: int
    sha256: str = Field(pattern="^[0-9a-f]{64}$")
    labels: list[str]
    versions: int = Field(ge=1)

    @computed_field
    @property
    def url(self) -> str:
        return f"/blobs/{self.id}/content"


class Listing(BaseModel):
    blobs: list[Metadata]
    total_size: int


class Error(BaseModel):
    error: str
    hint: str | None = None


@dataclass
class Blob:
    id: int
    filename: str
    labels: list[str] = field(default_factory=list)
    contents: list[bytes] = field(default_factory=list)

    @property
    def data(self) -> bytes:
        return self.contents[-1]

    def metadata(self) -> Metadata:
        return Metadata(
            id=self.id,
            filename=self.filename,
            size=len(self.data),
            sha256=hashlib.sha256(self.data).hexdigest(),
            labels=self.labels,
            versions=len(self.contents),
        )


class BlobError(Exception):
    status = 400
    hint: str | None = None

    def __init__(self, error: str, **headers: str) -> None:
        super().__init__(error)
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}

    @classmethod
    def response(cls, **more: Any) -> dict[int | str, dict[str, Any]]:
        schema = Error.model_json_schema()
        return {cls.status: {"description": cls.__doc__, "content": {"application/json": {"schema": schema}}, **more}}


class Missing(BlobError):
    """There is no such blob."""

    status = 404


class TooLarge(BlobError):
    """The file is too large."""

    status, hint = 413, f"at most {MAX_SIZE} bytes"


class Unsatisfiable(BlobError):
    """The range lies outside the file."""

    status, hint = 416, "see Content-Range"


class Slice:
    """What a Range header asks for; those that are not understood ask for everything."""

    def __init__(self, range: Annotated[str | None, Header(max_length=100)] = None) -> None:
        found = RANGE.fullmatch(range or "")
        self.first, self.last = (found["first"], found["last"]) if found else ("", "")

    def bounds(self, size: int) -> tuple[int, int] | None:
        match self.first, self.last:
            case "", "":
                return None
            case "", suffix:
                start, stop = max(0, size - int(suffix)), size
            case first, "":
                start, stop = int(first), size
            case first, last if int(first) <= int(last):
                start, stop = int(first), min(int(last) + 1, size)
            case _:
                return None
        if start >= stop:
            raise Unsatisfiable(f"{start} is beyond the end", Content_Range=f"bytes */{size}")
        return start, stop


class Shelf:
    def __init__(self) -> None:
        self.blobs: dict[int, Blob] = {}

    def checkout(self, blob_id: Annotated[int, Path(ge=1)]) -> Generator[Blob, None, None]:
        try:
            yield self.blobs[blob_id]
        except KeyError as error:
            raise Missing(f"no blob {blob_id}") from error

    def add(self, filename: str, labels: list[str], data: bytes) -> Blob:
        blob = Blob(len(self.blobs) + 1, filename, labels, [data])
        return self.blobs.setdefault(blob.id, blob)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> bool:
        return False


shelf = Shelf()
TheBlob = Annotated[Blob, Depends(shelf.checkout)]
Label = Annotated[str, Field(pattern="^[a-z]{1,20}$")]
app = FastAPI(title="Blobs")


async def read_limited(file: Annotated[UploadFile, File(description=f"At most {MAX_SIZE} bytes")]) -> bytes:
    data = await file.read(MAX_SIZE + 1)
    if len(data) > MAX_SIZE:
        raise TooLarge(f"{file.size or 'too many'} bytes")
    return data


Data = Annotated[bytes, Depends(read_limited)]


@app.exception_handler(BlobError)
async def blob_error(request: Request, error: BlobError) -> JSONResponse:
    return JSONResponse(Error(error=str(error), hint=error.hint).model_dump(), error.status, error.headers)


@app.post("/blobs", status_code=201, responses=TooLarge.response())
async def upload(
    data: Data, file: UploadFile, labels: Annotated[list[Label] | None, Form(max_length=5)] = None
) -> Metadata:
    name = (file.filename or "unnamed").encode("utf-8", "replace").decode()[:200]
    return shelf.add(name, sorted(set(labels or [])), data).metadata()


@app.put("/blobs/{blob_id}/content", responses=Missing.response() | TooLarge.response())
async def replace(blob: TheBlob, data: Data) -> Metadata:
    blob.contents.append(data)
    del blob.contents[:-10]
    return blob.metadata()


@app.get("/blobs")
async def search(label: Annotated[list[Label] | None, Query()] = None) -> Listing:
    wanted = set(label or [])
    found = [blob.metadata() for blob in shelf.blobs.values() if wanted <= set(blob.labels)]
    return Listing(blobs=found, total_size=sum(blob.size for blob in found))


@app.get("/blobs/{blob_id}", responses=Missing.response())
async def metadata(blob: TheBlob) -> Metadata:
    return blob.metadata()


BINARY = {media.value: {"schema": {"type": "string", "format": "binary"}} for media in Media}


def header(name: str, pattern: str) -> dict[str, Any]:
    return {"headers": {name: {"required": True, "schema": {"type": "string", "pattern": pattern}}}}


PARTS: dict[int | str, dict[str, Any]] = {
    200: {"description": "The whole file", "content": BINARY, **header("Accept-Ranges", "^bytes$")},
    206: {"description": "A part of it", "content": BINARY, **header("Content-Range", "^bytes [0-9]+-[0-9]+/[0-9]+$")},
}


@app.get(
    "/blobs/{blob_id}/content",
    response_class=Response,
    responses=PARTS | Missing.response() | Unsatisfiable.response(**header("Content-Range", "^bytes .*$")),
)
async def download(blob: TheBlob, part: Annotated[Slice, Depends()]) -> Response:
    media = Media.TEXT if blob.data.isascii() else Media.BYTES
    disposition = {"Content-Disposition": f"attachment; filename*=UTF-8''{quote(blob.filename, safe='')}"}
    bounds = part.bounds(len(blob.data))
    if bounds is None:
        return Response(blob.data, 200, {"Accept-Ranges": "bytes", **disposition}, media.value)
    start, stop = bounds
    span = {"Content-Range": f"bytes {start}-{stop - 1}/{len(blob.data)}", **disposition}
    return Response(blob.data[start:stop], 206, span, media.value)


@app.head("/blobs/{blob_id}/content", response_class=Response, responses={404: {"description": Missing.__doc__}})
async def size(blob: TheBlob) -> Response:
    return Response(headers={"Content-Length": str(len(blob.data)), "Accept-Ranges": "bytes"})


with shelf as seeded:
    seeded.add("read me.txt", ["docs"], b"Put small files here.\n")
