"""Takes a run's findings and keeps the patches for them: to be shown one by one, or written all at once."""

import difflib
import importlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from upheld.fix import rules
from upheld.fix.code import Project
from upheld.fix.edits import Edit, EditError, apply
from upheld.fix.patch import Patch
from upheld.fix.shapes.entries import Describer, joined
from upheld.model import Application, Case, Finding, Fix, Safety

Fixer: TypeAlias = Callable[[Sequence[Case], Project], Iterable[tuple[Case, Patch]]]


class Mender:
    """The patches of one run."""

    def __init__(self, only: Iterable[str] = ()) -> None:
        """Take the ids of the rules that are meant; all for none."""
        self._only = frozenset(only)
        self._project: Project | None = None
        self.patches: list[tuple[Finding, Patch]] = []
        """In the order of the findings."""

    def mend(self, cases: Sequence[Case], application: Application) -> tuple[Finding, ...]:
        """Return the findings of all cases, in their order, each with its fix where there is one."""
        self._project = Project(application)
        Describer.of(self._project).know(exchange for case in cases for exchange in case.shown)
        patches = {id(case): patch for case, patch in self._proposed(cases, self._project)}
        found = []
        for case in cases:
            finding, patch = case.finding, patches.get(id(case))
            fix = self._fix(patch) if patch is not None else None
            if patch is not None and fix is not None:
                finding = replace(finding, fix=fix)
                self.patches.append((finding, patch))
            found.append(finding)
        return tuple(found)

    def _proposed(self, cases: Sequence[Case], project: Project) -> Iterator[tuple[Case, Patch]]:
        by_rule: dict[str, list[Case]] = {}
        for case in cases:
            by_rule.setdefault(case.finding.rule, []).append(case)
        for rule, group in by_rule.items():
            if rule in rules.ids() and (not self._only or rule in self._only):
                fixer: Fixer = importlib.import_module(f"{rules.__name__}.{rule.replace('-', '_')}").fix
                yield from fixer(group, project)

    def _fix(self, patch: Patch) -> Fix | None:
        """Return a patch as it is shown; `None` where it turns out to change nothing, or cannot be applied."""
        if patch.safety is Safety.BY_HAND:
            return Fix(summary=patch.summary, diff="", safety=patch.safety)
        try:
            diff = "".join(self._diff(path, text) for path, text in self._edited(patch.edits).items())
        except EditError:
            return None
        return Fix(summary=patch.summary, diff=diff, safety=patch.safety) if diff else None

    def texts(self, *, behaviour: bool) -> dict[str, str]:
        """Return the new text of each file that the patches change, by its path.

        `behaviour` takes those in as well that change what the app does.
        Errors: EditError where patches that work one by one do not work together.
        """
        edits: dict[str, tuple[Edit, ...]] = {}
        for _, patch in self.patches:
            if patch.safety is Safety.DOCS or (behaviour and patch.safety is Safety.BEHAVIOUR):
                edits = joined(edits, patch.edits)
        return self._edited(edits)

    def diff(self, texts: Mapping[str, str]) -> str:
        """Return the new texts of files as a patch of them all."""
        return "".join(self._diff(path, text) for path, text in texts.items())

    def encoded(self, path: str, text: str) -> bytes:
        """Return a new text of a file as it is written to the disk."""
        file = self._project.files.at(path) if self._project is not None else None
        return file.encoded(text) if file is not None else text.encode()

    def _edited(self, edits: Mapping[str, Sequence[Edit]]) -> dict[str, str]:
        if self._project is None:
            return {}
        files = self._project.files
        found = {}
        for path in sorted(edits):
            file = files.at(path)
            if file is None:
                continue
            values = vars(file.module) if file.module is not None else {}
            text = apply(file.text, edits[path], width=files.width, shared=files.shared(file), values=values)
            if text != file.text:
                found[path] = text
        return found

    def _diff(self, path: str, text: str) -> str:
        file = self._project.files.at(path) if self._project is not None else None
        before = file.text if file is not None else ""
        mark = "\ufeff" if file is not None and file.encoding == "utf-8-sig" else ""
        lines = difflib.unified_diff(_lines(mark + before), _lines(mark + text), f"a/{path}", f"b/{path}")
        return "".join(line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n" for line in lines)


def _lines(text: str) -> list[str]:
    """Return the lines of a text as Git tells them apart: by line feeds alone."""
    return [f"{line}\n" for line in text.split("\n")[:-1]] + [line for line in text.split("\n")[-1:] if line]
