"""One thing about the account that does not agree, with the cited facts that do not go together."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation
from history.rows import Row


@dataclass(frozen=True, slots=True)
class Discrepancy:
    """`amount` is what does not agree, in `currency`; `basis` are the cited facts that do not go together."""

    kind: str
    amount: Decimal
    currency: str
    what: str
    basis: tuple[Known, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "amount": float(self.amount),
            "currency": self.currency or None,
            "what": self.what,
            "cites": cites_json(cites_of(self.basis)),
            "status": "derived",
            "derivation": derivation(self.what, self.basis),
        }


def said_of(said: list[Row], kind: str, amount: Decimal) -> list[Known]:
    """Return what mails say of that kind, of that sum or of none."""
    return [row.known for row in said if row.text("kind") == kind and row.sum() in (None, amount)]
