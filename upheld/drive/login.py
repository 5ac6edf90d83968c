"""How a document itself says that one signs in: a password flow whose form has examples."""

from collections.abc import Iterator, Mapping
from urllib.parse import parse_qs, urlsplit

from upheld.media import FORMS, media_type
from upheld.model import Contract, Json, Operation, Request, Schema
from upheld.schema import Judge
from upheld.settings import PasswordFlow


def documented(contract: Contract) -> PasswordFlow | None:
    """Return the first password flow with a form whose examples sign in; `None` where the document has none.

    Source: OpenAPI 3.1.1, OAuth Flow Object.
    """
    judge = Judge.of(contract.document)
    posts = {operation.path: operation for operation in contract.operations if operation.method == "POST"}
    for name, flow in flows(contract.security_schemes):
        target = urlsplit(str(flow.get("tokenUrl") or "")).path
        operation = posts.get(target if target.startswith("/") else f"/{target}")
        if operation is None:
            continue
        said = {member: _example(operation, member, judge) for member in ("username", "password")}
        if all(said.values()):
            return PasswordFlow(
                token_url=operation.path,
                username=said["username"],
                password=said["password"],
                scopes=tuple(flow.get("scopes") or ()),
                scheme=name,
            )
    return None


def flow_of(login: Request, contract: Contract) -> PasswordFlow | None:
    """Return the documented flow that a request signs in by, for all its scopes; `None` where it has none."""
    for name, flow in flows(contract.security_schemes):
        target = urlsplit(str(flow.get("tokenUrl") or "")).path
        scopes = tuple(flow.get("scopes") or ())
        if scopes and target.lstrip("/") == login.target.lstrip("/"):
            form = parse_qs((login.body or b"").decode("latin-1"))
            said = [form.get(member, [""])[0] for member in ("username", "password")]
            if media_type(login.header("content-type")) == FORMS[0] and all(said):
                return PasswordFlow(
                    token_url=login.target, username=said[0], password=said[1], scopes=scopes, scheme=name
                )
    return None


def flows(schemes: Mapping[str, Json]) -> Iterator[tuple[str, Mapping[str, Json]]]:
    """Yield the password flows of security schemes, with the schemes' names."""
    for name, scheme in schemes.items():
        flows = scheme.get("flows") if isinstance(scheme, Mapping) else None
        flow = flows.get("password") if isinstance(flows, Mapping) else None
        if isinstance(flow, Mapping):
            yield name, flow


def _example(operation: Operation, name: str, judge: Judge) -> str:
    """Return the first example of a form's member, of its own or of the whole form; "" for none."""
    content = operation.body.content if operation.body is not None else {}
    for form in FORMS:
        entry = content.get(form)
        if entry is None or entry.schema is None:
            continue
        member = judge.resolve(judge.member(entry.schema, name))
        for example in (
            *_examples(member),
            *(_member(whole, name) for whole in _examples(judge.resolve(entry.schema))),
        ):
            if isinstance(example, str) and example:
                return example
    return ""


def _examples(schema: Schema) -> list[Json]:
    if not isinstance(schema, dict):
        return []
    many = schema.get("examples")
    return [*(many if isinstance(many, list) else ()), schema.get("example"), schema.get("default")]


def _member(whole: Json, name: str) -> Json:
    return whole.get(name) if isinstance(whole, dict) else None
