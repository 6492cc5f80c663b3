"""JSON that is no chat and no transcript: the text as it stands, or set out in lines where it is packed into few or writes letters as escapes.

What is set out has the same names and values in the same order; numbers stay as they are written.
"""
from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.extract.text import clean, decode

_LONG_LINE = 2000
_TOKEN = re.compile(r'"(?:[^"\\]|\\.)*+"|[{}\[\]:,]|[^\s"{}\[\]:,]+', re.DOTALL)
_ESCAPE = re.compile(r"(?:\\u[0-9a-fA-F]{4})+|\\.", re.DOTALL)
_PLAIN = {"\\n": "\n", "\\t": "\t", "\\r": "\n", "\\/": "/", '\\"': '"', "\\\\": "\\", "\\b": "", "\\f": "\n"}
_INDENT_MAX = 40


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    metadata = {"charset": charset}
    if "\\u" in text or max(map(len, text.split("\n"))) > _LONG_LINE:
        text, metadata["json:form"] = clean(set_out(text)), "set out"
    yield Extracted(Done(), text=text, metadata=metadata)


def set_out(text: str) -> str:
    """Return JSON text with a line for each name or value, letters in place of their escapes. Linear; broken JSON is set out as far as it goes."""
    out: list[str] = []
    depth = 0
    line: list[str] = []

    def end() -> None:
        if line:
            out.append("  " * min(depth, _INDENT_MAX) + "".join(line))
            line.clear()

    for part in _TOKEN.findall(text):
        if part in ("{", "["):
            line.append(part)
            end()
            depth += 1
        elif part in ("}", "]"):
            end()
            depth = max(0, depth - 1)
            line.append(part)
        elif part == ",":
            line.append(part)
            end()
        elif part == ":":
            line.append(": ")
        else:
            line.append(f'"{_ESCAPE.sub(_letter, part[1:-1])}"' if part[0] == '"' and len(part) > 1 else part)
    end()
    return "\n".join(out)


def _letter(match: re.Match[str]) -> str:
    escape = match.group()
    if escape.startswith("\\u") and len(escape) > 2:     # with its digits; else it stays as it is
        units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in escape.split("\\u")[1:])
        return units.decode("utf-16-be", "replace")
    return _PLAIN.get(escape, escape)


EXTRACTORS = (Extractor("json", "1", bids({"json": 1.0, "ndjson": 1.0}), _read),)
