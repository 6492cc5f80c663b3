"""The termination history of a client: everything the thinking half concludes, as one value."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archive.model.client import Client
from history.billing import Billing, billing
from history.conflict import Conflict
from history.conflicts import conflicts
from history.disputes import Dispute, disputes
from history.feedback import Figure, feedback
from history.file import ClientFile
from history.gaps import Gap, gaps
from history.interactions import Interaction, interactions
from history.statement import statements
from history.termination import Termination, terminations
from history.timeline import Entry, UnreadRecord, timeline


@dataclass(frozen=True, slots=True)
class History:
    """What was concluded about one client as of a day. `unread` are the records that cannot be cited, so that nothing is left out."""

    client: Client
    as_of: str | None
    terminations: tuple[Termination, ...]
    disputes: tuple[Dispute, ...]
    billing: Billing
    feedback: tuple[Figure, ...]
    interactions: tuple[Interaction, ...]
    gaps: tuple[Gap, ...]
    conflicts: tuple[Conflict, ...]
    timeline: tuple[Entry, ...]
    unread: tuple[UnreadRecord, ...]
    held_on: str | None = None
    later: int | None = None

    def as_json(self) -> dict[str, Any]:
        """Return the history in the form of the contract (docs/formats/history.md)."""
        return {
            "client": {"id": self.client.client_id, "legal_name": self.client.legal_name, "aliases": list(self.client.aliases)},
            "as_of": self.as_of,
            "held_on": self.held_on,
            "taken_in_later": self.later,
            "terminations": [t.as_json() for t in self.terminations],
            "disputes": [d.as_json() for d in self.disputes],
            "billing": self.billing.as_json(),
            "feedback": [f.as_json() for f in self.feedback],
            "interactions": [i.as_json() for i in self.interactions],
            "gaps": [g.as_json() for g in self.gaps],
            "conflicts": [c.as_json() for c in self.conflicts],
            "timeline": [e.as_json() for e in self.timeline],
            "unread": [u.as_json() for u in self.unread],
        }


def assemble(file: ClientFile) -> History:
    """Return the termination history of a client from its records, as of the day of the file."""
    whole, file = file, file.known()
    entries, unread = timeline(file)
    found = disputes(file)
    ended = terminations(file, found)
    account = statements(whole, file.as_of, found, (p for t in ended for p in t.penalties))
    return History(
        file.client,
        file.as_of,
        ended,
        found,
        replace(billing(file), statements=account),
        feedback(file),
        interactions(file),
        gaps(file),
        conflicts(file, tuple(step for dispute in found for step in dispute.steps)),
        entries,
        unread,
        file.held_on,
        file.later,
    )
