"""What an item does in a dispute about money: facts `dispute_act`, one for each act, and `act_by`, whose words they are.

The value of a `dispute_act` is a JSON object: `kind` (claim, response, counterclaim, offer, rejection, mediation, settlement, breach, withdrawal,
ruling), `amount` as a decimal number where the act has one, `by` where the words name another side than the one that speaks, `day` where they name
another day than the item's own, `payer` of a settlement, `reference` where the sum is that of an invoice named, `forum` of a claim brought in
proceedings, or of a ruling (final, interim, admission of a proof of debt).  The unit is the currency.  A document that does two things gives two facts.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich import dispute_words as say
from ingest.enrich.amounts import Sum, amounts, currency_of, sums
from ingest.enrich.day_forms import days, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.insolvency import admitted, estate_of, proof
from ingest.enrich.row_values import row
from ingest.enrich.sentences import sentences
from ingest.enrich.settlement_terms import WITHDRAWN, payer_of, settlement_acts
from ingest.enrich.speaker import charged, client_names, speaker
from ingest.enrich.told_offers import offers_told
from ingest.enrich.total_lines import label_lines

KINDS: Final = frozenset({"email", "legal_letter", "notice", "claim", "counterclaim", "settlement", "other", "call_note", "meeting_note",
                           "payment_advice"})
_LIMIT: Final = 40_000
_OPENING: Final = 4
_BARE_SUM = re.compile(r"(?<![\w.,/-])\d{1,3}(?:[.,' ]\d{3})+(?![\w.,/-]|\s?%)")
"""A number in groups without a currency, as one repeats the sum of an offer."""
_SHORT: Final = 80
"""A sentence that only says yes is short, and stands among the first of its message."""
_SHORTENED = re.compile(r"\b(?:hon|ret|mr|mrs|ms|dr|esq|jr|sr|st|prof|dipl|lic|ing)\.\)?\s*$")
_NEXT: Final = 90
_FORMAL: Final = 0.65
_TITLE_CHARS: Final = 250
_ABOVE_CHARS: Final = 600
PLAIN: Final = 0.7
"""How sure a denial is at least that stands beside a demand of the same message."""


@dataclass(frozen=True, slots=True)
class _Act:
    kind: str
    start: int
    end: int
    sum: Sum | None
    basis: str
    by: str | None = None
    day: str | None = None
    forum: str | None = None
    payer: str | None = None
    confidence: float = 0.75


def dispute_acts(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...], language: str | None) -> tuple[Fact, ...]:
    """Return the acts of an item of this kind in order of place, and whose they are where the item shows it; () for an item that does none."""
    if kind not in KINDS or not doc.said.strip():
        return ()
    names = client_names(doc, evidence)
    fallback = currency_of(doc, evidence)
    facts: list[Fact] = []
    for act in _acts(doc, kind, names, evidence, language):
        passages = [doc.passage(act.start, act.end)]
        if act.sum is not None and not act.start <= act.sum.start < act.end:
            passages.append(doc.passage(act.sum.start, act.sum.end))
        payer = act.payer
        if payer is None and act.sum is not None and act.kind in ("offer", "settlement", "ruling"):
            payer = payer_of(doc, names, act.sum)
        value = row(kind=act.kind, amount=format(act.sum.value, "f") if act.sum else None, by=act.by, day=act.day,
                    forum=act.forum, payer=payer)
        facts.append(Fact("dispute_act", value, tuple(passages), act.basis, (act.sum.currency if act.sum else "") or fallback, confidence=act.confidence))
    if kind == "settlement" and doc.form != "mail":
        facts += settlement_acts(doc, names, fallback, language)
    if facts and (told := speaker(doc, evidence, names)) is not None:
        side, basis, passage = told
        facts.append(Fact("act_by", side, (passage,), basis, confidence=0.85))
    if facts and (m := say.RECEIVER.search(doc.said)):
        facts.append(Fact("act_for", "estate", (doc.passage(*m.span()),), "words of an office over an insolvent estate", confidence=0.6))
    if facts and (m := say.COUNSEL.search(doc.said)):
        facts.append(Fact("act_for", "principal", (doc.passage(*m.span()),), "words of counsel for a client of theirs", confidence=0.7))
    return tuple(facts)


def _acts(doc: Doc, kind: str, names: tuple[str, ...], evidence: tuple[ClientEvidence, ...], language: str | None) -> Iterator[_Act]:
    lines = doc.said[:_LIMIT]
    text = lines if kind == "other" else doc.flow[:_LIMIT]  # what is decided often stands in tables, whose lines are no running text
    stretches = list(sentences(text))
    answered = next(((a, b) for a, b in stretches if say.YOURS.search(text, a, b) and say.DENIAL.search(text, a, b)), None)
    if kind == "claim" and answered is not None and not any(say.CLAIMS.search(text, a, b) for a, b in stretches if (a, b) != answered):
        kind = "legal_letter"  # it speaks of a claim only to deny it
    elif kind == "claim" and doc.form == "mail" and _only_answers(text, stretches):
        kind = "email"
    elif kind in ("claim", "counterclaim") and doc.form == "paper" and _is_decision(text, stretches):
        kind = "other"
    if kind in ("claim", "legal_letter", "other") and (proved := proof(lines, order_of(doc.folded, language))) is not None:
        yield _Act("claim", proved.start, proved.end, proved.sum, "total of a proof of debt", day=proved.day or None, confidence=0.85)
    elif kind in ("claim", "counterclaim"):
        found = _claim(doc, kind, text, evidence)
        if found is None or found.sum is None or doc.form == "mail":
            better = _demand(text, stretches)
            found = better or found
        if found is not None:
            forum = next((name for name, pattern in say.FORUMS if pattern.search(text)), None)
            yield _Act(kind, found.start, found.end, found.sum, found.basis, forum=forum, confidence=0.85)
        denial = _denial(text, stretches, sums_needed=False)
        if denial is not None and (kind == "counterclaim" or (denial.confidence > PLAIN and found is not None and not _within(found, denial))):
            yield denial
    elif kind == "notice":
        if (demand := _demand(text, stretches)) is not None and re.search(r"\bdefault|breach|non-?payment|overdue|arrears|verzug|mahnung|demeure|"
        r"impag|incumpl", text):
            yield _Act("claim", demand.start, demand.end, demand.sum, "a notice of default that demands a sum", confidence=0.7)
        yield from (act for act in _offers(doc, text, stretches) if act.kind == "rejection" and act.confidence >= PLAIN)
    elif kind == "settlement":
        yield from _settled(doc, kind, text, evidence)
    elif kind in ("legal_letter", "other") and (given := admitted(lines, stretches)) is not None:
        yield _Act("ruling", given.start, given.end, given.sum, "sum admitted of a proof of debt", "third_party", forum="admission",
            payer=estate_of(text, names), confidence=0.8)
    elif kind == "legal_letter":
        denial = _denial(text, stretches, sums_needed=not say.LIABILITY.search(text))
        demand = _liability(text, stretches, formal=doc.form == "paper")
        if denial is not None:
            yield denial
        if demand is not None and (denial is None or (denial.start != demand.start and say.CLAIMS_ITSELF.search(text, demand.start, demand.end))):
            yield replace(demand, confidence=max(demand.confidence, _FORMAL)) if doc.form == "paper" else demand
        yield from _offers(doc, text, stretches)
        yield from _given_up(text, stretches)
    elif kind == "other" and doc.form == "paper":
        yield from _ruling(doc, names, text, stretches)
    elif kind in ("call_note", "meeting_note"):
        for told in offers_told(text, stretches):
            yield _Act("offer", told.start, told.end, told.sum, f"an offer told in a note: {told.words}", told.by, confidence=0.75)
    elif kind == "email":
        yield from _of_mail(doc, text, stretches)
    if kind != "email":
        yield from _mediation(text, stretches, language)


def _of_mail(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    made = [*_offers(doc, text, stretches), *_given_up(text, stretches)] or list(_granted(doc, text, stretches))
    yield from made
    if made:
        if not any(act.kind in ("rejection", "withdrawal", "settlement") for act in made) and (flat := _flat_denial(text, stretches, made)) is not None:
            yield flat
        return
    demand = _liability(text, stretches)
    if demand is not None:
        yield demand
    denial = _denial(text, stretches, sums_needed=False)
    answer = denial if denial is not None and denial.confidence > PLAIN else _holding(text, stretches) or denial
    if answer is not None and (demand is None or (answer.start != demand.start and answer.confidence >= PLAIN)):
        yield answer


def _flat_denial(text: str, stretches: list[tuple[int, int]], made: list[_Act]) -> _Act | None:
    """Return the sentence of an offer's message that plainly denies what is asked for, beside the offer: no reservation, no `without admission`."""
    for start, end in stretches:
        if any(act.start < end and start < act.end for act in made):
            continue
        m = say.DENIES_FLATLY.search(text, start, end)
        if m and not say.CONTEXT.search(text, start, end):
            return _Act("response", start, end, None, f"words that deny beside an offer: {m[0].strip()[:40]}", confidence=0.75)
    return None


