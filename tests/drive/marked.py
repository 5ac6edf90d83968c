"""Apps whose deciding line is marked `# here`."""

from pathlib import Path

from tests.live import live
from upheld.model import Exchange, Location

GET = "GET /a"


def asked(source: str, folder: Path, label: str = GET, target: str = "/a?q=1", **request: object) -> Exchange:
    with live(source, folder) as app:
        return app.ask(label, target, **request)  # type: ignore[arg-type]  # handed on


def is_here(location: Location | None, name: str = "shop.py") -> bool:
    return location is not None and location.path == name and location.code.endswith("# here")
