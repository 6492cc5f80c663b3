"""A condition of ending, and which of them are met: notice, cure, withdrawal, and what is to be done at the end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation


@dataclass(frozen=True, slots=True)
class Condition:
    """A condition of ending: `met` None when it cannot be decided, and then `missing` says for want of what. `due` is the day by which it has to be."""

    name: str
    required: str
    actual: str
    met: bool | None
    missing: tuple[str, ...]
    rule: str
    inputs: tuple[Known, ...]
    due: Known | None = None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "required": self.required,
            "actual": self.actual,
            "met": self.met,
            "missing": list(self.missing),
            "due": self.due.value if self.due else None,
            "cites": cites_json(cites_of(self.inputs)),
            "status": "derived",
            "derivation": derivation(self.rule, self.inputs),
        }
