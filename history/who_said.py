"""Whose words a passage is: by the speaker of a message, the head of a quoted mail, or the sender of the record."""

from __future__ import annotations

import re
from dataclasses import dataclass

from archive.model.record import ReadRecord
from history.file import ClientFile, is_mail, once_a_file
from history.sides import Sides, sides_of

_FROM = re.compile(r"^[ \t>]*(?:\*?from|von|de|desde)\s?:\*?[ \t]*(.+)$", re.I | re.M)
_ADDRESS = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_HEAD_CHARS = 4000


@dataclass(frozen=True, slots=True)
class Voices:
    """The sides of a file and the names of our own people and of the client's, as mails show them, folded to words."""

    sides: Sides
    house_names: frozenset[str]
    client_people: frozenset[str] = frozenset()

    def of_speaker(self, name: str) -> str | None:
        """Return `client` or `provider` for a name as a chat or call shows it, None for one that cannot be placed."""
        plain = _plain(name)
        if not plain:
            return None
        if plain in self.sides.client_names or plain in self.client_people:
            return "client"
        if any(f" {firm} " in f" {plain} " for firm in self.sides.firm_names if len(firm) >= 4):
            return "client"
        if plain in self.house_names:
            return "provider"
        short = plain.split()[0] if " " not in plain or "end user" in plain else ""
        if short:
            clients = {n.split()[0] for n in (*self.sides.client_names, *self.client_people) if n}
            ours = {n.split()[0] for n in self.house_names if n}
            if short in clients and short not in ours:
                return "client"
            if short in ours and short not in clients:
                return "provider"
        if "end user" in plain or plain in ("caller", "customer", "visitor"):
            return "client"
        return "provider" if plain in ("agent", "operator", "support") or "agent via" in plain else None

    def of_passage(self, read: ReadRecord, start: int) -> str | None:
        """Return whose words stand at an offset: client, provider, third_party, or None."""
        segment = next((s for s in read.segments if s.start <= start < s.end), None)
        if segment and segment.kind == "turn":
            return self.of_speaker(segment.speaker)
        if is_mail(read) and segment and segment.kind == "quoted":
            heads = list(_FROM.finditer(read.text, max(0, start - _HEAD_CHARS), start))
            if heads:
                who = heads[-1][1]
                if found := _ADDRESS.search(who):
                    return self.sides.of_address(found.group())
                if side := self.of_speaker(who):
                    return side
        return self.sides.of_sender(read)


@once_a_file
def voices(file: ClientFile) -> Voices:
    """Return who is who in a file. Our people are those whose mail addresses are of our domains."""
    sides = sides_of(file)
    names: dict[str, set[str]] = {"provider": set(), "client": set()}
    for read in file.records:
        for p in read.record.participants:
            if p.name and p.address and (side := sides.of_address(p.address)) in names and (plain := _plain(p.name)):
                names[side].add(plain)
    ours = frozenset(names["provider"])
    return Voices(sides, ours, frozenset(names["client"]) - ours)


def _plain(name: str) -> str:
    return re.sub(r"[\W_]+", " ", name).strip().lower()
