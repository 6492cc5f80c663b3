"""Lists of people that lie beside an item in the same export, since a reader sees one file only.

A channel-and-day file of a Slack export names people by ids; `users.json` in the root of the export says who they are.  In a folder it is
read where it lies, in a zip it is noted when it comes out, and a rebuild takes it from the archive.  Without it the reader shows what the
messages themselves say.
"""
from __future__ import annotations

import re
from pathlib import Path, PurePosixPath

import msgspec

from archive.model.item import Item, Place

LIST_BYTES = 16 << 20
LIST_PEOPLE = 20_000
_DAY = re.compile(r"\d{4}-\d\d-\d\d\.json")
_KEPT_ROOTS = 256

People = tuple[tuple[str, str, str], ...]


class _Profile(msgspec.Struct):
    real_name: str | None = None
    display_name: str | None = None
    email: str | None = None


class _User(msgspec.Struct):
    id: str = ""
    name: str | None = None
    real_name: str | None = None
    profile: _Profile | None = None


_users = msgspec.json.Decoder(list[_User])


def people_of(content: bytes) -> People:
    """Return who is on a list of users, (id, name, address or ""); () for what is no such list. The list is typed, so it cannot grow in memory."""
    try:
        users = _users.decode(content[3:] if content.startswith(b"\xef\xbb\xbf") else content) if len(content) <= LIST_BYTES else []
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError):
        return ()
    found = []
    for user in users[:LIST_PEOPLE]:
        profile = user.profile or _Profile()
        name = user.real_name or profile.real_name or profile.display_name or user.name or ""
        if user.id and name:
            found.append((user.id[:100], name[:200], (profile.email or "").lower()[:320]))
    return tuple(found)


class Beside:
    """The lists met in one run, by the root of their export."""

    def __init__(self) -> None:
        self._found: dict[tuple[str, str], People] = {}

    def note(self, place: Place, content: bytes) -> None:
        """Remember what is such a list by its name."""
        if place.inner is None and place.path.endswith("/users.json"):
            self._keep((place.path[:-len("/users.json")], ""), people_of(content))
        elif place.inner is not None and (place.inner == "users.json" or place.inner.endswith(("/users.json", "#users.json"))):
            self._keep((place.path, place.inner[:-len("users.json")]), people_of(content))

    def people(self, item: Item) -> People:
        """Return the people on the list beside an item, () for items that need none or have none."""
        if not _DAY.fullmatch(item.name):
            return ()
        place = item.place
        if place.inner is not None:
            at = place.inner.rfind("#") + 1
            root = PurePosixPath(place.inner[at:]).parent.parent.as_posix()
            return self._found.get((place.path, place.inner[:at] + ("" if root == "." else f"{root}/")), ())
        key = (str(Path(place.path).parent.parent), "")
        if key not in self._found:
            self._keep(key, _on_disk(item))
        return self._found[key]

    def _keep(self, key: tuple[str, str], people: People) -> None:
        while len(self._found) >= _KEPT_ROOTS:
            del self._found[next(iter(self._found))]
        self._found[key] = people


def _on_disk(item: Item) -> People:
    """Return the list in the folder above that of an item, if the item itself lies where its place says (a place may be a mere name)."""
    file = Path(item.place.path)
    users = file.parent.parent / "users.json"
    try:
        if not file.is_file() or file.stat().st_size != item.size_bytes or users.is_symlink() or not users.is_file():
            return ()
        if users.stat().st_size > LIST_BYTES:
            return ()
        return people_of(users.read_bytes())
    except (OSError, ValueError):
        return ()
