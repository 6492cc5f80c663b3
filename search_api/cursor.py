"""The opaque cursor of a search: the place of the last hit and the state of the index it was found in, bound to the question.

It gives no right: the filter of the viewer is made anew for every page.  The check keeps damaged cursors, and those of another question,
from giving a page that nobody asked for.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import json
from dataclasses import dataclass

from archive.errors import BadRequest
from archive.model.query import Position


@dataclass(frozen=True, slots=True)
class Place:
    """Where to go on: behind `position`, whose key so many hits beat as `rank` says (None: unknown), in the state `point` of the index.

    `groups` is how many groups a collapsed search has.
    """
    position: Position
    rank: int | None = None
    point: str = ""
    groups: int | None = None


def written(question: str, place: Place) -> str:
    """Return the cursor for what comes after this place; `question` is all that decides hits and order."""
    body = json.dumps([*place.position, place.rank, place.point, place.groups], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(question, body) + body).decode("ascii").rstrip("=")


def read(question: str, cursor: str) -> Place:
    """Return the place. Raises BadRequest for a cursor that is damaged or of another question."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
        if check == _check(question, body):
            key, record_id, rank, point, groups = json.loads(body)
            number = isinstance(key, int | float | str) and isinstance(rank, int | None) and isinstance(groups, int | None)
            if number and isinstance(record_id, str) and isinstance(point, str):
                return Place((key, record_id), rank, point, groups)
    except (binascii.Error, ValueError, TypeError):
        pass
    raise BadRequest("The cursor does not belong to this search.", "Take `next` from an answer to the same query with the same filters and sort.")


_CHECK_BYTES = 9


def _check(question: str, body: bytes) -> bytes:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass") + b"\0" + body).digest()[:_CHECK_BYTES]
