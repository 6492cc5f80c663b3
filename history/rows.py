"""Facts with several fields: a JSON object as text, read with care, since a fact may have been corrected by hand."""

from __future__ import annotations

import json
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import Any

from archive.model.record import ReadRecord
from history.cited import Known, all_known
from history.money import LIMIT


@dataclass(frozen=True, slots=True)
class Row:
    """One such fact: its fields by name, and the cited fact itself."""

    fields: dict[str, Any]
    known: Known

    def text(self, name: str) -> str:
        value = self.fields.get(name)
        return value if isinstance(value, str) else ""

    def sum(self, name: str = "amount") -> Decimal | None:
        """Return a field as an exact finite number, None for anything else."""
        value = self.fields.get(name)
        if value is None or isinstance(value, bool | dict | list):
            return None
        try:
            found = Decimal(str(value))
        except InvalidOperation:
            return None
        return found if found.is_finite() and abs(found) < LIMIT else None

    @property
    def day(self) -> str:
        """The field `day` where it is a day, else ""."""
        value = self.text("day")
        return value if len(value) == 10 and value[4] == value[7] == "-" else ""


def rows(read: ReadRecord, name: str) -> list[Row]:
    """Return the facts of that name in a record, in the order read; one that is no JSON object is left out."""
    out = []
    for item in all_known(read, name):
        try:
            fields = json.loads(item.value) if isinstance(item.value, str) else None
        except ValueError:
            continue
        if isinstance(fields, dict):
            out.append(Row(fields, item))
    return out
