"""Search timed by kind of query, in process (as the API does it, highlights and facets included) and from the shell."""
from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from archive.model.viewer import LOCAL
from archive.ports import RecordFilter
from archive.settings import read_settings
from archive.wiring import Archive, open_archive

QUERIES_A_KIND = 60


def percentile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def queries(archive: Archive, seed: int = 7) -> dict[str, list[str]]:
    """Return queries of each kind made from the words that the records hold: frequent, middling and rare ones."""
    dice = random.Random(seed)
    texts = [t for r in archive.catalogue.records(RecordFilter(), LOCAL) if (t := archive.catalogue.texts([r.record_id], LOCAL).get(r.record_id))]
    texts = dice.sample(texts, min(800, len(texts)))
    words = Counter(w for t in texts for w in set(re.findall(r"[A-Za-z]{4,12}", t)))
    frequent = [w for w, _ in words.most_common(3000)]
    pairs = [p for t in texts for p in re.findall(r"\b([a-z]{4,10} [a-z]{3,10})\b", t)[:3]]
    pick = lambda: dice.choice(frequent)  # noqa: E731
    return {
        "plain words": [f"{pick()} {pick()} {pick()}" for _ in range(QUERIES_A_KIND)],
        "one word": [f"={pick()}" for _ in range(QUERIES_A_KIND)],
        "AND": [f"{pick()} AND {pick()}" for _ in range(QUERIES_A_KIND)],
        "OR NOT": [f"({pick()} OR {pick()}) AND NOT {pick()}" for _ in range(QUERIES_A_KIND)],
        "phrase": [f'"{dice.choice(pairs)}"' for _ in range(QUERIES_A_KIND)],
        "wildcard": [f"{pick()[:4]}*" for _ in range(QUERIES_A_KIND)],
        "field and dates": [f"subject:{pick()} date:2000-01-01..2001-12-31" for _ in range(QUERIES_A_KIND)],
    }


def time_searches(home: Path, environment: dict[str, str]) -> list[tuple[str, float, float, float]]:
    """Return for each kind of query p50 and p95 in milliseconds and the mean number of hits."""
    from search_api.search import search
    archive = open_archive(read_settings({**environment, "CASETRAIL_HOME": str(home)}))
    asked = queries(archive)
    search(archive, LOCAL, "warm")
    rows = []
    for kind, listed in asked.items():
        times, totals = [], []
        for query in listed:
            started = time.perf_counter()
            answer = search(archive, LOCAL, query)
            times.append((time.perf_counter() - started) * 1000)
            totals.append(answer.total)
        rows.append((kind, percentile(times, 0.5), percentile(times, 0.95), statistics.mean(totals)))
    archive.close()
    return rows


def time_shell(home: Path, words: Sequence[str]) -> list[float]:
    """Return the seconds that `casetrail search WORD` takes from the shell, start-up included."""
    out = []
    for word in words:
        started = time.perf_counter()
        subprocess.run([str(Path(sys.executable).parent / "casetrail"), "search", word, "--json"], check=True, capture_output=True,
                       env={**os.environ, "CASETRAIL_HOME": str(home)})
        out.append(time.perf_counter() - started)
    return out
