"""Text that is safe to show: on a terminal, in GitHub's Markdown, in a workflow command."""


def printable(text: str) -> str:
    r"""Return one line that is safe to show: whatever is not printable stands as an escape, such as `\x1b` or `\n`.

    Text that came from the app under check may hold anything, also what moves a cursor or reverses the direction.
    """
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else char.encode("unicode_escape").decode() for char in text)


def counted(number: int, noun: str) -> str:
    """Return `1 error`, `2 errors`, `5,400 requests`."""
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"


def joined(parts: list[str]) -> str:
    """Return `a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}" if parts else ""


def html(raw: str) -> str:
    """Return text that is neither HTML nor Markdown to GitHub: what either would read stands as a reference."""
    from html import escape  # noqa: PLC0415  # its table of names takes longer to load than most texts to write

    text = escape(printable(raw), quote=False)
    return "".join(f"&#{ord(char)};" if char in "|`*_[]\\~@#$" else char for char in text)


def code(raw: str) -> str:
    """Return text as code in HTML; "" for none."""
    return f"<code>{html(raw)}</code>" if raw else ""


def folded(title: str, content: str) -> str:
    """Return content that is shown when its title is clicked."""
    return f"<details><summary>{html(title)}</summary>\n\n{content}\n\n</details>"


def message(raw: str) -> str:
    """Return a workflow command's message (GitHub Docs, "Workflow commands")."""
    # `%` first, or it would escape our own escapes; a newline is the one control that shows.
    return "%0A".join(printable(line.replace("%", "%25")) for line in raw.split("\n"))


def parameter(raw: str) -> str:
    """Return the value of a workflow command's parameter."""
    return message(raw).replace(":", "%3A").replace(",", "%2C")
