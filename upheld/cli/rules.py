"""`upheld rules`: all that can be found."""

from upheld.cli._options import Debug


def command(*, debug: Debug = False) -> None:
    """List the rules: id, level and what each finds."""
    from upheld import rules
    from upheld.cli._output import emit

    del debug
    known = rules.load()
    width = max(map(len, known), default=0)
    for rule, what in known.items():
        emit(f"{rule:<{width}}  {what.level:<7}  {rules.page(rule).strip().splitlines()[0]}\n")
