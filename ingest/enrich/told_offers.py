"""Offers of which a note for the file tells: who made them by telephone or at a meeting, and the sum."""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from ingest.enrich.amounts import Sum, sums
from ingest.enrich.settlement_terms import within

_OFFERED = within(
    r"\b(?:offered|proposed|put forward|suggested)\b|\bmade (?:an? |our |the )?(?:offer|proposal)\b|\bangeboten\b|\bvorgeschlagen\b|"
    r"\bangebot\b[^.]{0,40}\b(?:gemacht|unterbreitet|abgegeben)|"
    r"\b(?:ai|avons|avez|a|ont) (?:propose|offert)\w*\b|\bofrecid[oa]\b|\b(?:ofreci|ofrecimos|ofrecio|propuse|propusimos|propuso)\b|\bpropuesto\b|"
    r"\b(?:offers|proposes|propose|offre|bietet|schlagt|ofrece|propone)\b")
_VERB_LAST = re.compile(r"angeboten|vorgeschlagen|angebot")
_OURS = re.compile(
    r"\b(?:we|i)\b(?! (?:were|was) (?:offered|told))|\b(?:habe|haben wir|wir haben|ich habe|hatte|hatten wir)\b|\bwir\b|\bich\b|\b(?:j'ai|nous avons|"
    r"avons|on a)\b|\b(?:hemos|he|ofreci|ofrecimos|propuse|propusimos)\b")
_THEIRS = re.compile(
    r"\b(?:he|she|they|client|customer|mr|mrs|ms|dr)\b\.?[^.;\n]{0,40}\b(?:offered|proposed|put forward|suggested|made)\b|\b(?:er|sie|man|herr|frau|"
    r"kunde|kundin|dr)\b\.?[^.;\n]{0,60}\b(?:hat|haben|hatte|bietet|bot)\b|"
    r"\b(?:il|elle|ils|le client|m|mme)\b\.?[^.;\n]{0,40}\b(?:a|ont) (?:propose|offert)|\b(?:el cliente|ella|el|sr|sra)\b\.?[^.;\n]{0,40}\b(?:ofrecio|"
    r"propuso|ha (?:ofrecido|propuesto))|"
    r"(?:^|[.;:!?)\n])\s{0,2}(?!we\b|i\b|ich\b|wir\b|je\b|on\b|nous\b)(?:[a-z][\w-]{0,20}\.? ?){1,3} (?<!\bai )(?<!\bavons )(?<!\bont )(?<!\ba )(?<!\bhave )"
    r"(?:offers|proposes|propose|offre|bietet|schlagt|ofrece|propone)\b")


@dataclass(frozen=True, slots=True)
class Told:
    """One offer told: the sentence from `start` to `end`, the sum, and whose offer it was (`provider` for who keeps the note, `client`)."""
    start: int
    end: int
    sum: Sum
    by: str
    words: str


def offers_told(text: str, stretches: list[tuple[int, int]]) -> Iterator[Told]:
    """Yield the offers with a sum that a folded note tells, in order.

    A note for the file is the provider's: what its writer offered, in the first person, is the provider's offer; what another is said to
    have offered is the client's.  An offer told without either is nobody's, and is left out.
    """
    for start, end in stretches:
        if (made := _OFFERED.search(text, start, end)) is None:
            continue
        held = list(sums(text, made.end(), end)) or (list(sums(text, start, made.start()))[-1:] if _VERB_LAST.match(made[0]) else [])
        if not held:
            continue
        theirs, ours = _THEIRS.search(text, max(0, start - 2), end), _OURS.search(text, start, end)
        by = "client" if theirs and not (ours and ours.start() < theirs.start()) else "provider" if ours else None
        if by is not None:
            yield Told(start, end, held[0], by, made[0])
