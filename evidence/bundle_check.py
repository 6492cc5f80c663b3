"""A bundle against itself: every file against the manifests, no file too many or too few, no name that climbs out of its folder.

It is read as it lies, without unpacking and without trusting a word of it.
"""

from __future__ import annotations

import json
import stat
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from archive.model.custody import Event, link_digest
from evidence.bag import BAG_INFO, DECLARATION, MANIFEST, TAG_MANIFEST, BadManifest, payload_oxum, read_bag_info, read_manifest
from evidence.names import unsafe_member
from evidence.sealing import digest_stream
from evidence.verdict import Finding, Status, alarm, status_of, told, unchecked

TAG_BYTES = 1 << 20
"""No bagit.txt or bag-info.txt is larger; more is not read."""

LINE_BYTES = 16 << 20
"""No line of a manifest or of JSON lines is longer; more is not read."""


@dataclass(frozen=True, slots=True)
class BundleVerdict:
    """`seal` is the SHA-256 of the tag manifest as it lies in the bundle, "" when there is none."""

    path: Path
    findings: tuple[Finding, ...]
    files: int
    bytes_read: int
    seal: str

    @property
    def status(self) -> Status:
        return status_of(self.findings)

    @property
    def intact(self) -> bool:
        return self.status == "intact"

    def as_json(self) -> dict[str, Any]:
        return {
            "bundle": str(self.path),
            "status": self.status,
            "intact": self.intact,
            "files_checked": self.files,
            "bytes_checked": self.bytes_read,
            "seal": self.seal or None,
            "findings": [f.as_json() for f in self.findings],
        }

    def report(self) -> str:
        counted = f"{self.path}: {self.files} files, {self.bytes_read} bytes" + (f"; seal {self.seal}" if self.seal else "")
        return told(self.status, self.findings, counted)


@dataclass
class _Read:
    """What was measured of the members of a bag, by path relative to the bag."""

    digests: dict[str, str]
    sizes: dict[str, int]
    findings: list[Finding]


def verify_bundle(path: Path, progress: Callable[[int], None] | None = None) -> BundleVerdict:
    """Return what a check of the bundle found. Never raises for what it finds; a file that cannot be read is "could not check".

    `progress` is told the number of files read after each.
    """
    try:
        with path.open("rb") as stream, zipfile.ZipFile(stream) as bundle:
            return _verify(path, bundle, progress)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError, UnicodeDecodeError) as error:
        return BundleVerdict(path, (alarm("damaged", path.name, f"the file is no whole ZIP ({error})"),), 0, 0, "")
    except OSError as error:
        return BundleVerdict(path, (unchecked("unreadable", path.name, f"the file cannot be read ({error.strerror or error})"),), 0, 0, "")


def _verify(path: Path, bundle: zipfile.ZipFile, progress: Callable[[int], None] | None) -> BundleVerdict:
    members = bundle.infolist()
    findings = [*_names(members)]
    root = _root(members)
    if root is None:
        findings.append(alarm("layout", path.name, "the members do not lie in one folder, as those of a bag do"))
        return BundleVerdict(path, tuple(findings), 0, 0, "")
    read = _measure(bundle, members, root, progress)
    findings += read.findings
    findings += _declaration(bundle, root, read)
    findings += _against(bundle, root, MANIFEST, read, {n for n in read.digests if n.startswith("data/")})
    tags = {n for n in read.digests if not n.startswith("data/") and n != TAG_MANIFEST}
    findings += _against(bundle, root, TAG_MANIFEST, read, tags)
    findings += _oxum(bundle, root, read)
    findings += _records(bundle, root, read)
    findings += _custody(bundle, root, read)
    return BundleVerdict(path, tuple(findings), len(read.digests), sum(read.sizes.values()), read.digests.get(TAG_MANIFEST, ""))


def _names(members: list[zipfile.ZipInfo]) -> Iterator[Finding]:
    for name, times in Counter(m.filename for m in members).items():
        if times > 1:
            yield alarm("twice", name, f"the name stands {times} times in the ZIP: unpackers differ in which one they give")
    for member in members:
        # zipfile cuts names at a NUL; the name as it lies in the file is the one to judge.
        if why := unsafe_member(member.orig_filename):
            yield alarm("unsafe_name", member.orig_filename, f"the name must not be unpacked: {why}")
        kind = stat.S_IFMT(member.external_attr >> 16)
        if member.create_system == 3 and kind not in (0, stat.S_IFREG, stat.S_IFDIR):
            yield alarm("no_file", member.filename, "it is a link or device, not a file")
        if member.flag_bits & 0x1:
            yield alarm("encrypted", member.filename, "it is encrypted, which no member of a bundle is")


def _root(members: list[zipfile.ZipInfo]) -> str | None:
    roots = {m.filename.split("/", 1)[0] for m in members if "/" in m.filename}
    return roots.pop() if len(roots) == 1 and all("/" in m.filename for m in members) else None


