"""Two documents to what changed between them, and whom that breaks: inclusion of schemas, decided and shown."""

from upheld.diff.compare import compare

__all__ = ["compare"]
