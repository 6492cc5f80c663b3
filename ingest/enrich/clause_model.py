"""The learned part of reading contracts: linear weights over hashed word sequences and plain cues, kept beside this module.

`bench.train_clauses` makes the weights (docs/clauses.md says from what). They are loaded when the first contract is read. Whole numbers of one
byte with one scale a category; a weight more or less costs nothing, so a sentence is scored for all categories at once.
"""
from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import numpy as np
import numpy.typing as npt

from ingest.enrich.clause_cues import COUNT, cues
from ingest.enrich.clause_features import BITS, columns, hashed
from ingest.enrich.clause_mentions import Mention, around

Floats = npt.NDArray[np.float32]

SENTENCES: Final = (
    "effective_date", "expiration_date", "renewal_term", "notice_period_to_terminate_renewal", "governing_law", "termination_for_convenience",
    "post_termination_services", "cap_on_liability", "liquidated_damages")
"""Categories of which whole sentences are weighed."""

MENTIONS: Final = ("parties", "agreement_date", "effective_date")
"""Categories of which names and days are weighed."""

CUE_WEIGHT: Final = 0.25
"""What a cue counts in a sentence whose hashed features have length one; half of it in the sentences beside it."""

FILE: Final = Path(__file__).with_name("clause_weights.npz")


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of several categories over hashed columns: `hashed` int8, `scale` by category, `cues` (empty for mentions), `bias`.

    `first` is the score from which the best one of a paper counts, `more` that from which any other does.
    """
    hashed: npt.NDArray[np.int8]
    scale: Floats
    cues: Floats
    bias: Floats
    first: Floats
    more: Floats


@cache
def weights() -> tuple[Weights, Weights]:
    """Return the weights for sentences and for mentions. Raises ValueError when the file was made for other features."""
    with np.load(FILE, allow_pickle=False) as held:
        made = tuple(
            Weights(*(held[f"{kind}_{part}"] for part in ("hashed", "scale", "cues", "bias", "first", "more"))) for kind in ("sentences", "mentions"))
    sentences, mentions = made
    if (sentences.hashed.shape != (len(SENTENCES), 1 << BITS) or mentions.hashed.shape != (len(MENTIONS), 1 << BITS)
            or sentences.cues.shape != (len(SENTENCES), 3 * COUNT)):
        raise ValueError(f"{FILE.name} was made for other features: run bench.train_clauses")
    return sentences, mentions


def sentence_rows(text: str, folded: str, bounds: list[tuple[int, int]]) -> tuple[list[list[int]], Floats]:
    """Return the hashed columns of each sentence, and its cues with those of the sentence before and behind it, weighted."""
    own = np.array([cues(text, folded, start, end) for start, end in bounds], dtype=np.float32).reshape(len(bounds), COUNT) * CUE_WEIGHT
    none = np.zeros((1, COUNT), dtype=np.float32)
    before, behind = np.vstack([none, own[:-1]]) / 2, np.vstack([own[1:], none]) / 2
    return list(columns(folded, bounds)), np.hstack([own, before, behind]).astype(np.float32)


def mention_rows(folded: str, mentions: list[Mention]) -> list[list[int]]:
    """Return the hashed columns of each mention."""
    seen: dict[str, int] = {}
    return [hashed(around(folded, mentions, at, seen)) for at in range(len(mentions))]


def score_sentences(text: str, folded: str, bounds: list[tuple[int, int]]) -> Floats:
    """Return the scores of sentences, one row a sentence, one column a category of `SENTENCES`."""
    if not bounds:
        return np.zeros((0, len(SENTENCES)), dtype=np.float32)
    made, _ = weights()
    listed, signs = sentence_rows(text, folded, bounds)
    return _score(made, listed) + signs @ made.cues.T


def score_mentions(folded: str, mentions: list[Mention]) -> Floats:
    """Return the scores of mentions, one row a mention, one column a category of `MENTIONS`."""
    if not mentions:
        return np.zeros((0, len(MENTIONS)), dtype=np.float32)
    _, made = weights()
    return _score(made, mention_rows(folded, mentions))


def _score(made: Weights, listed: list[list[int]]) -> Floats:
    counts = np.array([len(row) for row in listed])
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    picked = made.hashed[:, np.concatenate([np.asarray(row, dtype=np.int64) for row in listed])]
    summed = np.add.reduceat(picked.astype(np.float32), starts, axis=1)
    scores: Floats = (summed * made.scale[:, None] / np.sqrt(counts)[None, :] + made.bias[:, None]).T.astype(np.float32)
    return scores
