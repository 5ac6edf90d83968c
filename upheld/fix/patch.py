"""What is to be edited to mend a finding."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from upheld.fix.edits import Edit
from upheld.model import Safety


@dataclass(frozen=True, slots=True, kw_only=True)
class Patch:
    """The edits that mend one finding, or what to do where no edit can."""

    summary: str
    """In the imperative: "document 404 as Problem"."""
    safety: Safety = Safety.DOCS
    edits: Mapping[str, tuple[Edit, ...]] = field(default_factory=dict)
    """By the path of the file, relative to the project."""
