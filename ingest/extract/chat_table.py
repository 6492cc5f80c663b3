"""Chats kept as tables in text files: columns for sender, time and words, named in one of several languages. The text stays as it stands,

a row is a turn, and the table is kept too.
"""
from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from archive.model.extracted import Cell, Extracted, Segment, Table
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.chat_slack import folder_of
from ingest.extract.csv import CELLS_MAX, delimiter_of, rows_of, table_of
from ingest.extract.message_words import ADDRESS, OPINIONS, SAID, WHEN, WHO, plain
from ingest.extract.moments import DATE, TIME, Written, basis_of, instant, local, order_of, written
from ingest.extract.text import decode
from ingest.extract.turns import People, line

SNIFF_CHARS = 1 << 15
_CONVERSATION = frozenset(("conversation id", "chat id", "thread id", "ticket id", "session id", "channel", "channel id", "room", "conversation",
                           "call id", "message id"))
_NOT_SAID = frozenset(("sender id", "subject"))
_LOCAL = re.compile(rf"\s*{DATE}(?:(?P<before>[^\d\n]{{1,10}}?){TIME}(?P<after>[^\d\n]{{0,10}}))?\s*")


def columns_of(header: list[str]) -> Mapping[str, int]:
    """Return which columns hold `who`, `when`, `said` and, where there is one, `time` (of day) and `address`; {} when one of the first three is missing."""
    names = [plain(name) for name in header]
    found: dict[str, int] = {}
    for what, words in (("said", SAID), ("who", WHO), ("when", WHEN), ("address", ADDRESS)):
        for word in words:
            if word in names and names.index(word) not in found.values() and word not in _NOT_SAID:
                found[what] = names.index(word)
                break
    if not {"said", "who", "when"} <= set(found):
        return {}
    if any(n in OPINIONS for n in names) and not any(n in _CONVERSATION for n in names):
        return {}
    for word in ("time", "uhrzeit", "zeit", "heure", "hora", "ora", "orario", "tijd"):
        if word in names and names.index(word) not in found.values():
            found["time"] = names.index(word)
            break
    return found


def is_chat_table(head: str, format_name: str) -> bool:
    """Say whether a table (its beginning) is a chat: the columns, and words in them that are sentences now and then."""
    head = head[:SNIFF_CHARS].lstrip("\ufeff")
    first = head.partition("\n")[0]
    if not _has_words(first):
        return False
    delimiter = delimiter_of(head, "\t" if format_name == "tsv" else "")
    if not delimiter:
        return False
    rows = rows_of(head, delimiter)
    columns = columns_of([value for _, _, value in next(rows, [])])
    if not columns:
        return False
    said = [row[columns["said"]][2] for _, row in zip(range(60), rows, strict=False) if len(row) > columns["said"]]
    return bool(said) and (sum(" " in s.strip() for s in said) * 3 >= len(said) or len(said) < 3)


def _has_words(first: str) -> bool:
    fields = {plain(f) for f in re.split(r"[,;\t|]", first[:4000])}
    return bool(fields & set(SAID)) and bool(fields & set(WHO))


def _read(work: Work) -> Iterator[Part]:
    text, charset = decode(work.content)
    if not text.strip():
        yield Extracted(Failed("empty", "The file holds no characters but blanks."), text=text)
        return
    table, delimiter = table_of(text, "\t" if work.identified.format == "chat-tsv" else "")
    columns = columns_of([_shown(text, c) for c in table.rows[0]]) if table is not None and table.rows else {}
    if table is None or not columns:
        raise CannotRead("damaged", "It has no columns for sender, time and words.")
    rows = [row for row in table.rows[1:] if row and len(row) > columns["said"]]
    moments, basis = _times(text, rows, columns)
    people, segments = People(), list[Segment]()
    for row, at in zip(rows, moments, strict=True):
        name = line(_shown(text, row[columns["who"]]), 100) if len(row) > columns["who"] else ""
        address = _shown(text, row[columns["address"]]) if "address" in columns and len(row) > columns["address"] else ""
        people.add(name, address)
        start = text.rfind("\n", 0, row[0].start) + 1 if text[:row[0].start].endswith('"') else row[0].start
        end = row[-1].end + (text[row[-1].end:row[-1].end + 1] == '"')
        segments.append(Segment("turn", start, end, name, at))
    folder, _ = folder_of(work.given)
    cells = sum(map(len, table.rows))
    yield Extracted(Done(f"the table ends after {CELLS_MAX} cells; the text goes on" if cells > CELLS_MAX else ""), text=text, segments=tuple(segments),
                    tables=(Table(table.name, table.page, table.rows),), participants=people.all(),
                    created_at=next((m for m in moments if m), ""), conversation=f"chat:{folder}/{work.given.name}",
                    metadata={"charset": charset, "csv:delimiter": "tab" if delimiter == "\t" else delimiter, "chat:messages": str(len(segments)),
                              "chat:times": basis})


def _shown(text: str, cell: Cell) -> str:
    return text[cell.start:cell.end].replace('""', '"').strip()


def _times(text: str, rows: list[tuple[Cell, ...]], columns: Mapping[str, int]) -> tuple[list[str], str]:
    """Return the time of each row, "" where it says none, and what they rest on."""
    raw = []
    for row in rows:
        when = _shown(text, row[columns["when"]]) if len(row) > columns["when"] else ""
        time = _shown(text, row[columns["time"]]) if "time" in columns and len(row) > columns["time"] else ""
        raw.append(f"{when} {time}".strip() if time and not re.search(r"\d:\d\d", when) else when)
    moments = [instant(r) for r in raw]
    if sum(map(bool, moments)) * 2 >= len(moments):
        return moments, basis_of(raw, moments)
    seen: list[Written | None] = []
    for each in raw:
        found = _LOCAL.fullmatch(each)
        if found and found["hour"] is None:
            found = _LOCAL.fullmatch(f"{each} 00:00")
        seen.append(written(found, found["before"] or "", found["after"] or "") if found else None)
    order, why = order_of([s for s in seen if s])
    out = []
    for each, one in zip(raw, seen, strict=True):
        at = local(one, order) if one else ""
        out.append(at if ":" in each else at[:10])
    return out, f"as written (local, zone not given); {order}: {why}" if any(seen) else ""


EXTRACTORS = (Extractor("chat-table", "1", bids({"chat-csv": 1.0, "chat-tsv": 1.0}), _read),)
