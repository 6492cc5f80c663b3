"""What the client's satisfaction and the service level were measured at, from facts of surveys, reports and reviews."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from archive.model.extracted import Scalar
from history.cited import Known, all_known, known, usable
from history.file import ClientFile
from history.rows import rows

_METRICS = ("csat", "nps", "ces", "service_level", "rating")


@dataclass(frozen=True, slots=True)
class Figure:
    """`date` is the end of the month measured, for figures of a review its day; a share is a fraction where a per cent sign was written."""

    date: str | None
    metric: str
    number: Scalar
    target: Scalar
    value: Known

    def as_json(self) -> dict[str, Any]:
        return {"date": self.date, "metric": self.metric, "target": self.target, **self.value.backing(), "value": self.number}


def feedback(file: ClientFile) -> tuple[Figure, ...]:
    """Return the figures read from the file, by date; one that several records give alike stands once, citing all of them."""
    held = file.by_id()
    out: dict[tuple[str | None, str, str], Figure] = {}

    def add(figure: Figure) -> None:
        key = (figure.date, figure.metric.lower(), str(figure.number))
        if key in out:
            kept = out[key]
            cites = tuple(dict.fromkeys((*kept.value.cites, *figure.value.cites)))
            out[key] = replace(kept, target=kept.target if kept.target is not None else figure.target, value=replace(kept.value, cites=cites))
        else:
            out[key] = figure

    for record_id in file.copies():
        read = held[record_id]
        for row in rows(read, "figure"):
            number, target = row.fields.get("value"), row.fields.get("target")
            if isinstance(number, int | float) and not isinstance(number, bool) and usable(number):
                goal = target if isinstance(target, int | float) and usable(target) else None
                add(Figure(row.text("date") or read.record.date, row.text("metric"), number, goal, row.known))
        for metric in _METRICS:
            goal_of = known(read, f"{metric}_target")
            for k in all_known(read, metric):
                add(Figure(read.record.date, f"{metric} {k.unit}".strip(), k.value, goal_of.value if goal_of else None, k))
    return tuple(sorted(out.values(), key=lambda f: (f.date is None, f.date or "")))
