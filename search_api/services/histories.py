"""What follows from a client's records, as far as the viewer may see them: the thinking itself is done in `history`."""
from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from typing import Any

import history
from archive.errors import BadRequest
from archive.model.digest import Digest, original_key
from archive.model.record import ReadRecord
from archive.model.viewer import Right, Viewer
from archive.ports import FixityResult, Mismatch, RecordFilter, Unchecked
from archive.wiring import Archive
from history.file import ClientFile
from history.win_back import privileged_ids
from search_api.services.custody import demand, note
from search_api.services.holdings import held_on, taken_in_later

CHECKS_AT_ONCE = 8


def history_of(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, held: str | None = None) -> history.History:
    """Return the termination history; its `as_json` is the form of the contract (docs/formats/history.md)."""
    file = client_file(archive, viewer, client_id, as_of, held)
    note(archive, viewer, "read", client_id, what="history", as_of=file.as_of, held_on=file.held_on, records=len(file.records))
    return history.assemble(file)


def disputes(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, held: str | None = None) -> dict[str, Any]:
    """Return the dispute trail alone: client, as_of and the `disputes` of the history."""
    file = client_file(archive, viewer, client_id, as_of, held)
    note(archive, viewer, "read", client_id, what="disputes", as_of=file.as_of, held_on=file.held_on, records=len(file.records))
    return trail_of(file)


def trail_of(file: ClientFile) -> dict[str, Any]:
    whole = history.assemble(file).as_json()
    return {key: whole[key] for key in ("client", "as_of", "held_on", "disputes")}


def win_back(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, held: str | None = None) -> history.WinBack:
    """Return the brief that an agent reads before calling; nothing in it rests on a privileged record, whoever asks."""
    file = open_file(archive, viewer, client_id, as_of, held=held)
    note(archive, viewer, "read", client_id, what="win-back", as_of=file.as_of, held_on=file.held_on, records=len(file.records))
    return history.win_back(file)


def audit(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, held: str | None = None) -> history.Audit:
    """Return the completeness and accuracy of what is held; every original of the client's records is read back and compared."""
    file = client_file(archive, viewer, client_id, as_of, held)
    note(archive, viewer, "read", client_id, what="audit", as_of=file.as_of, held_on=file.held_on, records=len(file.records))
    return history.audit(file, fixity_of(archive, file))


def client_file(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, held: str | None = None, right: Right = "read") -> ClientFile:
    """Return a client with all its records that the viewer may see; with `held` those that had been taken in by the end of that day, as they stood then.

    Raises NotFound, and BadRequest for what is no day.
    """
    demand(viewer, right)
    day, held_day = day_of(as_of), day_of(held)
    client = archive.catalogue.client(client_id, viewer)
    reads = held_on(archive, viewer, client_id, held_day) if held_day else archive.catalogue.read_records(RecordFilter(clients=(client_id,)), viewer)
    file = ClientFile(client, tuple(_discreet(read, viewer) for read in reads), day, held_day)
    if day is None or held_day is not None:
        return file
    return replace(file, later=taken_in_later(archive, file.known().records, day))


def open_file(archive: Archive, viewer: Viewer, client_id: str, as_of: str | None = None, right: Right = "read", held: str | None = None) -> ClientFile:
    """Return a client with its records that are not privileged.

    Privileged records are left out of the query whatever the viewer's rights, and so are their families and copies, which are named here
    from the list of all records: nothing can rest on one, and what follows is the same for who may see them and who may not.
    """
    file = client_file(archive, replace(viewer, privileged=False), client_id, as_of, held, right)
    listed = archive.catalogue.records(RecordFilter(clients=(client_id,)), replace(viewer, privileged=True))
    return file.without(privileged_ids(ClientFile(file.client, tuple(ReadRecord(record) for record in listed))))


def _discreet(read: ReadRecord, viewer: Viewer) -> ReadRecord:
    """Return the record without signs of clients that the viewer may not see."""
    return read if viewer.clients is None else replace(read, evidence=tuple(e for e in read.evidence if viewer.sees_client(e.client_id)))


def fixity_of(archive: Archive, file: ClientFile) -> dict[str, Any]:
    """Return how many originals were read back, how many have their digest, and which do not or could not be asked for."""
    holders: dict[Digest, list[str]] = {}
    for read in file.records:
        holders.setdefault(read.record.digest, []).append(read.record.record_id)

    def check(digest: Digest) -> FixityResult:
        return archive.objects.check(original_key(digest), digest)

    with ThreadPoolExecutor(CHECKS_AT_ONCE) as pool:
        found = dict(zip(holders, pool.map(check, holders), strict=True))
    broken = [{"sha256": digest, "records": holders[digest], "found": result.found}
              for digest, result in found.items() if isinstance(result, Mismatch)]
    unchecked = [{"sha256": digest, "records": holders[digest], "cause": result.cause}
                 for digest, result in found.items() if isinstance(result, Unchecked)]
    return {"checked": len(found), "intact": len(found) - len(broken) - len(unchecked), "mismatches": broken, "unchecked": unchecked}


def day_of(value: str | None) -> str | None:
    """Return a day as ISO 8601 (YYYY-MM-DD), None for None. Raises BadRequest."""
    if value is None:
        return None
    try:
        return date.fromisoformat(value).isoformat()
    except ValueError:
        raise BadRequest(f"{value!r} is no day.", "Write it as YYYY-MM-DD.") from None
