"""What `upheld fix` left of the corpus's findings is counted by rule."""

from benchmarks.fixes import table
from tests.fix.mended import Mended

STATUS = ("undocumented-status", "GET /a", 404)
OTHER = ("undocumented-status", "GET /b", 409)
HEADER = ("response-header-mismatch", "GET /a", 200)
CRASH = ("server-error", "GET /a", 500)
MENDED = Mended(name="a", before=(STATUS, OTHER, HEADER, CRASH), after=(OTHER, CRASH), changed="", again="")

TABLE = """\
| rule | findings | gone |
| --- | ---: | ---: |
| response-header-mismatch | 1 | 1 |
| undocumented-status | 2 | 1 |
| all | 3 | 2 |"""


def test_table() -> None:
    assert TABLE == table([MENDED])


def test_what_is_counted() -> None:
    assert ((STATUS, OTHER, HEADER), (OTHER,), ()) == (MENDED.fixable, MENDED.left, MENDED.new)
    worse = Mended(name="a", before=(STATUS,), after=(STATUS, CRASH), changed="", again="")
    assert (CRASH,) == worse.new
    there = Mended(name="a", before=(STATUS,), beside=(CRASH,), after=(CRASH,), changed="", again="")
    assert () == there.new
