"""Generates requests, calls the app and watches it from inside: `Contract` to `Exchange`."""

from upheld.drive.session import Session
from upheld.drive.watch import installed

__all__ = ["Session", "installed"]
