"""Search timed by kind of query: in process (as the API does it, highlights and facets included), from the shell, and on Elasticsearch beside
the bare request."""
from __future__ import annotations

import os
import random
import re
import statistics
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

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
    ids = [record.record_id for record in archive.catalogue.records(RecordFilter(), LOCAL)]
    texts = list(archive.catalogue.texts(dice.sample(ids, min(800, len(ids))), LOCAL).values())
    words: Counter[str] = Counter(w for t in texts for w in set(re.findall(r"[A-Za-z]{4,12}", t)))
    frequent: list[str] = [w for w, _ in words.most_common(3000)]
    pairs: list[tuple[str, str]] = [p for t in texts for p in re.findall(r"\b([a-z]{4,10}) ([a-z]{3,10})\b", t)[:3]]

    def word() -> str:
        return dice.choice(frequent)

    def two() -> tuple[str, str]:
        return dice.choice(pairs)

    made: dict[str, Callable[[], str]] = {
        "plain words": lambda: f"{word()} {word()} {word()}",
        "one word": lambda: f"={word()}",
        "AND": lambda: f"{word()} AND {word()}",
        "OR NOT": lambda: f"({word()} OR {word()}) AND NOT {word()}",
        "phrase": lambda: '"{} {}"'.format(*two()),
        "field and dates": lambda: f"subject:{word()} date:2000-01-01..2001-12-31",
        "wildcard": lambda: f"{word()[:4]}*",
        "wildcard in front": lambda: f"*{word()[-4:]}",
        "fuzzy": lambda: f"{word()}~",
        "expression": lambda: f"/{word()[:3]}[a-n].*/",
        "W/5": lambda: "{} W/5 {}".format(*two()),
        "W/10, groups": lambda: f"({word()} OR {word()[:5]}*) W/10 ({word()} OR ={word()})",
        "PRE/3, phrase": lambda: '"{} {}" PRE/3 {}'.format(*two(), word()),
        "phrase~5": lambda: '"{} {}"~5'.format(*two()),
        "thread": lambda: f"thread:{{{word()}}} AND thread:{{{word()}}}",
    }
    return {kind: [make() for _ in range(QUERIES_A_KIND)] for kind, make in made.items()}


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


def time_elasticsearch(home: Path, url: str) -> list[tuple[str, float, float, float]]:
    """Return for each kind of query the p50 in milliseconds of the bare requests, of the index on Elasticsearch, and what that adds.

    The bare request is what the client's transport takes (HTTP and the server's work) within the very same calls.
    """
    from ingest.feed import catch_up
    from search_api.search import FACET_FIELDS, FACETS, question
    archive = open_archive(read_settings({**os.environ, "CASETRAIL_HOME": str(home), "CASETRAIL_INDEX_URL": url}))
    version = f"bench{time.time_ns()}"
    index: Any = archive.index
    index.create(version)
    catch_up(archive, version)
    index.switch(version)
    from archive.model.query import SearchRequest
    fields = tuple(FACET_FIELDS[name] for name in FACETS if name in FACET_FIELDS)
    rows = []
    try:
        for kind, listed in queries(archive).items():
            bare, whole, added = [], [], []
            for query in listed[:30]:
                asking = question(archive, LOCAL, query)
                request = SearchRequest(asking.query, asking.permitted, limit=21, facets=fields)
                with _transport_timed(index) as spent:
                    started = time.perf_counter()
                    index.search(request)
                    taken = (time.perf_counter() - started) * 1000
                bare.append(sum(spent))
                whole.append(taken)
                added.append(taken - sum(spent))
            rows.append((kind, statistics.median(bare), statistics.median(whole), statistics.median(added)))
    finally:
        index._client.indices.delete(index=index._index(version))
        archive.close()
    return rows


class _transport_timed:
    """Adds up what the requests of an index's client take, in milliseconds each."""

    def __init__(self, index: Any) -> None:
        self._transport = index._asking.transport
        self._spent: list[float] = []

    def __enter__(self) -> list[float]:
        self._original = self._transport.perform_request

        def timed(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return self._original(*args, **kwargs)
            finally:
                self._spent.append((time.perf_counter() - started) * 1000)
        self._transport.perform_request = timed
        return self._spent

    def __exit__(self, *_: object) -> None:
        self._transport.perform_request = self._original
