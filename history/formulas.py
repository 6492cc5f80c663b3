"""What a clause on a sum beyond the price comes to: its words, and where these can be counted the amount, step by step."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation


@dataclass(frozen=True, slots=True)
class Formula:
    """`clause` the words of the contract; `amount` what they come to, None where that cannot be counted, and then `missing` says for want of what."""

    kind: str
    clause: Known
    words: str
    amount: Decimal | None
    inputs: tuple[Known, ...]
    missing: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        return {
            "clause": self.clause.value,
            "words": self.words,
            "amount": float(self.amount) if self.amount is not None else None,
            "missing": list(self.missing),
            "cites": cites_json(cites_of(self.inputs)),
            "status": "derived",
            "derivation": derivation(self.words, self.inputs),
        }
