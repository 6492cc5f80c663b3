"""What a person has yet to settle, as far as the viewer may see it: whom a record concerns, unsure facts, what cannot be decided, contradictions."""
from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import history
from archive.model.fact import ClientEvidence, Fact
from archive.model.proposal import Proposal
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer
from archive.wiring import Archive
from history.cited import usable
from history.outline import Statement, open_questions
from search_api.services.correcting import fact_id
from search_api.services.custody import demand, note
from search_api.services.histories import client_file

DOUBTS = {"weak": "the signs of the client are weak", "below": "there is a sign of a client, too weak to assign it", "several": "it concerns several clients"}


def review(archive: Archive, viewer: Viewer, client: str | None = None, limit: int = 100) -> dict[str, Any]:
    """Return what is to be settled: `clients`, `facts`, `proposals` of a language model, and of one client also `undecided`, `conflicts` and
    `misplaced` facts, whose words do not stand where they are cited; each with its `total`.

    Each entry says what is `in_doubt` and what would `settle` it.  Raises NotFound.
    """
    demand(viewer, "read")
    if client is not None:
        archive.catalogue.client(client, viewer)
    doubtful, records = archive.catalogue.doubtful(viewer, client, limit)
    unsure, facts = archive.catalogue.unsure_facts(viewer, client, limit)
    proposed = archive.catalogue.proposals(viewer, client=client)
    told: dict[str, Any] = {
        "client": client,
        "clients": {"total": doubtful, "entries": [_doubtful(*each) for each in records]},
        "facts": {"total": unsure, "entries": [_unsure(*each) for each in facts]},
        "proposals": {"total": len(proposed), "entries": [_proposed(*each) for each in proposed[:limit]]}}
    if client is not None:
        audit = history.audit(client_file(archive, viewer, client))
        found = audit.as_json()
        gone = [u for u in found["unverified"] if "cited place" in u["why"]]
        for name, entries in (("undecided", [_undecided(q) for q in open_questions(audit.history)]),
                              ("conflicts", [_conflict(c) for c in found["conflicts"]]), ("misplaced", gone)):
            told[name] = {"total": len(entries), "entries": entries[:limit]}
    note(archive, viewer, "read", client or "review", what="review", clients=doubtful, facts=unsure)
    return told


def _place(record: Record) -> dict[str, Any]:
    return {"record_id": record.record_id, "source_path": record.source_paths[0], "inner": record.inner, "kind": record.kind, "date": record.date,
            "title": record.subject or record.name}


def _doubtful(record: Record, doubt: str, signs: tuple[ClientEvidence, ...]) -> dict[str, Any]:
    return _place(record) | {
        "clients": list(record.clients), "in_doubt": DOUBTS[doubt],
        "signs": [{"client": s.client_id, "identifier": s.identifier, "basis": s.basis, "strength": s.strength} for s in signs],
        "settle": "say whom it concerns, or confirm it"}


def _unsure(record: Record, fact: Fact) -> dict[str, Any]:
    return _fact(record, fact_id(fact), fact, f"read with little certainty: {fact.basis}")


def _proposed(read: ReadRecord, proposal: Proposal) -> dict[str, Any]:
    return _fact(read.record, proposal.fact_id, proposal.fact, f"proposed by a language model: {proposal.model}")


def _fact(record: Record, thing: str, fact: Fact, doubt: str) -> dict[str, Any]:
    first = fact.passages[0] if fact.passages else None
    return _place(record) | {
        "fact_id": thing, "name": fact.name, "value": fact.value if usable(fact.value) else str(fact.value), "unit": fact.unit or None,
        "confidence": fact.confidence, "in_doubt": doubt,
        "quote": first.quote if first else None, "start": first.start if first else None, "end": first.end if first else None,
        "settle": "confirm, correct or reject it"}


def _undecided(question: Statement) -> dict[str, Any]:
    return {"about": question.label, "in_doubt": question.words, "would_decide": list(question.wanted),
            "settle": "a record that says so, or a fact that a person adds with the words it stands on"}


def _conflict(told: Mapping[str, Any]) -> dict[str, Any]:
    return {"in_doubt": told["what"], "cites": told["cites"], "settle": "confirm the one that is right, and correct or reject the other"}


