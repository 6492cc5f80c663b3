"""Content lines of iCalendar (RFC 5545, 3.1) and vCard (RFC 6350, 3.2; 2.1 with quoted-printable): unfolded, names, parameters and values apart."""
from __future__ import annotations

import binascii
import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.extract.text import clean, codec_of

_LINE = re.compile(r"(?:[\w-]{1,60}\.)?([A-Za-z][\w-]{0,60})"
                   r"((?:;[\w-]{1,60}(?:=(?:\"[^\"\n]*\"|[^\";:,\n]*)(?:,(?:\"[^\"\n]*\"|[^\";:,\n]*))*)?)*):(.*)", re.DOTALL)
_PARAMETER = re.compile(r";([\w-]{1,60})(?:=((?:\"[^\"\n]*\"|[^\";:\n])*))?")
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


@dataclass(frozen=True, slots=True)
class ContentLine:
    """One property: `name` in upper case, parameters by upper-case names, `value` as written (escapes still in it)."""
    name: str
    parameters: dict[str, str]
    value: str

    @property
    def text(self) -> str:
        """The value with its escapes undone (RFC 5545, 3.3.11)."""
        return unescaped(self.value)


def unescaped(value: str) -> str:
    return clean(_ESCAPE.sub(lambda m: "\n" if m[1] in "nN" else m[1], value)).strip() if "\\" in value else clean(value).strip()


def split(value: str, mark: str = ";") -> list[str]:
    """Return the parts of a structured value (vCard N, ADR, ORG), escapes undone."""
    return [unescaped(part) for part in re.split(rf"(?<!\\){mark}", value)]


def lines_of(text: str) -> Iterator[ContentLine]:
    """Yield the properties in a text. Lines that are none are left out; folded ones are joined, quoted-printable ones with soft line ends too."""
    whole: list[str] = []
    for raw in [*text.split("\n"), ""]:
        if whole and raw[:1] in (" ", "\t") and raw.strip():
            whole.append(raw[1:])
        elif whole and whole[-1].endswith("=") and "QUOTED-PRINTABLE" in whole[0][:200].upper():
            whole[-1] = whole[-1][:-1]
            whole.append(raw)
        else:
            if whole and (found := _line("".join(whole))):
                yield found
            whole = [raw] if raw.strip() else []


def _line(text: str) -> ContentLine | None:
    found = _LINE.fullmatch(text)
    if found is None:
        return None
    parameters: dict[str, str] = {}
    for name, value in _PARAMETER.findall(found[2]):
        if value == "" and "=" not in found[2]:
            parameters.setdefault("TYPE", name.upper())
        parameters.setdefault(name.upper(), value.strip('"').replace("^n", " ").replace("^'", '"'))
    value = found[3]
    if parameters.get("ENCODING", "").upper() == "QUOTED-PRINTABLE" or "QUOTED-PRINTABLE" in parameters:
        raw = binascii.a2b_qp(value.encode("utf-8", "replace"))
        value = raw.decode(codec_of(parameters.get("CHARSET", "utf-8")) or "utf-8", "replace").replace("\r\n", "\\n").replace("\n", "\\n")
    return ContentLine(found[1].upper(), parameters, value)
