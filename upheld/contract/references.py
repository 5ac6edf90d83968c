"""References within one document, followed to what they mean."""

from collections.abc import Mapping
from typing import Any

from upheld.contract.errors import ContractError
from upheld.model import Json
from upheld.pointer import pointed


class References:
    """Follows the `$ref`s of one document; those inside schemas are left for whoever judges values."""

    def __init__(self, document: Mapping[str, Json], source: str) -> None:
        self.document = document
        self.source = source

    def follow(self, node: Json) -> Mapping[str, Any]:
        """Return the object that a node is or refers to; members beside the reference win.

        Errors: ContractError for a reference that leaves the document, leads nowhere or round in a circle.
        Source: OpenAPI 3.1.1, Reference Object.
        """
        beside: dict[str, Any] = {}
        seen: list[str] = []
        while isinstance(node, Mapping) and isinstance(reference := node.get("$ref"), str):
            beside = {**{key: value for key, value in node.items() if key != "$ref"}, **beside}
            if reference in seen:
                raise self._error(reference, "that refers to itself")
            seen.append(reference)
            node = self._target(reference)
        if not isinstance(node, Mapping):
            raise ContractError(
                f"{self.source}: {node!r:.60}{f' at {seen[-1]}' if seen else ''}, expected an object; mend the document"
            )
        return {**node, **beside} if beside else node

    def _target(self, reference: str) -> Json:
        if not reference.startswith("#"):
            raise self._error(reference, "out of the document")
        try:
            return pointed(self.document, reference)
        except LookupError:
            raise self._error(reference, "to nothing") from None

    def _error(self, reference: str, where: str) -> ContractError:
        return ContractError(
            f'{self.source}: a reference {where}, "$ref": "{reference}"; '
            "expected one to something that the document holds; mend the document"
        )
