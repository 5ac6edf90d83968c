"""What changed in who may call an operation, and where."""

import json
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from upheld.diff.context import Context, Pair
from upheld.diff.operations import Call, Document
from upheld.model import Json, UpheldError

Alternative: TypeAlias = Mapping[str, frozenset[str]]
"""What is needed all at once: scopes by scheme, a scheme told by what it says and not by its name."""
TOLD = ("type", "scheme", "in", "name", "openIdConnectUrl")
ADDRESSES = ("authorizationUrl", "tokenUrl", "refreshUrl", "deviceAuthorizationUrl")


def security(context: Context, pair: Pair) -> None:
    """Find what changed in the credentials that an operation asks for."""
    old, new = _alternatives(context.old, pair.old), _alternatives(context.new, pair.new)
    places = _place(pair.old), _place(pair.new)
    for rule in ("security-added", "scope-added", "security-changed"):
        if rule in {_refused(one, new) for one in old}:
            context.found.structure(rule, pair.new, *places, _told(rule, old, new), breaks=True)
            return
    for rule, backwards in (
        ("security-removed", "security-added"),
        ("scope-removed", "scope-added"),
        ("security-changed", "security-changed"),
    ):
        if backwards in {_refused(one, old) for one in new}:
            context.found.structure(rule, pair.new, *places, _told(rule, old, new))
            return


def servers(context: Context, pair: Pair) -> None:
    """Find what changed in where an operation is called."""
    old, new = _servers(context.old, pair.old), _servers(context.new, pair.new)
    for url, place in old.items():
        if url not in new and new:
            context.found.structure("server-removed", pair.new, place, None, f"server {url} is gone")
    for url, place in new.items():
        if url not in old and old:
            context.found.structure("server-added", pair.new, None, place, f"server {url} is new")


def _servers(document: Document, call: Call) -> Mapping[str, str]:
    """Return the places of an operation's servers by address; none where only the document's own is meant."""
    for holder, place in (
        (call.part.raw, call.part.pointer),
        (call.item.raw, call.item.pointer),
        (document.raw, ""),
    ):
        listed = holder.get("servers")
        if isinstance(listed, list) and listed:
            return {str(one.get("url")): f"{place}/servers" for one in listed if isinstance(one, Mapping)}
    return {}


def _place(call: Call) -> str:
    return f"{call.part.pointer}/security" if "security" in call.part.raw else "/security"


def _alternatives(document: Document, call: Call) -> list[Alternative]:
    listed = call.part.raw.get("security", document.raw.get("security"))
    if not listed:
        return [{}]
    schemes = (document.raw.get("components") or {}).get("securitySchemes") or {}
    return [{_scheme(document, schemes, name): frozenset(scopes) for name, scopes in one.items()} for one in listed]


def _scheme(document: Document, schemes: Mapping[str, Json], name: str) -> str:
    """Return a scheme as the text of what it says."""
    if name not in schemes:
        raise UpheldError(
            f"{document.name}: security names {name!r}, expected one of components.securitySchemes "
            f"({', '.join(schemes) or 'there are none'}); mend the document"
        )
    raw = document.follow(schemes[name], ("components", "securitySchemes", name)).raw
    told = {key: raw[key] for key in TOLD if key in raw}
    if isinstance(told.get("scheme"), str):
        told["scheme"] = told["scheme"].lower()
    if raw.get("in") == "header" and isinstance(told.get("name"), str):
        told["name"] = told["name"].lower()
    flows = raw.get("flows") or {}
    told["flows"] = {
        flow: {key: part[key] for key in ADDRESSES if key in part}
        for flow, part in flows.items()
        if not flow.startswith("x-")
    }
    return json.dumps(told, sort_keys=True)


def _refused(sent: Alternative, accepted: Sequence[Alternative]) -> str:
    """Return the rule by which credentials are refused; "" where one alternative accepts them."""
    known = [one for one in accepted if one.keys() <= sent.keys()]
    if any(all(scopes <= sent[scheme] for scheme, scopes in one.items()) for one in known):
        return ""
    if known:
        return "scope-added"
    return "security-added" if any(sent.keys() <= one.keys() for one in accepted) else "security-changed"


def _told(rule: str, old: Sequence[Alternative], new: Sequence[Alternative]) -> str:
    if rule.startswith("scope"):
        gone, come = (
            sorted({scope for one in first for scopes in one.values() for scope in scopes}
                   - {scope for one in second for scopes in one.values() for scope in scopes})
            for first, second in ((old, new), (new, old))
        )  # fmt: skip
        told = [f"scope {scope} is needed" for scope in come] + [f"scope {scope} is no longer needed" for scope in gone]
        return ", ".join(told) or "other scopes are needed"
    words = [_words(old), _words(new)]
    if words[0] == words[1]:  # then it is where tokens are got
        words = [_words(old, whole=True), _words(new, whole=True)]
    return f"credentials: {words[0]} → {words[1]}"


def _words(alternatives: Sequence[Alternative], *, whole: bool = False) -> str:
    schemes = ([_word(json.loads(scheme), whole=whole) for scheme in one] for one in alternatives)
    return " or ".join(" and ".join(one) or "none" for one in schemes)


def _word(told: Mapping[str, Json], *, whole: bool) -> str:
    details = [str(told[key]) for key in ("scheme", "in", "name") if key in told]
    if whole:
        details += [str(told["openIdConnectUrl"])] if "openIdConnectUrl" in told else []
        details += [f"{flow}: {', '.join(map(str, urls.values()))}" for flow, urls in told["flows"].items()]
    return f"{told.get('type')} ({' '.join(details)})" if details else str(told.get("type"))