def _measure(bundle: zipfile.ZipFile, members: list[zipfile.ZipInfo], root: str, progress: Callable[[int], None] | None) -> _Read:
    read = _Read({}, {}, [])
    for number, member in enumerate(members, 1):
        if member.is_dir():
            continue
        name = member.filename[len(root) + 1 :]
        try:
            with bundle.open(member) as stream:
                read.digests[name], read.sizes[name] = digest_stream(stream)
        except OSError as error:
            read.digests[name], read.sizes[name] = "", 0
            read.findings.append(unchecked("unreadable", name, f"it cannot be read ({error.strerror or error})"))
        except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
            read.digests[name], read.sizes[name] = "", 0
            read.findings.append(alarm("damaged", name, f"it cannot be unpacked ({error})"))
        if progress is not None:
            progress(number)
    return read


def _declaration(bundle: zipfile.ZipFile, root: str, read: _Read) -> Iterator[Finding]:
    if "bagit.txt" not in read.digests:
        yield alarm("missing", "bagit.txt", "the bag does not say that it is one")
    elif _small(bundle, root, "bagit.txt", read) != DECLARATION:
        yield alarm("layout", "bagit.txt", "it is not the declaration of BagIt 1.0 in UTF-8")


def _against(bundle: zipfile.ZipFile, root: str, manifest: str, read: _Read, present: set[str]) -> Iterator[Finding]:
    """Compare a manifest with what is there, both ways."""
    if not read.digests.get(manifest):
        yield alarm("missing", manifest, "the manifest is not there or cannot be read: nothing can be shown to be whole")
        return
    listed: set[str] = set()
    try:
        with bundle.open(f"{root}/{manifest}") as stream:
            for name, digest in read_manifest(_lines(stream)):
                if name in listed:
                    yield alarm("twice", name, f"{manifest} lists it twice")
                listed.add(name)
                if manifest == MANIFEST and not name.startswith("data/"):
                    yield alarm("layout", name, f"{manifest} lists what is no payload")
                elif name not in read.digests:
                    yield alarm("missing", name, f"{manifest} lists it and it is not there")
                elif read.digests[name] and read.digests[name] != digest:
                    yield alarm("mismatch", name, f"its SHA-256 is {read.digests[name]}, {manifest} says {digest}")
    except BadManifest as error:
        yield alarm("layout", manifest, f"the manifest cannot be read: {error}")
    for name in sorted(present - listed):
        yield alarm("unlisted", name, f"it is there and {manifest} does not list it")


def _oxum(bundle: zipfile.ZipFile, root: str, read: _Read) -> Iterator[Finding]:
    stated = read_bag_info(_small(bundle, root, BAG_INFO, read)).get("Payload-Oxum")
    found = payload_oxum(size for name, size in read.sizes.items() if name.startswith("data/"))
    if stated is None:
        yield alarm("missing", BAG_INFO, "it states no Payload-Oxum")
    elif stated != found:
        yield alarm("oxum", BAG_INFO, f"the payload has {found} (octets.files), Payload-Oxum says {stated}")


def _records(bundle: zipfile.ZipFile, root: str, read: _Read) -> Iterator[Finding]:
    """Compare the digest that each record states for its original with the file that it points at."""
    name = "data/metadata/records.jsonl"
    for told_ in _json_lines(bundle, root, name, read):
        if told_ is None:
            yield alarm("layout", name, "a line of it is no JSON object")
            return
        original, record_id = str(told_.get("original")), str(told_.get("record_id"))
        if original not in read.digests:
            yield alarm("missing", original, f"record {record_id} points at it and it is not there")
        elif read.digests[original] and read.digests[original] != told_.get("sha256"):
            yield alarm("mismatch", original, f"its SHA-256 is {read.digests[original]}, record {record_id} says {told_.get('sha256')}")


def _custody(bundle: zipfile.ZipFile, root: str, read: _Read) -> Iterator[Finding]:
    """Compute the digest of each custody event anew. Events of other records stand between them, so the chain itself cannot be followed."""
    name = "data/custody.jsonl"
    for e in _json_lines(bundle, root, name, read):
        try:
            if e is None:
                raise ValueError("no JSON object")
            event = Event(e["action"], e["actor"], e["subject"], e["details"])
            if link_digest(e["seq"], e["at"], event, e["previous"]) != e["digest"]:
                yield alarm("chain", f"custody event {e['seq']}", "its digest does not match what it says")
        except (KeyError, TypeError, ValueError):
            yield alarm("layout", name, "a line of it is no custody event")
            return


def _json_lines(bundle: zipfile.ZipFile, root: str, name: str, read: _Read) -> Iterator[dict[str, Any] | None]:
    if not read.digests.get(name):
        return
    with bundle.open(f"{root}/{name}") as stream:
        for raw in _lines(stream):
            try:
                value = json.loads(raw)
            except (ValueError, RecursionError):
                value = None
            yield value if isinstance(value, dict) else None


def _lines(stream: Any) -> Iterator[bytes]:
    while line := stream.readline(LINE_BYTES):
        yield line


def _small(bundle: zipfile.ZipFile, root: str, name: str, read: _Read) -> bytes:
    if not read.digests.get(name):
        return b""
    with bundle.open(f"{root}/{name}") as stream:
        return stream.read(TAG_BYTES)
