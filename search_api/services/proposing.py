"""A language model is asked for facts, record by record. It sees what it is allowed to; what it says is kept as proposals, which conclude nothing."""
from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from archive.errors import BadAnswer, BadRequest, TooLarge, Unavailable
from archive.model.record import ReadRecord
from archive.model.viewer import Viewer
from archive.ports import LanguageModel, RecordFilter
from archive.settings import ModelAccess
from archive.wiring import Archive
from search_api.services.custody import demand, note

if TYPE_CHECKING:
    from ingest.propose.masking import Masked

GIVE_UP = 3
"""After so many questions in a row without an answer no more are asked."""
MARGIN = 500
"""So many characters beyond the limit are looked at, so that nothing personal is cut in two before it is seen."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")


@dataclass(frozen=True, slots=True)
class _Asked:
    read: ReadRecord
    sent: Masked
    cut: bool

    def digest(self, told: str) -> str:
        return hashlib.sha256(f"{told}\0{self.read.record.kind}\0{self.read.record.date}\0{self.sent.text}".encode("utf-8", "surrogatepass")).hexdigest()


def propose(archive: Archive, viewer: Viewer, client: str | None = None, record_id: str | None = None, *, send: bool = False,
            again: bool = False) -> dict[str, Any]:
    """Say what would be sent of a client's records, or of one, and to where; with `send` do it, and say what came of it.

    Left out are privileged records and personal data unless the settings allow them, copies, empty records, and (but for `again`) what this
    model was asked before.  Raises BadSettings where no model is set, NotFound, NotAllowed.
    """
    demand(viewer, "correct")
    model = archive.model
    access = archive.settings.model
    if (client is None) == (record_id is None):
        raise BadRequest("It is not said of what.", "Name a client, or one record with --record.")
    if client is not None:
        archive.catalogue.client(client, viewer)
    else:
        archive.catalogue.record(str(record_id), viewer)
    wanted = RecordFilter(clients=(client,)) if client is not None else RecordFilter(record_ids=(str(record_id),))
    out = _Outcome(archive, viewer, model, access, wanted, again)
    return out.run(send)


@dataclass(frozen=True, slots=True)
class _Persons:
    """What is known of persons: their names, account numbers; and the numbers of contracts, which are nobody's."""
    names: tuple[str, ...] = ()
    numbers: tuple[str, ...] = ()
    contracts: tuple[str, ...] = ()


