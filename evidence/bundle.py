"""The evidence bundle: a BagIt bag in a ZIP that `bagit`, `unzip` and `sha256sum -c` accept. Format `casetrail-bundle/1`.

    <bag>/bagit.txt  bag-info.txt  README.txt  manifest-sha256.txt  tagmanifest-sha256.txt
    <bag>/data/originals/<record_id>/<name>   the bytes as they came in; the name made safe (evidence.names)
    <bag>/data/texts/<record_id>.txt          the extracted text, UTF-8, exactly what offsets refer to; none where there is none
    <bag>/data/metadata/records.csv           one row a record, for people
    <bag>/data/metadata/records.jsonl         one record a line, with the name as it came and the paths of original and text
    <bag>/data/history.txt, history.json      the termination history, where the bundle is of a client
    <bag>/data/custody.jsonl                  the custody events of these records, each with its digest and that of the one before

One copy of the original a record, also where two records have the same bytes: a reader then finds every record's file in its own
place, and no line of the manifest stands for two.  The seal is the SHA-256 of tagmanifest-sha256.txt: it covers every tag file, the
manifest among them, and through the manifest every payload file.
"""

from __future__ import annotations

import io
import tempfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from archive.errors import IntegrityBroken, NotFound, Unavailable
from archive.model.custody import ChainedEvent
from archive.model.record import Record
from evidence.bag import BAG_INFO, DECLARATION, MANIFEST, TAG_MANIFEST, bag_info, manifest_line
from evidence.names import safe_name
from evidence.sealing import Sealed, sealed, sha256_of
from evidence.tables import csv_header, csv_row, event_line, json_bytes, record_line

FORMAT = "casetrail-bundle/1"

SPOOL_BYTES = 4 << 20
"""Lists that are only known at the end grow in memory up to here, then in a file beside the target."""

_README = """This is an evidence bundle ({format}): a bag as RFC 8493 describes it.

To check that nothing in it was changed, unpack it and run in this folder:

    sha256sum -c manifest-sha256.txt
    sha256sum -c tagmanifest-sha256.txt

Any BagIt tool does the same. The bundle as a whole is known by its seal, the SHA-256 of tagmanifest-sha256.txt; compare
it with the one you were told by whoever made the bundle.

    data/originals/            each original in a folder named by its record, the bytes as they came in
    data/texts/                the text that was read from each, to which the offsets of citations refer
                               (characters, counted from 0)
    data/metadata/             what is known of each record, as a table and as JSON lines
    data/history.*             the termination history with its citations, where the bundle is of one client
    data/custody.jsonl         what was done with these records, each event chained to the one before
"""


@dataclass(frozen=True, slots=True)
class BundleSummary:
    """`sha256` and `size_bytes` are of the ZIP, `seal` of its tag manifest, `payload_files` and `payload_bytes` as in the Payload-Oxum."""

    path: Path
    title: str
    records: int
    payload_files: int
    payload_bytes: int
    size_bytes: int
    sha256: str
    seal: str

    def as_json(self) -> dict[str, Any]:
        return {
            "path": str(self.path),
            "title": self.title,
            "format": FORMAT,
            "records": self.records,
            "payload_files": self.payload_files,
            "payload_bytes": self.payload_bytes,
            "size": self.size_bytes,
            "sha256": self.sha256,
            "seal": self.seal,
        }


@dataclass
class _Bag:
    """A bag that is being filled: the lists that are only known at the end grow in files beside the target, not in memory."""

    zip: Sealed
    root: str
    manifest: IO[bytes]
    payload_bytes: int = 0
    payload_files: int = 0

    def payload(self, path: str, content: IO[bytes], size_bytes: int, mime: str = "") -> str:
        digest, size = self.zip.add(f"{self.root}/{path}", content, size_bytes, mime)
        self.manifest.write(manifest_line(digest, path))
        self.payload_bytes += size
        self.payload_files += 1
        return digest

    def payload_small(self, path: str, content: bytes) -> str:
        return self.payload(path, io.BytesIO(content), len(content))

    def payload_spooled(self, path: str, spool: IO[bytes]) -> str:
        return self.payload(path, spool, _rewound(spool))


