"""`python -m bench.train_clauses [FOLDER] [--folds N] [--write]`: learn the weights of `ingest.enrich.clause_model` from labelled contracts.

FOLDER holds `more_clauses.csv` and `more_txt/` of contracts-cuad (default ../shared/corpora/contracts-cuad). The 60 contracts of
`full_contract_txt` are never opened here. Contracts of one company stay in one fold; scores of contracts that a fold did not see choose the
thresholds and give the figures that are printed. `--write` then learns from all contracts and writes the file. Needs scikit-learn (extra `train`).
"""
from __future__ import annotations

import argparse
import random
import re
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from sklearn.linear_model import LogisticRegression

from bench.clause_labels import CATEGORIES, Contract, Gold, Span, contracts, fact_name, matched, overlap
from ingest.enrich.clause_categories import for_cause
from ingest.enrich.clause_features import BITS
from ingest.enrich.clause_mentions import dates, names
from ingest.enrich.clause_model import FILE, MENTIONS, SENTENCES, mention_rows, sentence_rows
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.fold import fold

_SHARED = Path(__file__).resolve().parents[2] / "shared/corpora/contracts-cuad"
_CATEGORY = {fact_name(c): c for c in CATEGORIES}
_SENTENCE_C, _SENTENCE_BOOST = 20.0, 3.0
_MENTION_C = {"parties": 3.0, "agreement_date": 6.0, "effective_date": 6.0}
_SEED = 0
_PARTIES_FROM = -0.8
_CANDIDATES = np.arange(-3.0, 2.01, 0.2)


class Table:
    """The rows of all contracts: `paper` is the number of the contract of each row, `spans` what it stands for."""

    def __init__(self, papers: list[Contract], read: Callable[[Contract], tuple[list[Span], list[list[int]], np.ndarray | None]]) -> None:
        self.papers, self.spans, self.paper = papers, [], []
        listed: list[list[int]] = []
        dense: list[np.ndarray] = []
        for number, paper in enumerate(papers):
            spans, rows, cues = read(paper)
            self.spans += spans
            self.paper += [number] * len(spans)
            listed += rows
            if cues is not None:
                dense.append(cues)
        counts = np.array([len(r) for r in listed])
        pointers = np.concatenate([[0], np.cumsum(counts)])
        hashed = sp.csr_matrix((np.repeat(1 / np.sqrt(counts), counts), np.concatenate(listed), pointers), shape=(len(listed), 1 << BITS))
        self.rows = sp.hstack([hashed, sp.csr_matrix(np.vstack(dense))]).tocsr() if dense else hashed
        self.number = np.array(self.paper)

    def labels(self, name: str) -> np.ndarray:
        """Return for each row whether it is a passage of the category, or the larger part of it lies in a longer one."""
        out = np.zeros(len(self.spans), dtype=bool)
        by_paper = dict(zip(range(len(self.papers)), np.split(np.arange(len(self.number)), np.searchsorted(
            self.number, np.arange(1, len(self.papers)))), strict=True))
        for number, paper in enumerate(self.papers):
            golds = paper.passages[_CATEGORY[name]]
            for row in by_paper[number] if golds else ():
                out[row] = any(_is_of(self.spans[row], gold) for gold in golds)
        return out


def _is_of(span: Span, gold: Gold) -> bool:
    if overlap(span, gold) >= 0.5:
        return True
    for place in gold.places:
        shared = sum(max(0, min(span[1], b) - max(span[0], a)) for a, b in place)
        if shared > 40 and shared >= (span[1] - span[0]) / 2:
            return True
    return False


def _sentences(paper: Contract) -> tuple[list[Span], list[list[int]], np.ndarray]:
    bounds = sentences(paper.text)
    rows, cues = sentence_rows(paper.text, fold(paper.text), bounds)
    return bounds, rows, cues


def _names(paper: Contract) -> tuple[list[Span], list[list[int]], None]:
    found = names(paper.text)
    return [(m.start, m.end) for m in found], mention_rows(fold(paper.text), found), None


def _days(paper: Contract) -> tuple[list[Span], list[list[int]], None]:
    folded = fold(paper.text)
    found = dates(folded)
    return [(m.start, m.end) for m in found], mention_rows(folded, found), None