def _within(found: _Act, denial: _Act) -> bool:
    """Say whether a denial is the sentence of the claim itself: whoever claims a sum that he contests denies nothing else."""
    return denial.start <= found.start < denial.end or found.start <= denial.start < found.end


def _only_answers(text: str, stretches: list[tuple[int, int]]) -> bool:
    """Say whether a message denies or reserves and nowhere demands a sum itself."""
    if any((say.DEMANDS.search(text, a, b) or say.CLAIMS.search(text, a, b)) and any(True for _ in sums(text, a, b)) for a, b in stretches):
        return False
    return any(say.HOLDING.search(text, a, b) or (say.DENIAL.search(text, a, b) and say.GIVES_UP.search(text, a, b)) for a, b in stretches)


def _is_decision(text: str, stretches: list[tuple[int, int]]) -> bool:
    """Say whether a paper is a decision by its title and by who signs it, whatever claims it recounts."""
    title = text.lstrip()[:_TITLE_CHARS]
    if not say.AWARD.search(title) or say.SEEKS.search(title):
        return False
    return any(say.AWARDED.search(text, a, b) for a, b in stretches) and bool(say.DECIDES.search(text[-_TITLE_CHARS:]) or say.DECIDES.search(title))


def _settled(doc: Doc, kind: str, text: str, evidence: tuple[ClientEvidence, ...]) -> Iterator[_Act]:
    surest = next((f for f in amounts(doc, kind, evidence) if f.name == "settlement_amount"), None)
    if surest is not None:
        at = surest.passages[0]
        found = next((s for s in sums(text) if s.start == at.start), None)
        if found is not None:
            yield _Act("settlement", at.start, at.end, found, "sum of the settlement", confidence=0.85)
            return
    for start, end in sentences(text) if doc.form == "mail" else ():
        if held := list(sums(text, start, end, bare=True)):
            yield _Act("settlement", start, end, held[0], "sum in the words that accept", confidence=0.7)
            return
    if m := re.search(r"\S[^\n]{2,160}", text):
        yield _Act("settlement", m.start(), m.end(), None, "settlement without a sum that could be read", confidence=0.5)


