"""What a language model proposed, by record. It lies beside the facts and never among them: no reader of facts meets a proposal."""
from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import msgspec
from sqlalchemy import ColumnElement, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.corrected import holding_for
from archive.adapters.catalogue.correcting import Correcting
from archive.adapters.catalogue.database import chunks, clean
from archive.corrected import found_again
from archive.errors import NotFound
from archive.model.correction import FactSaid
from archive.model.custody import Event
from archive.model.fact import Fact
from archive.model.proposal import Proposal, proposal_id_of
from archive.model.record import ReadRecord
from archive.model.viewer import Viewer
from archive.ports import RecordFilter


class Proposing(Correcting):
    """The part of the catalogue that holds proposals."""

    def propose(self, record_id: str, model: str, question: str, facts: Sequence[FactSaid], viewer: Viewer) -> None:
        """Keep what a model proposes of a record in place of what it proposed before; `question` is the digest of what it was asked.

        Raises NotFound for a record that the viewer may not see.
        """
        with self.write() as w:
            sees = self._sees(w.connection, viewer)
            if not w.connection.execute(select(t.records.c.record_id).where(t.records.c.record_id == record_id, sees)).scalar():
                raise NotFound(f"There is no record {record_id[:40]!r}.", "`casetrail records` lists those you may see.")
            self._act(w, viewer, "propose", record=record_id, model=clean(model), question=question, facts=msgspec.to_builtins(list(facts)))
            w.log(Event("proposed", viewer.actor, record_id, {"model": clean(model), "facts": len(facts)}))

    def proposals(self, viewer: Viewer, *, record_ids: Sequence[str] | None = None, client: str | None = None) -> list[tuple[ReadRecord, Proposal]]:
        """Return proposals of records that the viewer may see, whose words stand in the text as it is now and that no person has settled."""
        n, r = t.proposals.c, t.records.c
        rules: list[ColumnElement[bool]] = []
        if record_ids is not None:
            rules.append(n.record_id.in_(list(record_ids)))
        if client is not None:
            rules.append(n.record_id.in_(select(t.record_clients.c.record_id).where(t.record_clients.c.client_id == client)))
        with self.read() as c:
            rows = c.execute(select(t.proposals, r.copy_key).join(t.records, r.record_id == n.record_id).where(
                *rules, self._sees(c, viewer)).order_by(n.record_id, n.seq)).all()
            holding = holding_for(c, [(row.record_id, row.copy_key) for row in rows])
        open_ones: dict[str, dict[str, tuple[Any, FactSaid]]] = {}
        for row in rows:
            for said in msgspec.msgpack.decode(row.body, type=list[FactSaid]):
                thing = proposal_id_of(said)
                if thing not in holding.get(row.record_id, {}):
                    open_ones.setdefault(row.record_id, {}).setdefault(thing, (row, said))
        out: list[tuple[ReadRecord, Proposal]] = []
        for part in chunks(list(open_ones)):
            for read in self.read_records(RecordFilter(record_ids=tuple(part)), viewer):
                for thing, (row, said) in open_ones[read.record.record_id].items():
                    passages = tuple(p for p in (found_again(p, read.text, read.page_bounds) for p in said.passages) if p)
                    if passages and len(passages) == len(said.passages):
                        fact = Fact(said.name, said.value, passages, said.basis, said.unit, "proposed", said.confidence)
                        out.append((read, Proposal(row.record_id, thing, row.model, row.at, fact)))
        return out

    def questions(self, record_ids: Sequence[str], model: str) -> dict[str, str]:
        """Return for each of these records the digest of what this model was last asked of it."""
        out: dict[str, str] = {}
        n = t.proposals.c
        with self.read() as c:
            for part in chunks(sorted(set(record_ids))):
                out.update(c.execute(select(n.record_id, n.question).where(n.record_id.in_(part), n.model == clean(model))).all())
        return out
