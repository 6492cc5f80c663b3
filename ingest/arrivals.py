"""Taking in: bytes get their digest, go to the object store with their origin statements, and become items of the catalogue."""
from __future__ import annotations

import mimetypes
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from archive.clock import stamp
from archive.errors import Conflict, IntegrityBroken
from archive.model.digest import Digest, digest_of, digest_of_stream, original_key
from archive.model.item import Item, Place, record_id_of
from archive.model.outcome import Code
from archive.model.run import Trouble
from archive.ports import NewObject
from archive.wiring import Archive
from ingest.identify.formats import by_extension
from ingest.origin import statements_of

IN_MEMORY_BYTES = 4 << 20
"""Files up to this size are read once and held; larger ones are hashed, then stored, as streams."""

OWN_FAMILIES = frozenset({"mbox", "maildir", "pst", "zip", "tar", "7z", "rar", "gzip", "bzip2", "xz", "zstd", "emlx-folder"})
"""Formats whose members are families of their own, unless the container itself is an attachment."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """The item in which another was found, and the short name of its format."""
    item: Item
    format: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """Something at the front door: bytes in memory, or a file; or a place that `held_as` this record need not be read again.

    `custodian` is whose data it is where the source knows and the run does not say; a `passing` file goes once it is taken in.
    `parent` is what it belongs to where that lies in a file of its own, met before it.
    """
    place: Place
    content: bytes | None
    file: Path | None
    declared_mime: str
    modified_at: str
    size_bytes: int = 0
    carrier: Carrier | None = None
    ordinal: int = 0
    custodian: str = ""
    held_as: str = ""
    passing: bool = False
    parent: Arrival | None = None
    derived: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """An item that was new, with its bytes where they are still in memory."""
    item: Item
    content: bytes | None
    parent_format: str


@dataclass(frozen=True, slots=True)
class Delivery:
    """What was said for a whole run."""
    run_id: str
    source: str
    custodian: str
    client: str


def take_in(archive: Archive, delivery: Delivery, arrivals: Sequence[Arrival]) -> tuple[int, list[Taken]]:
    """Store what is new and tell the catalogue of all; return how many items were met and the new ones, in order.

    Originals and statements are durable before the catalogue hears of them.  A file that vanishes or changes while it is read is
    a trouble of the run.
    """
    read: list[tuple[Arrival, Digest, int, bytes | None]] = []
    lost: list[tuple[Trouble, str | None]] = []
    held: list[tuple[str, Place]] = []
    now = stamp(archive.clock.now())
    for met in arrivals:
        arrival = replace(met, place=_plain_place(met.place), carrier=met.carrier or _carrier(met.parent, delivery, now))
        if arrival.held_as:
            held.append((arrival.held_as, arrival.place))
            continue
        try:
            read.append((arrival, *_digest(arrival)))
        except OSError as error:
            lost.append((_trouble(arrival, "unreadable", f"The file could not be read ({error.strerror})."), None))
    known = archive.catalogue.known([(a.place, digest) for a, digest, _, _ in read])
    new: list[Taken] = []
    objects: list[NewObject] = []
    stated: list[tuple[Item, Item | None]] = []
    names: set[str] = set()
    for (arrival, digest, size, content), before in zip(read, known, strict=True):
        item = _item(arrival, digest, size, delivery, now)
        if before is None:
            if item.record_id in names:
                continue
            names.add(item.record_id)
            if content is None and not _store_file(archive, arrival, digest):
                lost.append((_trouble(arrival, "unreadable", "The file changed while it was read."), None))
                continue
            if content is not None:
                objects.append(NewObject(original_key(digest), content, digest))
            new.append(Taken(item, content, arrival.carrier.format if arrival.carrier else ""))
        else:
            held.append((before.record_id, item.place))
        if before is None or not before.named:
            stated.append((item, arrival.carrier.item if arrival.carrier else None))
    _put(archive, [*objects, *statements_of(stated)])
    count = archive.catalogue.take_in(delivery.run_id, [x.item for x in new], held)
    for arrival in arrivals:
        if arrival.passing and arrival.file is not None:
            arrival.file.unlink(missing_ok=True)
    return count + archive.catalogue.refuse(delivery.run_id, lost), new


def _digest(arrival: Arrival) -> tuple[Digest, int, bytes | None]:
    if arrival.content is not None:
        return digest_of(arrival.content), len(arrival.content), arrival.content
    if arrival.file is None:
        raise OSError(2, "no such file")
    with arrival.file.open("rb") as stream:
        content = stream.read(IN_MEMORY_BYTES + 1)
        if len(content) <= IN_MEMORY_BYTES:
            return digest_of(content), len(content), content
        stream.seek(0)
        digest, size = digest_of_stream(stream)
        return digest, size, None


def _carrier(parent: Arrival | None, delivery: Delivery, now: str) -> Carrier | None:
    """Return what an item in a file of its own belongs to, None without it or when its file cannot be read any more.

    Its record_id follows from its place and bytes, so it need not be looked up.
    """
    if parent is None:
        return None
    above = replace(parent, place=_plain_place(parent.place), carrier=_carrier(parent.parent, delivery, now))
    try:
        digest, size, _ = _digest(above)
    except OSError:
        return None
    known = by_extension(above.place.path.rpartition("/")[2])
    return Carrier(_item(above, digest, size, delivery, now), known.name if known else "")


def _item(arrival: Arrival, digest: Digest, size: int, delivery: Delivery, now: str) -> Item:
    carrier = arrival.carrier
    place = arrival.place
    record_id = record_id_of(place, digest)
    above = carrier.item if carrier else None
    own_family = carrier is None or (carrier.format in OWN_FAMILIES and carrier.item.family_id == carrier.item.record_id)
    return Item(
        record_id=record_id, digest=digest, size_bytes=size, place=place,
        source=above.source if above else delivery.source,
        custodian=above.custodian if above and not arrival.custodian else delivery.custodian or arrival.custodian,
        client_given=above.client_given if above else delivery.client, parent_id=carrier.item.record_id if carrier else None,
        family_id=record_id if own_family or carrier is None else carrier.item.family_id, depth=carrier.item.depth + 1 if carrier else 0,
        ordinal=arrival.ordinal, declared_mime=arrival.declared_mime or mimetypes.guess_type(place.path)[0] or "",
        modified_at=arrival.modified_at, met_at=now, run_id=delivery.run_id, derived=arrival.derived)


def _plain_place(place: Place) -> Place:
    return Place(_plain(place.path), _plain(place.canonical), None if place.inner is None else _plain(place.inner))


def _plain(name: str) -> str:
    """Return a name as Unicode text; bytes of a file name that are no UTF-8 are written out as `\\xNN`."""
    return name if name.isascii() else name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def _store_file(archive: Archive, arrival: Arrival, digest: Digest) -> bool:
    assert arrival.file is not None
    try:
        with arrival.file.open("rb") as stream:
            archive.objects.put(original_key(digest), stream, digest)
    except IntegrityBroken:
        return False
    return True


def _put(archive: Archive, objects: Sequence[NewObject]) -> None:
    try:
        archive.objects.put_all(objects)
    except Conflict:
        # A run that died may have left statements with its own time and run; what was stated first stands.
        for each in objects:
            try:
                archive.objects.put_all([each])
            except Conflict:
                if each.key == original_key(each.digest):
                    raise


def _trouble(arrival: Arrival, code: Code, reason: str) -> Trouble:
    return Trouble(arrival.place.path, arrival.place.inner, "failed", code, reason, False)