def _claim(doc: Doc, kind: str, text: str, evidence: tuple[ClientEvidence, ...]) -> _Act | None:
    surest = next((f for f in amounts(doc, kind, evidence) if f.name == "amount_claimed"), None)
    if surest is None:
        m = re.search(r"\S[^\n]{2,160}", text)
        return _Act(kind, m.start(), m.end(), None, "claim without a sum that could be read", confidence=0.5) if m else None
    at = surest.passages[0]
    found = next((s for s in sums(text) if s.start == at.start), None)
    return _Act(kind, at.start, at.end, found, f"sum claimed: {surest.basis}")


def _demand(text: str, stretches: list[tuple[int, int]]) -> _Act | None:
    """Return the first sentence that demands a sum; of several sums in it the one with taxes, else the last."""
    for start, end in stretches:
        if m := say.CLAIMS.search(text, start, end):
            before = list(sums(text, start, end))
            if before:
                return _Act("claim", start, end, _gross(text, before, first=m.end()), "sentence that demands a sum")
    for start, end in stretches:
        if say.DENIAL.search(text, start, end) and (held := list(sums(text, start, end))):
            return _Act("claim", start, end, _gross(text, held), "sentence that contests a sum")
    for start, end in stretches:
        above = say.SAID_ABOVE.search(text, start, end) if say.CLAIMS.search(text, start, end) else None
        if above is not None:
            at = above.start()
            totals = [s for _, _, s in label_lines(text[:at], say.TOTAL_LINE)]
            found = totals[-1] if totals else next(iter(list(sums(text, max(0, at - _ABOVE_CHARS), at))[-1:]), None)
            if found is not None:
                return _Act("claim", max(start, text.rfind("\n", 0, at) + 1), end, found, "sentence that demands the sum named above it")
    return None


