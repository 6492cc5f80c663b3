"""Facts on which documents disagree, as far as it can be proved: a draft against the paper that was signed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation, known
from history.file import ClientFile

_COMPARED = (
    "contract_number",
    "agreement_date",
    "effective_date",
    "expiration_date",
    "notice_period",
    "governing_law",
    "renewal_term",
    "cap_on_liability",
    "liquidated_damages",
    "amount",
)


@dataclass(frozen=True, slots=True)
class Conflict:
    """`sides` are the cited values that differ, the one that counts first."""

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


def conflicts(file: ClientFile) -> tuple[Conflict, ...]:
    """Return for each record that differs a little from another the facts on which the two disagree."""
    held = file.by_id()
    out = []
    for record_id in file.copies():
        read = held[record_id]
        other = held.get(read.record.near_duplicate_of or "")
        if other is None:
            continue
        for name in _COMPARED:
            kept, differing = known(other, name), known(read, name)
            if kept and differing and (kept.value, kept.unit) != (differing.value, differing.unit):
                what = f"{name.replace('_', ' ')}: {_shown(kept)} in {other.record.name}, {_shown(differing)} in {read.record.name}"
                out.append(Conflict(what, (kept, differing), "two versions of one paper give different values; the primary one counts"))
    return tuple(out)


def _shown(item: Known) -> str:
    return f"{item.value} {item.unit.replace('_', ' ')}".strip()