def company(file: Path) -> str:
    """Return the beginning of a contract's file name, which names its company."""
    return re.split(r"[_ ]", file.name)[0][:8].lower()


def learn(rows: sp.csr_matrix, wanted: np.ndarray, strength: float, boost: float) -> tuple[np.ndarray, float]:
    """Return the weight of each column and the bias. Rows of one kind alone teach nothing: no weight, and a bias that never says yes."""
    if wanted.all() or not wanted.any():
        return np.zeros(rows.shape[1]), -9.0
    model = LogisticRegression(C=strength, solver="liblinear", class_weight={0: 1, 1: boost}, random_state=_SEED).fit(rows, wanted)
    return model.coef_[0], float(model.intercept_[0])


def out_of_fold(table: Table, wanted: np.ndarray, folds: np.ndarray, strength: float, boost: float) -> np.ndarray:
    """Return the score that each row gets from weights that were learned without its fold."""
    scores = np.zeros(len(wanted))
    for number in np.unique(folds):
        held = folds[table.number] == number
        coefficients, bias = learn(table.rows[~held], wanted[~held], strength, boost)
        scores[held] = table.rows[held] @ coefficients + bias
    return scores


def thresholds(table: Table, scores: np.ndarray, name: str, most: int) -> tuple[float, float, float, float]:
    """Return `first`, `more` and the two F1 they give: of passages, and of contracts that have the clause."""
    best = (-1.0, 0.0, 0.0, 0.0, 0.0)
    ranked = [_ranked(table, scores, number, name) for number in range(len(table.papers))]
    golds = [paper.passages[_CATEGORY[name]] for paper in table.papers]
    expected, there = sum(map(len, golds)), sum(map(bool, golds))
    for more in _CANDIDATES:
        for first in _CANDIDATES[more + 1e-9 >= _CANDIDATES]:
            hit = given = both = said = 0
            for listed, wanted in zip(ranked, golds, strict=True):
                chosen = 0
                taken: set[int] = set()
                for score, fits in listed[:most]:
                    if score < (more if chosen else first):
                        break
                    chosen += 1
                    taken |= set(next(([g] for g in fits if g not in taken), []))
                hit, given, said, both = hit + len(taken), given + chosen, said + bool(chosen), both + bool(chosen and wanted)
            passages, papers = 2 * hit / max(1, given + expected), 2 * both / max(1, said + there)
            best = max(best, (passages + papers, passages, papers, float(first), float(more)))
    return best[3], best[4], best[1], best[2]


def _ranked(table: Table, scores: np.ndarray, number: int, name: str) -> list[tuple[float, list[int]]]:
    """Return the best rows of a contract, highest first: each with its score and the passages that it meets, best met first."""
    rows = np.nonzero(table.number == number)[0]
    rows = rows[np.argsort(-scores[rows], kind="stable")][:60]
    paper, out, seen = table.papers[number], [], set()
    golds = paper.passages[_CATEGORY[name]]
    if name == "termination_for_convenience":  # as `clause_categories` does
        folded = fold(paper.text)
        rows = np.array([row for row in rows if not for_cause(folded, *table.spans[row])], dtype=np.int64)
    for row in rows[scores[rows] >= _CANDIDATES[0]]:
        span = table.spans[row]
        words = re.sub(r"\W", "", paper.text[slice(*span)]).lower()
        if name == "parties" and words in seen:
            continue
        seen.add(words)
        meets = sorted(((overlap(span, gold), n) for n, gold in enumerate(golds)), reverse=True)
        out.append((float(scores[row]), [n for share, n in meets if share >= 0.5]))
    return out