def _liability(text: str, stretches: list[tuple[int, int]], formal: bool = False) -> _Act | None:
    """Return the sentence of a plain mail or letter that demands a sum for a liability: weak by itself, since its kind is no claim.

    A set-off that is declared with its sum needs no word for the liability, and is a claim whatever carries it.  In a formal letter the liability
    may be named anywhere.
    """
    named = formal and bool(say.LIABILITY.search(text))
    for start, end in stretches:
        if (m := say.DEMANDS.search(text, start, end)) and (held := list(sums(text, start, end))):
            if say.SET_OFF.search(text, start, end) and not say.NO_SET_OFF.search(text, start, end):
                return _Act("claim", start, end, _gross(text, held[:1]), f"words that set a sum off: {m[0][:40].strip()}", confidence=0.7)
            if named or say.LIABILITY.search(text, start, end) or say.CLAIMS_ITSELF.search(text, start, end):
                return _Act("claim", start, end, _gross(text, held[-1:]), "words that demand a sum for a liability", confidence=0.55)
    return None


def _gross(text: str, found: list[Sum], first: int | None = None) -> Sum:
    taxed = next((s for s in found if say.GROSS.match(text, s.end)), None) or next((s for s in found if say.GROSS.match(text[s.end:s.end + 60])), None)
    if taxed is not None:
        return taxed
    after = [s for s in found if first is not None and s.start >= first]
    total = next((s for n, s in enumerate(found) if n >= 2 and s.value == sum(other.value for other in found[:n])), None)
    return after[0] if after else total or found[0]


def _denial(text: str, stretches: list[tuple[int, int]], sums_needed: bool) -> _Act | None:
    named = not sums_needed or any(True for _ in sums(text))
    for start, end in stretches:
        if (m := say.DENIAL.search(text, start, end)) and (named or say.GIVES_UP.search(text, start, end)):
            if say.APPROVES.search(text, start, m.start()):
                continue
            plain = say.YOURS.search(text, start, end) or say.LIABILITY.search(text, start, end) or say.GIVES_UP.search(text, start, end)
            return _Act("response", start, end, None, f"words that deny or reserve: {m[0].strip()}", confidence=0.75 if plain else 0.7)
    return None


def _holding(text: str, stretches: list[tuple[int, int]]) -> _Act | None:
    """Return the sentence that neither takes nor refuses: it takes time, asks for more, or keeps its rights."""
    for start, end in stretches:
        if m := say.UNDER_RESERVE.search(text, start, end):
            return _Act("response", start, end, None, f"words that pay and keep rights: {m[0].strip()[:60]}", confidence=0.75)
        if m := say.HOLDING.search(text, start, end):
            return _Act("response", start, end, None, f"words that keep time or rights: {m[0].strip()}", confidence=0.6)
    return None


