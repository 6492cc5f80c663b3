"""What all archives have in common: bounds on number, size, ratio and depth, safe names, and the text that lists the members."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Code, Done, Failed, Skipped
from ingest.extract.base import CannotRead, Part, Work
from ingest.extract.names import UniqueNames, safe_path
from ingest.extract.package import RATIO_MAX
from ingest.extract.text import clean

RATIO_FROM_BYTES = 16 << 20
TOTAL_OF_ITEM = 4
"""Members of one archive may unpack together to this many times the largest item."""


class Unpacking:
    """One archive as it is unpacked: its members, counted and bounded."""

    def __init__(self, work: Work, kind: str) -> None:
        """Raises CannotRead(over_limit) where archives are nested too deep."""
        limits = work.limits
        if work.given.depth >= limits.depth:
            raise CannotRead("over_limit", f"Archives are nested deeper than {limits.depth}.")
        self._work, self._kind = work, kind
        self.packed_bytes = work.source.size_bytes()
        self.item_bytes = limits.item_bytes
        self.total_bytes = limits.item_bytes * TOTAL_OF_ITEM
        self._names, self._lines = UniqueNames(), list[str]()
        self._read, self._unpacked, self._locked = 0, 0, 0
        self.notes: list[str] = []

    def name(self, said: str) -> str:
        """Return the name of the next member: its path without what leads out, unique. Raises CannotRead(over_limit) for one too many."""
        number = len(self._lines) + 1
        if number > self._work.limits.members:
            raise CannotRead("over_limit", f"It has more than {self._work.limits.members} members; the first of them were read.")
        if len(said) > 1 and said[1] == ":" and said[0].isalpha():
            said = said[2:]
        return self._names.give(safe_path(said) or f"member-{number}")

    def room(self, packed_bytes: int | None = None) -> int:
        """Return how many bytes the next member may have: the least of the bounds of an item, of all members, and of the ratio.

        `packed_bytes` is the size of the member as packed, where it is packed by itself.
        """
        ratio = max(RATIO_FROM_BYTES, (self.packed_bytes if packed_bytes is None else packed_bytes) * RATIO_MAX)
        if packed_bytes is None:
            ratio = max(RATIO_FROM_BYTES, ratio - self._unpacked)
        return max(0, min(self.item_bytes, self.total_bytes - self._unpacked, ratio))

    def member(self, name: str, content: bytes, modified_at: str = "") -> Child:
        self._lines.append(f"{name} ({len(content)} bytes)")
        self._read += 1
        self._unpacked += len(content)
        return Child(name, content, modified_at=modified_at)

    def unread(self, name: str, error: CannotRead, skipped: bool = False, size_bytes: int | None = None) -> Unread:
        """Return a member that was not read, and why; `size_bytes` is what the archive says of its size."""
        self._lines.append(f"{name} (not read)" if size_bytes is None else f"{name} ({size_bytes} bytes)")
        self._locked += error.code == "encrypted"
        return Unread(name, Skipped(error.code, error.reason) if skipped else Failed(error.code, error.reason))

    def ended(self, cut_short: str = "") -> Extracted:
        """Return what is said of the archive as a whole; `cut_short` says why it was not read to its end."""
        count, given = len(self._lines), self._work.given
        text = clean("\n".join(self._lines))
        if count and self._locked == count:
            return Extracted(Failed("encrypted", "All members are protected by a password."), text=text, subject=given.name)
        if not count:
            code: Code = "damaged" if cut_short else "empty"
            return Extracted(Failed(code, cut_short or "The archive has no members."), subject=given.name)
        unread = count - self._read
        notes = [*self.notes, *([cut_short] if cut_short else []), *([f"{unread} of {count} members could not be read"] if unread else [])]
        return Extracted(Done("; ".join(notes)), text=text, subject=given.name, metadata={f"{self._kind}:members": str(count)})


def over(limit_bytes: int) -> CannotRead:
    return CannotRead("over_limit", f"It unpacks to more than {limit_bytes} bytes, or to more than {RATIO_MAX} times its size.")


Parts = Iterator[Part]
