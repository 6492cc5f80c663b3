"""`python -m bench.contracts [FOLDER] [--wrong]`: how well clauses are read from the 60 contracts of contracts-cuad, category by category.

Each contract goes the way of any file (identify, read, enrich); what is scored are its facts. Three questions: is the clause there or not (a fact whose
value is `no` says that it is not); do the cited passages meet those that people marked (characters that both share over characters of both, half or more;
each passage once); is the value the one that people wrote (days of which all is known, `perpetual`, lengths of time; `both`: the share that agrees where
people and the archive have one). A last day that was reckoned from a term may be the one before: a term of a year from 1 May ends on 30 April, and CUAD
writes 1 May. FOLDER has `master_clauses.csv` and `full_contract_txt/`.
"""
from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from archive.model.extracted import Child, Passage
from archive.model.fact import Fact
from archive.settings import Limits
from bench.clause_labels import CATEGORIES, Contract, contracts, fact_name, matched
from ingest.enrich import enrich
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Context, Given
from ingest.identify import identify

_SHARED = Path(__file__).resolve().parents[2] / "shared/corpora/contracts-cuad"
_DAYS = ("Agreement Date", "Effective Date", "Expiration Date")
_LENGTHS = ("Renewal Term", "Notice Period To Terminate Renewal")
_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d\d)")
_LENGTH = re.compile(r"(?<![\d.])(\d+(?:\.\d+)?)\W{0,2}\s*(day|week|month|year)")

Value = str | tuple[int, str]


@dataclass(slots=True)
class Score:
    """What was right, said and expected."""
    right: int = 0
    said: int = 0
    expected: int = 0

    def add(self, right: int, said: int, expected: int) -> None:
        self.right, self.said, self.expected = self.right + right, self.said + said, self.expected + expected

    @property
    def precision(self) -> float:
        return self.right / self.said if self.said else 0.0

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 0.0

    @property
    def f1(self) -> float:
        return 2 * self.right / (self.said + self.expected) if self.said + self.expected else 0.0

    def __str__(self) -> str:
        return f"{self.precision:5.2f} {self.recall:5.2f} {self.f1:5.3f}"


@dataclass(slots=True)
class Values(Score):
    """The same of values; `both` counts contracts in which people and the archive have one."""
    both: int = 0

    @property
    def agreement(self) -> float:
        return self.right / self.both if self.both else 0.0

    def __str__(self) -> str:
        return f"{Score.__str__(self)} {self.agreement:6.2f}"


def facts_of(file: Path) -> tuple[Fact, ...]:
    """Return the facts that the archive reads from a file, as `casetrail facts` shows them."""
    given = Given(file.name, file.name)
    identified = identify(Content(file=str(file)), given)
    members, extracted = read_whole(Work(Content(file=str(file)), identified, given, Limits()))
    if any(isinstance(m, Child) for m in members):
        raise ValueError(f"{file.name} is a container")
    return enrich(extracted, identified, given, Context(())).facts


def wanted_value(category: str, answer: str) -> Value | None:
    """Return the first value that people wrote; None where it is blank or only known in part."""
    return next(iter(wanted_values(category, answer)), None)


def wanted_values(category: str, answer: str) -> tuple[Value, ...]:
    """Return the days (ISO 8601), `perpetual` or lengths of time that people wrote, of which any is right: they wrote several with `;` between them.

    Blank parts are left out. Days are month first unless that is no day of the calendar: `31/01/2025`. Half a year is `0.5 year`.
    """
    read = (_day(part.strip()) if category in _DAYS else _length_of(part) for part in answer.lower().split(";"))
    return tuple(value for value in read if value is not None)


def _day(answer: str) -> Value | None:
    if answer == "perpetual":
        return answer
    m = _DAY.fullmatch(answer)
    if m is None:
        return None
    year = int(m[3]) if len(m[3]) == 4 else int(m[3]) + (2000 if int(m[3]) < 70 else 1900)
    month, day = (int(m[1]), int(m[2])) if int(m[1]) <= 12 else (int(m[2]), int(m[1]))
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None


def _length_of(answer: str) -> Value | None:
    if answer.strip() == "perpetual":
        return "perpetual"
    m = _LENGTH.search(answer)
    if m is None:
        return None
    number = float(m[1]) * (12 if m[2] == "year" else 1)
    return _length(int(number), "month" if m[2] == "year" else m[2]) if number.is_integer() else None


