"""The errors that callers see.

    CasetrailError                 exit  HTTP
    ├── BadSettings                  2   500   a setting cannot be used
    ├── BadRequest                   2   400   what was asked cannot be understood
    │   ├── QuerySyntax              2   400   a query cannot be parsed (names the place)
    │   └── Expired                  2   410   a cursor whose state of the index is no longer kept
    ├── NotFound                     3   404   no such client, record, version or file for this viewer
    ├── NotAllowed                   4   403   the viewer lacks the right
    │   └── NotAuthenticated         4   401   nobody, or a key that does not hold
    ├── Conflict                     5   409   it is there already, with other content
    ├── TooLarge                     2   413   over a limit that was set
    ├── BadAnswer                    6   502   a service that was asked answered with something that is no answer
    ├── Unavailable                  6   503   a server, store or tool cannot be reached just now
    │   └── StoreFull                7   507   no space left
    ├── IntegrityBroken              8   500   stored bytes or the custody chain do not match
    └── Incomplete                   9   500   not all that was asked was done

`str(error)` is for users: one sentence of what is wrong, then `remedy`.  Internal causes stay in `__cause__` and go to the log only.
"""
from __future__ import annotations

from collections.abc import Mapping


class CasetrailError(Exception):
    """Something a caller can be told."""
    exit_code = 1
    http_status = 500
    title = "Something went wrong"

    def __init__(self, message: str, remedy: str = "") -> None:
        super().__init__(message)
        self.message, self.remedy = message, remedy

    def __str__(self) -> str:
        return f"{self.message} {self.remedy}".strip()


class BadSettings(CasetrailError):
    """A setting cannot be used as it stands."""
    exit_code, http_status, title = 2, 500, "Bad settings"


class BadRequest(CasetrailError):
    """What was asked cannot be understood."""
    exit_code, http_status, title = 2, 400, "Bad request"


class QuerySyntax(BadRequest):
    """A query cannot be parsed; `position` counts characters from 0."""
    title = "Query not understood"

    def __init__(self, message: str, position: int, remedy: str = "") -> None:
        super().__init__(message, remedy)
        self.position = position


class Expired(BadRequest):
    """The state of the index that a cursor belongs to is no longer kept; the search has to begin again."""
    http_status, title = 410, "Expired"


class NotFound(CasetrailError):
    """There is no such thing, or none that this viewer may see: the two are told alike."""
    exit_code, http_status, title = 3, 404, "Not found"


class NotAllowed(CasetrailError):
    """The viewer is known and lacks the right."""
    exit_code, http_status, title = 4, 403, "Not allowed"


class NotAuthenticated(NotAllowed):
    """No key was shown, or it is unknown, expired or revoked."""
    http_status, title = 401, "Not authenticated"


class Conflict(CasetrailError):
    """The name is taken by other content."""
    exit_code, http_status, title = 5, 409, "Conflict"


class TooLarge(CasetrailError):
    """Over a limit that was set."""
    exit_code, http_status, title = 2, 413, "Too large"


class Unavailable(CasetrailError):
    """A server, store or tool cannot be reached just now; the same call may go through later."""
    exit_code, http_status, title = 6, 503, "Unavailable"


class BadAnswer(CasetrailError):
    """A service that was asked answered with something that is no answer."""
    exit_code, http_status, title = 6, 502, "Bad answer"


class StoreFull(Unavailable):
    """There is no space left where it must be written."""
    exit_code, http_status, title = 7, 507, "No space left"


class IntegrityBroken(CasetrailError):
    """Stored bytes do not have their digest, or the custody log does not match its chain: raise the alarm."""
    exit_code, http_status, title = 8, 500, "Integrity broken"


class Incomplete(CasetrailError):
    """Not all that was asked was done; what was done is kept and the same call goes on from there. `refused` names what was not, and why."""
    exit_code, http_status, title = 9, 500, "Not complete"

    def __init__(self, message: str, remedy: str = "", refused: Mapping[str, str] | None = None) -> None:
        super().__init__(message, remedy)
        self.refused = dict(refused or {})
