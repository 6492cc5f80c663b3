"""How good the ranking is: nDCG@10 and recall@20 of plain questions whose answers people have marked.

    cases    the questions of legal, auditors and agents in each truth.json, on a whole archive, with --client as they would ask
    meetings a question about a meeting -> its turns (QMSum, validation part)
    clauses  what a clause is called and asked for -> its passage in the contract (CUAD v1)

`python -m bench.relevance --home HOME ../shared/cases` asks an archive that holds the cases; without --home it takes them in first.
Gain is 2^grade - 1, discount log2(rank + 1); a file counts once, at its best place, and copies count as their primary.
"""
from __future__ import annotations

import argparse
import ast
import csv
import json
import math
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from archive.adapters.index_embedded import EmbeddedIndex
from archive.entry import entry_of
from archive.model.digest import Digest
from archive.model.outcome import Done
from archive.model.query import In, SearchRequest
from archive.model.record import ReadRecord, Record
from archive.model.viewer import LOCAL
from archive.settings import read_settings
from archive.wiring import Archive, open_archive
from search_api.query import Known, parse, query_of
from search_api.search import search

DEPTH = 40
PASSAGE_CHARS = 600


@dataclass(frozen=True, slots=True)
class Measured:
    """One question: what was found of what was marked."""
    set: str
    text: str
    ndcg: float
    recall: float


def ndcg_and_recall(ranked: Sequence[int], marked: Iterable[int]) -> tuple[float, float]:
    """Return nDCG@10 and recall@20 of the grades found, in order, against all grades that were marked."""
    ideal = sorted(marked, reverse=True)
    best = _gain(ideal)
    return _gain(ranked) / best if best else 1.0, sum(grade > 0 for grade in ranked[:20]) / max(1, len(ideal))


def _gain(grades: Sequence[int]) -> float:
    return math.fsum((2 ** grade - 1) / math.log2(place + 2) for place, grade in enumerate(grades[:10]))


def mean(measured: Sequence[Measured]) -> tuple[float, float]:
    """Return the means of both figures, each question counting once."""
    count = max(1, len(measured))
    return sum(m.ndcg for m in measured) / count, sum(m.recall for m in measured) / count


# ---------------------------------------------------------------- cases

def cases(archive: Archive, root: Path) -> list[Measured]:
    """Ask every question of the cases below `root` of an archive that holds them."""
    out = []
    for file in sorted(root.glob("*/truth.json")):
        truth = json.loads(file.read_text("utf-8"))
        same = {_plain(d["path"]): _plain(d["duplicate_of"]) for d in truth["documents"] if d.get("duplicate_of") and not d.get("inner")}
        for query in truth.get("queries") or []:
            marked: dict[str, int] = {}
            for path, grade in query["relevant"].items():
                primary = same.get(_plain(path), _plain(path))
                marked[primary] = max(grade, marked.get(primary, 0))
            found = search(archive, LOCAL, query["text"], client=truth["client"]["id"], limit=DEPTH, facets=())
            ranked = _grades([hit.record.source_paths for hit in found.hits], marked, same, root)
            out.append(Measured(file.parent.name, query["text"], *ndcg_and_recall(ranked, marked.values())))
    return out


def _grades(hits: Sequence[Sequence[str]], marked: Mapping[str, int], same: Mapping[str, str], root: Path) -> list[int]:
    """Return the grades of the files that the hits lie in, each file once, in order."""
    seen: set[str] = set()
    grades = []
    for paths in hits:
        names = [same.get(name, name) for name in (_below(path, root) for path in paths)]
        best = max(names, key=lambda name: marked.get(name, 0), default="")
        if best not in seen:
            seen.add(best)
            grades.append(marked.get(best, 0))
    return grades


def _below(path: str, root: Path) -> str:
    path, marker = _plain(path), _plain(str(root.resolve())) + "/"
    return path.split(marker, 1)[1] if marker in path else path


