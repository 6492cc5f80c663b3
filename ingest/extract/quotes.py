"""Which part of a mail body is new, which is quoted from an earlier mail, which is a signature or a notice; and which mails it quotes.

Told by the marks that mail programs leave: ">" before lines, and blocks that introduce an earlier mail (ingest/extract/quote_blocks.py).
What follows such a block is quoted to the end, unless its lines bear marks: then the answer may stand between and below them.
"""
from __future__ import annotations

import bisect
from collections.abc import Iterable
from typing import Literal

from archive.model.extracted import QuotedMail, Segment
from ingest.extract.quote_blocks import Block, Line, blocks_of, lines_of
from ingest.extract.quote_endings import is_banner, is_notice, signature_start
from ingest.extract.quote_words import told

Kind = Literal["new", "quoted", "signature", "disclaimer"]
_NOTICE_PARAGRAPHS = 6
_QUOTED_MAX = 200


def segments(text: str, quotes: Iterable[tuple[int, int]] = ()) -> tuple[Segment, ...]:
    """Return the parts of a mail body in order; nothing for an empty one. Blank lines between two parts belong to neither.

    `quotes` are stretches known to be quoted (blockquote elements of an HTML body).
    """
    return split(text, quotes)[0]


def split(text: str, quotes: Iterable[tuple[int, int]] = ()) -> tuple[tuple[Segment, ...], tuple[QuotedMail, ...]]:
    """Return the parts of a mail body, and the mails that it quotes with what is told of them, both in order."""
    if not text.strip():
        return (), ()
    lines, known = lines_of(text), sorted(quotes)
    blocks = blocks_of(text, lines)
    quoted = _quoted_lines(lines, blocks, known)
    parts: list[Segment] = []
    number, size = 0, len(lines)
    while number < size:
        if not lines[number].raw.strip():
            number += 1
            continue
        kind, first, last = quoted[number], number, number
        while number < size and (quoted[number] == kind or not lines[number].raw.strip()):
            if lines[number].raw.strip():
                last = number
            number += 1
        if kind:
            parts.append(_segment("quoted", lines, first, last))
        else:
            parts.extend(_new(lines, first, last, top=not parts))
    return tuple(parts), _mails(text, lines, blocks, quoted)


def _segment(kind: Kind, lines: list[Line], first: int, last: int) -> Segment:
    raw = lines[first].raw
    start = lines[first].start + (len(raw) - len(raw.lstrip()) if kind != "quoted" else 0)
    return Segment(kind, start, lines[last].end)


def _quoted_lines(lines: list[Line], blocks: list[Block], known: list[tuple[int, int]]) -> list[bool]:
    """Return for each line whether it is quoted."""
    out = [line.depth > 0 for line in lines]
    starts = [line.start for line in lines]
    for start, end in known:
        for number in range(max(0, bisect.bisect_right(starts, start) - 1), len(lines)):
            if lines[number].start >= end:
                break
            if lines[number].end > start:
                out[number] = True
    for block in blocks:
        if block.depth or out[block.first]:
            continue
        for number in range(block.first, block.last + 1):
            out[number] = True
        following = next((n for n in range(block.last + 1, len(lines)) if lines[n].raw.strip()), None)
        if following is None:
            break
        if out[following]:
            continue  # its quoted lines bear marks: what does not is an answer
        for number in range(block.first, len(lines)):
            out[number] = True
        break
    return out


# ---------------------------------------------------------------- endings

def _new(lines: list[Line], first: int, last: int, top: bool) -> list[Segment]:
    """Split banner, signature and notices off a part that is new."""
    before: list[Segment] = []
    if top and (end := _paragraph_end(lines, first, last)) < last and is_banner("\n".join(x.bare for x in lines[first:end + 1])):
        before.append(_segment("disclaimer", lines, first, end))
        first = next(n for n in range(end + 1, last + 1) if lines[n].raw.strip())
    notices = _notices_start(lines, first, last)
    after = [_segment("disclaimer", lines, notices, last)] if notices <= last else []
    if notices <= last:
        last = next((n for n in range(notices - 1, first - 1, -1) if lines[n].raw.strip()), first - 1)
    if last < first:
        return [*before, *after]
    signed = first + signature_start([x.raw for x in lines[first:last + 1]], top)
    out = list(before)
    if signed > first:
        new_last = next((n for n in range(signed - 1, first - 1, -1) if lines[n].raw.strip()), None)
        if new_last is not None:
            out.append(_segment("new", lines, first, new_last))
    if signed <= last:
        out.append(_segment("signature", lines, next(n for n in range(signed, last + 1) if lines[n].raw.strip()), last))
    return out + after


def _paragraph_end(lines: list[Line], first: int, last: int) -> int:
    number = first
    while number < last and lines[number + 1].raw.strip():
        number += 1
    return number


def _notices_start(lines: list[Line], first: int, last: int) -> int:
    """Return at which line the notices at the end of a part begin, `last` + 1 without any. Only paragraphs at the end count."""
    found, end = last + 1, last
    for _ in range(_NOTICE_PARAGRAPHS):
        while end >= first and not lines[end].raw.strip():
            end -= 1
        if end < first:
            break
        start = end
        while start > first and lines[start - 1].raw.strip():
            start -= 1
        words = " ".join(x.bare for x in lines[start:end + 1])
        if is_notice(words):
            found = start
        elif found <= last or len(words) >= 200 or end != last:
            break
        end = start - 1
    return found


# ---------------------------------------------------------------- the mails quoted

def _mails(text: str, lines: list[Line], blocks: list[Block], quoted: list[bool]) -> tuple[QuotedMail, ...]:
    """Return the mails that are quoted: each from below its block to the next block, or to the end of what is quoted as deep."""
    out: list[QuotedMail] = []
    for number, block in enumerate(blocks[:_QUOTED_MAX]):
        if not (block.fields or block.words):
            continue
        first = next((n for n in range(block.last + 1, len(lines)) if lines[n].bare), None)
        if first is None:
            continue
        bound = blocks[number + 1].first if number + 1 < len(blocks) else len(lines)
        depth = lines[first].depth
        last = first
        for at in range(first, bound):
            if not lines[at].bare:
                continue
            if lines[at].depth < depth or not quoted[at]:
                break
            last = at
        if first >= bound:
            continue
        said = told(block)
        if said.sender or said.date:
            out.append(QuotedMail(lines[first].start, lines[last].end, said.sender, said.date, said.subject, said.to))
    return tuple(out)
