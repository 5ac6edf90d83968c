"""The process of the trials: what it is told, and who signs in."""

import io
import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.build import operation, request
from upheld import trial
from upheld.model import Credentials, Request
from upheld.roundtrip.script import Errand, Mode, Report, packed, unpacked
from upheld.settings import Settings


class Known:
    """Who signs requests in anew."""

    is_fixed = False

    def __init__(self, *, is_real: bool = True, knows: bool = True) -> None:
        self._is_real = is_real
        self._knows = knows

    def is_real(self, _: object) -> bool:
        return self._is_real

    def anew(self, sent: Request, _: object) -> Request:
        return request(target=f"{sent.target}/anew")

    def less(self, sent: Request, _: object) -> Request | None:
        return request(target=f"{sent.target}/less") if self._knows else None

    def other(self, sent: Request, _: object) -> Request | None:
        return request(target=f"{sent.target}/other") if self._knows else None


SIGNED = {
    "nobody": (Credentials.NONE, Known(), ""),
    "wrong": (Credentials.WRONG, Known(), ""),
    "given": (Credentials.GIVEN, Known(), "/anew"),
    "made up": (Credentials.GIVEN, Known(is_real=False), ""),
    "less": (Credentials.LESS, Known(), "/less"),
    "less, and not known": (Credentials.LESS, Known(knows=False), ""),
    "other": (Credentials.OTHER, Known(), "/other"),
    "other, and not known": (Credentials.OTHER, Known(knows=False), ""),
}


@pytest.mark.parametrize(("credentials", "known", "end"), SIGNED.values(), ids=SIGNED)
def test_signed(credentials: Credentials, known: Any, end: str) -> None:
    sent = request(target="/me", credentials=credentials)
    assert f"/me{end}" == trial._signed(sent, operation(), known).target


def test_what_cannot_be_loaded_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    errand = Errand(
        modes=(Mode.HTTP_SYNC,), app="shop:app", root=str(tmp_path), client="client", settings=Settings(), steps=()
    )
    said = io.BytesIO()
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(packed(errand))))
    monkeypatch.setattr(sys, "stdout", SimpleNamespace(buffer=said, flush=lambda: None))
    assert trial.main() == 0
    report = unpacked(said.getvalue(), Report)
    assert report.problem.startswith(f"shop:app: no module shop below {tmp_path}, expected one to import; ")
