"""All that the records of a file say under a name, gathered once: facts that stand, of records that are no drafts, duplicates last."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from archive.model.record import ReadRecord
from history.cited import Known, from_fact, stands
from history.file import ClientFile
from history.reckoning import day_of
from history.terms import is_draft


@dataclass(frozen=True, slots=True)
class Said:
    """One fact and the record that states it."""

    read: ReadRecord
    known: Known

    @property
    def day(self) -> str:
        """The value where it is a day, else the day of the message or record, "" for none."""
        if isinstance(self.known.value, str) and day_of(self.known.value):
            return self.known.value[:10]
        return self.known.unit[:10] if day_of(self.known.unit) else (self.read.record.date or "")[:10]


@dataclass(frozen=True, slots=True)
class Told:
    """Facts by name, each list in order of the records."""

    by_name: dict[str, tuple[Said, ...]]

    def of(self, name: str, first: str = "", last: str = "9999") -> list[Said]:
        """Return what is said under a name on the days from `first` to `last`, both counted."""
        return [s for s in self.by_name.get(name, ()) if first <= s.day <= last]

    def until(self, day: str) -> list[str]:
        return sorted({s.day for said in self.by_name.values() for s in said if s.day >= day})


NAMES = frozenset(
    {
        "received_on", "posted_on", "presented_on", "delivery_failed", "ends_by_message", "agreed_end", "notice_withdrawn",
        "withdrawal_accepted", "service_ended",
        "assets_returned", "data_deleted", "exit_missing", "exit_late", "handover_done", "account_settled", "breach_not_cured", "breach_cured",
        "leaving_reason",
    }
)  # fmt: skip


def told(file: ClientFile, names: Iterable[str] = NAMES) -> Told:
    """Return what the file says under these names."""
    wanted = frozenset(names)
    out: dict[str, list[Said]] = {}
    held = file.by_id()
    for record_id in file.copies():
        read = held[record_id]
        found = [f for f in read.facts if f.name in wanted and f.value is not None and stands(read, f)]
        if found and not is_draft(read):
            for fact in found:
                out.setdefault(fact.name, []).append(Said(read, from_fact(read, fact)))
    return Told({name: tuple(said) for name, said in out.items()})
