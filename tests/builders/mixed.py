"""An archive in which records of two clients, of both, of none, and privileged ones lie side by side, with links between them.

It is written by the catalogue's own calls, so that what is whose does not hang on how well anything is recognised.  Every record has a
word of its own (`word` + its name) and shares the word `notice` with all others.
"""
from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
from builders.served import served

from archive.model.client import Client
from archive.model.digest import digest_of, origin_key, original_key
from archive.model.extracted import Extracted, Mail, Participant, Passage
from archive.model.fact import ClientEvidence, Derived, Enriched, Fact
from archive.model.item import Item, Place, record_id_of
from archive.model.outcome import Done, Failed, Outcome
from archive.model.viewer import Role
from archive.ports import NewObject, Reading
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from ingest.feed import feed
from ingest.origin import statement_of
from search_api.services import keys

A, B = "C-A", "C-B"
DONE = Done()


@dataclass(frozen=True)
class Piece:
    """One record to be: `family` names the piece that it is attached to, `same_as` the piece whose bytes it has."""
    name: str
    clients: tuple[str, ...] = ()
    privileged: bool = False
    attached_to: str = ""
    same_as: str = ""
    outcome: Outcome = DONE

    @property
    def word(self) -> str:
        return f"word{self.name}"

    @property
    def text(self) -> str:
        return f"Subject matter of the notice: {self.word}. We give notice of termination with effect from 31 March 2026."


PIECES = (
    Piece("amail", (A,)), Piece("aletter", (A,), attached_to="amail"), Piece("bmail", (B,)), Piece("bletter", (B,), attached_to="bmail"),
    Piece("both", (A, B)), Piece("nobody"), Piece("counsel", (A,), privileged=True), Piece("memo", (A,), privileged=True, attached_to="counsel"),
    Piece("bcopy", (B,), same_as="aletter"), Piece("zcopy", (A,), same_as="bletter"),
    Piece("locked", (A,), privileged=True, attached_to="counsel", outcome=Failed("encrypted", "It needs a password: wordlocked.")),
)


@dataclass(frozen=True)
class Mixed:
    archive: Archive
    pieces: dict[str, Piece]
    items: dict[str, Item]

    def ids(self, *names: str) -> set[str]:
        return {self.items[name].record_id for name in names}


def mixed_archive(home: Path) -> Mixed:
    """Return an open archive with the pieces above, indexed."""
    archive = open_archive(read_settings({"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1"}, home / "none.toml"))
    archive.catalogue.import_clients([Client(A, "Ashgrove Bakeries Limited", ("Ashgrove",)), Client(B, "Birchmoor Tyres Limited", ("Birchmoor",))], "local",
                                     digest_of(b"directory"))
    run_id = archive.catalogue.begin_run("drop", ["/drop"], "local", "", "")
    items: dict[str, Item] = {}
    for number, piece in enumerate(PIECES):
        items[piece.name] = _item(piece, number, items, run_id)
    archive.objects.put_all([NewObject(original_key(i.digest), _content(p), i.digest) for p in PIECES for i in [items[p.name]]])
    statements = [(origin_key(i.digest, i.record_id, i.place.path), statement_of(i)) for i in items.values()]
    archive.objects.put_all([NewObject(key, content, digest_of(content)) for key, content in statements])
    met = archive.catalogue.take_in(run_id, list(items.values()), [])
    archive.catalogue.keep(run_id, [_reading(piece, items[piece.name]) for piece in PIECES])
    archive.catalogue.end_run(run_id, "finished", met)
    feed(archive)
    return Mixed(archive, {piece.name: piece for piece in PIECES}, items)


@contextmanager
def behind_keys(mixed: Mixed) -> Iterator[httpx.Client]:
    """Serve the archive as on an address that others reach, where a key is needed."""
    keys.issue(mixed.archive, "so that it starts", "admin", None, False, 1)
    with served(mixed.archive, host="0.0.0.0") as client:
        yield client


def shown(mixed: Mixed, role: Role, clients: list[str] | None = None, privileged: bool = False) -> dict[str, str]:
    """Return the header of a fresh key with these rights."""
    return {"Authorization": f"Bearer {keys.issue(mixed.archive, 'test', role, clients, privileged, 1).secret}"}


def _content(piece: Piece) -> bytes:
    return f"bytes of {piece.same_as or piece.name}".encode()


def _item(piece: Piece, number: int, before: dict[str, Item], run_id: str) -> Item:
    digest, parent = digest_of(_content(piece)), before.get(piece.attached_to)
    path = parent.place.path if parent else f"/drop/path{piece.name}.eml"
    place = Place(path, f"drop:{path}", f"inner{piece.name}.txt" if parent else None)
    record_id = record_id_of(place, digest)
    return Item(record_id, digest, len(_content(piece)), place, "drop", "", "", parent.record_id if parent else None,
                parent.family_id if parent else record_id, 1 if parent else 0, number, "", "", "2026-01-01T00:00:00.000Z", run_id)


def _reading(piece: Piece, item: Item) -> Reading:
    read = isinstance(piece.outcome, Done)
    text = piece.text if read else ""
    loose = bool(piece.attached_to or piece.same_as)
    mail = None if loose else Mail(f"<{piece.name}@x.example>", sent_at="2026-01-05T10:00:00+01:00", sent_basis="header Date")
    people = (Participant("from", f"person{piece.name}@x.example", ""), Participant("to", "desk@x.example", "")) if mail else ()
    start = text.find("31 March 2026")
    facts = (Fact("notice.stated_effective_date", "2026-03-31", (Passage(start, start + 13, "31 March 2026"),), "words"),) if read else ()
    enriched = Enriched(
        Derived("notice" if read else "other", "test"), (Derived("interaction", "test"), Derived("contractual", "test")),
        Derived("2026-01-05", "header Date"),
        privileged=Derived("true", "marked") if piece.privileged else None, facts=facts,
        clients=tuple(ClientEvidence(c, f"number of {c}", "test", 0.9) for c in piece.clients))
    extracted = Extracted(piece.outcome, text, mail=mail, participants=people, subject=f"Subject {piece.word}" if read else "")
    return Reading(item.record_id, "text/plain", "email" if mail else "text", "structure", extracted, enriched,
                   {"identify": Done(), "extract": piece.outcome, "enrich": Done()})
