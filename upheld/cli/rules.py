"""`upheld rules`: all that can be found."""

from upheld.cli._options import Debug


def command(*, debug: Debug = False) -> None:
    """List the rules: id, level and what each finds, then those of a diff.

    A change is an error where it breaks a client, a warning where that cannot be decided; the level that stands here is
    that of one that breaks nobody.
    """
    from upheld import rules
    from upheld.cli._output import emit
    from upheld.diff.catalogue import RULES

    del debug
    known = rules.load()
    width = max(map(len, (*known, *RULES)))
    for rule, what in known.items():
        emit(f"{rule:<{width}}  {what.level:<7}  {rules.page(rule).strip().splitlines()[0]}\n")
    emit("\nOf a diff, where it breaks nobody:\n")
    for rule, kind in RULES.items():
        emit(f"{rule:<{width}}  {kind.level:<7}  {kind.says}\n")
