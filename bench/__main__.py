"""`python -m bench [FOLDER]`: mail ingest and search, side by side with notmuch and the bound. FOLDER defaults to ../shared/corpora/enron-mbox."""
from __future__ import annotations

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

from bench import peers, relevance, searching
from bench.mails import write_maildir
from bench.measure import Run, measure, size_bytes

SHARED = Path(__file__).resolve().parents[2] / "shared"
CASES, CORPORA = SHARED / "cases", SHARED / "corpora"
MAILS = CORPORA / "enron-mbox"


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", nargs="?", type=Path, default=MAILS)
    parser.add_argument("--rounds", type=int, default=3, help="rounds of ours and theirs in turn (default 3)")
    options = parser.parse_args()
    if not options.folder.is_dir():
        print(f"bench: {options.folder} is absent; name a folder with mbox files", file=sys.stderr)
        return 2
    with tempfile.TemporaryDirectory(prefix="casetrail-bench-") as temporary:
        run(options.folder, options.rounds, Path(temporary))
    return 0


def run(folder: Path, rounds: int, temporary: Path) -> None:
    peer = temporary / "peer"
    count, mail_bytes = write_maildir(folder, peer / "mail")
    print(f"{count} messages, {mail_bytes / 1e6:.1f} MB, {rounds} rounds in turn; medians\n")
    ours: list[Run] = []
    theirs: list[Run] = []
    bounds: list[float] = []
    home = temporary
    for number in range(rounds):
        home = temporary / f"home-{number}"     # a new one each time: ext4 is slow at making files where many were just deleted
        ours.append(ingest(folder, home))
        bounds.append(peers.bound_seconds(folder))
        if peers.notmuch_here():
            theirs.append(peers.notmuch_new(peer))
    ours.append(ingest(folder, temporary / "looked-at", memory=True))      # a further run each, for the memory alone
    if theirs:
        theirs.append(peers.notmuch_new(peer, memory=True))
    table("mail ingest, everything included", ["", "items/s", "MB/s", "wall s", "CPU s", "peak MB", "index MB"], [
        row("casetrail ingest", ours, count, mail_bytes, size_bytes(home / "index")),
        row("notmuch new", theirs, count, mail_bytes, size_bytes(peer / "mail" / ".notmuch")) if theirs else ["notmuch new (not here)"],
        ["bound: read, hash, parse", f"{count / statistics.median(bounds):.0f}", f"{mail_bytes / 1e6 / statistics.median(bounds):.1f}",
         f"{statistics.median(bounds):.2f}"]])
    if theirs:
        ratios = [b.wall_seconds / a.wall_seconds for a, b in zip(ours, theirs, strict=True) if not a.peak_bytes]
        print(f"casetrail / notmuch, items a second, round by round: {', '.join(f'{r:.2f}' for r in ratios)} (median {statistics.median(ratios):.2f})\n")
    print(f"on disk: originals and statements {size_bytes(home / 'objects') / 1e6:.1f} MB, "
          f"catalogue {sum(p.stat().st_size for p in home.glob('catalogue.db*')) / 1e6:.1f} MB\n")
    table("search in process: hits, facets, highlights, custody event", ["", "p50 ms", "p95 ms", "mean hits"],
          [[kind, f"{p50:.1f}", f"{p95:.1f}", f"{hits:.0f}"] for kind, p50, p95, hits in searching.time_searches(home, dict(os.environ))])
    words = ["contract", "termination", "meeting", "price", "schedule"] * 2
    shell = [["casetrail search WORD --json", *shell_row(searching.time_shell(home, words))]]
    if theirs:
        shell.append(["notmuch search WORD", *shell_row([peers.notmuch_search_seconds(peer, w) for w in words])])
    table("search from the shell, start-up included", ["", "p50 ms", "p95 ms"], shell)
    on_elasticsearch(home)
    relevance.run(CASES, CORPORA)


def on_elasticsearch(home: Path) -> None:
    """Time the same mails on Elasticsearch, beside the bare requests, where a server can be had."""
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests"))
    from servers.elasticsearch import elasticsearch
    from servers.process import CannotHave
    try:
        with elasticsearch() as url:
            table("search on Elasticsearch: hits and facets", ["", "bare request p50 ms", "with ours p50 ms", "added p50 ms"],
                  [[kind, f"{bare:.1f}", f"{whole:.1f}", f"{added:.2f}"] for kind, bare, whole, added in searching.time_elasticsearch(home, url)])
    except CannotHave as missing:
        print(f"search on Elasticsearch: not here ({missing})\n")


def ingest(folder: Path, home: Path, memory: bool = False) -> Run:
    command = [str(Path(sys.executable).parent / "casetrail"), "ingest", str(folder)]
    return measure(command, {**os.environ, "CASETRAIL_HOME": str(home)}, memory)


def row(name: str, runs: list[Run], count: int, mail_bytes: int, index: int) -> list[str]:
    timed = [r for r in runs if not r.peak_bytes]
    wall = statistics.median(r.wall_seconds for r in timed)
    return [name, f"{count / wall:.0f}", f"{mail_bytes / 1e6 / wall:.1f}", f"{wall:.2f}", f"{statistics.median(r.cpu_seconds for r in timed):.2f}",
            f"{max(r.peak_bytes for r in runs) / 1e6:.0f}", f"{index / 1e6:.1f}"]


def shell_row(seconds: list[float]) -> list[str]:
    return [f"{searching.percentile(seconds, 0.5) * 1000:.0f}", f"{searching.percentile(seconds, 0.95) * 1000:.0f}"]


def table(title: str, heading: list[str], rows: list[list[str]]) -> None:
    print(title)
    widths = [max(len(r[i]) for r in [heading, *rows] if i < len(r)) for i in range(len(heading))]
    for cells in [heading, *rows]:
        print("  " + cells[0].ljust(widths[0]) + "".join("  " + c.rjust(w) for c, w in zip(cells[1:], widths[1:], strict=False)))
    print()


if __name__ == "__main__":
    sys.exit(main())
