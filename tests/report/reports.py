"""Reports that every format must cope with."""

from tests.build import finding, location, note, report, witness
from upheld.model import Evidence, Fix, Level, RoundTrip, Safety, Tally, Unseen

NASTY = "\x1b[31m[red]%0A|`*_<b>\r\n::error::\u202e\ud800\x9b"
"""What an app could answer to take over a terminal, a log or a page."""

TRIP = RoundTrip(
    operations=Tally(documented=2, seen=2),
    responses=Tally(documented=5, seen=4),
    modes=("in process, async", "in process, sync", "over HTTP, async", "over HTTP, sync"),
    requests=20,
    missed=(Unseen(operation="GET /books/{book_id}", responses=("404", "5XX")),),
)

REPORTS = {
    "upheld": report(),
    "one error": report(finding()),
    "all levels": report(
        finding(),
        finding(level=Level.WARNING, rule="undocumented-field", status=200, message="member `id` is not documented"),
        finding(level=Level.NOTE, rule="blocking-call", operation="DELETE /books/{book_id}", status=None, count=1),
        notes=(note(), note(about="huge-integer", message="FastAPI answers 400", operations=0)),
    ),
    "without a line": report(finding(location=None)),
    "without code": report(finding(location=location(code=""), documented="", observed="")),
    "only read": report(finding(evidence=Evidence.READ, request=None)),
    "of the document": report(
        finding(rule="stale-contract", operation="", status=None, evidence=Evidence.READ, request=None, location=None),
        requests=0,
    ),
    "after others": report(
        finding(request=witness(after=(witness(curl="curl -X POST http://testserver/books"), witness())), flaky=True)
    ),
    "after a limit": report(finding(request=witness(after=(witness(),) * 5))),
    "with a fix": report(
        finding(
            fix=Fix(summary="document 404", diff="--- a\n+++ b\n@@ -1 +1 @@\n-old\n+new\n same\n", safety=Safety.DOCS)
        )
    ),
    "with a round trip": report(trip=TRIP),
    "nasty": report(
        finding(message=NASTY, observed=NASTY, documented=NASTY, request=witness(curl=NASTY, body=NASTY)),
        notes=(note(message=NASTY),),
    ),
}
