"""Measures of the running service in the text format of Prometheus (version 0.0.4).

    casetrail_http_requests_total{method,route,status}    requests answered
    casetrail_http_request_seconds{route}                 how long they took to their last byte (histogram)
    casetrail_records, casetrail_index_records            what the catalogue holds and what the index holds
    casetrail_index_lag                                   changes of the catalogue that the index has not yet seen

Routes are templates (`/v1/records/{record_id}`), so that their number is bounded and no id gets into a measure.
"""
from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Mapping

BUCKETS_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 60.0)
MEDIA_TYPE = "text/plain; version=0.0.4; charset=utf-8"


class Metrics:
    """Counts of one process since its start. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: dict[tuple[str, str, int], int] = defaultdict(int)
        self._buckets: dict[str, list[int]] = defaultdict(lambda: [0] * (len(BUCKETS_SECONDS) + 1))
        self._seconds: dict[str, float] = defaultdict(float)

    def observe(self, method: str, route: str, status: int, seconds: float) -> None:
        """Count one answered request."""
        bucket = next((i for i, bound in enumerate(BUCKETS_SECONDS) if seconds <= bound), len(BUCKETS_SECONDS))
        with self._lock:
            self._requests[(method, route, status)] += 1
            self._buckets[route][bucket] += 1
            self._seconds[route] += seconds

    def text(self, gauges: Mapping[str, tuple[str, float]]) -> str:
        """Return all measures; `gauges` are further ones by name, each with its help text and its value now."""
        with self._lock:
            requests, seconds = dict(self._requests), dict(self._seconds)
            buckets = {route: list(counts) for route, counts in self._buckets.items()}
        lines = ["# HELP casetrail_http_requests_total Requests answered.", "# TYPE casetrail_http_requests_total counter"]
        for (method, route, status), count in sorted(requests.items()):
            lines.append(f"casetrail_http_requests_total{_labels(method=method, route=route, status=str(status))} {count}")
        lines += ["# HELP casetrail_http_request_seconds Time from request to last byte.", "# TYPE casetrail_http_request_seconds histogram"]
        for route, counts in sorted(buckets.items()):
            running = 0
            for bound, count in zip((*map(str, BUCKETS_SECONDS), "+Inf"), counts, strict=True):
                running += count
                lines.append(f"casetrail_http_request_seconds_bucket{_labels(route=route, le=bound)} {running}")
            lines.append(f"casetrail_http_request_seconds_sum{_labels(route=route)} {seconds[route]:.6f}")
            lines.append(f"casetrail_http_request_seconds_count{_labels(route=route)} {running}")
        for name, (explanation, value) in sorted(gauges.items()):
            lines += [f"# HELP {name} {explanation}", f"# TYPE {name} gauge", f"{name} {value:g}" if value % 1 else f"{name} {int(value)}"]
        return "\n".join(lines) + "\n"


def _labels(**values: str) -> str:
    def escaped(value: str) -> str:
        return value.replace("\\", r"\\").replace("\n", r"\n").replace('"', r"\"")
    return "{" + ",".join(f'{name}="{escaped(value)}"' for name, value in values.items()) + "}"
