"""`upheld fix`: from findings to a patch."""

from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from upheld.cli._options import App, Debug, Format
from upheld.model import Safety, UpheldError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from upheld.mending import Outcome, Told
    from upheld.model import Finding

_SAFETY = {
    Safety.DOCS: "changes the docs only",
    Safety.BEHAVIOUR: "changes what the app does",
    Safety.BY_HAND: "by hand",
}


def _rules(names: list[str] | None) -> list[str]:
    from upheld.fix import fixable

    for name in names or ():
        if name not in fixable():
            raise typer.BadParameter(f"{name!r} is no rule with a fix, expected one of {', '.join(sorted(fixable()))}")
    return names or []


def command(
    app: App = None,
    *,
    rule: Annotated[
        list[str] | None,
        typer.Option(metavar="RULE", help="Fix this rule only; may stand more than once.", callback=_rules),
    ] = None,
    diff: Annotated[bool, typer.Option("--diff", help="Print the whole patch, for `git apply`.")] = False,
    write: Annotated[bool, typer.Option("--write", help="Edit the files, then check again.")] = False,
    behaviour: Annotated[
        bool, typer.Option("--behaviour", help="With fixes that change what the app does, not only its docs.")
    ] = False,
    form: Format = "text",
    rounds: Annotated[int, typer.Option(hidden=True, min=0)] = 3,
    debug: Debug = False,
) -> None:
    """Make the docs true: check the app, and mend what can be mended without deciding for you.

    Lists what can be fixed, and how; --diff shows it as a patch, --write applies it and runs the same check again.
    What would change more than the documentation takes --behaviour as well. Exits with 1 if there are findings, after
    --write those that are left.
    """
    from upheld import mending, run
    from upheld.cli._output import emit, progress, reserved, show
    from upheld.cli._project import project
    from upheld.fix import Mender

    del debug
    if diff and write:
        raise UpheldError("--diff: --write is there as well, expected one of them; leave one out")
    root, settings = project(signs_in=True)
    settings = replace(settings, round_trip=False)  # a patch is of the app's docs, and a client follows them
    mender = Mender(rule or ())
    with reserved():
        with progress() as advance:
            report = run.check(app, settings, root=root, progress=advance, mend=mender.mend, shrinks=form == "json")
        texts = mender.texts(behaviour=behaviour)
        if write and texts and rounds:
            flags = [*([app] if app else []), *(f"--rule={name}" for name in rule or ())]
            flags += ["--behaviour"] if behaviour else []
            again = ["fix", *flags, "--write", "--format", "json", "--rounds", f"{rounds - 1}"]
            before = mending.write({path: mender.encoded(path, text) for path, text in texts.items()}, root)
            outcome = mending.again(report, before, again, root)
            emit(outcome.report if form == "json" else _became(outcome))
            code = outcome.code
        elif form != "text":
            code = show(report, settings.fail_on, form=form)
        else:
            emit(mender.diff(texts) if diff else _listed(report.findings, behaviour=behaviour))
            code = 1 if report.findings else 0
    raise typer.Exit(code)


def _listed(findings: "Sequence[Finding]", *, behaviour: bool) -> str:
    from upheld.wording import counted

    if not findings:
        return "Nothing to fix.\n"
    lines = []
    for finding in findings:
        where = f"{finding.location.path}:{finding.location.line}" if finding.location is not None else ""
        subject = " ".join(filter(None, (finding.operation, finding.rule, str(finding.status or ""))))
        lines.append(f"{subject}\n  {where}\n" if where else f"{subject}\n")
        fix = finding.fix
        lines.append(f"  {fix.summary} ({_SAFETY[fix.safety]})\n" if fix is not None else "  no fix is known\n")
    wanted = {Safety.DOCS, Safety.BEHAVIOUR} if behaviour else {Safety.DOCS}
    ready = sum(finding.fix is not None and finding.fix.safety in wanted for finding in findings)
    asked = " --behaviour" if behaviour else ""
    advice = f"Next: upheld fix{asked} --diff, or --write\n" if ready else ""
    return "".join([*lines, f"\n{ready} of {counted(len(findings), 'finding')} can be fixed.\n", advice])


def _became(outcome: "Outcome") -> str:
    from upheld.wording import counted

    lines = [f"wrote {path}\n" for path in outcome.written]
    for word, group in (("gone", outcome.gone), ("left", outcome.left), ("new", outcome.new)):
        lines += [f"{word:<5} {_line(one)}\n" for one in group]
    lines.append(f"\n{counted(len(outcome.gone), 'finding')} gone, {len(outcome.left)} left, {len(outcome.new)} new.\n")
    return "".join([*lines, "Next: upheld export, and read the difference before you commit it\n"])


def _line(one: "Told") -> str:
    return " ".join(filter(None, (one.operation, one.rule, str(one.status or "")))) + f": {one.message}"
