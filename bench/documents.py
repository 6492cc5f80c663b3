"""`python -m bench.documents [FOLDER…]`: documents a second of processor time, our readers beside Apache Tika in one warm JVM.

Both read the same files one after the other, each in one process, in rounds: first every eighth file to warm up, then all files once (as an
archive reads them: each is new), then all again, as often as `--rounds` says: a JVM goes on compiling for some rounds after it has seen each
file.  Time is that of the processor, for the JVM with its compiler and its garbage collection, so that a busy machine matters little; it is
told in steps of 10 ms, so formats are timed as wholes.
Left out are files that either cannot read and those in which we look at pictures by OCR, which Tika is told not to do.  Neither reads
what is embedded in a document: both hand it on.
"""
from __future__ import annotations

import argparse
import contextlib
import os
import shutil
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from archive.model.outcome import Done
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.identify import identify

ARTIFACT = "org.apache.tika:tika-app:3.2.2"
FORMATS = frozenset(("pdf", "docx", "doc", "xlsx", "xls", "xlsb", "ods", "pptx", "ppt", "odt", "odp", "rtf", "html"))
LARGEST_BYTES = 8 << 20
_SHARED = Path(__file__).resolve().parents[2] / "shared"
FOLDERS = [_SHARED / name for name in ("corpora/documents", "corpora/billing", "corpora/contracts-cuad", "corpora/court-pacer", "corpora/enron-edrm-loadfile",
                                       "corpora/outlook", "corpora/mail-mime", "cases")]


class Missing(Exception):
    """Tika cannot be had here."""


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the result: how many documents, documents a second of processor time by each, and how many times theirs is ours."""
    format: str
    documents: int
    ours: float
    theirs: float

    @property
    def times(self) -> float:
        return self.ours / self.theirs if self.theirs else 0.0


def cache() -> Path:
    """Return where fetched programs are kept between runs."""
    folder = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "casetrail"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def tika_jar() -> Path:
    """Return Tika's program, fetched by its coordinates at the first call. Raises Missing."""
    _, name, version = ARTIFACT.split(":")
    wanted = cache() / f"{name}-{version}.jar"
    if wanted.is_file():
        return wanted
    maven = shutil.which("mvn")
    if not maven or not shutil.which("java"):
        raise Missing(f"Maven and Java are needed to fetch {ARTIFACT}; on Debian: apt-get install maven")
    fetching = cache() / f"fetching-{os.getpid()}"
    try:
        ended = subprocess.run([maven, "-q", "-B", "--strict-checksums", "dependency:copy", f"-Dartifact={ARTIFACT}", f"-DoutputDirectory={fetching}"],
                               check=False, capture_output=True, text=True, cwd=cache())
        if ended.returncode:
            raise Missing(f"Maven could not fetch {ARTIFACT}: {(ended.stdout + ended.stderr)[-400:].strip()}")
        (fetching / wanted.name).replace(wanted)
    finally:
        shutil.rmtree(fetching, ignore_errors=True)
    return wanted


class Tika:
    """Tika in one JVM that reads file after file (bench/tika/Feed.java)."""

    def __init__(self, jar: Path) -> None:
        source = Path(__file__).parent / "tika" / "Feed.java"
        self._process = subprocess.Popen(["java", "-Xmx1g", "-cp", str(jar), str(source)],
                                         stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        self._cpu = self._ask("")[0]

    def _ask(self, name: str) -> tuple[int, int, str]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{name}\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise Missing("Tika ended")
        cpu, characters, error = line.rstrip("\n").split("\t")
        return int(cpu), int(characters), error

    def read(self, file: Path) -> tuple[float, int, bool]:
        """Return seconds of the processor, characters found, and whether it went well."""
        cpu, characters, error = self._ask(str(file))
        spent, self._cpu = cpu - self._cpu, cpu
        return spent / 1e9, characters, not error

    def close(self) -> None:
        with contextlib.suppress(OSError):
            if self._process.stdin is not None:
                self._process.stdin.close()
        self._process.wait(20)


def ours(file: Path) -> tuple[float, int, bool, str]:
    """Return seconds of the processor, characters found, whether it went well without OCR, and the format."""
    began = time.process_time()
    content, given = Content(file=str(file)), Given(file.name, str(file))
    identified = identify(content, given)
    _, read = read_whole(Work(content, identified, given, Limits()))
    spent = time.process_time() - began
    plain = isinstance(read.outcome, Done) and not any(key.startswith("ocr:") for key in read.metadata)
    return spent, len(read.text), plain, identified.format


def documents(folders: list[Path]) -> Iterator[tuple[Path, str]]:
    """Yield the files of the formats that are compared."""
    for folder in folders:
        for file in sorted(p for p in folder.rglob("*") if p.is_file() and 0 < p.stat().st_size <= LARGEST_BYTES):
            with contextlib.suppress(Exception):
                found = identify(Content(file=str(file)), Given(file.name, str(file))).format
                if found in FORMATS:
                    yield file, found


def compare(folders: list[Path], rounds: int) -> list[list[Line]]:
    """Return the rates by format, "all" last, of each round. Raises Missing."""
    by_format: dict[str, list[Path]] = defaultdict(list)
    for file, name in documents(folders):
        by_format[name].append(file)
    for name, files in by_format.items():
        by_format[name] = [file for file in files if ours(file)[2]]
    lines: list[list[Line]] = []
    unread: set[Path] = set()
    tika = Tika(tika_jar())
    try:
        for files in by_format.values():
            for file in files[::8]:
                tika.read(file)
        for _ in range(rounds):
            spent: dict[str, tuple[int, float, float]] = {}
            for name, files in by_format.items():
                own = other = 0.0
                count = 0
                for file in files:
                    theirs, _, fine = tika.read(file)
                    if not fine:
                        unread.add(file)
                        continue
                    other += theirs
                    own += ours(file)[0]
                    count += 1
                spent[name] = (count, own, other)
            spent["all"] = tuple(map(sum, zip(*spent.values(), strict=True)))  # type: ignore[assignment]
            lines.append([Line(name, n, n / max(own, 1e-9), n / max(other, 1e-9))
                          for name, (n, own, other) in sorted(spent.items(), key=lambda item: (item[0] == "all", item[0])) if n])
    finally:
        tika.close()
    return lines


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folders", nargs="*", type=Path, default=FOLDERS)
    parser.add_argument("--rounds", type=int, default=2, help="how often all files are read (default 2)")
    options = parser.parse_args()
    folders = [f for f in options.folders if f.is_dir()]
    if not folders:
        print("bench: no such folder; name folders with documents", file=sys.stderr)
        return 2
    try:
        lines = compare(folders, options.rounds)
    except Missing as error:
        print(f"bench: {error}", file=sys.stderr)
        return 2
    for number, rows in enumerate(lines, 1):
        print(f"\ndocuments a second of processor time, {'each read for the first time' if number == 1 else f'read again, round {number}'}\n")
        print(f"{'':6} {'documents':>9} {'casetrail':>10} {'tika':>8} {'times':>7}")
        for line in rows:
            print(f"{line.format:6} {line.documents:9} {line.ours:10.1f} {line.theirs:8.1f} {line.times:6.1f}x")
    return 0


if __name__ == "__main__":
    sys.exit(main())
