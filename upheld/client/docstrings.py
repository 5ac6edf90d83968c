"""What the client's methods say of themselves."""

from upheld.client.describe import Description
from upheld.client.methods import Method
from upheld.model import Contract


def docstrings(contract: Contract, found: Description, title: str) -> dict[tuple[str, str], str]:
    """Return the docstrings of all methods, by the method's name and the client's."""
    del contract
    made = {}
    for client in ("Client", "AsyncClient"):
        made["", client] = f"Calls {title}."
        for method in found.methods:
            for name in (method.name, method.streams, method.iterates):
                if name:
                    made[name, client] = _summary(method)
    return made


def _summary(method: Method) -> str:
    return method.summary or method.operation.label
