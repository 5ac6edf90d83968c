"""`upheld rules` lists id, level and what each rule finds."""

from tests.cli.conftest import Cli

LIST = """\
undocumented-field   warning  An operation answered with a status its document never mentions.
undocumented-status  error    An operation answered with a status its document never mentions.
"""


def test_list(cli: Cli) -> None:
    assert (0, LIST, "") == cli("rules")
