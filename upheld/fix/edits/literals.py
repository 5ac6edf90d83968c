"""Texts and snippets as the file at hand would write them."""

import io
import tokenize

from upheld.fix.edits.text import Text

_ESCAPES = {"\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}


def literal(said: str, text: Text) -> str:
    """Return a text as a Python literal on one line, readable where the file's encoding can say it."""
    quote = text.quote
    other = "'" if quote == '"' else '"'
    if said.count(quote) > said.count(other):
        quote = other
    return quote + "".join(_letter(letter, quote, text.encoding) for letter in said) + quote


def _letter(letter: str, quote: str, encoding: str) -> str:
    if letter == quote:
        return f"\\{letter}"
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable():
        try:
            letter.encode(encoding)
        except LookupError:
            return letter
        except UnicodeEncodeError:
            pass
        else:
            return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def adapted(code: str, text: Text) -> str:
    """Return code with the quotes of the file, wherever changing them changes nothing else."""
    starts = [0]
    for line in code.splitlines(keepends=True):
        starts.append(starts[-1] + len(line))
    out: list[str] = []
    done = 0
    try:
        for token in tokenize.generate_tokens(io.StringIO(code, newline="").readline):
            if token.type == tokenize.STRING:
                start, end = (starts[line - 1] + column for line, column in (token.start, token.end))
                out += [code[done:start], _requoted(token.string, text.quote)]
                done = end
    except (tokenize.TokenError, SyntaxError):
        return code
    return "".join([*out, code[done:]])


def _requoted(token: str, quote: str) -> str:
    bare = token.lstrip("rRbBuUfF")
    if bare.startswith(('"""', "'''")) or set("\"'\\{") & set(bare[1:-1]):
        return token
    return f"{token[: len(token) - len(bare)]}{quote}{bare[1:-1]}{quote}"