def write_bundle(
    target: Path,
    *,
    title: str,
    records: Iterable[Record],
    open_original: Callable[[Record], BinaryIO],
    text_of: Callable[[Record], str],
    made_by: str,
    made_at: str,
    custody: Iterable[ChainedEvent] = (),
    history_report: str = "",
    history_json: dict[str, Any] | None = None,
    software: str = "casetrail",
    progress: Callable[[int], None] | None = None,
) -> BundleSummary:
    """Write the bundle of these records to `target` and return what it holds. The same input gives the same bytes.

    Records are taken once, in the order given; one that comes twice is written once.  Originals are streamed and compared with their
    digest on the way.  `made_at` is ISO 8601 with its zone.  `progress` is told the number of records after each.

    Raises IntegrityBroken for an original that is gone or does not have its digest, Unavailable for one that cannot be read now,
    StoreFull and BadRequest for the target; nothing is left of the bundle then, and what stood at `target` before stays.
    """
    root = safe_name(title, "bundle").replace(" ", "-")[:60].rstrip("-. ") or "bundle"
    with (
        sealed(target, made_at) as zip_,
        _spool(target) as manifest,
        _spool(target) as table,
        _spool(target) as lines,
        _spool(target) as events,
    ):
        bag = _Bag(zip_, root, manifest)
        tags = {"bagit.txt": _tag(bag, "bagit.txt", io.BytesIO(DECLARATION))}
        tags["README.txt"] = _tag(bag, "README.txt", io.BytesIO(_README.format(format=FORMAT).encode()))
        table.write(csv_header())
        taken: set[str] = set()
        for record in records:
            if record.record_id in taken:
                continue
            taken.add(record.record_id)
            original, text = _put_record(bag, record, open_original, text_of)
            table.write(csv_row(record, original, text))
            lines.write(record_line(record, original, text))
            if progress is not None:
                progress(len(taken))
        bag.payload_spooled("data/metadata/records.csv", table)
        bag.payload_spooled("data/metadata/records.jsonl", lines)
        if history_report:
            bag.payload_small("data/history.txt", history_report.encode("utf-8", "backslashreplace"))
        if history_json is not None:
            bag.payload_small("data/history.json", json_bytes(history_json, indent=1) + b"\n")
        for link in custody:
            events.write(event_line(link))
        bag.payload_spooled("data/custody.jsonl", events)
        info = bag_info(
            [
                ("Bag-Software-Agent", software),
                ("Bagging-Date", made_at[:10]),
                ("Contact-Name", made_by),
                ("External-Description", title),
                ("External-Identifier", root),
                ("Payload-Oxum", f"{bag.payload_bytes}.{bag.payload_files}"),
                ("Internal-Sender-Identifier", FORMAT),
                ("Internal-Sender-Description", f"{len(taken)} records, made at {made_at}"),
            ]
        )
        tags[BAG_INFO] = _tag(bag, BAG_INFO, io.BytesIO(info))
        tags[MANIFEST] = _tag(bag, MANIFEST, manifest)
        seal = _tag(bag, TAG_MANIFEST, io.BytesIO(b"".join(manifest_line(d, n) for n, d in sorted(tags.items()))))
    digest, size_bytes = sha256_of(target)
    return BundleSummary(target, title, len(taken), bag.payload_files, bag.payload_bytes, size_bytes, digest, seal)


def _put_record(
    bag: _Bag, record: Record, open_original: Callable[[Record], BinaryIO], text_of: Callable[[Record], str]
) -> tuple[str, str | None]:
    """Put a record's original and text into the bag and return their paths there."""
    original = f"data/originals/{record.record_id}/{safe_name(record.name)}"
    try:
        with open_original(record) as stream:
            digest = bag.payload(original, cast("IO[bytes]", _Original(stream, record.record_id)), record.size_bytes, record.mime)
    except NotFound as error:
        raise IntegrityBroken(
            f"The original of record {record.record_id} is gone from the store.", "Run `casetrail verify` and restore it."
        ) from error
    if digest != record.digest:
        raise IntegrityBroken(
            f"The original of record {record.record_id} does not have its digest.", "Run `casetrail verify` and restore it."
        )
    words = text_of(record)
    if not words:
        return original, None
    # A lone surrogate has no UTF-8; one `?` for it keeps every offset.
    text = f"data/texts/{record.record_id}.txt"
    bag.payload_small(text, words.encode("utf-8", "replace"))
    return original, text


class _Original:
    """The stream of an original, whose troubles are those of the store and not of the bundle's own file."""

    def __init__(self, stream: BinaryIO, record_id: str) -> None:
        self._stream, self._record_id = stream, record_id

    def read(self, size_bytes: int) -> bytes:
        try:
            return self._stream.read(size_bytes)
        except OSError as error:
            raise Unavailable(f"The original of record {self._record_id} could not be read to its end.", "Try again; see `casetrail verify`.") from error


def _tag(bag: _Bag, name: str, content: IO[bytes]) -> str:
    return bag.zip.add(f"{bag.root}/{name}", content, _rewound(content))[0]


def _spool(target: Path) -> IO[bytes]:
    return cast("IO[bytes]", tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES, dir=str(target.parent)))


def _rewound(spool: IO[bytes]) -> int:
    spool.seek(0, io.SEEK_END)
    size_bytes = spool.tell()
    spool.seek(0)
    return size_bytes
