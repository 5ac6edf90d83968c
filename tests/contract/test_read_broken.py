"""Whatever a file holds: the right answer or one line, soon."""

import codecs
import json
from pathlib import Path
from typing import Any

import pytest

from upheld.contract import ContractError, document, read, validate_quickly, yaml_text
from upheld.model import Json

HEAD = '{"openapi": "3.1.0", "info": {"title": "x", "version": "1"}, "paths": {}'
YAML = "openapi: 3.1.0\ninfo: {title: x, version: '1'}\npaths: {}\n"
LAUGHS = "x-a0: &a0 [1]\n" + "".join(f"x-a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 10)}]\n" for n in range(1, 10))
MERGES = "x-a0: &a0 {k: 1}\n" + "".join(
    f"x-a{n}: &a{n} {{<<: [{', '.join([f'*a{n - 1}'] * 10)}], k{n}: 1}}\n" for n in range(1, 10)
)
DEEP = 100_000


def nested(levels: int) -> str:
    return '{"properties": {"a": ' * levels + "{}" + "}}" * levels


BROKEN = {
    "JSON, a key twice": ("a.json", f'{HEAD}, "paths": {{}}}}', ': the key "paths" stands twice in one object, '),
    "JSON, a key twice below": (
        "a.json",
        f'{HEAD}, "x-a": [{{"b": 1, "c": 2, "b": 3}}]}}',
        ': the key "b" stands twice in one object, ',
    ),
    "JSON, NaN": ("a.json", f'{HEAD}, "x-a": NaN}}', ": NaN is no number that JSON can say, "),
    "JSON, no end": ("a.json", f'{HEAD}, "x-a": 1e999}}', ": inf is no number that JSON can say, "),
    "JSON, many digits": ("a.json", f'{HEAD}, "x-a": {"9" * 5000}}}', ": Exceeds the limit (4300 digits) "),
    "JSON, deep lists": ("a.json", "[" * DEEP, ": nested too deeply to be read, "),
    "JSON, deep objects": ("a.json", '{"a":' * DEEP, ": nested too deeply to be read, "),
    "JSON, a deep schema": (
        "a.json",
        f'{HEAD}, "components": {{"schemas": {{"A": {nested(150)}}}}}}}',
        ": nested more ",
    ),
    "JSON, a schema of 5,000 levels": (
        "a.json",
        f'{HEAD}, "x-a": {nested(5000)}}}',
        ": nested too deeply to be read, ",
    ),
    "JSON, nothing": ("a.json", "", ":1: Expecting value in column 1, expected JSON"),
    "YAML, a key twice": ("a.yaml", f"{YAML}paths: {{}}\n", ':4: the key "paths" stands twice, '),
    "YAML, a key twice below": ("a.yaml", f"{YAML}x-a:\n  b: 1\n  'b': 2\n", ':6: the key "b" stands twice, '),
    "YAML, a status twice": ("a.yaml", f"{YAML}x-a:\n  200: 1\n  '200': 2\n", ':6: the key "200" stands twice, '),
    "YAML, laughs": ("a.yaml", YAML + LAUGHS, ":11: aliases that stand for more than 3,000,000 values, "),
    "YAML, merges": ("a.yaml", YAML + MERGES, ":11: aliases that stand for more than 3,000,000 values, "),
    "YAML, an anchor in itself": ("a.yaml", f"{YAML}x-a: &a [*a]\n", ":4: the anchor &a holds itself, "),
    "YAML, no anchor": ("a.yaml", f"{YAML}x-a: *a\n", ":4: the alias *a has no anchor before it, "),
    "YAML, deep lists": ("a.yaml", "[" * DEEP, ":1: exceeded maximum nesting depth, "),
    "YAML, deep blocks": ("a.yaml", "- " * DEEP, ":1: exceeded maximum nesting depth, "),
    "YAML, nested": ("a.yaml", f"{YAML}x-a: {'[' * 300}{']' * 300}\n", ": nested more than 200 levels deep, "),
    "YAML, NaN": ("a.yaml", f"{YAML}x-a: .nan\n", ":4: .nan is no number that JSON can say, "),
    "YAML, a tag": (
        "a.yaml",
        f"{YAML}x-a: !!python/name:os.system ''\n",
        ":4: '' with the tag tag:yaml.org,2002:python/",
    ),
    "YAML, a tag on a list": ("a.yaml", f"{YAML}x-a: !!set {{b}}\n", ":4: the tag tag:yaml.org,2002:set, "),
    "YAML, a key that is a list": ("a.yaml", f"{YAML}? [a]\n: 1\n", ":4: a key that is a list or an object, "),
    "YAML, a key that is an alias": ("a.yaml", f"{YAML}x-a: &a b\n*a : 1\n", ":5: the key *a is an alias, "),
    "YAML, a merge of a text": ("a.yaml", f"{YAML}x-a: {{<<: b}}\n", ":4: a merge of what is no object, "),
    "YAML, two documents": ("a.yaml", f"{YAML}---\n{YAML}", ":4: a second document, expected one"),
    "YAML, many digits": ("a.yaml", f"{YAML}x-a: {'9' * 5000}\n", ":4: an integer of 5,000 digits, "),
    "binary": ("a.json", "\udc89PNG\r\n", ":1: byte 0x89, expected UTF-8"),
    "half of UTF-16": ("a.json", "\udcff\udcfea", ":1: byte 0x61, expected UTF-8"),
}


