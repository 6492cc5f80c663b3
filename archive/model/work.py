"""What people do with records: tags, notes, saved searches. Every act can be undone."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

LabelKind = Literal["tag", "note"]


@dataclass(frozen=True, slots=True)
class Label:
    """A tag or note on a record: `value` as written, by whom and when (UTC). `change_id` names the act that gave it."""
    label_id: int
    record_id: str
    kind: LabelKind
    value: str
    actor: str
    at: str
    change_id: str

    def as_json(self) -> dict[str, object]:
        return {"label_id": self.label_id, "record_id": self.record_id, "kind": self.kind, "value": self.value, "by": self.actor, "at": self.at,
                "change_id": self.change_id}


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A search that is kept: `body` holds the query and its filters. Its owner alone changes it; who it is shared with may use it."""
    saved_id: str
    owner: str
    name: str
    shared: bool
    body: dict[str, Any]
    created_at: str
    changed_at: str

    def as_json(self) -> dict[str, object]:
        return {"saved_id": self.saved_id, "name": self.name, "owner": self.owner, "shared": self.shared, "search": dict(self.body),
                "created_at": self.created_at, "changed_at": self.changed_at}


@dataclass(frozen=True, slots=True)
class WorkChange:
    """One act of a person: `what` was done to which subject (a record_id, a saved search, the digest of a query), and whether it was undone."""
    change_id: str
    actor: str
    at: str
    what: str
    subject: str
    undone_at: str | None
    records: int = 0

    def as_json(self) -> dict[str, object]:
        return {"change_id": self.change_id, "by": self.actor, "at": self.at, "what": self.what, "subject": self.subject, "undone_at": self.undone_at,
                "records": self.records}


@dataclass(frozen=True, slots=True)
class StatedAct:
    """One act of a person as it is stated in the object store: `seq` is its place in the order, `body` JSON (docs/formats/object-store.md, work)."""
    seq: int
    act_id: str
    body: str


@dataclass(frozen=True, slots=True)
class AskedSearch:
    """A search that a person made: its words are theirs alone."""
    asked_id: int
    at: str
    total: int
    body: dict[str, Any] = field(default_factory=dict)

    def as_json(self) -> dict[str, object]:
        return {"asked_id": self.asked_id, "at": self.at, "total": self.total, "search": dict(self.body)}
