"""What a team agreed to break, and until when: `approvals.toml` beside the contract.

    [[approval]]
    rule = "request-member-required"
    fingerprint = "4c1f0e9b2a7d5531"
    change = "body.note became required"
    operations = ["POST /orders"]
    reason = "all clients send it since May"
    expires = 2026-08-01

An approval is for what has its rule and its fingerprint; `change` and `operations` are for readers.
"""

import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import fields, replace
from datetime import date, datetime
from pathlib import Path

from upheld import files
from upheld.model import Approval, Change, Json, UpheldError

NAME = "approvals.toml"
HEAD = "# Breaks of the contract that were agreed to; `upheld diff --approve REASON` adds to them.\n"
KEYS = tuple(field.name for field in fields(Approval))
BARE = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def read(path: Path) -> tuple[Approval, ...]:
    """Return the approvals of a file, in its order; none where there is no file.

    Errors: UpheldError on one line for a file that cannot be read or is no TOML, a key that is missing, unknown or of
    the wrong type, and for two approvals of the same.
    """
    try:
        return _parsed(path.read_text(encoding="utf-8"), path)
    except FileNotFoundError:
        return ()
    except OSError as error:
        raise UpheldError(f"{path}: cannot be read ({error.strerror}), expected a file; make it readable") from error
    except UnicodeDecodeError as error:
        raise UpheldError(f"{path}: is not UTF-8 (byte {error.start}), expected TOML; save it as UTF-8") from error


def _parsed(text: str, path: Path) -> tuple[Approval, ...]:
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"line (\d+)", str(error))
        place = f"{path}:{line[1]}" if line else f"{path}"
        raise UpheldError(f"{place}: is not TOML ({error}), expected [[approval]]; mend that line") from error
    if document.keys() - {"approval"}:
        key = min(document.keys() - {"approval"})
        raise UpheldError(f"{path}: {key[:60]!r} is unknown, expected [[approval]] alone; take it out")
    entries = document.get("approval", [])
    if not isinstance(entries, list):
        raise UpheldError(f"{path}: approval is no array of tables, expected [[approval]]; write it in two brackets")
    found = tuple(_approval(path, number, entry) for number, entry in enumerate(entries, 1))
    seen: dict[tuple[str, str], int] = {}
    for number, one in enumerate(found, 1):
        first = seen.setdefault(_key(one), number)
        if first != number:
            raise UpheldError(
                f"{path}: approval {number} is for the same as approval {first}, {one.rule} {one.fingerprint}, "
                "expected one for each; take one out"
            )
    return found


def add(path: Path, new: Sequence[Approval]) -> None:
    """Add approvals to a file, made where there is none; one that is for the same as an earlier one replaces it.

    What stands in the file stays as it is, comments and order, unless something has to be replaced.
    Errors: UpheldError as `read`, and where the file cannot be written.
    """
    earlier = read(path)
    fresh = {_key(one): one for one in new}
    whole = [*(fresh.pop(_key(one), one) for one in earlier), *fresh.values()]
    text = "".join(map(_text, whole))
    if earlier and len(whole) == len(earlier) + len(fresh) and not set(map(_key, earlier)) & set(map(_key, new)):
        appended = path.read_text(encoding="utf-8").rstrip("\n") + "\n" + "".join(map(_text, new))
        if _reads(appended, path) == tuple(whole):
            files.write(path, appended)
            return
    files.write(path, HEAD + text)


def _reads(text: str, path: Path) -> tuple[Approval, ...] | None:
    try:
        return _parsed(text, path)
    except UpheldError:
        return None


def _key(one: Approval | Change) -> tuple[str, str]:
    return one.rule, one.fingerprint


def apply(
    changes: Iterable[Change], approvals: Sequence[Approval], today: date
) -> tuple[tuple[Change, ...], list[str]]:
    """Return the changes with their approvals, and remarks on approvals that are over or are for nothing there is."""
    by_key = {_key(one): one for one in approvals}
    used: set[tuple[str, str]] = set()
    told: list[Change] = []
    for change in changes:
        approval = by_key.get(_key(change))
        used.add(_key(change))
        told.append(replace(change, approval=approval if approval and approval.expires >= today else None))
    remarks = []
    for key, one in by_key.items():
        if key not in used:
            remarks.append(f"the approval of {_short(one)} is for nothing that changed; take it out of {NAME}")
        elif one.expires < today:
            remarks.append(f"the approval of {_short(one)} ended on {one.expires}; the change counts again")
    return tuple(told), remarks


def approved(change: Change, *, reason: str, expires: date) -> Approval:
    """Return the approval of a change."""
    return Approval(
        rule=change.rule,
        fingerprint=change.fingerprint,
        change=change.message,
        operations=change.operations,
        reason=reason,
        expires=expires,
    )


def _short(one: Approval) -> str:
    where = f" at {one.operations[0]}" if one.operations else ""
    return f"{one.rule} {one.fingerprint}{where} ({one.reason})"


def _approval(path: Path, number: int, entry: Json) -> Approval:
    place = f"{path}: approval {number}"
    if not isinstance(entry, dict):
        raise UpheldError(f"{place} is {entry!r:.40}, expected a table; write [[approval]]")
    for key in entry:
        if key not in KEYS:
            raise UpheldError(f"{place} has the unknown key {key[:60]!r}, expected {', '.join(KEYS)}; take it out")
    for key in KEYS:
        if key not in entry:
            raise UpheldError(f"{place} lacks {key}, expected {', '.join(KEYS)}; write {key} = {EXAMPLE[key]}")
    for key in ("rule", "fingerprint", "change", "reason"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise _wrong(place, key, entry[key], "a text that is not empty")
    operations = entry["operations"]
    if not isinstance(operations, list) or not all(isinstance(one, str) for one in operations):
        raise _wrong(place, "operations", operations, "an array of texts")
    if type(entry["expires"]) is not date:
        raise _wrong(place, "expires", entry["expires"], "a day")
    return Approval(**{**entry, "operations": tuple(operations)})


EXAMPLE = {
    "rule": '"operation-removed"',
    "fingerprint": '"…", as the JSON report has it',
    "change": '"what changed"',
    "operations": '["GET /books"]',
    "reason": '"why it is fine"',
    "expires": "2026-08-01",
}


def _wrong(place: str, key: str, value: Json, expected: str) -> UpheldError:
    shown = f"{value}" if isinstance(value, date | datetime) else f"{value!r:.40}"
    return UpheldError(f"{place}: {key} = {shown}, expected {expected}; write {key} = {EXAMPLE[key]}")


def _text(one: Approval) -> str:
    operations = ", ".join(map(_quoted, one.operations))
    return (
        f"\n[[approval]]\nrule = {_quoted(one.rule)}\nfingerprint = {_quoted(one.fingerprint)}\n"
        f"change = {_quoted(one.change)}\noperations = [{operations}]\nreason = {_quoted(one.reason)}\n"
        f"expires = {one.expires.isoformat()}\n"
    )


def _quoted(text: str) -> str:
    """Return a basic string of TOML; half a character, which TOML cannot say, becomes a replacement character."""
    return f'"{"".join(map(_char, text))}"'


def _char(char: str) -> str:
    if char in BARE:
        return BARE[char]
    code = ord(char)
    if 0xD800 <= code <= 0xDFFF:
        return "\ufffd"
    return char if char.isprintable() else f"\\U{code:08X}"