def _plain(path: str) -> str:
    return re.sub("/+", "/", path.removeprefix("file://").replace("\\", "/")).strip("/")


@contextmanager
def taken_in(root: Path) -> Iterator[Archive]:
    """Take the cases into a home of their own."""
    with tempfile.TemporaryDirectory(prefix="casetrail-relevance-") as home:
        command = [sys.executable, "-m", "casetrail.main"]
        environment = {**os.environ, "CASETRAIL_HOME": home}
        subprocess.run([*command, "clients", "import", str(root / "directory.csv")], env=environment, check=True, capture_output=True)
        for folder in sorted(file.parent for file in root.glob("*/truth.json")):
            sources = folder / "sources"
            subprocess.run([*command, "ingest", str(sources if sources.is_dir() else folder)], env=environment, check=True, capture_output=True)
        archive = open_archive(read_settings(environment))
        yield archive
        archive.close()


# ---------------------------------------------------------------- passages

@dataclass(frozen=True, slots=True)
class Asked:
    """A question to the passages of one document, and the numbers of those that answer it."""
    document: str
    text: str
    answers: frozenset[int]


def passages(name: str, documents: Mapping[str, Sequence[str]], asked: Sequence[Asked]) -> list[Measured]:
    """Index every passage as a record in the family of its document, and ask each question of its document."""
    with tempfile.TemporaryDirectory(prefix="casetrail-relevance-") as folder:
        index = EmbeddedIndex(Path(folder))
        index.create("v1")
        families = {document: f"{number:020x}" for number, document in enumerate(sorted(documents), 1)}
        for document, texts in documents.items():
            index.upsert("v1", [entry_of(_record(families[document], number, text)) for number, text in enumerate(texts)])
        index.commit("v1")
        index.switch("v1")
        out = []
        for each in asked:
            query = query_of(parse(each.text), Known())
            hits = index.search(SearchRequest(query, In("family", (families[each.document],)), limit=20)).hits
            ranked = [int(int(hit.record_id[10:], 16) in each.answers) for hit in hits]
            out.append(Measured(name, each.text, *ndcg_and_recall(ranked, [1] * len(each.answers))))
        index.close()
    return out


def _record(family: str, number: int, text: str) -> ReadRecord:
    record = Record(
        record_id=f"{family[10:]}{number:010x}", source_paths=("passage",), inner=str(number), kind="other", record_types=(), clients=(), date=None,
        sent_at=None, sender=None, to=(), subject="", language="en", thread_id=None, family_id=family, parent_id=None, duplicate_of=None,
        near_duplicate_of=None, privileged=False, sentiment=None, digest=Digest("0" * 64), mime="text/plain", size_bytes=len(text), pages=None,
        source="", custodian="", name="", ordinal=number, outcome=Done())
    return ReadRecord(record, text)


def meetings(folder: Path) -> list[Measured]:
    """Questions about a meeting, answered by its turns (QMSum)."""
    documents, asked = {}, []
    for file in sorted(folder.glob("*.json")):
        meeting = json.loads(file.read_text("utf-8"))
        turns = [f"{turn['speaker']}: {turn['content']}" for turn in meeting["meeting_transcripts"]]
        documents[file.stem] = turns
        for query in meeting["specific_query_list"]:
            spans = [range(int(first), int(last) + 1) for first, last in query["relevant_text_span"]]
            asked.append(Asked(file.stem, query["query"], frozenset(n for span in spans for n in span if n < len(turns))))
    return passages("meetings", documents, [each for each in asked if each.answers])


