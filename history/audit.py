"""Completeness and accuracy of what is held about a client: what is missing, unread, undated, unverified or contradictory."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from archive.model.record import ReadRecord
from history.assembly import History, assemble
from history.cited import stands, usable
from history.completeness import Checked, holes
from history.file import ClientFile
from history.passages import one_line
from history.terms import is_draft
from history.timeline import unread_record

SURE = 0.7
"""Below this a fact, or the evidence for a client, is listed as unverified."""


@dataclass(frozen=True, slots=True)
class Expected:
    """A kind of record that should be there at this stage: `found` are the records of that kind, `why` says what asks for it."""

    what: str
    why: str
    found: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        return {"what": self.what, "why": self.why, "held": bool(self.found), "records": list(self.found)}


@dataclass(frozen=True, slots=True)
class Audit:
    """`fixity` is what was found when the originals were checked (given, since the thinking half reads no store); None: not asked for."""

    history: History
    expected: tuple[Expected, ...]
    unverified: tuple[dict[str, Any], ...]
    unread: tuple[dict[str, Any], ...]
    undated: tuple[dict[str, Any], ...]
    uncertain_client: tuple[dict[str, Any], ...]
    records: int
    fixity: Mapping[str, Any] | None
    looked_up: Checked

    @property
    def complete(self) -> bool:
        """Whether nothing that is expected is missing and every record could be read."""
        return all(e.found for e in self.expected) and not self.unread

    def as_json(self) -> dict[str, Any]:
        told = self.history.as_json()
        undecided = [
            {"about": f"termination {t['contract_number'] or number}", "what": what}
            for number, t in enumerate(told["terminations"], 1)
            for what in [*t["undecided"], *t["notice"]["undecided"]]
        ]
        undecided += [{"about": "billing", "what": what} for what in told["billing"]["undecided"]]
        return {
            "client": told["client"],
            "as_of": told["as_of"],
            "held_on": told["held_on"],
            "records": self.records,
            "complete": self.complete,
            "gaps": told["gaps"],
            "conflicts": told["conflicts"],
            "unverified": list(self.unverified),
            "undecided": undecided,
            "expected": [e.as_json() for e in self.expected],
            "unread": list(self.unread),
            "undated": list(self.undated),
            "uncertain_client": list(self.uncertain_client),
            "fixity": dict(self.fixity) if self.fixity is not None else None,
            "holes": [h.as_json() for h in self.looked_up.holes],
            "score": self.score(),
        }

    def score(self) -> dict[str, Any]:
        """Return how much of what was looked up is there: `value` between 0 and 1 (null where nothing was), and by sort what was checked and found.

        Every check counts the same.  It says how complete the file is for what it speaks of, not whether its facts are true.
        """
        broken = len(self.fixity.get("mismatches") or ()) if self.fixity and isinstance(self.fixity.get("mismatches"), list) else 0
        parts = {
            "expected": (len(self.expected), sum(bool(e.found) for e in self.expected)),
            "readable": (self.records, self.records - len(self.unread)),
            "dated": (self.records, self.records - len(self.undated)),
            "client_sure": (self.records, self.records - len(self.uncertain_client)),
        }
        if self.fixity is not None:
            parts["fixity"] = (self.records, max(0, self.records - broken))
        for kind, checked in self.looked_up.checks.items():
            parts[kind] = (checked, checked - sum(h.kind == kind for h in self.looked_up.holes))
        checks, passed = sum(c for c, _ in parts.values()), sum(p for _, p in parts.values())
        return {
            "value": round(passed / checks, 4) if checks else None,
            "checks": checks,
            "passed": passed,
            "parts": {name: {"checks": c, "passed": p} for name, (c, p) in parts.items() if c},
        }


def audit(file: ClientFile, fixity: Mapping[str, Any] | None = None) -> Audit:
    """Return the audit of a client's file; `fixity` is the outcome of checking its originals, as JSON, where that was done."""
    file = file.known()
    reads = file.in_order()
    history = assemble(file)
    return Audit(
        history,
        _expected(file),
        tuple(u for r in reads for u in _unverified(r)),
        tuple(unread_record(r).as_json() for r in reads if not r.text.strip()),
        tuple(_named(r) for r in reads if r.record.date is None),
        tuple(u for r in reads if (u := _uncertain(r, file.client.client_id))),
        len(reads),
        fixity,
        holes(file, history.gaps),
    )


def _expected(file: ClientFile) -> tuple[Expected, ...]:
    """Return what should be there. What asks for it is itself a record, so an early stage asks for little."""
    by_kind: dict[str, list[str]] = {}
    for read in file.in_order():
        if not is_draft(read):
            by_kind.setdefault(read.record.kind, []).append(read.record.record_id)

    def held(*kinds: str) -> tuple[str, ...]:
        return tuple(i for k in kinds for i in by_kind.get(k, ()))

    out = [Expected("contract", "every client has one", held("contract"))]
    if held("notice", "settlement") or file.client.status.lower() in ("terminated", "ended", "notice", "former", "closed"):
        out.append(Expected("notice", "the service ends or ended", held("notice")))
        out.append(Expected("ledger", "the account has to be settled at the end", held("ledger")))
    if held("invoice", "credit_note", "payment_advice"):
        out.append(Expected("ledger", "there are invoices, credits or payments", held("ledger")))
    if held("counterclaim"):
        out.append(Expected("claim", "there is a counterclaim", held("claim")))
    if held("amendment"):
        out.append(Expected("contract", "there is an amendment", held("contract")))
    return tuple({e.what: e for e in reversed(out)}.values())[::-1]


def _unverified(read: ReadRecord) -> list[dict[str, Any]]:
    """Return the facts that nobody should rely on unread: their words do not stand where they are said to, or the reading is unsure."""
    out = []
    for fact in read.facts:
        if not stands(read, fact):
            why = "its words do not stand at the cited place" if usable(fact.value) else "its value is no finite number"
        elif fact.confidence < SURE and fact.status not in ("confirmed", "corrected"):
            why = f"read with little certainty: {fact.basis}"
        else:
            continue
        value = fact.value if usable(fact.value) else str(fact.value)
        out.append({"record_id": read.record.record_id, "name": fact.name, "value": value, "confidence": fact.confidence, "why": why})
    return out


def _uncertain(read: ReadRecord, client_id: str) -> dict[str, Any] | None:
    """Return a record of which it is not sure that it concerns this client: weak evidence only, or more clients than one."""
    strengths = [e.strength for e in read.evidence if e.client_id == client_id]
    if len(read.record.clients) > 1:
        return _named(read) | {"why": f"it concerns {len(read.record.clients)} clients"}
    if strengths and max(strengths) < SURE:
        return _named(read) | {"why": f"the strongest sign of this client has strength {max(strengths):.2f}"}
    return None


def _named(read: ReadRecord) -> dict[str, Any]:
    r = read.record
    return {
        "record_id": r.record_id,
        "source_path": r.source_paths[0] if r.source_paths else "",
        "inner": r.inner,
        "kind": r.kind,
        "title": one_line(r.subject or r.name, 160),
    }
