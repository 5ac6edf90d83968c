"""The version of OpenAPI that a document is written in."""

from collections.abc import Mapping

from upheld.contract.errors import ContractError
from upheld.model import Json


def versioned(document: Json, source: str) -> str:
    """Return the version of OpenAPI that a document says it is written in.

    Errors: ContractError when that is not 3.x.
    """
    if not isinstance(document, Mapping):
        raise ContractError(
            f"{source}: the document is {type(document).__name__}, expected an OpenAPI object; "
            'write one with "upheld export"'
        )
    key = next((key for key in ("openapi", "swagger") if key in document), None)
    version = document[key] if key is not None else None
    if key != "openapi" or not isinstance(version, str) or not version.startswith("3."):
        seen = f"{key}={version!r:.40}" if key is not None else "no openapi version"
        raise ContractError(f'{source}: {seen}, expected 3.x; write a new one with "upheld export"')
    return version
