"""Messages that were sent in pieces (message/partial, RFC 2046, 5.2.2) are put together once all pieces are held, wherever each of them lay.

Every piece is kept and stays a record; the whole is one more, in the family of the first piece and marked as derived from it, with its
attachments as children.  Pieces are found by the identifier that they share: it makes them one thread.
"""
from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive.model.digest import original_key
from archive.model.item import Place
from archive.model.record import Record
from archive.model.run import Trouble
from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.wiring import Archive
from ingest.arrivals import Arrival, Carrier
from ingest.extract.mime import split_header

MARK = "email:partial"
NAME = "put-together.eml"
PIECES_MAX = 1000
_SAID = re.compile(r"(\d{1,6}) of (\d{1,6}|\?), (.+)", re.DOTALL)
_OF_THE_WHOLE = frozenset(("subject", "message-id", "encrypted", "mime-version"))


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece that is held: which one it is, of how many (0 where it does not say), of which message."""
    record: Record
    number: int
    total: int
    whole: str


def piece_of(record: Record, metadata: Mapping[str, str]) -> Piece | None:
    """Return the piece that a record is, None for any other record."""
    said = _SAID.fullmatch(metadata.get(MARK, ""))
    return Piece(record, int(said[1]), int(said[2]) if said[2] != "?" else 0, said[3]) if said else None


def complete(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    """Yield for each first piece the pieces of its message in order, where all are there.

    The sender must be the same, and no piece may belong to a client that the first does not: whoever may see the whole must be one who may see
    each piece.  Of several copies that of the same custodian goes first, then the one in the order of paths.
    """
    known = sorted(pieces, key=lambda p: (p.record.source_paths, p.record.inner or "", p.record.record_id))
    for first in (p for p in known if p.number == 1):
        mine = [p for p in known if p.whole == first.whole and p.record.sender == first.record.sender
                and set(p.record.clients) <= set(first.record.clients) and p.record.privileged <= first.record.privileged]
        total = max(p.total for p in mine)
        if not 1 <= total <= PIECES_MAX:
            continue
        chosen = [first]
        for number in range(2, total + 1):
            copies = [p for p in mine if p.number == number]
            if not copies:
                break
            chosen.append(min(copies, key=lambda p: p.record.custodian != first.record.custodian))
        else:
            yield chosen


def joined(pieces: Sequence[bytes], record_ids: Sequence[str]) -> bytes:
    """Return the message that these pieces are, in their order (RFC 2046, 5.2.2.1); one field of ours says of which records it was made.

    Fields come from the first piece, but those about content, subject, identifier and MIME version from the message inside it.
    """
    outer, body = split_header(pieces[0], 0, len(pieces[0]))
    inner, words = split_header(pieces[0], body, len(pieces[0]))
    if not inner:  # without fields of its own the message begins with a blank line, or at once
        words = body
    fields = [f for f in outer if not _is_inside(f[0])] + [f for f in inner if _is_inside(f[0])]
    out = io.BytesIO()
    for _, name, value in fields:
        out.write(name.encode("latin-1") + b":" + value.rstrip(b"\r\n") + b"\r\n")
    out.write(f"X-Casetrail-Put-Together-From: {' '.join(record_ids)}\r\n\r\n".encode("ascii", "replace"))
    out.write(pieces[0][words:])
    for piece in pieces[1:]:
        out.write(piece[split_header(piece, 0, len(piece))[1]:])
    return out.getvalue()


def _is_inside(name: str) -> bool:
    return name.startswith("content-") or name in _OF_THE_WHOLE


def put_together(archive: Archive, read: Iterable[str], flow: Callable[[Iterator[Arrival | Trouble]], bool]) -> bool:
    """Let the messages of which a piece was read now, and of which all are held, go through the flow; False when that was asked to stop."""
    threads = sorted({thread for record_id in read if (thread := archive.catalogue.record(record_id, LOCAL).thread_id)})
    wholes = [whole for thread in threads for whole in complete(filter(None, (
        piece_of(r.record, r.metadata) for r in archive.catalogue.read_records(RecordFilter(thread_ids=(thread,)), LOCAL))))]
    return flow(filter(None, (_arrival(archive, whole) for whole in wholes))) if wholes else True


def _arrival(archive: Archive, whole: list[Piece]) -> Arrival | None:
    records = [piece.record for piece in whole]
    if sum(r.size_bytes for r in records) > archive.settings.limits.item_bytes:
        return None
    contents: list[bytes] = []
    for record in records:
        with archive.objects.open(original_key(record.digest)) as stream:
            contents.append(stream.read())
    content = joined(contents, [r.record_id for r in records])
    parent = archive.catalogue.item(records[0].record_id, LOCAL)
    place = Place(parent.place.path, parent.place.canonical, NAME if parent.place.inner is None else f"{parent.place.inner}#{NAME}")
    return Arrival(place, content, None, "message/rfc822", "", len(content), Carrier(parent, "email"), 200_000, derived=True)
