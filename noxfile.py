"""What a contributor and CI run: `nox -s contract`, `nox -s tests`, and the rest of `nox --list`.

All sessions share one environment, `.nox/dev`: everything in `requirements/dev.txt` by hash, then the project itself.
It is made once and made anew when a pin or `pyproject.toml` changes. `UPHELD_PYTHON` names another interpreter that has
everything already; then nothing is installed.
"""

import argparse
import hashlib
import os
import sys
from pathlib import Path

import nox
from nox.command import CommandFailed

nox.options.sessions = ["lint", "types", "imports", "tests", "contract", "docs"]
nox.options.default_venv_backend = "none"
nox.needs_version = ">=2026.4"

ROOT = Path(__file__).parent
REQUIREMENTS = ROOT / "requirements" / "dev.txt"
SERVERS = ("BOOKSHOP_TEST_DATABASE_URL", "BOOKSHOP_TEST_REDIS_URL", "BOOKSHOP_TEST_SMTP_URL", "BOOKSHOP_TEST_MAILBOX")
ASK_NO_SERVER = tuple(f"--ignore=tests/service/test_{name}.py" for name in ("document", "pages", "readme"))
PARALLEL = ("-n", "2", "--dist", "worksteal")
BIN = "Scripts" if sys.platform == "win32" else "bin"


def python(session: nox.Session) -> str:
    """Return the shared environment's interpreter, the environment made or refreshed first where that is due."""
    if given := os.environ.get("UPHELD_PYTHON"):
        return given
    folder = Path(session.cache_dir).parent / "dev"  # below `.nox`, or what --envdir says
    stamp = folder.with_name("dev.sha256")
    due = hashlib.sha256(REQUIREMENTS.read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    interpreter = str(folder / BIN / "python")
    if not (stamp.exists() and stamp.read_text() == due):
        install = (interpreter, "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        session.run(sys.executable, "-m", "venv", "--clear", str(folder), external=True)
        # pip refuses hashes beside a local path, so the pins come first and the project follows without dependencies.
        session.run(*install, "--require-hashes", "-r", str(REQUIREMENTS), external=True)
        session.run(*install, "--no-deps", "--no-build-isolation", "-e", str(ROOT), external=True)
        stamp.write_text(due)
    return interpreter


def run(session: nox.Session, *arguments: str) -> None:
    """Run `python -m …` in the shared environment."""
    session.run(python(session), "-m", *arguments, external=True)


@nox.session
def lint(session: nox.Session) -> None:
    """Ruff: rules and format."""
    run(session, "ruff", "check", *session.posargs)
    run(session, "ruff", "format", "--check")


@nox.session
def types(session: nox.Session) -> None:
    """Mypy, strict."""
    run(session, "mypy", *session.posargs)


@nox.session
def imports(session: nox.Session) -> None:
    """Import-linter: who may import whom."""
    lint_imports = "from importlinter.cli import lint_imports_command as lint; lint()"
    session.run(python(session), "-c", lint_imports, external=True)


@nox.session
def tests(session: nox.Session) -> None:
    """Pytest on two processes that take tests from each other; words after `--` go to pytest instead."""
    run(session, "pytest", *(session.posargs or PARALLEL))


@nox.session
def servers(session: nox.Session) -> None:
    """Pytest on the service with a real PostgreSQL, Redis and SMTP server: those that the environment names."""
    missing = [name for name in SERVERS if name not in os.environ]
    if missing:
        told = f"set {', '.join(missing)}; .ci/servers starts all three and says what to set"
        session.error(told) if os.environ.get("CI") == "true" else session.skip(told)
    run(session, "pytest", *(session.posargs or (*PARALLEL, "tests/service", *ASK_NO_SERVER)))


@nox.session
def coverage(session: nox.Session) -> None:
    """Pytest with branch coverage, a minute slower; it fails below what pyproject.toml asks for."""
    run(session, "pytest", *(session.posargs or (*PARALLEL, "--cov", "--cov-report=term")))


@nox.session
def contract(session: nox.Session) -> None:
    """Uphold the service's contract: the document, the client, the app itself, and what was promised before.

    Words after `--` go to `upheld check`, `--format` to all four; in GitHub Actions the format is `github`.
    """
    parser = argparse.ArgumentParser(prog="nox -s contract --", allow_abbrev=False)
    parser.add_argument("--format", default="github" if os.environ.get("GITHUB_ACTIONS") == "true" else "text")
    options, rest = parser.parse_known_args(session.posargs)
    failed = []
    for step in (("export", "--check"), ("client", "--check"), ("check", "--round-trip", *rest), ("diff",)):
        try:
            run(session, "upheld", *step, "--format", options.format)
        except CommandFailed:
            failed.append(step[0])
    if failed:
        session.error(f"the contract is not upheld: {', '.join(failed)}")


@nox.session
def bench(session: nox.Session) -> None:
    """Measure Upheld against Schemathesis; the table of the README's performance section."""
    run(session, "benchmarks", *session.posargs)


@nox.session
def docs(session: nox.Session) -> None:
    """Compare the generated pages with the code; `-- --write` writes them."""
    run(session, "docs.generate", *(() if "--write" in session.posargs else ("--check",)))


@nox.session
def requirements(session: nox.Session) -> None:
    """Pin anew, within the ranges of pyproject.toml: for every platform, with hashes, without index addresses."""
    options = ["--universal", "--generate-hashes", "--no-header", "--python-version", "3.11", "--quiet", "--upgrade"]
    options.append("--no-strip-extras")  # pip takes the newest of an extra that no pin names, and then has no hash
    run(session, "uv", "pip", "compile", "pyproject.toml", "--group", "dev", *options, "-o", "requirements/dev.txt")
    pins = ("-c", "requirements/dev.txt", "-o", "requirements/nox.txt")
    run(session, "uv", "pip", "compile", "--group", "nox", *options, *pins)
