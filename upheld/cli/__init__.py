"""The command line: one file a command; the file's stem is the command's name, its function is called `command`.

Exit codes: 0 the contract is upheld; 1 findings at or above the gate; 2 we could not tell, with one line that says why.
Whatever is slow to import is imported by the command that needs it, so that `--help` answers at once; and nothing is
imported here, so that the process that draws requests can get ready while the rest is.
"""

import sys

HELP = frozenset({"-h", "--help"})


def main() -> None:
    """Run the command that `sys.argv` names and exit; every failure is one line on standard error."""
    if sys.argv[1:2] == ["check"] and HELP.isdisjoint(sys.argv):
        from upheld.drive import ahead

        ahead.begin()
    from upheld.cli import _main

    _main.main()


def commands() -> tuple[str, ...]:
    """Return the names of the commands, sorted."""
    import pkgutil

    return tuple(sorted(module.name for module in pkgutil.iter_modules(__path__) if not module.name.startswith("_")))
