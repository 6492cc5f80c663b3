"""Which part of a mail body is new, which is quoted from an earlier mail, and which is a signature.

Told by the marks that mail programs leave: ">" before lines, an attribution line ("On … wrote:", "Am … schrieb …:"), a header block
("From: / Sent: / To:", "Von: / Gesendet: / An:"), "-----Original Message-----", and "-- " before a signature (RFC 3676, 4.3).
"""
from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Literal

from archive.model.extracted import Segment

Kind = Literal["new", "quoted"]

_WROTE = re.compile(r"\b(?:wrote|writes|schrieb(?:en)?|a écrit|a ecrit|escribió|escribio|ha scritto|schreef|skrev|escreveu|napisał(?:\(a\))?|kirjoitti)\b")
_BEGINS = re.compile(r"[ \t]*(?:On|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|At)\b")
_OPENS = re.compile(r"(?:On|Am|Le|El|Il|Op|Den|Em|Dnia|W dniu|At|In)\b|.*(?:@|\d{1,2}:\d\d|\d{4})|[\w.'\" -]{2,60}$", re.DOTALL)
_ORIGINAL = re.compile(
    r"^[ \t]*[-_=]{2,}[ \t]*(?:Original[ -]?(?:Message|Appointment)|Urspr(?:ü|ue)ngliche (?:Nachricht|Mail)|Originalnachricht|Message d['’]origine|"
    r"Message original|Mensaje original|Messaggio originale|Oorspronkelijk bericht|Oprindelig meddelelse|Ursprungligt meddelande|Mensagem original|"
    r"Forwarded (?:message|by)[^\n]{0,100}|Weitergeleitete Nachricht|Message transf[ée]r[ée]|Mensaje reenviado|Messaggio inoltrato)[ \t]*[-_=]*[ \t]*$"
    r"|^[ \t]*(?:Begin forwarded message|Anfang der weitergeleiteten (?:Nachricht|E-Mail)|Début du message réexpédié|Début du message transféré)[ \t]*:",
    re.MULTILINE | re.IGNORECASE)
_HEADER_BLOCK = re.compile(
    r"^[ \t]*\*?(?:From|Von|De|Da|Van|Från|Fra|Absender|Expéditeur)[ \t]*:\*?[ \t]?[^\n]+\n(?:[ \t]*\n)?(?:[^\n]{0,500}\n){0,4}?"
    r"[ \t]*\*?(?:To|Sent|Date|An|Gesendet|Datum|À|A|Envoyé|Para|Enviado(?: el)?|Fecha|Inviato|Data|Aan|Verzonden|Till|Skickat|Sendt)[ \t]*:",
    re.MULTILINE)
_RULE = re.compile(r"(?:^|\n)([ \t]*(?:_{20,}|-{20,})[ \t]*\n\s*)$")
_SIGNATURE = re.compile(r"^-- ?$", re.MULTILINE)
_SENT_FROM = re.compile(r"^(?:Sent from my |Von meinem |Gesendet von meinem |Envoyé de mon |Enviado desde mi |Get Outlook for )[^\n]{2,60}$", re.MULTILINE)
_LINE_MAX = 300


def segments(text: str, quotes: Iterable[tuple[int, int]] = ()) -> tuple[Segment, ...]:
    """Return the parts of a mail body in order; nothing for an empty one. Blank lines between two parts belong to neither.

    `quotes` are stretches known to be quoted (blockquote elements of an HTML body).
    """
    cut, after = _separator(text)
    known = sorted(quotes)
    if cut == len(text) and not known and ">" not in text:
        return _signed(text, [("new", *_trimmed(text, 0, len(text)))] if text.strip() else [])
    # What follows the first separator is quoted to the end, unless the answer stands between or below lines marked with ">".
    interleaved = cut < len(text) and _has_marks(text[after:])
    parts: list[tuple[Kind, int, int]] = []
    at = 0
    for line in text.splitlines(keepends=True):
        start, at = at, at + len(line)
        if not line.strip():
            continue
        if start >= cut and (start < after or not interleaved):
            quoted = True
        else:
            quoted = line.lstrip(" \t").startswith(">") or any(a <= start < b for a, b in known)
        kind: Kind = "quoted" if quoted else "new"
        end = start + len(line.rstrip())
        if parts and parts[-1][0] == kind:
            parts[-1] = (kind, parts[-1][1], end)
        else:
            parts.append((kind, start, end))
    return _signed(text, parts)


def _separator(text: str) -> tuple[int, int]:
    """Return where the first separator begins and where the quoted text after it begins; the length of the text twice without one."""
    found: list[tuple[int, int]] = []
    if (original := _ORIGINAL.search(text)):
        found.append((original.start(), original.end()))
    if ":" in text and (block := _HEADER_BLOCK.search(text)):
        found.append((block.start(), block.start()))
    if (attribution := _attribution(text)):
        found.append(attribution)
    if not found:
        return len(text), len(text)
    cut, after = min(found)
    rule = _RULE.search(text[max(0, cut - 120):cut])
    return (cut - len(rule.group(1)) if rule else cut), after


def _attribution(text: str) -> tuple[int, int] | None:
    """Return where an attribution ("On … wrote:") begins and ends. It may be broken over two or three lines."""
    for word in _WROTE.finditer(text):
        line_end = text.find("\n", word.end())
        line_end = len(text) if line_end < 0 else line_end
        rest = text[word.end():min(line_end, word.end() + _LINE_MAX)].rstrip()
        if not rest.endswith(":") or len(rest) > 150:
            following = text.find("\n", line_end + 1)
            following = len(text) if following < 0 else following
            tail = text[line_end:min(following, line_end + _LINE_MAX)].rstrip()
            if rest.endswith(".") or not tail.endswith(":") or len(tail) > 100:
                continue
            line_end = following
        start = text.rfind("\n", max(0, word.start() - _LINE_MAX), word.start()) + 1
        if not _BEGINS.match(text, start):  # it may have begun on the line above
            above = text.rfind("\n", max(0, start - _LINE_MAX), max(0, start - 1)) + 1
            if above < start and _BEGINS.match(text, above):
                return above, line_end
            if not _is_opening(text[start:word.start()]):
                continue
        return start, line_end
    return None


def _is_opening(words: str) -> bool:
    words = words.strip(" \t>*")
    return bool(words) and len(words) < _LINE_MAX and bool(_OPENS.match(words))


def _has_marks(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return sum(line.lstrip().startswith(">") for line in lines) > len(lines) * 0.2


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    bare = text[start:end]
    return start + len(bare) - len(bare.lstrip()), end - len(bare) + len(bare.rstrip())


def _signed(text: str, parts: list[tuple[Kind, int, int]]) -> tuple[Segment, ...]:
    """Split the signature off each new part."""
    out: list[Segment] = []
    for kind, start, end in parts:
        found = (_SIGNATURE.search(text, start, end) or _SENT_FROM.search(text, start, end)) if kind == "new" else None
        if found is None:
            out.append(Segment(kind, start, end))
            continue
        before = start + len(text[start:found.start()].rstrip())
        if before > start:
            out.append(Segment("new", start, before))
        out.append(Segment("signature", found.start(), end))
    return tuple(out)
