"""A fact on which documents disagree, and the file as it is searched for such facts: who asserts what."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from archive.model.record import ReadRecord
from history.acts import side_of_record
from history.cited import Known, cites_json, cites_of, derivation
from history.file import ClientFile
from history.rows import Row, rows
from history.sides import Sides, sides_of


@dataclass(frozen=True, slots=True)
class Conflict:
    """`sides` are the cited values that differ, the one that counts first where it is known which does."""

    what: str
    sides: tuple[Known, ...]
    rule: str

    def as_json(self) -> dict[str, Any]:
        return {
            "what": self.what,
            "cites": cites_json(cites_of(self.sides)),
            "status": "derived",
            "derivation": derivation(self.rule, self.sides),
        }


@dataclass(frozen=True, slots=True)
class View:
    """A file with what is looked up again and again."""

    file: ClientFile
    held: dict[str, ReadRecord]
    sides: Sides
    copies: tuple[tuple[str, list[ReadRecord]], ...]

    def side(self, read: ReadRecord) -> str:
        return side_of_record(read, self.held, self.sides)[0] or ""


def view_of(file: ClientFile) -> View:
    return View(file, file.by_id(), sides_of(file), tuple(file.copies().items()))


def speaking(view: View, name: str) -> list[tuple[ReadRecord, Row, str]]:
    """Return the assertions of that name with the side that makes each: client, provider, third_party, or "" where nothing shows it."""
    out = []
    for record_id, others in view.copies:
        for read in (view.held[record_id], *others):
            if read.record.privileged or read.record.near_duplicate_of:
                continue
            found = rows(read, name)
            side = view.side(read) if found else ""
            out += [(read, row, side) for row in found]
    return out


def days_between(a: str, b: str) -> int:
    """Return the days from one day to another, a million where one of them is none."""
    try:
        return (date.fromisoformat(b[:10]) - date.fromisoformat(a[:10])).days
    except ValueError:
        return 10**6
