"""Faults to findings: one for each (rule, operation, status, line), the smallest request standing for the rest."""

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from upheld.model import (
    Case,
    Evidence,
    Example,
    Exchange,
    Fault,
    Finding,
    Level,
    Location,
    Operation,
    Reading,
    Reproduced,
    Retold,
    Rule,
    Sought,
)
from upheld.settings import Settings
from upheld.witness import Mask, retold

Key = tuple[str, str, int | None, tuple[str, int] | None, str]


@dataclass(slots=True)
class Group:
    """Faults that are one finding."""

    rule: str
    label: str
    """The operation's, also where it is only in a document; "" for the project as a whole."""
    operation: Operation | None
    fault: Fault
    exchange: Exchange | None
    count: int = 1
    first: Exchange | None = None
    """The earliest that showed it."""
    reproduced: Reproduced | None = None

    def __post_init__(self) -> None:
        """Take what showed it for the earliest until others are merged with it."""
        self.first = self.exchange

    @property
    def subject(self) -> str:
        """What it is about: the operation that was asked, or a part of the documents."""
        return self.label if self.operation is not None else f"{self.label} {self.fault.documented}"

    @property
    def handler_line(self) -> Location | None:
        """The `def` line of what serves the operation."""
        handler = self.operation.handler if self.operation is not None else None
        return handler.location if handler is not None else None

    @property
    def key(self) -> Key:
        """What faults have in common that are one finding."""
        location = self.fault.location
        place = (location.path, location.line) if location is not None else None
        if place is None and self.fault.example is not None:
            place = self.fault.message, 0  # two examples are two findings until they turn out to be on one line
        return self.rule, self.subject, self.fault.status, place, self.fault.leaf


