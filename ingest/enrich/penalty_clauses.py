"""How papers reckon sums beyond the price: `penalty_clause`, the sums their terms stand for (`named_sum`), and `percent_replaced` of amendments.

penalty_clause   JSON: `kind`, and where the clause says it `percent`, `base` (minimum, setup, monthly, balance, difference), `amount` (a fixed sum),
                 `times` (so many monthly charges), `per` (month, week, day), `count` (up: part of a month counts as one; down: only whole ones), `divisor`
named_sum        JSON: `base`, `amount`: `Minimum Monthly Charge £52,500.00`, `"Set-up Cost" means SGD 180,000`
percent_replaced value the new per cent; the basis ends with the old one as `replaces 60`
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from archive.model.fact import ClientEvidence, Fact
from ingest.enrich.amounts import Sum, currency_of, sums
from ingest.enrich.clauses import clauses, trimmed
from ingest.enrich.doc import Doc
from ingest.enrich.penalty_words import about_data, early_end, kinds_in
from ingest.enrich.periods import number_of
from ingest.enrich.row_values import row
from ingest.enrich.spans import cut

AGREED_LATER: Final = frozenset({"settlement", "claim", "counterclaim"})
KINDS: Final = frozenset({"contract", "amendment", "sow"}) | AGREED_LATER
_WORDED: Final = {
    "ten": 10, "fifteen": 15, "twenty": 20, "twenty-five": 25, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "seventy-five": 75,
    "eighty": 80, "ninety": 90, "one hundred": 100, "hundred": 100, "five": 5, "zehn": 10, "zwanzig": 20, "funfundzwanzig": 25, "dreissig": 30,
    "vierzig": 40, "funfzig": 50, "sechzig": 60, "siebzig": 70, "funfundsiebzig": 75, "achtzig": 80, "neunzig": 90, "hundert": 100, "dix": 10,
    "vingt": 20, "vingt-cinq": 25, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "soixante-dix": 70, "quatre-vingts": 80, "cent":
    100, "diez": 10, "veinte": 20, "veinticinco": 25, "treinta": 30, "cuarenta": 40, "cincuenta": 50, "sesenta": 60, "setenta": 70, "ochenta": 80,
    "noventa": 90, "cien": 100,
}  # fmt: skip
_PERCENT = re.compile(
    rf"(?<![\w.,])(?P<n>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?(?:%|per ?cent\b|prozent\b|v\.\s?h\.|pour ?cent\b|por ?ciento\b)"
    rf"|\b(?P<w>{'|'.join(sorted(_WORDED, key=len, reverse=True))})\s(?:per ?cent|percent|prozent|pour ?cent|"
    rf"por ?ciento)\b(?:\s?\(\s?\d{{1,3}}\s?(?:%|per ?cent|prozent)\s?\))?"
)
_BASES: Final[tuple[tuple[str, re.Pattern[str]], ...]] = (
    (
        "minimum",
        re.compile(
            r"\bminimum (?:(?:monthly|annual|quarterly|yearly|guaranteed) )?(?:charge|commitment|fee|billing|payment|revenue|spend|volume)s?\b|"
            r"\bmindest(?:vergutung|entgelt|umsatz|abnahme|pauschale|menge)\w*|\b(?:forfait|montant|redevance|facturation|engagement) minim\w+|"
            r"\bminimum (?:mensuel|annuel|garanti)|\b(?:cuota|cargo|facturacion|importe|compromiso|consumo) minim[oa]|\bminimo (?:mensual|anual|garantizado)"
        ),
    ),
    (
        "setup",
        re.compile(
            r"\b(?:set-?up|onboarding|implementation|mobili[sz]ation) (?:costs?|fees?|investment)|\b(?:einrichtungs|anlauf|implementierungs)(?:kosten|"
            r"aufwand)\w*|"
            r"\b(?:frais|couts) (?:de mise en place|d'installation|de demarrage)|\b(?:costes?|gastos) de (?:puesta en marcha|implantacion|arranque)"
        ),
    ),
    ("balance", re.compile(r"\b(?:accelerated|unpaid|outstanding|remaining) balance\b|\b(?:rest|offene[nr]? )(?:betrag|saldo)\w*|\bsolde (?:restant|"
     "impaye|exigible)|\bsaldo (?:pendiente|impagado)")),
    ("difference", re.compile(r"\b(?:difference|shortfall|differenz|unterschied\w*|fehlbetrag\w*|ecart|diferencia|deficit)\b")),
    (
        "monthly",
        re.compile(
            r"\b(?:average |mean )?monthly (?:charges?|fees?|subscription|invoices?)|\b(?:durchschnittliche[nr]? )?(?:monatliche[nrs]? (?:vergutung|"
            r"entgelt|gebuhr|pauschale)|"
            r"monats(?:vergutung|entgelt|gebuhr|pauschale))\w*|\b(?:redevance|forfait|mensualite|facture)s? mensuel\w*|\bmensualites?\b|\b(?:cuota|"
            r"tarifa|factura) mensual"
        ),
    ),
)
_PER = re.compile(
    r"\b(?:for )?(?:each|every|per)(?: (?:remaining|commenced|started|full|complete|whole|calendar))* (?P<e>month|week|day)|"
    r"\b(?:multiplied by|times) (?:the )?(?:number of )?(?:\w+ ){0,2}(?P<x>month|week|day)s|"
    r"\b(?:je|pro|fur jeden?|jede[rsn]?)(?: (?:angefangene[nrms]?|volle[nrms]?|vollendete[nrms]?|verbleibende[nrms]?|restliche[nrms]?|"
    r"weitere[nrms]?))* (?:kalender)?(?P<d>monat|woche|tag)\b|"
    r"\bmultipliziert mit (?:der )?(?:anzahl|zahl) der (?:\w+ ){0,2}(?P<dx>monate|wochen|tage)|"
    r"\b(?:par|pour chaque|chaque)(?: \w+)? ?(?P<f>mois|semaine|jour)\b|\bmultiplie\w* par le nombre de (?P<fx>mois|semaines|jours)|"
    r"\b(?:por|por cada|cada)(?: \w+)? ?(?P<s>mes|semana|dia)\b|\bmultiplicad[oa] por el numero de (?P<sx>meses|semanas|dias)"
)
_MONTHS_OF = re.compile(
    r"\b(?P<a>\d{1,2}|[a-z]+)(?:\s\(\d{1,2}\))? (?:average )?(?:monthly (?:charges?|fees?|payments?|instalments?)|monats(?:vergutung|entgelt|gebuhr|"
    r"pauschale|rate)\w*|"
    r"monatliche[nr]? (?:vergutung|entgelt|gebuhr)\w*|mensualites?|redevances? mensuelles?|cuotas? mensual(?:es)?|mensualidad(?:es)?)\b|"
    r"\b(?P<b>\d{1,2}|[a-z]+)(?:\s\(\d{1,2}\))? months?' (?:average )?(?:charges?|fees?|payments?)|"
    r"\b(?P<c>\d{1,2}|[a-z]+) mois de (?:redevance|facturation)"
)
_OF_SETTLEMENTS: Final = frozenset({"settlement_default_charge", "late_interest", "contractual_penalty"})
_UNITS: Final = (("month", ("mon", "mois", "mes")), ("week", ("week", "woch", "sem")), ("day", ("day", "tag", "jour", "dia")))
_UP = re.compile(r"\bor part\b|\bor fraction\b|\bcommenced\b|\bstarted\b|\bangefangen\w*|\bangebrochen\w*|\bentame\w*|\bcommence\b|\bou fraction\b|"
                 r"\bo fraccion\b|\biniciad[oa]\b")
_DOWN = re.compile(r"\b(?:complete|full|whole|volle[nrms]?|vollendete[nrms]?|ganze[nrms]?|entiers?|complets?|complet[oa]s?|enter[oa]s?)\b")
_DIVISOR = re.compile(r"\b(?:divided by|geteilt durch|dividiert durch|divise\w* par|dividid[oa] (?:por|entre))\s(?P<n>\d{1,3})\b")
_PAYS = re.compile(
    r"\b(?:pay(?:s|able)?|owes?|due|liable|entitled|charge[ds]?|credit(?:s|ed)?|bears?|accrues?|zahl\w*|schuldet|fallig|verwirkt|berechnet|gutgeschrieben|mindert|"
    r"pai[et]\w*|payer|verse\w*|doit|due?s?|exigible|redevable|creditee?|porte\w*|pag\w+|abon\w+|satisf\w+|obligad[oa]s?|debera\w*|devenga\w*|exigible)\b|\b(?:means|is|"
    r"betragt|s'eleve a|est de|asciende a)\b"
)
_OLD = re.compile(
    r"\b(?:formerly|previously|instead of|in place of|statt|bisher\w*|anstelle|au lieu de|precedemment|en lugar de|antes|anteriormente)\s(?:\w+\s)?$"
)
_FROM = re.compile(r"\b(?:from|von|de)\s(?:\w+\s)?$")
"""What stands before the old sum of an amendment: `reduced from X to Y`; elsewhere `de` and `von` only say of how much."""
_REPLACES = re.compile(
    r"\b(?:replac\w+|substitut\w+|amended|changed|reduced|increased|instead of|in place of|statt|ersetzt|geandert|an die stelle|remplac\w+|ramene\w*|porte\w*|"
    r"sustitu\w+|reemplaz\w+|modific\w+|reduc\w+)\b"
)
_NEW_FIRST = re.compile(r"\b(?:instead of|in place of|statt|anstelle|au lieu de|en lugar de)\b|\breplacing\b(?![^.;]{0,90}\b(?:with|by)\b)")


def penalty_clauses(doc: Doc, kind: str, evidence: tuple[ClientEvidence, ...]) -> list[Fact]:
    """Return how a paper of this kind reckons sums beyond the price."""
    if kind not in KINDS:
        return []
    flat, fallback = doc.flat, currency_of(doc, evidence)
    facts: list[Fact] = []
    for low, high in clauses(doc.folded):
        for start, end in cut(doc.folded, low, high):
            facts += _named(doc, flat, start, end, kind, fallback)
            if kind in ("contract", "amendment", "sow", "settlement"):
                facts += _clause(doc, kind, flat, start, end, fallback)
            if kind == "amendment":
                facts += _replaced(doc, flat, start, end)
    return facts


def _clause(doc: Doc, paper: str, flat: str, start: int, end: int, fallback: str) -> Iterator[Fact]:
    named = kinds_in(flat, start, end)
    if not named or not _PAYS.search(flat, start, end):
        return
    seen: set[str] = set()
    for name, at, stop in named:
        if name in seen or name in ("minimum_commitment", "service_level_credits") or (paper == "settlement" and name not in _OF_SETTLEMENTS):
            continue
        seen.add(name)
        rate = next(iter(_percents(flat, start, end)), None)
        base = _base_of(flat, start, end, rate[1] if rate else stop, (at, stop))
        fixed = _fixed(flat, start, end, at, stop) if rate is None else None
        per = _PER.search(flat, start, end)
        divisor = _DIVISOR.search(flat, start, end)
        times = _times(flat, start, end) if base == "monthly" or base is None else None
        if rate is None and fixed is None and times is None and not (base and (divisor or per)) and not (base == "difference" and "shortfall" in name):
            continue
        base = "monthly" if times else base
        kind = "contractual_penalty_data_deletion" if name == "contractual_penalty" and about_data(flat, start, end) else name
        if name == "contractual_penalty" and early_end(flat, start, end):
            kind, called = "early_termination_fee", name
        else:
            called = None
        counts = "up" if _UP.search(flat, start, end) else "down" if per and _DOWN.search(flat, start, end) else None
        value = row(
            kind=kind, called=called, percent=format(rate[0], "g") if rate else None, base=base, amount=format(fixed.value, "f") if fixed else None,
            times=times, per=_unit(per) if per else None, count=counts if per else None, divisor=int(divisor["n"]) if divisor else None,
        )  # fmt: skip
        unit = (fixed.currency if fixed else "") or fallback
        yield Fact("penalty_clause", value, (doc.passage(*trimmed(flat, start, end)),), "clause on such a sum", unit, confidence=0.8 if rate or fixed else 0.6)


def _percents(flat: str, start: int, end: int) -> Iterator[tuple[float, int]]:
    for m in _PERCENT.finditer(flat, start, end):
        inside = re.search(r"\(\s?(\d{1,3})", m[0])
        value = float(inside[1]) if inside else float(m["n"].replace(",", ".")) if m["n"] else float(_WORDED[m["w"]])
        if m["n"] and m.start() and flat[m.start() - 1] == "(" and re.search(r"(?:per ?cent|prozent|pour ?cent|"
             r"por ?ciento)\s?\($", flat[max(start, m.start() - 14):m.start()]):
            continue  # the same once more, in figures
        yield value, m.end()


def _base_of(flat: str, start: int, end: int, behind: int, own: tuple[int, int]) -> str | None:
    """Return the term on which the sum is reckoned: the first behind the per cent or the name of the sum, else the first of the sentence."""
    found = [(m.start(), name) for name, pattern in _BASES for m in pattern.finditer(flat, start, end) if not own[0] <= m.start() < own[1]]
    later = [f for f in found if f[0] >= behind]
    best = min(later or found, default=None)
    return best[1] if best else None


def _fixed(flat: str, start: int, end: int, at: int, stop: int) -> Sum | None:
    """Return the sum that the clause fixes: close behind the name, or close before it."""
    behind = next((s for s in sums(flat, stop, min(end, stop + 90)) if s.start - stop <= 60), None)
    return behind or next((s for s in reversed(list(sums(flat, max(start, at - 40), at)))), None)


def _times(flat: str, start: int, end: int) -> int | None:
    """Return how many months' charges the clause asks for: `three monthly fees`, `equal to two months' charges`, `drei Monatsvergütungen`."""
    m = _MONTHS_OF.search(flat, start, end)
    return number_of(re.sub(r"\W", "", m["a"] or m["b"] or m["c"])) if m else None


def _unit(m: re.Match[str]) -> str:
    word = next(w for w in m.groups() if w)
    return next(unit for unit, starts in _UNITS if word.startswith(starts))


def _named(doc: Doc, flat: str, start: int, end: int, kind: str, fallback: str) -> Iterator[Fact]:
    taken: list[tuple[int, int]] = []
    for base, pattern in _BASES:
        if base == "difference" or (base == "balance") != (kind in ("claim", "counterclaim", "settlement")):
            continue
        for m in pattern.finditer(flat, start, end):
            if any(a <= m.start() < b for a, b in taken):
                continue
            taken.append(m.span())
            stop = doc.folded.find("\n", m.end(), end)
            line = min(end, stop if stop > 0 and kind != "amendment" and "mean" not in flat[m.end():m.end() + 12] else end, m.end() + 200)
            near = [s for s in sums(flat, m.end(), line) if not _of_before(flat[max(start, s.start - 22):s.start], kind)]
            if kind in ("contract", "sow", "settlement"):
                near = [s for s in near if s.start - m.end() <= 60]
            before = [s for s in sums(flat, max(start, m.start() - 60), m.start()) if re.fullmatch(r"[^a-z]{0,4}(?:\(|per|pro|par|por)?\W?(?:the|die|"
                                                                                                   r"der|das|le|la|el)?\W{0,3}",
                                                                                                 flat[s.end:m.start()])]
            chosen = near[0] if near else before[-1] if before else None
            if chosen is not None:
                where = (min(m.start(), chosen.start), max(m.end(), chosen.end))
                yield Fact("named_sum", row(base=base, amount=format(chosen.value, "f")), (doc.passage(*where),), "sum that a term stands for",
                           chosen.currency or fallback, confidence=0.8 if near else 0.7)


def _of_before(before: str, kind: str) -> bool:
    return bool(_OLD.search(before) or (kind == "amendment" and _FROM.search(before) and not re.search(r"\b(?:est|es|sera|is) de\s$", before)))


def _replaced(doc: Doc, flat: str, start: int, end: int) -> Iterator[Fact]:
    if not _REPLACES.search(flat, start, end):
        return
    found = list(_percents(flat, start, end))
    if len(found) != 2 or found[0][0] == found[1][0]:
        return
    old, new = found
    if _NEW_FIRST.search(flat, old[1], new[1]) and not re.search(r"\b(?:replaced|ersetzt)\b", flat[old[1]:new[1]]):
        old, new = new, old
    basis = f"words put in place of others: replaces {old[0]:g}"
    yield Fact("percent_replaced", format(new[0], "g"), (doc.passage(*trimmed(flat, start, end)),), basis, "percent", confidence=0.8)
