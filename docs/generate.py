"""Write the pages that are made from the code: the rules', the commands', and the report in the README.

`python -m docs.generate` writes them; with `--check` it only names those that are out of date and exits with 1.
"""

import argparse
import os
import re
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from upheld import fix, rules
from upheld.cli import commands
from upheld.diff.catalogue import RULES, Kind

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "docs" / "example"
NOTICE = "<!-- Written by `python -m docs.generate`; change the docstrings instead. -->"
DIFF_RULES = (
    "A rule of [`upheld diff`](diff.md) says what happened to a part of a contract; whether that breaks a client is\n"
    "decided for each change anew. A break is an error and what is undecided a warning, unless the settings say\n"
    "otherwise; the level is that of a change that breaks nobody. The mirror is the rule of the same change read\n"
    "backwards."
)
SECTIONS = {"Why", "Bad", "Good", "Source", "Fix", "Safety"}


def main() -> int:
    """Write or compare every page; return the exit code."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--check", action="store_true", help="write nothing, exit with 1 if a page is out of date")
    check = parser.parse_args().check
    stale = {path: text for path, text in pages() if not _is_current(path, text)}
    for path, text in stale.items():
        if not check:
            path.write_text(text, encoding="utf-8")
        sys.stderr.write(f"{path.relative_to(ROOT)} {'is out of date' if check else 'written'}\n")
    return int(check and bool(stale))


def pages() -> Iterator[tuple[Path, str]]:
    """Yield every generated page with its text."""
    yield ROOT / "docs" / "rules.md", rules_page()
    yield ROOT / "docs" / "commands.md", commands_page()
    yield ROOT / "docs" / "diff.md", diff_page()
    yield ROOT / "docs" / "fix.md", fix_page()
    yield ROOT / "README.md", readme()


def rules_page() -> str:
    """Return one section a rule, from the docstring of its file, and a table of those of a diff."""
    known = rules.load()
    parts = ["# The rules", NOTICE, "`upheld explain RULE` shows the same on the command line."]
    parts.append("\n".join(f"- [`{rule}`](#{rule}), {known[rule].level}" for rule in known))
    for rule, what in known.items():
        mended = f"\nFix: {page.strip()}" if (page := fix.page(rule)) else ""
        parts += [f"## `{rule}`", f"*{what.level}*", _markdown(f"{rules.page(rule).rstrip()}{mended}")]
    parts += ["## The rules of a diff", DIFF_RULES, _table(RULES)]
    return "\n\n".join(parts) + "\n"


def _table(kinds: Mapping[str, Kind]) -> str:
    rows = [
        f"| `{rule}` | {kind.says} | {kind.why} | {kind.level} | {_mirror(rule, kind)} |"
        for rule, kind in kinds.items()
    ]
    return "\n".join(["| rule | what happened | whom it hurts | level | mirror |", "|---|---|---|---|---|", *rows])


def _mirror(rule: str, kind: Kind) -> str:
    return "itself" if kind.mirror == rule else f"`{kind.mirror}`"


def commands_page() -> str:
    """Return one section a command, from its `--help`."""
    parts = ["# The commands", NOTICE]
    for command in ((), *((name,) for name in commands())):
        title = " ".join(("upheld", *command))
        parts += [f"## `{title}`", f"```text\n{_upheld(*command, '--help').rstrip()}\n```"]
    return "\n\n".join(parts) + "\n"


def diff_page() -> str:
    """Return the page on diffs with what is said of its example today."""
    text = (ROOT / "docs" / "diff.md").read_text(encoding="utf-8")
    sides = ("diff", "before.json", "after.json")
    report = _upheld(*sides, cwd=EXAMPLE).rstrip()
    text = _block(text, "report", f"```console\n$ upheld {' '.join(sides)}\n{report}\n```")
    told = _upheld(*sides, "--only", "rule=request-*", "--format", "json", cwd=EXAMPLE).rstrip()
    return _block(text, "json", f"```json\n{told}\n```")


def fix_page() -> str:
    """Return the page on fixes with those of its example today, and a table of all."""
    text = (ROOT / "docs" / "fix.md").read_text(encoding="utf-8")
    for name, flags in (("listed", ()), ("diff", ("--diff",))):
        told = _upheld("fix", "shop:app", *flags, cwd=EXAMPLE).rstrip()
        text = _block(text, name, f"```console\n$ upheld {' '.join(('fix', 'shop:app', *flags))}\n{told}\n```")
    rows = [f"| `{rule}` | {what} | {safety} |" for rule in sorted(fix.fixable()) for what, safety in (_fixed(rule),)]
    return _block(text, "table", "\n".join(["| rule | fix | safety |", "|---|---|---|", *rows]))


def _fixed(rule: str) -> tuple[str, str]:
    """Return what a fix does and how safe it is, each as one line."""
    what, _, rest = fix.page(rule).partition("\n")
    safety = rest.partition("Safety:")[2]
    return what, " ".join(safety.split())


def readme() -> str:
    """Return the README with the example and what Upheld says of it today."""
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    code = (EXAMPLE / "shop.py").read_text(encoding="utf-8")
    handlers = code[code.index("@app.get") :].rstrip()
    text = _block(text, "example", f"```python\n{handlers}\n```")
    report = _upheld("check", "shop:app", cwd=EXAMPLE).rstrip()
    return _block(text, "report", f"```console\n$ upheld check shop:app\n{report}\n```")


def _block(text: str, name: str, content: str) -> str:
    """Put content between `<!-- name -->` and `<!-- /name -->`."""
    start, end = f"<!-- {name} -->\n", f"\n<!-- /{name} -->"
    head, tail = text.index(start) + len(start), text.index(end)
    return text[:head] + content + text[tail:]


def _markdown(page: str) -> str:
    """Lay a docstring out: sections as paragraphs, the code below Bad and Good fenced."""
    out: list[str] = []
    for line in page.strip().splitlines():
        head, colon, rest = line.partition(":")
        if line.startswith("    ") and out:
            out[-1] += f"\n{line.removeprefix('    ')}"
        elif colon and head in SECTIONS:
            out.append(f"**{head}:**{rest}" if rest else f"**{head}:**\n\n```python")
        elif line.strip() and out and not out[-1].endswith("```python"):
            out[-1] += f"\n{line}"
        else:
            out.append(line)
    return "\n\n".join(f"{part}\n```" if "```python" in part else part for part in out if part.strip())


def _upheld(*arguments: str, cwd: Path = ROOT) -> str:
    environ = {key: value for key, value in os.environ.items() if key not in {"FORCE_COLOR", "GITHUB_ACTIONS"}}
    environ |= {"COLUMNS": "100", "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "upheld", *arguments]
    done = subprocess.run(command, cwd=cwd, env=environ, capture_output=True, text=True, check=False)  # noqa: S603
    if done.returncode > 1:
        raise SystemExit(done.stderr)
    return done.stdout


def _is_current(path: Path, text: str) -> bool:
    return path.exists() and _timeless(path.read_text(encoding="utf-8")) == _timeless(text)


def _timeless(text: str) -> str:
    """Leave out how long a check took: it differs on every machine."""
    return re.sub(r"in \d+\.\d s", "in … s", text)


if __name__ == "__main__":
    sys.exit(main())
