"""What a trial is told and tells survives JSON."""

from typing import Any

import pytest

from upheld.model import Credentials, Padding, Request
from upheld.roundtrip.script import (
    Answered,
    Errand,
    Failing,
    Failure,
    Mode,
    Outcome,
    Report,
    Step,
    Taken,
    Told,
    Way,
    packed,
    unpacked,
)
from upheld.settings import FixedHeaders, PasswordFlow, Settings

REQUEST = Request(
    method="POST",
    target="/books?q=%FF",
    headers=(("x-a", "\xff"), ("x-a", "b")),
    body=b"\xff\x00{}",
    credentials=Credentials.WRONG,
    padding=Padding(byte=b"\xfe", length=9, before=1),
)
STEP = Step(
    label="POST /books",
    request=REQUEST,
    answered=Answered(status=201, headers=(("location", "/books/1"),), body=b"\xff"),
    valid=False,
    needed=True,
    items=2,
    undocumented=(("tags", 0, "name"),),
    taken=(Taken(where=("body", "lines", 0), producer=1, pointer=("id",), in_header=True),),
)
WHOLE: dict[str, Any] = {
    "password": Errand(
        modes=tuple(Mode),
        app="shop:app",
        root="/shop",
        client="/shop/generated/client",
        settings=Settings(auth=PasswordFlow(username="ada", password="s3cret", scopes=("a",)), env={"A": "b"}),
        steps=(STEP,),
        spares=(STEP,),
        logins=(REQUEST,),
    ),
    "headers": Errand(
        modes=(), app="", root="", client="", settings=Settings(auth=FixedHeaders(headers={"X-Key": "k"})), steps=()
    ),
    "report": Report(
        outcomes=(
            Outcome(
                mode=Mode.HTTP_SYNC,
                told=(Told(status=0, way=Way.HANDED, failures=(Failure(kind=Failing.TYPES, message="é", status=4),)),),
                spares=((1, Failure(kind=Failing.SENDS, message="")),),
                places={"GET /": ("a.py", 1, "def a()")},
            ),
        ),
        problem="none",
    ),
}


@pytest.mark.parametrize("record", WHOLE.values(), ids=WHOLE)
def test_survives(record: Any) -> None:
    assert record == unpacked(packed(record), type(record))


BROKEN = {"nothing": b"", "no JSON": b"Traceback", "another record": b"[{}]"}


@pytest.mark.parametrize("raw", BROKEN.values(), ids=BROKEN)
def test_broken(raw: bytes) -> None:
    with pytest.raises(ValueError, match="validation error"):
        unpacked(raw, Errand)


def test_modes() -> None:
    assert [
        ("in process, async", False, True),
        ("in process, sync", False, False),
        ("over HTTP, async", True, True),
        ("over HTTP, sync", True, False),
    ] == [(mode, mode.is_http, mode.is_async) for mode in Mode]
