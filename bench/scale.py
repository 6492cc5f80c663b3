"""Search over very many records: `python -m bench.scale [--records 1000000] [--home DIR]`.

Records are generated from a seed (words by Zipf's law, two thousand clients, threads of about four mails, families of two, twelve years)
and written straight into the tables of the catalogue and a version of the index: what is timed is the serving path as it is, search,
facets, records, texts and highlights, in a process of its own that only reads.  A home that holds so many records is used again.
"""
from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from bisect import bisect
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import accumulate
from pathlib import Path

import msgspec

from archive.entry import entry_of
from archive.model.digest import Digest
from archive.model.outcome import Done
from archive.model.query import MatchAll
from archive.model.record import ReadRecord, Record
from archive.model.viewer import LOCAL
from archive.settings import read_settings
from archive.wiring import Archive, open_archive

VOCABULARY, CLIENTS, BATCH, SEED = 60_000, 2_000, 5_000, 11
QUERIES_A_KIND = 60
_KINDS = ("email", "email", "email", "email", "chat", "call_note", "invoice", "notice", "contract", "legal_letter")
_DAY = date(2012, 1, 1)


def vocabulary() -> list[str]:
    """Return words that look like words, the frequent ones short."""
    dice = random.Random(SEED)
    syllables = [a + b for a in ("b", "c", "d", "f", "g", "l", "m", "n", "p", "r", "s", "t", "v", "st", "tr", "pl")
                 for b in ("a", "e", "i", "o", "u", "an", "er", "in", "or")]
    out: dict[str, None] = {}
    while len(out) < VOCABULARY:
        out["".join(dice.choice(syllables) for _ in range(1 + (len(out) > 200) + (len(out) > 3_000) + dice.randint(0, 1)))] = None
    return list(out)


class Generator:
    """Makes records; the same seed makes the same ones."""

    def __init__(self, seed: int = SEED) -> None:
        self.words, self.dice = vocabulary(), random.Random(seed)
        self._weights = list(accumulate(1 / (n + 2.7) for n in range(VOCABULARY)))

    def row(self, count: int) -> list[str]:
        total = self._weights[-1]
        return [self.words[bisect(self._weights, self.dice.random() * total)] for _ in range(count)]

    def two(self) -> str:
        """Return two words as texts have them, neither of the thirty most frequent (those stand for `of` and `the`)."""
        telling = [word for word in self.row(40) if word not in self.words[:30]]
        return " ".join(telling[:2])

    def record(self, number: int) -> ReadRecord:
        self.dice = dice = random.Random(SEED << 32 | number)
        kind = _KINDS[number % len(_KINDS)]
        record_id = hashlib.sha256(f"{SEED} {number}".encode()).hexdigest()[:20]
        day = (_DAY + timedelta(dice.randrange(4_380))).isoformat()
        sender, to = (f"{self.words[dice.randrange(400)]}@{self.words[400 + dice.randrange(300)]}.example" for _ in "ab")
        body = "\n".join(" ".join(self.row(dice.randint(8, 30))).capitalize() + "." for _ in range(dice.randint(2, 6)))
        record = Record(
            record_id=record_id, source_paths=(f"generated/{number // 1000}/{number}.eml",), inner=None, kind=kind, record_types=("interaction",),
            clients=(f"C-{dice.randrange(CLIENTS):04}",), date=day, sent_at=f"{day}T09:00:00Z", sender=sender, to=(to,),
            subject=" ".join(self.row(5)), language="en", thread_id=f"t{dice.randrange(max(1, number // 4 + 1))}", family_id=record_id, parent_id=None,
            duplicate_of=None, near_duplicate_of=None, privileged=number % 50 == 0, sentiment=("negative", "neutral", None)[number % 3],
            digest=Digest(hashlib.sha256(record_id.encode()).hexdigest()), mime="message/rfc822", size_bytes=len(body), pages=None, source="generated",
            custodian=self.words[number % 40], name=f"{number}.eml", ordinal=number, outcome=Done())
        return ReadRecord(record, body)


def build(archive: Archive, count: int) -> None:
    """Write the records into the catalogue's tables and into an index version that is then in use; goes on where it was broken off."""
    from archive.adapters.catalogue import schema as t
    generator, began = Generator(), time.perf_counter()
    if "scale" not in archive.index.versions():
        archive.index.create("scale")
    held = min(archive.catalogue.count_records(), archive.index.count(MatchAll(), "scale")) // BATCH * BATCH
    for first in range(held, count, BATCH):
        made = [generator.record(number) for number in range(first, min(first + BATCH, count))]
        rows, texts, owners = [], [], []
        for seq, each in enumerate(made, first + 1):
            r, text = each.record, each.text.encode()
            digest = hashlib.sha256(text).hexdigest()
            audience = "|".join(r.clients)
            rows.append({
                "record_id": r.record_id, "changed_seq": seq, "family_id": r.family_id, "thread_id": r.thread_id, "copy_key": str(r.digest), "kind": r.kind,
                "record_types": "|interaction|", "date": r.date, "audience": audience, "family_audience": audience, "privileged": r.privileged,
                "path": r.source_paths[0], "position": f"{seq:012}", "text_digest": digest, "body": msgspec.msgpack.encode(r), "own_body": b""})
            texts.append({"text_digest": digest, "body": zlib.compress(text)})
            owners += [{"client_id": client, "record_id": r.record_id} for client in r.clients]
        with archive.catalogue.write() as w:
            if w.connection.dialect.name == "sqlite":
                w.connection.exec_driver_sql("PRAGMA cache_size=-400000")     # ids are random: without it each row reads pages from the disk
            w.insert(t.records, rows, ignore=True)
            w.insert(t.texts, texts, ignore=True)
            w.insert(t.record_clients, owners, ignore=True)
        archive.index.upsert("scale", [entry_of(each) for each in made])
        if (first + BATCH) % 50_000 == 0 or first + BATCH >= count:
            archive.index.commit("scale")
            print(f"  {min(first + BATCH, count)} records, {time.perf_counter() - began:.0f} s", flush=True)
    archive.index.switch("scale")