def day_or_sentence(days_of: Table, day_scores: np.ndarray, sentences_of: Table, sentence_scores: np.ndarray) -> tuple[float, float, float, float]:
    """Return the scores from which a day and a sentence count as the effective date, of which the surer one is taken, and the two F1 they give."""
    golds = [paper.passages[_CATEGORY["effective_date"]] for paper in days_of.papers]
    tops = []
    for number, wanted in enumerate(golds):
        pair = []
        for table, scores in ((days_of, day_scores), (sentences_of, sentence_scores)):
            rows = np.nonzero(table.number == number)[0]
            best = rows[np.argmax(scores[rows])] if len(rows) else None
            pair.append((-9.0, False) if best is None else (float(scores[best]), matched([table.spans[best]], wanted) > 0))
        tops.append(pair)
    expected, there = sum(map(len, golds)), sum(map(bool, golds))
    best_of = (-1.0, 0.0, 0.0, 0.0, 0.0)
    for day in _CANDIDATES:
        for sentence in _CANDIDATES:
            hit = said = both = 0
            for (by_day, by_sentence), wanted in zip(tops, golds, strict=True):
                above = [(score - least, fits) for (score, fits), least in ((by_day, day), (by_sentence, sentence)) if score >= least]
                hit, said, both = hit + bool(above and max(above)[1]), said + bool(above), both + bool(above and wanted)
            passages, papers = 2 * hit / (said + expected), 2 * both / (said + there)
            best_of = max(best_of, (passages + papers, passages, papers, float(day), float(sentence)))
    return best_of[3], best_of[4], best_of[1], best_of[2]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("folder", nargs="?", type=Path, default=_SHARED)
    parser.add_argument("--folds", type=int, default=5)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    if not (options.folder / "more_clauses.csv").is_file():
        print(f"bench: {options.folder}/more_clauses.csv is absent", file=sys.stderr)
        return 2
    papers = list(contracts(options.folder, "more_clauses.csv", "more_txt"))
    companies = sorted({company(p.file) for p in papers})
    random.Random(_SEED).shuffle(companies)
    folds = np.array([companies.index(company(p.file)) % options.folds for p in papers])
    print(f"{len(papers)} contracts of {len(companies)} companies, {options.folds} folds")
    by_sentence, by_name, by_day = (Table(papers, read) for read in (_sentences, _names, _days))
    out: dict[str, np.ndarray] = {}
    held: dict[tuple[str, str], np.ndarray] = {}
    for kind, plan in (("sentences", [(n, by_sentence, _SENTENCE_C, _SENTENCE_BOOST, 60) for n in SENTENCES]),
                       ("mentions", [(n, by_name if n == "parties" else by_day, _MENTION_C[n], 1.0, 60 if n == "parties" else 1) for n in MENTIONS])):
        made = []
        for name, table, strength, boost, most in plan:
            wanted = table.labels(name)
            scores = out_of_fold(table, wanted, folds, strength, boost)
            first, more, passages, there = thresholds(table, scores, name, 1 if name == "effective_date" else most)
            print(f"{kind:10} {name:36} passages {passages:.3f}  contracts {there:.3f}  from {first:+.1f}, more from {more:+.1f}", flush=True)
            coefficients, bias = learn(table.rows, wanted, strength, boost) if options.write else (np.zeros(table.rows.shape[1]), 0.0)
            if name == "parties":  # every contract here has some; a paper elsewhere need not
                first = max(first, _PARTIES_FROM)
            made.append([coefficients, bias, first, more])
            held[kind, name] = scores
        if kind == "mentions":
            day, sentence, passages, there = day_or_sentence(by_day, held["mentions", "effective_date"], by_sentence, held["sentences", "effective_date"])
            made[-1][2] = day
            out["sentences_first"][0] = sentence
            print(f"together   effective_date                       passages {passages:.3f}  contracts {there:.3f}  day from {day:+.1f}, sentence from "
                  f"{sentence:+.1f}")
        hashed = np.stack([m[0][:1 << BITS] for m in made])
        scale = np.abs(hashed).max(axis=1) / 127 + 1e-12
        out |= {
            f"{kind}_hashed": np.round(hashed / scale[:, None]).astype(np.int8), f"{kind}_scale": scale.astype(np.float32),
            f"{kind}_cues": np.stack([m[0][1 << BITS:] for m in made]).astype(np.float32),
            f"{kind}_bias": np.array([m[1] for m in made], dtype=np.float32),
            f"{kind}_first": np.array([m[2] for m in made], dtype=np.float32), f"{kind}_more": np.array([m[3] for m in made], dtype=np.float32),
        }
    if options.write:
        np.savez_compressed(FILE, **out)
        print(f"{FILE.name}: {FILE.stat().st_size / 1e6:.2f} MB")
    return 0


if __name__ == "__main__":
    sys.exit(main())
