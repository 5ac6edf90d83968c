"""Apps of every kind have a client that imports and whose examples run: a sample of the corpus."""

import contextlib
import io
import json
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.client import test_apps
from tests.client.answering import Answering
from tests.client.packages import imported
from tests.client.test_docstrings import examples
from upheld import contract

EACH = 12
"""The rest was tried once: all take minutes."""


documents = test_apps.documents


@pytest.mark.slow
def test_sample(documents: dict[str, Any], tmp_path: Path) -> None:
    called = 0
    for name, document in sorted(documents.items())[::EACH]:
        server = Answering(contract.parse(document, app=name))
        with imported(document, tmp_path) as package:
            assert json.loads(Path(package.__file__).with_name("contract.json").read_text("utf-8")) == document
            client = package.Client("http://shop", http=httpx2.Client(transport=httpx2.MockTransport(server)))
            for _, code in examples(Path(package.__file__).with_name("client.py").read_text("utf-8")):
                with contextlib.redirect_stdout(io.StringIO()):
                    exec(code, {"client": client, "models": package.models})  # noqa: S102  # what the test is about
                called += 1
    assert called > 200
