"""Refuses connections and look-ups that would leave this machine, and remembers which line tried.

What native clients such as libpq do is not seen.
"""

import asyncio
import errno
import itertools
import socket
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network
from types import CodeType
from typing import Any

from upheld.drive import frames as own_frames
from upheld.drive.audit import listening
from upheld.drive.frames import Frames, Step
from upheld.drive.watch import TRAIL
from upheld.model import Location

_DEPTH = 200
_SHOWN_MOST = 10
"""How many lines the note names."""
_INTERNET = (socket.AF_INET, socket.AF_INET6)

_Key = tuple[str, tuple[CodeType, int] | None]


class RefusedError(ConnectionRefusedError):
    """What an app meets instead of a connection."""


class UnknownHostError(socket.gaierror):
    """What an app meets instead of an address."""


class Guard:
    """Knows which hosts may be reached, and who tried others."""

    def __init__(self, allowed: Iterable[str]) -> None:
        """Take host names, addresses and networks that may be reached beside this machine."""
        self._names: set[str] = set()
        self._networks: list[IPv4Network | IPv6Network] = []
        for host in allowed:
            try:
                self._networks.append(ip_network(host, strict=False))
            except ValueError:
                self._names.add(_plain(host))
        self._resolved: set[str] = set()
        self._refused: dict[_Key, list[Step]] = {}

    @property
    def any_name(self) -> bool:
        """Whether a host may be reached by its name."""
        return bool(self._names)

    def told(self, frames: Frames) -> str:
        """Return what was refused, by line: `db.internal:5432 (app/db.py:12)`; "" for nothing."""
        found: dict[Location | None, list[str]] = {}
        for (target, _), steps in self._refused.items():
            place = next((frames.location(code, line) for code, line, _ in steps if frames.own(code.co_filename)), None)
            targets = found.setdefault(place, [])
            if target not in targets:
                targets.append(target)
        lines = [
            targets[0]
            + (f" and {len(targets) - 1} more" if len(targets) > 1 else "")
            + (f" ({place.path}:{place.line})" if place is not None else "")
            for place, targets in sorted(found.items(), key=lambda item: _rank(item[0]))
        ]
        rest = [f"{len(lines) - _SHOWN_MOST} more lines"] if len(lines) > _SHOWN_MOST else []
        return ", ".join(lines[:_SHOWN_MOST] + rest)

    # What the audit hook hears ------------------------------------------------------------------------------------

    def connect(self, _event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse what would send to another machine. Errors: RefusedError."""
        sock, address = arguments[0], arguments[1]
        if not isinstance(address, tuple) or len(address) < 2 or sock.family not in _INTERNET:
            return
        host, port = _plain(address[0]), address[1]
        if not (self._is_near(host) or host in self._resolved):
            target = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
            self._remember(target)
            raise RefusedError(errno.ECONNREFUSED, _reason(target))

    def look_up(self, _event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse to ask for the address of another machine. Errors: UnknownHostError."""
        first = arguments[0]
        host = _plain(first[0] if isinstance(first, tuple) and first else first)
        port = arguments[1] if len(arguments) > 1 else None
        if not (is_address(host) or self._is_near(host) or host == _plain(socket.gethostname())):
            target = f"{host}:{port}" if port else host
            self._remember(target)
            raise UnknownHostError(socket.EAI_NONAME, _reason(target))

    def look_back(self, _event: str, arguments: tuple[Any, ...]) -> None:
        """Refuse to ask for the name of another machine. Errors: UnknownHostError."""
        first = arguments[0]
        host = _plain(first[0] if isinstance(first, tuple) and first else first)
        if not (self._is_near(host) or host in (*self._resolved, _plain(socket.gethostname()))):
            self._remember(host)
            raise UnknownHostError(socket.EAI_NONAME, _reason(host))

    def resolved(self, host: object, addresses: Iterable[str]) -> None:
        """Learn the addresses of a host that may be reached."""
        if _plain(host) in self._names:
            self._resolved.update(map(_plain, addresses))

    def _is_near(self, host: str) -> bool:
        if host in ("", "localhost", "broadcasthost") or host.endswith(".localhost") or host in self._names:
            return True
        try:
            address = ip_address(host.partition("%")[0])
        except ValueError:
            return False
        if isinstance(address, IPv6Address) and address.ipv4_mapped is not None:
            address = address.ipv4_mapped
        if address.is_loopback or address.is_unspecified:
            return True
        return any(address in network for network in self._networks if network.version == address.version)

    def _remember(self, target: str) -> None:
        trail = TRAIL.get()
        steps = [_without_frame(step) for step in itertools.islice(_asking(), _DEPTH)]
        if trail is not None:
            trail.refused = True
            if not any(_is_users(step) for step in steps):  # a task of its own, or one that others wait for
                tasks = [task for task in (*reversed(trail.tasks), trail.task) if task is not None and not task.done()]
                for task in tasks:
                    steps += map(_without_frame, own_frames.of_awaiting(task.get_coro()))
        place = next((step[:2] for step in steps if _is_users(step)), None)
        self._refused.setdefault((target, place), steps)


@contextmanager
def guarded(allowed: Iterable[str] = ()) -> Iterator[Guard]:
    """Refuse what leaves this machine; enter before the app is imported."""
    guard = Guard(allowed)
    events = {
        "socket.connect": guard.connect,
        "socket.sendto": guard.connect,
        "socket.sendmsg": guard.connect,
        "socket.getaddrinfo": guard.look_up,
        "socket.gethostbyname": guard.look_up,
        "socket.gethostbyaddr": guard.look_back,
        "socket.getnameinfo": guard.look_back,
    }
    sockets: Any = socket
    doors: list[tuple[Any, str, Any]] = [
        (sockets.socket, "connect_ex", _answering(socket.socket.connect_ex)),
        (asyncio.BaseEventLoop, "getaddrinfo", _asking_here(guard, asyncio.BaseEventLoop.getaddrinfo)),
    ]
    if guard.any_name:  # what they resolve to may be reached as well
        doors.append((sockets, "getaddrinfo", _learning(guard, socket.getaddrinfo)))
    before = [(owner, name, owner.__dict__.get(name)) for owner, name, _ in doors]
    with listening(events):
        for owner, name, made in doors:
            setattr(owner, name, made)
        try:
            yield guard
        finally:
            for owner, name, original in before:
                if original is None:  # inherited from the C type below
                    delattr(owner, name)
                else:
                    setattr(owner, name, original)


def is_ours(error: BaseException | None) -> bool:
    """Return whether an exception began with a connection that we refused."""
    seen: set[int] = set()
    left = [error]
    while left:
        error = left.pop()
        if isinstance(error, RefusedError | UnknownHostError):
            return True
        if error is not None and id(error) not in seen:
            seen.add(id(error))
            left += (error.__cause__, error.__context__)
            left += error.exceptions if isinstance(error, BaseExceptionGroup) else ()
    return False


def _answering(original: Callable[..., int]) -> Callable[..., int]:
    """Return the error's number, as `connect_ex` does, where the hook can only raise."""

    def connect_ex(self: Any, address: Any) -> int:
        try:
            return original(self, address)
        except RefusedError:
            return errno.ECONNREFUSED

    return connect_ex


def _asking_here(guard: Guard, original: Callable[..., Any]) -> Callable[..., Any]:
    """Look a host up in a thread, as asyncio does, but refuse it before: the thread does not know who asks."""

    async def getaddrinfo(self: Any, host: Any, port: Any, **options: Any) -> Any:
        guard.look_up("", (host, port))
        return await original(self, host, port, **options)

    return getaddrinfo


def _learning(guard: Guard, original: Callable[..., Any]) -> Callable[..., Any]:
    def getaddrinfo(host: Any, *arguments: Any, **options: Any) -> Any:
        found = original(host, *arguments, **options)
        guard.resolved(host, (entry[4][0] for entry in found))
        return found

    return getaddrinfo


def _without_frame(step: Step) -> Step:
    return step[0], step[1], None


def _asking() -> Iterator[Step]:
    """Yield the steps of this thread outwards, on this side of the event loop."""
    for step in own_frames.of_stack(sys._getframe(1)):
        if step[0].co_name == "_run" and step[0].co_filename.endswith("events.py"):
            return
        yield step


def _is_users(step: Step) -> bool:
    return not own_frames.is_installed(step[0].co_filename)


def is_address(host: object) -> bool:
    """Return whether a host is given as an address, so that nobody needs to be asked for it."""
    try:
        ip_address(_plain(host).partition("%")[0])
    except ValueError:
        return False
    return True


def _plain(host: object) -> str:
    text = host.decode("ascii", errors="replace") if isinstance(host, bytes | bytearray) else str(host or "")
    return text.rstrip(".").lower()


def _rank(place: Location | None) -> tuple[bool, str, int]:
    return (place is None, place.path if place is not None else "", place.line if place is not None else 0)


def _reason(target: str) -> str:
    return f"{target} is another machine; the check refuses it, allow_hosts of [tool.upheld] lifts that"
