"""What the thinking half is given: one client and all records about it that the viewer may see."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import wraps
from typing import Any, TypeVar

from archive.model.client import Client
from archive.model.record import ReadRecord

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class ClientFile:
    """`as_of` is a day (ISO 8601) up to which records count, or None for all. Containers are not expected in `records`.

    `held_on` is the day on which `records` is what was held, None for what is held now.  `later` counts, where it was asked, the records that are
    dated up to `as_of` and were taken in only after it.
    """

    client: Client
    records: tuple[ReadRecord, ...]
    as_of: str | None = None
    held_on: str | None = None
    later: int | None = None
    _found: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, find: Callable[[], T]) -> T:
        """Return what follows from this file under a name, found once: the file never changes. What is returned must not be changed either."""
        if name not in self._found:
            self._found[name] = find()
        found: T = self._found[name]
        return found

    def known(self) -> ClientFile:
        """Return the file as it stood at the end of the day `as_of`.

        Records without a date stay, since nothing shows that they are later; they are marked wherever they appear.
        """
        if self.as_of is None:
            return self
        day = self.as_of[:10]
        return replace(self, records=tuple(r for r in self.records if r.record.date is None or r.record.date[:10] <= day))

    def in_order(self) -> list[ReadRecord]:
        """Return the records by date, then moment of sending, then path, then place inside the file; undated ones last."""
        return list(self.once("in order", lambda: sorted(self.records, key=order_of)))

    def by_id(self) -> dict[str, ReadRecord]:
        return self.once("by id", lambda: {r.record.record_id: r for r in self.records})

    def copies(self) -> dict[str, list[ReadRecord]]:
        """Return for each record shown for itself its duplicates in this file, in order.

        A duplicate whose primary is not in the file (another client's, or not to be seen) stands for itself.
        """
        return self.once("copies", self._copies)

    def _copies(self) -> dict[str, list[ReadRecord]]:
        held = self.by_id()
        out: dict[str, list[ReadRecord]] = {}
        for read in self.in_order():
            primary = primary_of(read, held)
            if primary == read.record.record_id:
                out.setdefault(primary, [])
            else:
                out.setdefault(primary, []).append(read)
        return out

    def without(self, record_ids: set[str]) -> ClientFile:
        """Return the file without these records."""
        return replace(self, records=tuple(r for r in self.records if r.record.record_id not in record_ids))


def once_a_file(find: Callable[[ClientFile], T]) -> Callable[[ClientFile], T]:
    """Return the function so that it is called once for one file, however often it is asked."""

    @wraps(find)
    def found(file: ClientFile) -> T:
        return file.once(f"{find.__module__}.{find.__qualname__}", lambda: find(file))

    return found


def carrier_of(read: ReadRecord, held: dict[str, ReadRecord]) -> str:
    """Return the record_id of the outermost mail that carries a record, its own for one that no mail carries.

    Archives and mailboxes do not count: what lies together in one of them need have nothing to do with one another.
    """
    current, passed = read, {read.record.record_id}
    while (parent := held.get(current.record.parent_id or "")) and is_mail(parent) and parent.record.record_id not in passed:
        passed.add(parent.record.record_id)
        current = parent
    return current.record.record_id


def is_mail(read: ReadRecord) -> bool:
    return read.record.mime == "message/rfc822"


def primary_of(read: ReadRecord, held: dict[str, ReadRecord]) -> str:
    """Return the record_id under which a record is shown: that of its primary where it is in the file, else its own."""
    passed = [read.record.record_id]
    while (target := held[passed[-1]].record.duplicate_of) and target in held:
        if target in passed:
            return min(passed)
        passed.append(target)
    return passed[-1]


def order_of(read: ReadRecord) -> tuple[bool, str, str, str, int, str]:
    """Return what a record is sorted by."""
    r = read.record
    return (r.date is None, (r.date or "")[:10], r.sent_at or "", r.source_paths[0] if r.source_paths else "", r.ordinal, r.record_id)
