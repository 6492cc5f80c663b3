"""The opaque cursor of a search: the place of the last hit, bound to the question that it belongs to.

It gives no right: the filter of the viewer is made anew for every page.  The check keeps damaged cursors, and those of another question,
from giving a page that nobody asked for.
"""
from __future__ import annotations

import base64
import binascii
import hashlib
import json

from archive.errors import BadRequest

Position = tuple[float | str, str]


def written(question: str, position: Position) -> str:
    """Return the cursor for what comes after this place; `question` is all that decides hits and order."""
    body = json.dumps([*position], separators=(",", ":")).encode()
    return base64.urlsafe_b64encode(_check(question, body) + body).decode("ascii").rstrip("=")


def read(question: str, cursor: str) -> Position:
    """Return the place. Raises BadRequest for a cursor that is damaged or of another question."""
    try:
        raw = base64.b64decode(cursor + "=" * (-len(cursor) % 4), b"-_", validate=True)
        check, body = raw[:_CHECK_BYTES], raw[_CHECK_BYTES:]
        if check == _check(question, body):
            first, record_id = json.loads(body)
            return first, record_id
    except (binascii.Error, ValueError, TypeError):
        pass
    raise BadRequest("The cursor does not belong to this search.", "Take `next` from an answer to the same query with the same filters and sort.")


_CHECK_BYTES = 9


def _check(question: str, body: bytes) -> bytes:
    return hashlib.sha256(question.encode("utf-8", "surrogatepass") + b"\0" + body).digest()[:_CHECK_BYTES]
