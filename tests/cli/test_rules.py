"""`upheld rules` lists id, level and what each rule finds."""

import re

from tests.cli.conftest import Cli
from upheld.diff.catalogue import RULES

LIST = """\
undocumented-field  warning  An operation answered with a status its document never mentions.
undocumented-status  error  An operation answered with a status its document never mentions.
"""


def test_list(cli: Cli) -> None:
    ended = cli("rules")
    assert (0, "") == (ended.code, ended.err)
    rules, diff = ended.out.split("\nOf a diff, where it breaks nobody:\n")
    assert LIST == re.sub(r"  +", "  ", rules)
    assert list(RULES) == [line.split()[0] for line in diff.splitlines()]
    assert "operation-removed  note  An operation is gone.\n" in re.sub(r"  +", "  ", diff)
