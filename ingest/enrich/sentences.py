"""Where the sentences of a text stand: abbreviations, numbered items and numbers with points do not end one."""
from __future__ import annotations

import re
from collections.abc import Iterator

_END = re.compile(r"(?<=[\w)\]\"'%€$£])[.!?](?=\s+[^\s\d]|\s*$|\s+\d{1,2}\.\s)|\n[ \t]*\n|;\s")
_BAD_END = re.compile(r"(?:\b(?:no|nr|mr|mrs|ms|dr|sec|art|abs|inc|ltd|approx|ca|st|sr|sra|cl|para|z\.b|d\.h|bzw|vs|co|corp|pkt|ziff|lt|gem|idf|fr|hr|"
                      r"mag|ing|di|betr|bgl|ggf|evtl|inkl|exkl|zzgl|tel|rg|s\.a|ref|mme|me|fa|str|usw|feb|dez|nov|okt|sept|aug|jan|[a-z])|(?:^|"
    r"[\s(])\d{1,2})$")
_SALUTATION = re.compile(r"^(?:dear|sehr geehrte\w*|liebe[rs]?|guten tag|hallo|hello|hi|madame|monsieur|mesdames|messieurs|chere?s?|bonjour|"
    r"estimad[oa]s?|muy senor\w*|"
                         r"distinguid[oa]s?)\b[^\n]{0,70}\n", re.MULTILINE)


def sentences(text: str) -> Iterator[tuple[int, int]]:
    """Yield the sentences of a folded text from first to last, without the blanks around them; an empty line or a salutation ends one."""
    begun = 0
    for start, stop, behind in _ends(text):
        if start >= begun:
            if text[begun:stop].strip():
                yield _tight(text, begun, stop)
            begun = behind
    if text[begun:].strip():
        yield _tight(text, begun, len(text))


def _ends(text: str) -> list[tuple[int, int, int]]:
    """Return the ends: where each stands, up to where its sentence goes, and where the next one begins."""
    out = [(m.start(), m.end(), m.end()) for m in _SALUTATION.finditer(text)]
    for m in _END.finditer(text):
        if m[0] != "." or not _BAD_END.search(text[max(0, m.start() - 6):m.start()]):
            out.append((m.start(), m.start() + 1, m.end()))
    return sorted(out)


def _tight(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end