def given_value(category: str, facts: Iterable[Fact]) -> Value | None:
    """Return the value of the surest fact that has one in full, as `wanted_value` gives it."""
    for fact in sorted((f for f in facts if f.value is not None), key=lambda f: -f.confidence):
        if fact.value == "perpetual":
            return "perpetual"
        if category in _LENGTHS and isinstance(fact.value, int):
            return _length(fact.value, fact.unit.removeprefix("calendar_").removeprefix("business_").rstrip("s"))
        if category in _DAYS and isinstance(fact.value, str) and len(fact.value) == 10:
            return fact.value
    return None


def _length(number: int, unit: str) -> tuple[int, str]:
    return {"year": (12 * number, "month"), "week": (7 * number, "day")}.get(unit, (number, unit))


def same_value(category: str, given: Value | None, wanted: Value | None) -> bool:
    """Say whether two values agree; the last day of a term may be the one before."""
    if given is None or wanted is None or given == wanted:
        return given == wanted and given is not None
    if category != "Expiration Date" or "perpetual" in (given, wanted):
        return False
    return (date.fromisoformat(str(wanted)) - date.fromisoformat(str(given))).days == 1


def score(papers: Iterable[Contract], wrong: bool = False) -> dict[str, tuple[Score, Score, Values]]:
    """Return for each category the scores of its presence, its passages and its values."""
    out = {category: (Score(), Score(), Values()) for category in CATEGORIES}
    for paper in papers:
        facts = facts_of(paper.file)
        for category in CATEGORIES:
            there, passages, values = out[category]
            named = [f for f in facts if f.name == fact_name(category) and f.value != "no"]
            golds = paper.passages[category]
            there.add(bool(named and golds), bool(named), bool(golds))
            spans = list(dict.fromkeys((p.start, p.end) for f in named for p in _own(f)))
            hit = matched(spans, golds)
            passages.add(hit, len(spans), len(golds))
            if category in _DAYS + _LENGTHS:
                wanted, given = wanted_values(category, paper.answers[category]), given_value(category, named)
                right = any(same_value(category, given, value) for value in wanted)
                values.add(right, given is not None, bool(wanted))
                values.both += given is not None and bool(wanted)
                if wrong and not right and (given is not None or wanted):
                    print(f"{paper.file.stem[:50]}: {category}: {given} where {wanted} [{paper.answers[category]}]")
            if wrong and (hit < len(golds) or hit < len(spans)):
                print(f"{paper.file.stem[:50]}: {category}: {hit} of {len(golds)}, {len(spans)} said")
    return out


def _own(fact: Fact) -> tuple[Passage, ...]:
    """Return the passages of a fact that state it; those behind the first of a derived one are what it was reckoned from."""
    return fact.passages if fact.name == "parties" else fact.passages[:1]


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", nargs="?", type=Path, default=_SHARED)
    parser.add_argument("--wrong", action="store_true", help="list what differs")
    options = parser.parse_args()
    if not (options.folder / "master_clauses.csv").is_file():
        print(f"bench: {options.folder}/master_clauses.csv is absent", file=sys.stderr)
        return 2
    papers = list(contracts(options.folder, "master_clauses.csv", "full_contract_txt"))
    scores = score(papers, options.wrong)
    print(f"{len(papers)} contracts{'':23}clause there or not    passages               values")
    print(f"{'':36} {'P':>5} {'R':>5} {'F1':>5}      {'P':>5} {'R':>5} {'F1':>5}      {'P':>5} {'R':>5} {'F1':>5} {'both':>6}")
    for category, (there, passages, values) in scores.items():
        print(f"{category:36} {there}      {passages}      {values if category in _DAYS + _LENGTHS else ''}".rstrip())
    means = [sum(s[column].f1 for s in rows) / len(rows) for column, rows in (
        (0, list(scores.values())), (1, list(scores.values())), (2, [scores[c] for c in _DAYS + _LENGTHS]))]
    agreement = sum(scores[c][2].agreement for c in _DAYS + _LENGTHS) / len(_DAYS + _LENGTHS)
    print(f"{'mean F1':36} {'':11} {means[0]:5.3f}      {'':11} {means[1]:5.3f}      {'':11} {means[2]:5.3f} {agreement:6.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