class Findings:
    """Collects faults while the app is being driven."""

    def __init__(self, rules: Mapping[str, Rule], settings: Settings) -> None:
        """Take the rules by id, and the levels that the settings give them."""
        self._rules = {name: rule for name, rule in rules.items() if self._can_matter(name, rule, settings)}
        self._exchange_rules = [
            (name, rule.exchange) for name, rule in self._rules.items() if rule.exchange is not None
        ]
        self._settings = settings
        self._groups: dict[Key, Group] = {}

    @staticmethod
    def _can_matter(name: str, rule: Rule, settings: Settings) -> bool:
        told = [settings.level(name, "", rule.level)]
        told += [levels[name] for levels in settings.operation_levels.values() if name in levels]
        return any(level is not Level.OFF for level in told)

    def judge(self, exchange: Exchange) -> None:
        """Ask every exchange rule about an exchange."""
        for name, fault in self.faults(exchange):
            operation = exchange.operation
            self._merge(Group(name, operation.label, operation, fault, exchange))

    def faults(self, exchange: Exchange) -> Iterator[tuple[str, Fault]]:
        """Yield what every exchange rule says about an exchange, with the rule's id."""
        for name, check in self._exchange_rules:
            for fault in check(exchange):
                yield name, fault

    def blame(self, rule: str, fault: Fault, exchange: Exchange) -> None:
        """Take a fault that somebody else found in an exchange."""
        if rule in self._rules:
            self._merge(Group(rule, exchange.operation.label, exchange.operation, fault, exchange))

    def judge_operation(self, operation: Operation, reading: Reading, exchanges: list[Exchange]) -> None:
        """Ask every operation rule about an operation that was read and has all its exchanges."""
        for name, rule in self._rules.items():
            if rule.operation is not None:
                for fault in rule.operation(operation, reading, exchanges):
                    self._merge(Group(name, operation.label, operation, fault, fault.exchange))

    def add(self, rule: str, fault: Fault, label: str = "") -> None:
        """Take a fault of the documents: of the operation labelled so, or of the project as a whole."""
        if rule in self._rules:
            self._merge(Group(rule, label, None, fault, None))

    def _merge(self, group: Group) -> None:
        known = self._groups.setdefault(group.key, group)
        if known is group:
            return
        known.count += group.count
        if known.exchange is None or group.exchange is None:
            return
        if _rank(group.fault, group.exchange) < _rank(known.fault, known.exchange):
            known.fault, known.exchange = group.fault, group.exchange

    def place(self, locate: Callable[[Exchange], Location | None]) -> None:
        """Ask for the line of each finding that has none yet, and merge those that turn out to be one."""

        def placed(group: Group) -> Location | None:
            if group.exchange is None or group.operation is None or group.fault.example is not None:
                return group.fault.location
            fault, seen = group.fault, group.exchange.seen
            return fault.location or locate(group.exchange) or seen.returned or group.handler_line

        self._move(placed)

    def place_examples(self, locate: Callable[[Example], Location | None]) -> None:
        """Ask for the line of each finding about an example, the handler's own where none is found."""

        def placed(group: Group) -> Location | None:
            example = group.fault.example
            return (locate(example) or group.handler_line) if example is not None else group.fault.location

        self._move(placed)

    def _move(self, placed: Callable[[Group], Location | None]) -> None:
        groups, self._groups = list(self._groups.values()), {}
        for group in groups:
            group.fault = replace(group.fault, location=placed(group))
            self._merge(group)

    def reproduce(self, again: Callable[[Sought, Exchange, Exchange], Reproduced | None]) -> None:
        """Ask for what it takes to see each finding again that one exchange shows; silenced ones are left out."""
        for group in self._groups.values():
            fault = group.fault
            if group.exchange is None or group.first is None or self._rules[group.rule].exchange is None:
                continue
            if self._level(group) is Level.OFF or fault.compared:
                continue
            sought = Sought(rule=group.rule, status=fault.status, location=fault.location, level=fault.level)
            group.reproduced = again(sought, group.exchange, group.first)
            if group.reproduced is not None and group.reproduced.fault is not None:
                group.fault = group.reproduced.fault

    def place_missing(self, locate: Callable[[Operation], Location | None]) -> None:
        """Ask for the line of each finding whose operation no handler serves."""
        for group in self._groups.values():
            if group.fault.location is None and group.operation is not None and group.operation.handler is None:
                group.fault = replace(group.fault, location=locate(group.operation))

    def finished(self, order: Iterable[Operation], mask: Mask, base_url: str) -> tuple[Finding, ...]:
        """Return the findings in the contract's order, then by rule, status and line."""
        return tuple(case.finding for case in self.cases(order, mask, base_url))

    def cases(
        self, order: Iterable[Operation], mask: Mask, base_url: str, history: Iterable[Exchange] = ()
    ) -> tuple[Case, ...]:
        """Return the findings in the order of `finished`, each with what was seen of its operation."""
        rank = {operation.label: position for position, operation in enumerate(order)}
        seen: dict[str, list[Exchange]] = {}
        for exchange in history:
            if exchange.seen.quirk is None:
                seen.setdefault(exchange.operation.label, []).append(exchange)
        made = [
            Case(
                finding=finding,
                operation=group.operation,
                exchange=group.exchange,
                exchanges=tuple(seen.get(group.label, ())),
                example=group.fault.example,
                leaf=group.fault.leaf,
                name=group.fault.name,
            )
            for group in self._groups.values()
            if (finding := self._finding(group, mask, base_url)) is not None
        ]

        def place(one: Case) -> tuple[object, ...]:
            f = one.finding
            line = (f.location.path, f.location.line) if f.location is not None else ("", 0)
            known = rank.get(f.operation, len(rank) + (not f.operation))
            return known, f.operation, -f.level.weight, f.rule, f.status or 0, line, f.message

        return _once_a_leaf(sorted(made, key=place))

    def _finding(self, group: Group, mask: Mask, base_url: str) -> Finding | None:
        fault, again = group.fault, group.reproduced
        flaky = again is not None and again.flaky
        level = self._level(group)
        if level is Level.OFF:
            return None
        if flaky and level is Level.ERROR:
            level = Level.WARNING
        if again is None and group.exchange is not None:
            again = Reproduced(request=Retold(request=group.exchange.request))
        return Finding(
            rule=group.rule,
            level=level,
            operation=group.label,
            status=fault.status,
            message=mask.text(fault.message),
            evidence=Evidence.OBSERVED if group.exchange is not None else Evidence.READ,
            location=fault.location,
            documented=mask.text(fault.documented),
            observed=mask.text(fault.observed),
            request=retold(again.request, again.after, mask, base_url) if again is not None else None,
            flaky=flaky,
            fingerprint=_fingerprint(group),
            count=group.count,
        )

    def _level(self, group: Group) -> Level:
        fault, rule = group.fault, self._rules[group.rule]
        own = fault.level if fault.level is not None and fault.level.weight < rule.level.weight else rule.level
        return self._settings.level(group.rule, group.label, own)


def _once_a_leaf(made: Iterable[Case]) -> tuple[Case, ...]:
    """Keep the first finding of a rule about each part of a shared schema; the others only count."""
    kept: dict[object, Case] = {}
    for case in made:
        finding = case.finding
        first = kept.setdefault((finding.rule, case.leaf) if case.leaf else id(finding), case)
        if first is not case:
            key = (finding.rule, case.leaf)
            kept[key] = replace(first, finding=replace(first.finding, count=first.finding.count + finding.count))
    return tuple(kept.values())


def _rank(fault: Fault, exchange: Exchange) -> tuple[int, bool, int, int, str]:
    """Rank what stands for a finding: the worst, then a request that keeps the docs, which shows more, the shortest."""
    request, level = exchange.request, fault.level or Level.ERROR
    headers = sum(len(name) + len(value) for name, value in request.headers)
    length = len(request.target) + request.body_bytes + headers
    return -level.weight, exchange.violations != (), length, len(request.headers), request.target


def _fingerprint(group: Group) -> str:
    """Hash what stays when lines move and files are renamed."""
    fault, line = group.fault, group.handler_line
    name = line.qualname if line is not None else ""
    code = fault.location.code if fault.location is not None else ""
    text = "\n".join(
        [group.rule, name or group.subject, str(fault.status), code, *([fault.leaf] if fault.leaf else [])]
    )
    return hashlib.sha256(text.encode("utf-8", errors="replace")).hexdigest()[:16]
