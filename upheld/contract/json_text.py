"""JSON text to values, stricter than Python's own reader: no key twice, no NaN, no number without end."""

import json

from upheld.contract.errors import ContractError
from upheld.contract.numbers import number
from upheld.model import Json


def parse(text: str, name: str) -> Json:
    """Return what a JSON text says.

    Errors: ContractError, naming file and line where there is one: no JSON, a key that stands twice in an object, NaN
    and infinities, an integer of thousands of digits, more levels than Python can follow.
    Source: RFC 8259; RFC 7493, 2.3 on keys.
    """
    try:
        return json.loads(text, object_pairs_hook=_object, parse_float=_float, parse_constant=_constant)
    except json.JSONDecodeError as error:
        raise ContractError(
            f'{name}:{error.lineno}: {error.msg} in column {error.colno}, expected JSON; run "upheld export"'
        ) from error
    except RecursionError as error:
        raise ContractError(f"{name}: nested too deeply to be read, expected an OpenAPI document; mend it") from error
    except ValueError as error:  # ours, and Python's for an integer of more than 4,300 digits
        raise ContractError(f"{name}: {' '.join(str(error).split())[:160]}, expected plain JSON; mend it") from error


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    made = dict(pairs)
    if len(made) != len(pairs):
        keys = [key for key, _ in pairs]
        twice = next(key for at, key in enumerate(keys) if key in keys[:at])
        raise ValueError(f"the key {json.dumps(twice)[:80]} stands twice in one object")
    return made


def _float(text: str) -> int | float:
    return number(float(text))


def _constant(text: str) -> Json:
    raise ValueError(f"{text} is no number that JSON can say")