def kinds(generator: Generator) -> dict[str, Callable[[], str]]:
    """Return what makes queries of each kind: words from frequent to rare, as the texts have them."""
    dice = generator.dice

    def word(low: int = 30, high: int = 20_000) -> str:
        return generator.words[int(low * (high / low) ** dice.random())]

    return {
        "plain words": lambda: f"{word()} {word()} {word()}",
        "plain, words of the trade": lambda: f"{word()} invoice termination {word()} refund",
        "one word": lambda: f"={word()}",
        "AND": lambda: f"{word(30, 2_000)} AND {word(30, 2_000)}",
        "OR NOT": lambda: f"({word()} OR {word()}) AND NOT {word()}",
        "phrase": lambda: f'"{generator.two()}"',
        "field, date, client": lambda: f"subject:{word(30, 2_000)} date:2015..2018 kind:email",
        "wildcard": lambda: f"{word(500)[:5]}*",
        "fuzzy": lambda: f"{word(3_000)}~1",
        "expression": lambda: f"/{word(500)[:4]}[a-n].*/",
        "W/5": lambda: f"{word(30, 1_000)} W/5 {word(30, 1_000)}",
        "PRE/3, pattern": lambda: f"{word(30, 1_000)} PRE/3 {word(300, 5_000)[:5]}*",
        "W/5, phrase": lambda: f'"{generator.two()}" W/5 {word(30, 1_000)}',
        "thread": lambda: f"thread:{{{word(10_000, 40_000)}}} AND thread:{{{word(10_000, 40_000)}}}",
    }


def serve(home: Path) -> Iterator[tuple[str, float, float, float]]:
    """Yield for each kind of query p50 and p95 in milliseconds and the mean of the totals."""
    from search_api.search import search
    archive = open_archive(read_settings({**os.environ, "CASETRAIL_HOME": str(home)}))
    search(archive, LOCAL, "warm")
    generator = Generator(SEED + 1)
    for kind, make in kinds(generator).items():
        times, totals = [], []
        for _ in range(QUERIES_A_KIND):
            query, began = make(), time.perf_counter()
            totals.append(search(archive, LOCAL, query).total)
            times.append(1000 * (time.perf_counter() - began))
        times.sort()
        yield kind, statistics.median(times), times[int(0.95 * len(times))], statistics.mean(totals)
    archive.close()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--records", type=int, default=1_000_000)
    parser.add_argument("--home", type=Path, help="a home to build in, or to use again (default: a temporary one)")
    parser.add_argument("--serve", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        for row in serve(options.home):
            print(json.dumps(row), flush=True)
        # Not getrusage: what it says begins with the size of the process that started this one, which has just built a million records.
        print(json.dumps(int(Path("/proc/self/status").read_text(encoding="ascii").split("VmHWM:")[1].split()[0]) * 1024))
        return 0
    with tempfile.TemporaryDirectory(prefix="casetrail-scale-") as temporary:
        run(options.records, options.home or Path(temporary))
    return 0


def run(count: int, home: Path) -> None:
    archive = open_archive(read_settings({**os.environ, "CASETRAIL_HOME": str(home)}))
    home.mkdir(parents=True, exist_ok=True)
    if archive.catalogue.count_records() != count or archive.index.current() != "scale":
        build(archive, count)
    archive.close()
    told = subprocess.run([sys.executable, "-m", "bench.scale", "--serve", "--home", str(home)], check=True, capture_output=True, text=True)
    *rows, peak = told.stdout.splitlines()
    print(f"search over {count} records, in a process that serves: hits, facets, highlights\n  {'':28}{'p50 ms':>9}{'p95 ms':>9}{'mean hits':>12}")
    for kind, p50, p95, hits in map(json.loads, rows):
        print(f"  {kind:28}{p50:9.1f}{p95:9.1f}{hits:12.0f}")
    print(f"  peak resident memory of the process {json.loads(peak) / 1e6:.0f} MB (bound 1074), pages of the index that are mapped included")
    size = sum(p.stat().st_size for p in (home / "index").rglob("*") if p.is_file())
    print(f"  on disk: index {size / 1e6:.0f} MB, catalogue {sum(p.stat().st_size for p in home.glob('catalogue.db*')) / 1e6:.0f} MB")


if __name__ == "__main__":
    sys.exit(main())
