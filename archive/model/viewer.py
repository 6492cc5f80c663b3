"""Who asks, and what that person may see. Every read takes a viewer and is filtered inside the query."""
from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

Role = Literal["admin", "legal", "auditor", "agent", "feed"]
Right = Literal["read", "export", "ingest", "correct", "manage", "deadlines"]

RIGHTS: dict[str, frozenset[Right]] = {
    "admin": frozenset({"ingest", "manage"}),
    "legal": frozenset({"read", "export", "ingest", "correct", "deadlines"}),
    "auditor": frozenset({"read", "export", "deadlines"}),
    "agent": frozenset({"read", "deadlines"}),
    "feed": frozenset({"deadlines"}),
}
"""What each role may do. An administrator runs the archive without reading its content; a feed is a calendar that asks for deadlines alone."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """A person or service that reads.

    `clients` are those it may see, None for all.  A record about several clients is seen only by who may see them all; one about
    no known client only by who may see all.  `privileged` is the right to see privileged records.
    """
    actor: str
    role: Role
    clients: frozenset[str] | None = None
    privileged: bool = False

    def may(self, right: Right) -> bool:
        return right in RIGHTS[self.role]

    def sees_client(self, client_id: str) -> bool:
        return self.clients is None or client_id in self.clients

    def sees(self, clients: tuple[str, ...], privileged: bool) -> bool:
        """Say whether a record about these clients may be seen. The same rule as the filter of the query (`search_api.access`)."""
        if privileged and not self.privileged:
            return False
        return self.clients is None or (bool(clients) and set(clients) <= self.clients)


NO_CLIENT = "-"


def audience_of(clients: Iterable[str]) -> str:
    """Return a set of clients as one value: sorted ids joined by `|`, "-" for none. Two sets never give the same value."""
    ids = sorted({client.replace("\\", "\\\\").replace("|", "\\|") for client in clients})
    joined = "|".join(ids)
    return "\\-" if joined == NO_CLIENT else joined or NO_CLIENT


def clients_of(audience: str) -> tuple[str, ...]:
    """Return the clients of a value that `audience_of` made, in its order."""
    if audience == NO_CLIENT:
        return ()
    return tuple(_ESCAPED.sub(r"\1", name) for name in _NAMES.findall(audience))


_NAMES = re.compile(r"(?:[^|\\]|\\.)+", re.DOTALL)
_ESCAPED = re.compile(r"\\(.)", re.DOTALL)

LOCAL = Viewer(actor="local", role="legal", clients=None, privileged=True)
"""The built-in user of the command line and of a server that listens on loopback only."""