def _offers(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    """Yield refusals and offers of one message; both need words of a settlement somewhere in it, an offer also a sum."""
    context = say.CONTEXT.search(text) or say.CONTEXT.search(doc.subject)
    offered: list[tuple[int, int, Sum]] = []
    for number, (start, end) in enumerate(stretches):
        held = list(sums(text, start, end))
        refused = say.REJECTION.search(text, start, end)
        told = bool(held or say.OFFER_WORD.search(text, start, end) or (context and _BARE_SUM.search(text, start, end)))
        if refused and told and not say.YOURS.search(text, start, end):
            own = [s for s in held if not say.OFFER.search(text, refused.end(), s.start)]
            sure = 0.8 if context or say.OFFER_WORD.search(text, start, end) else 0.5
            yield _Act("rejection", start, end, own[0] if own else None, f"words of refusal: {refused[0]}", confidence=sure)
            held = [s for s in held if s not in own]
            context = context or refused
        elif not refused and (held or say.OFFER_WORD.search(text, start, end)) and (taken := _accepted(text, start, end)):
            yield _Act("settlement", start, end, held[0] if held else None, f"words that accept: {taken[0][:60]}", confidence=0.55)
            return
        elif not refused and number < _OPENING and end - start <= _SHORT and (said := say.AGREED.match(text, start, end)) \
                and not say.CONDITION.search(text, start, end):
            behind = [s for a, b in stretches[number:number + 3] for s in sums(text, a, b)]
            yield _Act("settlement", start, end, behind[0] if behind else None, f"a sentence that only accepts: {said[0].strip()[:40]}", confidence=0.55)
            return
        if context and held and (made := say.OFFER.search(text, start, end)):
            behind = [s for s in held if s.start >= made.start()] or held
            offered.append((start, end, _gross(text, behind)))
    if offered:
        start, end, chosen = offered[0]
        yield _Act("offer", start, end, chosen, "words of an offer, in a message about a settlement", confidence=0.8)


def _accepted(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the words that accept; an offer, a question and a condition do not."""
    if say.OFFER.search(text, start, end) or text[start:end].endswith("?") or say.CONDITION.search(text, start, end):
        return None
    found = say.ACCEPTS.search(text, start, end)
    return None if found and say.NEGATION.search(found[0]) else found


def _given_up(text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    """Yield the sentence in which the writer gives up a claim; the withdrawal of a notice is none."""
    for start, end in stretches:
        if WITHDRAWN.search(text, start, end) and say.GIVES_UP.search(text, start, end) and not re.search(r"notice|kundigung|resiliation|preavis|"
        r"preaviso|\bif\b|\bfalls\b|\bsi\b|\bwenn\b", text[start:end]):
            held = list(sums(text, start, end))
            yield _Act("withdrawal", start, end, held[0] if held else None, "words that give a claim up", confidence=0.65)
            return


def _granted(doc: Doc, text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    """Yield the sentence of an answer that credits a sum and owns to the mistake: it grants the claim, if one of that sum was made."""
    if not doc.is_reply or not say.ADMITS.search(text):
        return
    for start, end in stretches:
        if say.GRANTS.search(text, start, end) and (held := list(sums(text, start, end))):
            yield _Act("settlement", start, end, held[0], "a credit note with which the other side grants what was claimed", payer="provider", confidence=0.55)
            return


def _ruling(doc: Doc, names: tuple[str, ...], text: str, stretches: list[tuple[int, int]]) -> Iterator[_Act]:
    head = text[:1200]
    if not (say.AWARD.search(head) and say.DECIDES.search(text)):
        return
    rated: list[tuple[int, int, int, Sum]] = []
    for start, end in stretches:
        if (m := say.AWARDED.search(text, start, end)) and not say.DENIED.search(text, start, end):
            rated += [(2 if re.search(r"shall pay|must pay|to pay|zu zahlen|verurteilt|condamn|conden|debera|devra|"
            r"award", m[0]) else 1, start, end, s)
                      for s in sums(text, m.start(), end)][:1] or [(1, start, end, s) for s in sums(text, start, end)][:1]
    title = say.AWARD.search(head)
    final = not re.search(r"\binterim\b|\bpartial\b|teil(?:schieds|urteil)|zwischen(?:urteil|schieds)|partielle|provisoire|parcial|"
    r"reserved for", text)
    forum = "final" if final else "interim"
    if rated:
        _, start, end, chosen = max(rated, key=lambda r: (r[0], -r[1]))
        payer = charged(text, names, chosen.start)
        yield _Act("ruling", start, end, chosen, "sum found due by the ruling", "third_party", forum=forum, payer=payer, confidence=0.8)
    elif title:
        yield _Act("ruling", title.start(), title.end(), None, "a ruling that gives no sum", "third_party", forum=forum, confidence=0.6)


def _mediation(text: str, stretches: list[tuple[int, int]], language: str | None) -> Iterator[_Act]:
    for start, end in stretches:
        if told := say.MEDIATION.search(text, start, end):
            order = order_of(text, language)
            day = next(iter(days(text, order, told.start(), end)), None) or next(iter(days(text, order, start, end)), None)
            if day is None and _SHORTENED.search(text, told.start(), end):  # `mediated before the Hon. A. Bell (Ret.) on 3 May`
                day = next(iter(days(text, order, end, min(len(text), end + _NEXT))), None)
            if day is not None:
                yield _Act("mediation", start, end, None, "day of the mediation as told", "third_party", day.value, confidence=0.75)
                return
