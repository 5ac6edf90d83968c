"""The folder is a package as it stands, and what pip makes of it is one, too; its README runs."""

import json
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import pytest

from tests.client.answering import Answering
from tests.client.packages import RUNTIME, files, imported
from tests.client.test_docstrings import DOCUMENTS
from upheld import contract
from upheld.client import stale, write
from upheld.client.models import ClientError
from upheld.client.source import HEAD

ROOT = Path(__file__).parents[2]
TINY: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "paths": {}}

VERSIONS = {
    "1": "1",
    "v1.2.3": "1.2.3",
    "0.1.0": "0.1.0",
    "2.0.0-rc.1": "2.0.0rc1",
    "1.0-beta": "1.0b0",
    "1.0.0+build7": "1.0.0",
    "2026-11-24": "2026",
    "": "0+contract.",
    "latest": "0+contract.",
}


@pytest.mark.parametrize(("said", "expected"), VERSIONS.items())
def test_version(said: str, expected: str) -> None:
    document = {**TINY, "info": {"title": 'A "shop"\\\n\x07', "version": said}}
    project = tomllib.loads(files(document, "shop_client")["pyproject.toml"])["project"]
    assert project["version"].startswith(expected)
    assert len(project["version"]) == len(expected) + (12 if expected.endswith(".") else 0)
    assert project["name"] == "shop-client"
    assert project["description"] == 'A typed client of A "shop"\\'


NAMES = {"shop_client": "shop-client", "Shop-Client": "shop-client", "class": "class"}


@pytest.mark.parametrize(("folder", "expected"), NAMES.items())
def test_name(folder: str, expected: str) -> None:
    assert expected == tomllib.loads(files(TINY, folder)["pyproject.toml"])["project"]["name"]


@pytest.mark.parametrize("folder", ["json", "httpx2", "Typing-Extensions"])
def test_a_name_that_is_taken(folder: str) -> None:
    with pytest.raises(ClientError, match=f"^{folder}: a client of that name could not be imported"):
        files(TINY, folder)


@pytest.mark.slow
def test_installed(tmp_path: Path) -> None:
    """A wheel and one made of the sdist hold the same package, which imports from elsewhere."""
    source, built, target = tmp_path / "shop_client", tmp_path / "dist", tmp_path / "target"
    write(source, files(DOCUMENTS["calls"], "shop_client"))
    (source / ".gitignore").write_text("*\n")
    (source / "build").mkdir()
    (source / "build" / "left.py").write_text("left = 1\n")
    subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-d", str(built)], cwd=source, check=True, capture_output=True
    )
    (wheel,) = built.glob("*.whl")
    held = {name for name in zipfile.ZipFile(wheel).namelist() if ".dist-info" not in name}
    assert held == {
        f"shop_client/{name}" for name in files(DOCUMENTS["calls"], "shop_client") if name != "pyproject.toml"
    }
    pip = (sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-build-isolation", "--target", str(target))
    (sdist,) = built.glob("*.tar.gz")
    subprocess.run([*pip, str(sdist)], check=True, capture_output=True)
    script = "import shop_client; print(shop_client.__file__, len(shop_client.CONTRACT_SHA256))"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "dist", env={"PYTHONPATH": str(target)}, capture_output=True,
        text=True, check=True,
    )  # fmt: skip
    assert f"{target / 'shop_client' / '__init__.py'} 64\n" == done.stdout


@pytest.mark.parametrize("document", DOCUMENTS.values(), ids=DOCUMENTS)
def test_readme(document: dict[str, Any], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = Answering(contract.parse(document, app="openapi.json"))
    monkeypatch.setattr(httpx2, "Client", partial(httpx2.Client, transport=httpx2.MockTransport(server)))
    with imported(document, tmp_path) as package:
        text = Path(package.__file__).with_name("README.md").read_text(encoding="utf-8")
        blocks = re.findall(r"```python\n(.*?)```", text, re.DOTALL)
        assert blocks
        for block in blocks:
            exec(block, {})  # noqa: S102  # what the test is about
    assert server.seen
    assert {method.name for method in server.methods} == set(re.findall(r"^\| `(\w+)` \|", text, re.MULTILINE))


PRINT = """
import json, pathlib, sys
from upheld import contract
from upheld.client import generate
read = contract.read(pathlib.Path(sys.argv[1]))
print(json.dumps(generate(read, contract.canonical(read.document), name="shop", source=pathlib.Path(sys.argv[1]))))
"""


@pytest.mark.slow
def test_everywhere(tmp_path: Path) -> None:
    """Neither the folder, nor its pyproject.toml, nor the hash seed, nor the locale change a byte."""
    made = []
    for seed, name in (("1", "here"), ("2", "deep/er")):
        folder = tmp_path / name
        folder.mkdir(parents=True)
        (folder / "openapi.json").write_text(json.dumps(DOCUMENTS["calls"]), encoding="utf-8")
        (folder / "pyproject.toml").write_text("[tool.black]\nline-length = 40\n")
        environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONHASHSEED": seed, "LC_ALL": "C", "TZ": "Japan"}
        command = [sys.executable, "-W", "error", "-c", PRINT, "openapi.json"]
        done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=True)
        made.append(done.stdout)
    assert made[0] == made[1]
    assert json.loads(made[0])["__init__.py"]


@pytest.mark.slow
def test_yaml(tmp_path: Path) -> None:
    """The command reads what everything else reads, and what it writes is up to date then."""
    text = "openapi: 3.0.3\ninfo: {title: Shop, version: '1'}\npaths:\n  /a: {get: {responses: {204: {description: ''}}}}\n"
    (tmp_path / "openapi.yaml").write_text(text)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    for more in ((), ("--check",)):
        command = [sys.executable, "-m", "upheld", "client", "--contract", "openapi.yaml", "--out", "made/shop", *more]
        subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    script = "import shop; print(shop.Client.get_a.__doc__.splitlines()[0])"
    done = subprocess.run(
        [sys.executable, "-c", script], cwd=tmp_path / "made", capture_output=True, text=True, check=True
    )
    assert done.stdout == "Call GET /a.\n"


def test_left_over(tmp_path: Path) -> None:
    """What an earlier contract left is known by its first line, in whatever language; the rest is let be."""
    made = files(TINY, "shop_client")
    write(tmp_path, made)
    assert stale(tmp_path, made) == []
    (tmp_path / "NOTES.md").write_text("# mine\n")
    (tmp_path / "OLD.md").write_text("<!-- Written by `upheld client`; edit the service instead. -->\n")
    (tmp_path / "old.toml").write_text("# Written by `upheld client`; edit the service instead.\n")
    assert ["OLD.md is left over", "old.toml is left over"] == stale(tmp_path, made)


def test_marked() -> None:
    """Every file says where it comes from, less those that only hold data."""
    for name, text in files(DOCUMENTS["calls"]).items():
        assert ("`upheld client`" in text.partition("\n")[0]) == (name not in ("py.typed", "contract.json")), name
    for path in sorted(RUNTIME.glob("*.py")):
        assert f"{HEAD}{path.read_text(encoding='utf-8')}" == files(DOCUMENTS["calls"])[f"_runtime/{path.name}"]
    assert json.loads(files(DOCUMENTS["calls"])["contract.json"]) == json.loads(json.dumps(DOCUMENTS["calls"]))
