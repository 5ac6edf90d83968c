"""Which secrets of a check a report hides, and which address its commands call."""

import re
from collections.abc import Collection

from upheld.settings import FixedHeaders, PasswordFlow, Settings
from upheld.witness import LOCAL_SERVER, Mask


def mask(settings: Settings, tokens: Collection[str], answered: Collection[str]) -> Mask:
    """Return what hides the settings' own secrets, those that requests signed in with, and those that were answered."""
    match settings.auth:
        case PasswordFlow():
            return Mask([settings.auth.password, *tokens, *answered])
        case FixedHeaders(headers=headers):
            parts = [part for value in headers.values() for part in re.split(r"[\s;=]+", value)]
            return Mask([*headers.values(), *parts, *tokens, *answered], list(headers))
        case None:  # what we sign in with is made up, and no secret
            return Mask(answered)


def server(settings: Settings) -> str:
    """Return the address that commands to paste call."""
    return LOCAL_SERVER if settings.base_url == Settings().base_url else settings.base_url
