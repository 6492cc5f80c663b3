"""The parts of a BagIt bag (BagIt 1.0, RFC 8493)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

DECLARATION = b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"
"""The whole of bagit.txt (section 2.1.1)."""

MANIFEST = "manifest-sha256.txt"
TAG_MANIFEST = "tagmanifest-sha256.txt"
BAG_INFO = "bag-info.txt"

_LINE = re.compile(r"([0-9A-Fa-f]{64})[ \t]+\*?(.+)")


class BadManifest(Exception):
    """A line of a manifest that is none."""


def manifest_line(digest: str, path: str) -> bytes:
    """Return a line of a manifest (section 2.1.3), with the two blanks that `sha256sum -c` expects.

    `path` is relative to the bag, `/`-separated.  It must not need escaping (no CR, LF, `%`): `sha256sum` knows no such escapes.
    """
    if re.search(r"[\r\n%]", path):
        raise ValueError("the path would need an escape")
    return f"{digest}  {path}\n".encode()


def read_manifest(lines: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    """Yield path and digest (lower case) of each line; `%0D`, `%0A` and `%25` in paths are undone (section 2.1.3).

    Raises BadManifest for a line that is none. Empty lines are passed over.
    """
    for number, raw in enumerate(lines, 1):
        try:
            line = raw.decode("utf-8").rstrip("\r\n")
        except UnicodeDecodeError as error:
            raise BadManifest(f"line {number} is not UTF-8") from error
        if not line.strip():
            continue
        found = _LINE.fullmatch(line)
        if found is None:
            raise BadManifest(f"line {number} is not a digest and a path")
        path = re.sub(r"%(0D|0A|25)", lambda m: {"0D": "\r", "0A": "\n", "25": "%"}[m.group(1).upper()], found.group(2), flags=re.I)
        yield path.removeprefix("./"), found.group(1).lower()


def payload_oxum(sizes_bytes: Iterable[int]) -> str:
    """Return the Payload-Oxum: total octets, a dot, the number of files; "0.0" when there are none. Tag files do not count (2.2.2)."""
    octets = files = 0
    for size in sizes_bytes:
        octets, files = octets + size, files + 1
    return f"{octets}.{files}"


def bag_info(fields: Sequence[tuple[str, str]]) -> bytes:
    """Return bag-info.txt (section 2.2.2). White space in a value becomes one blank, so that no value can make a field of its own."""
    return "".join(f"{label}: {' '.join(value.split())}\n" for label, value in fields if value.strip()).encode("utf-8", "backslashreplace")


def read_bag_info(content: bytes) -> dict[str, str]:
    """Return the fields of bag-info.txt, labels as written; a line that begins with white space goes on with the field before."""
    out: dict[str, str] = {}
    label = ""
    for line in content.decode("utf-8", "replace").splitlines():
        if line[:1] in (" ", "\t") and label:
            out[label] += " " + line.strip()
        elif ":" in line:
            label, value = line.split(":", 1)
            label = label.strip()
            out[label] = value.strip()
    return out
