"""All that is done to watch an app from inside, and undone afterwards."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from upheld.drive.blocking import recorded
from upheld.drive.network import Guard, guarded
from upheld.drive.reads import read_names
from upheld.drive.watch import installed


@contextmanager
def watched(allow_hosts: Iterable[str] = ()) -> Iterator[Guard]:
    """Watch, and keep connections on this machine; enter before the app is imported."""
    with installed(), read_names(), recorded(), guarded(allow_hosts) as guard:  # what is refused is recorded before
        yield guard
