"""Which passages of an English contract belong to which category, as the learned weights say. Pure; offsets into the text."""
from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from ingest.enrich.clause_mentions import dates, names
from ingest.enrich.clause_model import MENTIONS, SENTENCES, Floats, Weights, score_mentions, score_sentences, weights
from ingest.enrich.clause_sentences import sentences

LIMIT = 400_000
_MOST = 40


@dataclass(frozen=True, slots=True)
class Found:
    """A passage from `start` to `end` with the score of its category; `form` is sentence, name, quoted, both or day."""
    start: int
    end: int
    score: float
    form: str = "sentence"

    @property
    def confidence(self) -> float:
        """The score as a number between 0.3 and 0.95: it came through its category's threshold, which differs from one to another."""
        return round(min(0.95, max(0.3, 1 / (1 + math.exp(-self.score)))), 2)


def read_clauses(text: str, folded: str) -> dict[str, list[Found]]:
    """Return the passages found, by category, in order of place; a category without any is left out."""
    bounds = sentences(text, LIMIT)
    scores = score_sentences(text, folded, bounds)
    by_sentence, by_mention = weights()
    found: dict[str, list[Found]] = {}
    for column, name in enumerate(SENTENCES):
        found[name] = _chosen([Found(*bounds[row], score=float(scores[row, column])) for row in _best(scores[:, column])], by_sentence, column)
    people, days = names(text), dates(folded, LIMIT)
    for mentions, column in ((people, MENTIONS.index("parties")), (days, MENTIONS.index("agreement_date")), (days, MENTIONS.index("effective_date"))):
        weighed = score_mentions(folded, mentions)
        listed = [Found(mentions[row].start, mentions[row].end, float(weighed[row, column]), mentions[row].form) for row in _best(weighed[:, column])]
        name = MENTIONS[column]
        if name == "parties":
            found[name] = _chosen(listed, by_mention, column, _written(folded))
        elif name == "agreement_date":
            found[name] = _chosen(listed, by_mention, column)[:1]
        else:
            found[name] = _surer(_chosen(listed, by_mention, column)[:1], found[name][:1], by_mention.first[column], by_sentence.first[0])
    return {name: sorted(passages, key=lambda p: p.start) for name, passages in found.items() if passages}


def _best(scores: Floats) -> list[int]:
    """Return the rows of the highest scores, highest first."""
    return [int(row) for row in np.argsort(-scores, kind="stable")[:4 * _MOST]]


def _chosen(ranked: list[Found], made: Weights, column: int, same: Callable[[Found], str] | None = None) -> list[Found]:
    """Return the best one when it reaches `first`, and all others that reach `more`; of those that read the same only the best."""
    out: list[Found] = []
    seen: set[str] = set()
    for passage in ranked[:4 * _MOST]:
        if passage.score < (made.more[column] if out else made.first[column]) or len(out) >= _MOST:
            break
        if same is not None:
            if (written := same(passage)) in seen:
                continue
            seen.add(written)
        out.append(passage)
    return out


def _written(folded: str) -> Callable[[Found], str]:
    return lambda passage: "".join(c for c in folded[passage.start:passage.end] if c.isalnum())


def _surer(day: list[Found], sentence: list[Found], least_day: float, least_sentence: float) -> list[Found]:
    """Return the day or the sentence, whichever lies further above its threshold."""
    if day and sentence:
        return day if day[0].score - least_day > sentence[0].score - least_sentence else sentence
    return day or sentence
