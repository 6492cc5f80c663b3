"""What follows from a client's records, kept by a server until something that it was made from changes (`search_api.remembered`).

Who asks is looked at, and the reading is written to the custody log, every time.
"""
from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import Any, Literal, TypeVar

import msgspec

import history
from archive.model.viewer import Viewer
from archive.wiring import Archive
from history.file import ClientFile
from search_api.remembered import Answer, Remembered, key_of
from search_api.services.custody import demand, note
from search_api.services.histories import client_file, day_of, open_file, trail_of

T = TypeVar("T")
What = Literal["history", "disputes", "win-back"]


def answer(archive: Archive, viewer: Viewer, client_id: str, what: What, remembered: Remembered, as_of: str | None = None,
           held: str | None = None) -> bytes:
    """Return the same as the function of that name in `histories`, as JSON in UTF-8. Raises what it raises."""
    demand(viewer, "read")
    day, held_day = day_of(as_of), day_of(held)

    def make() -> Answer:
        file = open_file(archive, viewer, client_id, day, held=held_day) if what == "win-back" else client_file(archive, viewer, client_id, day, held_day)
        content = msgspec.json.encode(_CONCLUDE[what](file))
        return Answer(content, len(file.records), len(content))

    # What was held on a day is asked for seldom, and rests on more than the records of today.
    found = make() if held_day else remembered.answer(key_of(archive.catalogue, remembered.states, viewer, client_id, what, day), make)
    note(archive, viewer, "read", client_id, what=what, as_of=day, held_on=held_day, records=found.records)
    content: bytes = found.content
    return content


_CONCLUDE: dict[What, Callable[[ClientFile], dict[str, Any]]] = {
    "history": lambda file: history.assemble(file).as_json(),
    "disputes": trail_of,
    "win-back": lambda file: history.win_back(file).as_json(),
}


def of_open_file(archive: Archive, viewer: Viewer, client_id: str, remembered: Remembered | None, conclude: Callable[[ClientFile], T],
                 size_of: Callable[[T], int], *asked: Hashable, as_of: str | None = None) -> T:
    """Return what is concluded from a client's records that are not privileged, kept where there is something to keep it in. Raises NotFound.

    `asked` tells conclusions apart. The viewer's right to it is looked at before.
    """
    def make() -> Answer:
        file = open_file(archive, viewer, client_id, as_of, right="deadlines")
        found = conclude(file)
        return Answer(found, len(file.records), size_of(found))

    if remembered is None:
        content: T = make().content
    else:
        content = remembered.answer(key_of(archive.catalogue, remembered.states, viewer, client_id, as_of, *asked), make).content
    return content