def clauses(folder: Path) -> list[Measured]:
    """What a clause is called and asked for, answered by the passages of a contract that were marked for it (CUAD)."""
    with (folder / "category_descriptions.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))[1:]
    described = {row[0].removeprefix("Category: ").strip(): row[1].removeprefix("Description: ").strip() for row in rows}
    columns = {re.sub(r"\W", "", name).lower(): (name, words) for name, words in described.items()}
    documents: dict[str, list[str]] = {}
    asked = []
    with (folder / "master_clauses.csv").open(encoding="utf-8-sig", newline="") as stream:
        for row in csv.DictReader(stream):
            file = folder / "full_contract_txt" / (Path(row["Filename"]).stem + ".txt")
            if not file.is_file():
                continue
            parts = _cut(file.read_text("utf-8", errors="replace"))
            documents[file.stem] = parts
            squeezed = [_squeezed(part) for part in parts]
            for column, value in row.items():
                name, words = columns.get(re.sub(r"\W", "", column).lower(), ("", ""))
                marked = [_squeezed(each) for each in _listed(value)] if name else []
                answers = frozenset(n for n, part in enumerate(squeezed) for each in marked if len(each) > 20 and (each[:200] in part or part in each))
                if answers:
                    asked.append(Asked(file.stem, re.sub(r"[^\w\s.,'-]", " ", f"{name} {words}"), answers))
    return passages("clauses", documents, asked)


def _cut(text: str) -> list[str]:
    """Return a contract in passages: its paragraphs, short ones joined, long ones cut at sentences."""
    out: list[str] = []
    for paragraph in re.split(r"\n\s*\n", text):
        for sentence in re.split(r"(?<=[.;])\s+(?=[A-Z(\d])", paragraph):
            if out and len(out[-1]) + len(sentence) < PASSAGE_CHARS:
                out[-1] += " " + sentence
            else:
                out.append(sentence)
    return [each for each in out if each.strip()]


def _listed(value: str | None) -> list[str]:
    try:
        read = ast.literal_eval(value or "[]")
    except (ValueError, SyntaxError):
        return []
    return [str(each) for each in read] if isinstance(read, list) else []


def _squeezed(text: str) -> str:
    return re.sub(r"\W+", "", text).lower()


# ---------------------------------------------------------------- telling

def tell(name: str, measured: Sequence[Measured]) -> None:
    ndcg, recall = mean(measured)
    print(f"  {name:24} nDCG@10 {ndcg:.3f}   recall@20 {recall:.3f}   ({len(measured)} questions)")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("cases", nargs="?", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "cases")
    parser.add_argument("--home", type=Path, help="a home that holds the cases already")
    parser.add_argument("--corpora", type=Path, default=Path(__file__).resolve().parents[2] / "shared" / "corpora")
    parser.add_argument("--detail", action="store_true", help="also tell every question")
    options = parser.parse_args()
    run(options.cases, options.corpora, options.home, options.detail)
    return 0


def run(root: Path, corpora: Path, home: Path | None = None, detail: bool = False) -> None:
    """Tell the figures of all sets that are here."""
    print("ranking of plain questions")
    if root.is_dir():
        if home:
            archive = open_archive(read_settings({**os.environ, "CASETRAIL_HOME": str(home)}))
            report_cases(cases(archive, root.resolve()), detail)
            archive.close()
        else:
            with taken_in(root.resolve()) as archive:
                report_cases(cases(archive, root.resolve()), detail)
    if (corpora / "meetings-qmsum").is_dir():
        tell("meetings (QMSum)", meetings(corpora / "meetings-qmsum"))
    if (corpora / "contracts-cuad").is_dir():
        tell("clauses (CUAD)", clauses(corpora / "contracts-cuad"))


def report_cases(measured: Sequence[Measured], detail: bool = False) -> None:
    tell("cases", measured)
    for name in sorted({m.set for m in measured}):
        tell(f"  {name}", [m for m in measured if m.set == name])
    for m in sorted(measured, key=lambda m: m.ndcg) if detail else ():
        print(f"      {m.ndcg:.2f} {m.recall:.2f}  {m.set}: {m.text}")


if __name__ == "__main__":
    sys.exit(main())
