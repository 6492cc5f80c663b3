"""The file of a client as it was held on a day: what had been taken in by then, with the corrections that held then.

That is another question than `as_of`, which asks for what is dated up to a day, whenever it came in.  Both can be asked together.

A record counts from the moment it was first taken in.  Facts are those that today's readers find in what was held, settled by the corrections
that held on that day.  Families, threads and copies are as they stand today, and who may see a record is decided by what it is today.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from archive.corrected import as_it_stood, correct_facts, in_force, said_of_item
from archive.model.correction import Correction, Settled
from archive.model.fact import Enriched
from archive.model.record import ReadRecord, Record
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive

FAMILIES = 500


def held_on(archive: Archive, viewer: Viewer, client_id: str, day: str) -> list[ReadRecord]:
    """Return the records about a client that were held at the end of a day (ISO 8601, UTC), as far as the viewer may see them."""
    moment = end_of(day)
    catalogue = archive.catalogue
    found = {r.record.record_id: r for r in catalogue.read_records(RecordFilter(clients=(client_id,)), viewer)}
    moved = set(catalogue.moved_since(moment))
    for families in _parts(sorted(moved)):
        found |= {r.record.record_id: r for r in catalogue.read_records(RecordFilter(family_ids=families), viewer)}
    met = catalogue.met_at(found)
    held = [read for i, read in found.items() if met.get(i, moment) < moment]
    said = catalogue.ever_said([read.record.record_id for read in held])
    changed = {i for i, each in said.items() if in_force(each) != in_force(each, moment)}
    then = {i: in_force(said[i], moment) for i in changed}
    enriched = catalogue.enriched_as({i: said_of_item(then[i].values()).key for i in changed})
    clients = _clients_of_families(held, said, moment)
    stood = [_as_it_stood(read, said[i], then[i].values(), enriched.get(i), moment) if (i := read.record.record_id) in changed else read for read in held]
    told = catalogue.as_told({read.record.record_id: list(read.facts) for read in stood if read.record.record_id in changed}, viewer)
    out = []
    for read in stood:
        if read.record.record_id in told:
            read = replace(read, facts=tuple(told[read.record.record_id]))
        if (known := clients.get(read.record.family_id)) is not None:
            if client_id not in known:
                continue
            read = replace(read, record=replace(read.record, clients=tuple(c for c in known if viewer.sees_client(c))))
        if client_id in read.record.clients:
            out.append(read)
    return out


def taken_in_later(archive: Archive, reads: Iterable[ReadRecord], day: str) -> int:
    """Return how many of these records had not been taken in at the end of a day."""
    moment = end_of(day)
    return sum(at >= moment for at in archive.catalogue.met_at(read.record.record_id for read in reads).values())


def end_of(day: str) -> str:
    """Return the first moment after a day, in the form in which moments are kept."""
    return f"{(date.fromisoformat(day) + timedelta(days=1)).isoformat()}T00:00:00.000Z"


def _as_it_stood(read: ReadRecord, said: list[Correction], then: Iterable[Correction], enriched: Enriched | None, moment: str) -> ReadRecord:
    facts = correct_facts(enriched.facts if enriched else (), read.text, then, read.page_bounds)
    record = read.record
    for thing, stood in as_it_stood(said, moment).items():
        value = stood.value if isinstance(stood, Correction) else stood
        basis = stood.basis if isinstance(stood, Correction) else "as it was read"
        record = _with(record, thing, value, basis)
    return replace(read, record=record, facts=facts)


def _with(record: Record, thing: str, value: Settled, basis: str) -> Record:
    if thing == "kind" and isinstance(value, str):
        return replace(record, kind=value, bases=record.bases | {"kind": basis})
    if thing == "date" and (value is None or isinstance(value, str)):
        return replace(record, date=value or None, bases=record.bases | {"date": basis})
    if thing == "record_types" and isinstance(value, tuple):
        return replace(record, record_types=value, bases={k: v for k, v in record.bases.items() if not k.startswith("record_type ")}
                       | {f"record_type {each}": basis for each in value})
    return record


def _clients_of_families(held: Iterable[ReadRecord], said: dict[str, list[Correction]], moment: str) -> dict[str, tuple[str, ...]]:
    """Return for families whose clients are settled otherwise now the clients that they had: the last word on a member settles a family."""
    words: dict[str, list[Correction]] = {}
    for read in held:
        for each in said.get(read.record.record_id, ()):
            if each.about == "clients":
                words.setdefault(read.record.family_id, []).append(each)
    out: dict[str, tuple[str, ...]] = {}
    for family_id, spoken in words.items():
        stood = as_it_stood(spoken, moment).get("clients", False)
        value = stood.value if isinstance(stood, Correction) else stood
        if isinstance(value, tuple):
            out[family_id] = value
    return out


def _parts(values: list[str]) -> Iterable[tuple[str, ...]]:
    return (tuple(values[at:at + FAMILIES]) for at in range(0, len(values), FAMILIES))