@pytest.mark.parametrize(("name", "text", "message"), BROKEN.values(), ids=BROKEN)
def test_one_line(tmp_path: Path, name: str, text: str, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ContractError) as caught:
        read(path)
    told = str(caught.value)
    assert told.startswith(f"{path.as_posix()}{message}"), told
    assert ", expected " in told
    assert "\n" not in told


def test_too_much_yaml(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(yaml_text, "MOST_BYTES", 1_000_000)
    path = tmp_path / "a.yaml"
    path.write_text(f"{YAML}x-a: {'b' * 2_000_000}\n", encoding="utf-8")
    with pytest.raises(ContractError) as caught:
        document(path)
    told = "2 MB of YAML, expected at most 1, since it is slow to read; write it as JSON"
    assert f"{path.as_posix()}: {told}" == str(caught.value)


VALUES: dict[str, tuple[str, Json]] = {
    "words": ("[null, ~, true, False, no, on]", [None, None, True, False, "no", "on"]),
    "numbers": ("[1, -2, 0o17, 0x1f, 1.0, 1.5, 1e3, .5]", [1, -2, 15, 31, 1, 1.5, 1000, 0.5]),
    "texts": ("['1', \"true\", 2024-01-01, 12:30, !!str 7, 1_000]", ["1", "true", "2024-01-01", "12:30", "7", "1_000"]),
    "tags": ("[!!int 7, !!float 1, !!bool true, !!null '', !!map {}, !!seq []]", [7, 1, True, None, {}, []]),
    "keys": ("{200: 1, true: 2, ~: 3}", {"200": 1, "true": 2, "~": 3}),
    "aliases": ("[&a {b: 1}, *a, &c 3, *c]", [{"b": 1}, {"b": 1}, 3, 3]),
    "merges": ("[&a {b: 1, c: 1}, {<<: *a, c: 2}, {<<: [{b: 3}, *a]}]", [{"b": 1, "c": 1}, {"b": 1, "c": 2}, {"b": 3, "c": 1}]),
    "blocks": ("|\n  a\n  b\n", "a\nb\n"),
    "nothing": ("", None),
}  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), VALUES.values(), ids=VALUES)
def test_yaml(text: str, expected: Json) -> None:
    found = yaml_text.parse(text, "a.yaml")
    assert (expected, json.dumps(expected, sort_keys=True)) == (found, json.dumps(found, sort_keys=True))


ENCODED: dict[str, bytes] = {
    "UTF-8 that says so": codecs.BOM_UTF8 + f"{HEAD}}}".encode(),
    "UTF-16, little end": codecs.BOM_UTF16_LE + f"{HEAD}}}".encode("utf-16-le"),
    "UTF-16, big end": codecs.BOM_UTF16_BE + f"{HEAD}}}".encode("utf-16-be"),
}


@pytest.mark.parametrize("data", ENCODED.values(), ids=ENCODED)
def test_encodings(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "a.json"
    path.write_bytes(data)
    assert json.loads(f"{HEAD}}}") == document(path)


REFERENCES: dict[str, tuple[dict[str, Any], str]] = {
    "dangling": ({"$ref": "#/components/schemas/B"}, '"$ref": "#/components/schemas/B" leads nowhere'),
    "remote": (
        {"$ref": "https://example.org/a.json"},
        '"$ref": "https://example.org/a.json" leads out of the document',
    ),
    "a file": ({"$ref": "other.json#/A"}, '"$ref": "other.json#/A" leads out of the document'),
}


@pytest.mark.parametrize(("schema", "seen"), REFERENCES.values(), ids=REFERENCES)
def test_references(schema: dict[str, Any], seen: str) -> None:
    broken = json.loads(f"{HEAD}}}") | {"components": {"schemas": {"A": schema}}}
    with pytest.raises(ContractError) as caught:
        validate_quickly(broken, "a.json")
    told = f'a.json: {seen} at #/components/schemas/A/$ref, expected a part of the document; mend it and run "upheld export"'
    assert told == str(caught.value)


def test_what_looks_like_a_reference_in_an_example_is_none() -> None:
    shown = {"A": {"type": "object", "example": {"$ref": "#/nowhere"}}}
    validate_quickly(json.loads(f"{HEAD}}}") | {"components": {"schemas": shown}}, "a.json")
