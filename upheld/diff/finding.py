"""One change before policy has weighed it."""

from dataclasses import dataclass

from upheld.model import Counterexample, Json, Proof, Verdict

ABSENT: Json = object()
"""In place of a value: there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One change at one operation, before policy."""

    rule: str
    verdict: Verdict
    proof: Proof
    old: str | None
    new: str | None
    message: str
    value: Json = ABSENT
    """From the schema's root: what one side accepts and the other refuses; `ABSENT` where nothing shows it."""
    witness: Counterexample | None = None
    deprecated: bool = False
    """Whether what is gone was said to go away."""