class _Outcome:
    """One call: what was found, sent and kept so far."""

    def __init__(self, archive: Archive, viewer: Viewer, model: LanguageModel, access: ModelAccess, wanted: RecordFilter, again: bool) -> None:
        self.archive, self.viewer, self.model, self.access, self.wanted, self.again = archive, viewer, model, access, wanted, again
        self.withheld: dict[str, int] = {}
        self.refused: dict[str, int] = {}
        self.records: list[dict[str, Any]] = []
        self.failed: list[dict[str, Any]] = []
        self.kept = self.characters = self.cut = 0

    def run(self, send: bool) -> dict[str, Any]:
        from ingest.propose.question import instructions

        told = instructions()
        silent = 0
        stopped = False
        for asked in self._asked(told, send):
            self.characters += len(asked.sent.text)
            self.cut += asked.cut
            entry: dict[str, Any] = {"record_id": asked.read.record.record_id, "kind": asked.read.record.kind, "characters": len(asked.sent.text),
                                     "masked": len(asked.sent.hidden), "cut": asked.cut}
            self.records.append(entry)
            if send:
                try:
                    entry |= self._ask(asked, told)
                    silent = 0
                except (Unavailable, BadAnswer, TooLarge) as error:
                    self.failed.append({"record_id": entry["record_id"], "why": str(error)})
                    silent = silent + 1 if isinstance(error, Unavailable) else 0
                    if silent == GIVE_UP:
                        stopped = True
                        break
        if send:
            _stated(self.archive)
        address = urlsplit(self.model.address)
        return {
            "address": self.model.address, "encrypted": address.scheme == "https" or address.hostname in LOOPBACK, "model": self.model.name, "sent": send,
            "privileged": self.access.send_privileged, "personal": self.access.send_personal, "records": self.records, "characters": self.characters,
            "cut": self.cut, "withheld": self.withheld, "proposed": self.kept, "refused": self.refused, "failed": self.failed, "stopped": stopped}

    def _asked(self, told: str, send: bool) -> Iterator[_Asked]:
        from ingest.propose.masking import masked, unmasked

        catalogue, limit = self.archive.catalogue, self.access.text_chars
        known = [r.record_id for r in catalogue.records(self.wanted, self.viewer)]
        before = {} if self.again else catalogue.questions(known, self.model.name)
        persons = _Persons() if self.access.send_personal else self._persons()
        size = 1 if send else 100    # what became privileged while others were asked about is not sent
        for at in range(0, len(known), size):
            for read in catalogue.read_records(RecordFilter(record_ids=tuple(known[at:at + size])), self.viewer):
                r = read.record
                why = ("privileged" if r.privileged and not self.access.send_privileged else "copy" if r.duplicate_of and self.wanted.clients
                       else "" if read.text.strip() else "no text")
                if not why:
                    cut = len(read.text) > limit
                    words = read.text[:limit + MARGIN]
                    names = [*persons.names, *_names_in(read)]
                    sent = unmasked(words) if self.access.send_personal else masked(words, names, persons.numbers, persons.contracts)
                    asked = _Asked(read, sent.shortened(limit) if cut else sent, cut)
                    why = "asked before" if before.get(r.record_id) == asked.digest(told) else ""
                if why:
                    self.withheld[why] = self.withheld.get(why, 0) + 1
                else:
                    yield asked

    def _persons(self) -> _Persons:
        """Return the names and account numbers that are known: of the directory, and of who took part in all that is held about the same clients."""
        everybody = Viewer("archive", "legal", None, True)     # whom a viewer may not know has to be masked all the same
        clients = self.archive.catalogue.clients(everybody)
        about = self.wanted.clients or self.archive.catalogue.record(self.wanted.record_ids[0], self.viewer).clients
        names = {contact.name for c in clients for contact in c.contacts}
        for each in about:
            for record in self.archive.catalogue.records(RecordFilter(clients=(each,)), everybody):
                names.update(p.name for p in record.participants)
        return _Persons(tuple(sorted(n for n in names if n)), tuple(sorted({n for c in clients for n in c.account_numbers})),
                        tuple(sorted({n for c in clients for n in c.contract_numbers})))

    def _ask(self, asked: _Asked, told: str) -> dict[str, Any]:
        from ingest.propose.answers import judged
        from ingest.propose.question import question

        r = asked.read.record
        note(self.archive, self.viewer, "model_asked", r.record_id, address=self.model.address, model=self.model.name, characters=len(asked.sent.text),
             masked=not self.access.send_personal, hidden=len(asked.sent.hidden), privileged=r.privileged)
        answer = self.model.answer(told, question(r.kind, r.date, asked.sent.text))
        found = judged(answer, asked.sent, self.model.name, asked.read.facts, asked.read.page_bounds)
        self.archive.catalogue.propose(r.record_id, self.model.name, asked.digest(told), found.kept, self.viewer)
        self.kept += len(found.kept)
        for why, count in found.refused.items():
            self.refused[why] = self.refused.get(why, 0) + count
        return {"proposed": len(found.kept), "refused": sum(found.refused.values())}


def _names_in(read: ReadRecord) -> Iterable[str]:
    yield from (p.name for p in read.record.participants if p.name)
    yield from (s.speaker for s in read.segments if s.speaker)


def _stated(archive: Archive) -> None:
    from ingest.work_export import state_work

    state_work(archive)



