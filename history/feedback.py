"""What the client's satisfaction and the service level were measured at, from facts of surveys, reports and reviews."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from history.cited import Known, all_known, known
from history.file import ClientFile

_METRICS = ("csat", "nps", "ces", "service_level", "rating")


@dataclass(frozen=True, slots=True)
class Figure:
    date: str | None
    metric: str
    value: Known
    target: Known | None

    def as_json(self) -> dict[str, Any]:
        return {"date": self.date, "metric": self.metric, "target": self.target.value if self.target else None, **self.value.as_json()}


def feedback(file: ClientFile) -> tuple[Figure, ...]:
    """Return the figures read from the file, by date of the record. Facts are named by their metric; `<metric>_target` is the target."""
    held = file.by_id()
    out: list[Figure] = []
    for record_id in file.copies():
        read = held[record_id]
        for metric in _METRICS:
            target = known(read, f"{metric}_target")
            out.extend(Figure(read.record.date, f"{metric} {k.unit}".strip(), k, target) for k in all_known(read, metric))
    return tuple(out)
