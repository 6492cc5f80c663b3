"""First facts of contracts, amendments and order forms, each with the words that say it. Names as in CUAD where it has one.

    parties, contract_number, agreement_date, effective_date, expiration_date, governing_law        what the paper is
    renewal_term, notice_period_to_terminate_renewal                                                how it goes on
    notice_period (with measured_from), termination_for_convenience                                 how it ends

Periods have `value` a whole number and `unit` calendar_days, business_days, weeks or months.
"""
from __future__ import annotations

import re

from archive.model.fact import Derived, Fact
from ingest.enrich.clauses import clauses, sentence, trimmed
from ingest.enrich.contract_days import contract_days
from ingest.enrich.day_forms import order_of
from ingest.enrich.doc import Doc
from ingest.enrich.governing_law import governing_law
from ingest.enrich.names_of_parties import contract_number, parties
from ingest.enrich.notice_rules import flat
from ingest.enrich.periods import Period, in_months, periods
from ingest.enrich.replaced_words import replaced

_ENDING = re.compile(r"\b(?:terminat\w+|end (?:the|this)|cancel\w*|(?:ge)?k(?:u|ii?)ndig\w*|kundbar|beend\w+|resili\w+|mettre fin|"
    r"denonc\w+|"
    r"resolver|"
                     r"resolucion|rescindir|rescision|terminar|dar por terminad\w+)\b")
_CONVENIENCE = re.compile(r"\b(?:for (?:its |any )?convenience|without cause|for any reason|at any time|without (?:giving )?reasons?|"
                          r"ordentlich\w*|ohne angabe von grunden|jederzeit|mit einer frist von|(?:a|en) tout moment|"
                          r"sans motif|pour (?:sa )?convenance|en cualquier momento|sin causa|sin necesidad de (?:justificar|alegar)|"
                          r"por conveniencia|unilateralmente)\b")
_CAUSE = re.compile(r"\b(?:material breach|default|fails? to|not remedied|does not fix|insolven\w+|bankruptcy|force majeure|event "
                    r"lasts|for cause|wichtige[mnr] grund\w*|verletz\w+|verzug|hohere gewalt|faute|manquement|"
                    r"force majeure|manqu\w+|incumpl\w+|insolvencia|fuerza mayor)\b")
_RENEWAL = re.compile(r"\b(?:renew\w*|non-?renew\w*|extend\w*|extension|verlanger\w*|renouvel\w*|reconduc\w*|prorrog\w*|renov\w*|"
                      r"renueva\w*)\b")
_NOTICE = re.compile(r"\b(?:notice|notify|k(?:u|ii?)ndigungsfrist|frist|k(?:u|ii?)ndigung|preavis|preaviso|antelacion|anticipacion|aviso|avis)\b")
_FORBIDS = re.compile(r"\b(?:neither party may|may not|shall not|no party may|keine (?:der )?part\w+|nicht (?:ordentlich )?(?:kundbar|"
                      r"gek(?:u|ii?)ndigt)|ausgeschlossen|aucune (?:des )?parties?|ne peut|ninguna de las partes|no podra)\b")
_STARTS = re.compile(r"\b(?:(?:not )?(?:fewer|less|earlier|sooner|minimum|mindestens|at least|wenigstens|au moins|minimum de|al "
                     r"menos)\b[^.]{0,30})$")
_RECEIPT = re.compile(r"\b(?:(?:after|from|on|of|following|upon) (?:the )?(?:date of |day of )?(?:its |deemed |actual )?(?:receipt|"
                      r"delivery)|(?:notice|it) is (?:deemed )?received|deemed received|nach (?:dem )?(?:zugang|eingang)|(?:ab|mit) "
                      r"(?:dem )?(?:zugang|eingang)|"
                      r"(?:a compter|suivant|apres) (?:de )?(?:la |sa )?(?:date de )?(?:reception)|(?:desde|tras|a partir de|"
                          r"siguiente "
                      r"a) (?:la |su )?(?:fecha de )?(?:recepcion))\b")
_DISPATCH = re.compile(r"\b(?:(?:after|from|of|following) (?:the )?(?:date of |day of )?(?:its )?(?:dispatch|sending|posting|mailing|"
                       r"despatch)|(?:after|from) the (?:day|date)[^.]{0,40}(?:was|is) (?:sent|posted|mailed|dispatched)|(?:nach|ab|"
                       r"mit) (?:der )?(?:absendung|versand)|"
                       r"(?:a compter|suivant|apres) (?:de )?(?:l'|son )?(?:envoi|expedition)|(?:desde|tras|a partir de) (?:el |su "
                       r")?envio)\b")
_PERIOD_ITSELF = re.compile(r"\b(?:notice period|period of notice|k(?:u|ii?)ndigungsfrist|frist (?:nach|gemass|in|aus|des|zur k(?:u|"
    r"ii?)ndigung)|(?:delai|duree) (?:de|du) preavis|plazo de preaviso)\b")
_OTHER_PERIOD = re.compile(r"\b(?:renew\w*|verlanger(?:t sich|ung)|renouvel\w*|prorrog\w*|pay\w*|zahlung\w*|cure|remed\w*|abhilfe|"
    r"nachfrist)\b")
_FOR_CAUSE = re.compile(r"\b(?:terminat\w+|end (?:the|this)|cancel\w*|(?:ge)?k(?:u|ii?)ndig\w*|kundbar|resili\w+|mettre fin|resolver|"
    r"rescindir|"
    r"resolucion)\b")
_NOTICE_OF = re.compile(r"['\u2019]?s?['\u2019]?\s{0,2}(?:prior |written |advance |previous |schriftlich\w* )*(?:notice|frist|"
    r"k(?:u|ii?)ndigungsfrist|de preavis|de preaviso|de antelacion|de anticipacion)\b")
_BY_NOTICE = re.compile(r"\b(?:(?:by|on|upon|with) (?:giving )?(?:not less than |at least |no less than )?|notice of (?:not less than |"
    r"at least )?|mit (?:einer )?frist von |(?:moyennant|par|sur) un (?:pre)?avis (?:ecrit |prealable )*(?:d'au moins |de |d')|(?:con|"
    r"mediante) (?:un )?(?:pre)?aviso (?:escrito |previo )*(?:de|con) (?:al menos )?)"
                        r"(?:\w+\s){0,2}$")
_CURE_BEFORE = re.compile(r"\b(?:within|remed\w+|cure\w*|unpaid|overdue|for|innerhalb|binnen|seit|dans (?:les|un delai de)|en el plazo de)"
    r"\s(?:\w+\s){0,2}$")
_CURES = re.compile(r"\b(?:remed\w+|cure[sd]?|rectif\w+|abhilf\w*|behoben|behebt|abgestellt|beseitig\w*|corrig\w*|regularis\w*|subsan\w*|repar\w*)\b")
_COUNTS_DAYS = re.compile(r"\b(?:period|days|frist|delai|jours|plazo|dias|notice)\b")
_BEGINS = re.compile(r"\b(?:counted|begins?|runs?|starts?|beginnt|lauft|court|commence|empieza|computa)\b")

def contract_terms(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> tuple[Fact, ...]:
    """Return the facts of a contract paper."""
    folded = doc.folded
    bounds = clauses(folded)
    order = order_of(folded, language)
    facts = [*parties(doc), *contract_number(doc)]
    if dated is not None and dated.passage is not None:
        facts.append(Fact("agreement_date", dated.value, (dated.passage,), dated.basis, confidence=dated.confidence))
    facts += contract_days(doc, bounds, order, dated)
    facts += governing_law(doc)
    facts += _periods(doc, bounds, kind)
    return tuple(facts)


def _periods(doc: Doc, bounds: list[tuple[int, int]], kind: str) -> list[Fact]:
    folded, facts = flat(doc), []
    for low, high in bounds:
        clause = folded[low:high]
        if not (_NOTICE.search(clause) or _RENEWAL.search(clause)):
            continue
        for period in periods(folded, low, high):
            start, end = sentence(folded, period.start, period.end, low, high)
            if replaced(folded, start, end, period):
                continue
            fact = (_changed(doc, period, start, end) if kind == "amendment" else None) or _read_period(doc, period, start, end, low, high)
            if fact is not None:
                facts.append(fact)
    if not any(f.name == "renewal_term" for f in facts):
        facts += _yearly(doc, bounds)
    facts += _convenience(doc, bounds)
    facts += _measured(doc, facts, bounds)
    return facts


def _read_period(doc: Doc, period: Period, start: int, end: int, low: int, high: int) -> Fact | None:
    """Return what a period in a sentence is: of notice to end, of notice against renewal, of renewal itself, or None for any other."""
    folded = flat(doc)
    said = folded[start:end]
    near = folded[max(start, period.start - 130):min(end, period.end + 130)]
    about_notice = bool(_NOTICE.search(near))
    span = trimmed(folded, low, high)
    whole = (doc.passage(*span),) if span[1] - span[0] <= 1200 else (doc.passage(start, end),)
    months = in_months(period)
    before = folded[max(start, period.start - 130):period.start]
    if months is not None and _is_renewal(before, folded[period.end:min(end, period.end + 40)]):
        return Fact("renewal_term", months, (doc.passage(start, end),), "renewal clause", "months", confidence=0.8)
    if not about_notice or period.unit == "years" or (_CURE_BEFORE.search(before) and _CURES.search(before)):
        return None
    if _RENEWAL.search(said) and not _CONVENIENCE.search(said):
        return Fact("notice_period_to_terminate_renewal", period.value, whole, "clause on notice against renewal", period.unit, confidence=0.85)
    cause, ending = bool(_CAUSE.search(said)), bool(_ENDING.search(folded[low:high]))
    if _CONVENIENCE.search(said) and not cause:
        return Fact("notice_period", period.value, whole, "clause on ending without cause", period.unit, confidence=0.9 if ending else 0.7)
    if cause and _FOR_CAUSE.search(folded, start, end) and _of_a_notice(folded, period, start, end):
        return Fact("notice_period", period.value, whole, "clause on ending for cause", period.unit, confidence=0.75)
    if not cause and re.search(r"\b(?:takes? effect|effective|wirksam|wirkung|prend effet|surtira efecto)\b", said) and ending:
        return Fact("notice_period", period.value, whole, "clause on when a notice to end takes effect", period.unit, confidence=0.65)
    if not cause and ending and _ENDING.search(said):
        return Fact("notice_period", period.value, whole, "clause on ending", period.unit, confidence=0.6)
    return None


def _changed(doc: Doc, period: Period, start: int, end: int) -> Fact | None:
    """Return the notice period that an amendment states of the period itself: `the notice period in clause 9 is extended to 90 days`."""
    said = flat(doc)[start:end]
    named = _PERIOD_ITSELF.search(said)
    if sum(1 for _ in periods(doc.folded, start, end)) > 1:
        return None  # one in the place of another: `replaced_periods`
    if not named or _OTHER_PERIOD.search(said) or period.unit == "years" or start + named.start() > period.start:
        return None
    return Fact("notice_period", period.value, (doc.passage(*trimmed(doc.folded, start, end)),), "an amendment of the notice period",
                period.unit, confidence=0.7)


def _of_a_notice(folded: str, period: Period, start: int, end: int) -> bool:
    """Whether a period is that of the notice itself, not the time to put a breach right."""
    behind, before = folded[period.end:min(end, period.end + 40)], folded[max(start, period.start - 60):period.start]
    return bool(_NOTICE_OF.match(behind) or _BY_NOTICE.search(before)) and not _CURE_BEFORE.search(before)


def _is_renewal(before: str, after: str) -> bool:
    """Whether a period between these words is that for which the contract goes on."""
    cue = max(_RENEWAL.finditer(before), key=lambda m: m.start(), default=None)
    if cue is None or _STARTS.search(before) or re.match(r"[^.]{0,25}\b(?:notice|preavis|preaviso|antelacion|aviso|advance|prior|vor|vorher|frist|"
                                                         r"before|avant|antes)\b", after):
        return False
    return not re.search(r"\b(?:initial|first|erste[nr]?|premiers?|premieres?|primeros?|within|innerhalb|dans les)\b", before[cue.end():]) and not re.search(
        r"\b(?:not|nicht|ne|no)\s[^.]{0,20}$", before[:cue.start()])


_YEARLY = re.compile(
    r"\b(?:year to year|annual(?:ly)? (?:basis|periods?|terms?)|yearly (?:basis|periods?|terms?)|(?:successive|further|additional|"
    r"consecutive) (?:annual|yearly) (?:periods?|terms?)|"
    r"(?:um|fur) (?:jeweils |je )?(?:ein|weiteres|ein weiteres) (?:vertrags|kalender)?jahr|jeweils um (?:ein|ein weiteres) (?:vertrags|kalender)?jahr|"
    r"jahrlich verlanger\w+|"
    r"annee en annee|periodes? annuelles?|annuellement|ano en ano|periodos? anual(?:es)?|anualmente)\b"
)


def _yearly(doc: Doc, bounds: list[tuple[int, int]]) -> list[Fact]:
    """The renewal from year to year that is said without a number: `periodos anuales`, `jeweils um ein Vertragsjahr`."""
    for low, high in bounds:
        for m in _YEARLY.finditer(flat(doc), low, high):
            start, end = sentence(flat(doc), m.start(), m.end(), low, high)
            if _RENEWAL.search(flat(doc), start, end) and not re.search(r"\b(?:not|nicht|ne|no)\s[^.]{0,12}$", flat(doc)[start:m.start()]):
                return [Fact("renewal_term", 12, (doc.passage(start, end),), "renewal from year to year", "months", confidence=0.75)]
    return []


def _convenience(doc: Doc, bounds: list[tuple[int, int]]) -> list[Fact]:
    folded = flat(doc)
    for low, high in bounds:
        clause = folded[low:high]
        m = _CONVENIENCE.search(clause)
        if m and _ENDING.search(clause) and not _CAUSE.search(clause[:m.end()]):
            start, end = sentence(folded, low + m.start(), low + m.end(), low, high)
            allowed = "no" if _FORBIDS.search(folded[start:low + m.end()]) else "yes"
            return [Fact("termination_for_convenience", allowed, (doc.passage(start, end),), "termination clause", confidence=0.75)]
    return []


def _measured(doc: Doc, facts: list[Fact], bounds: list[tuple[int, int]]) -> list[Fact]:
    """From when the notice period runs: said in its own clause, else in another clause that counts days of a notice."""
    periods_found = [f for f in facts if f.name == "notice_period"]
    if not periods_found:
        return []
    folded = flat(doc)
    best = max(periods_found, key=lambda f: f.confidence)
    own = best.passages[0]
    for low, high, sure in [(own.start, own.end, 0.85), *((a, b, 0.7) for a, b in bounds)]:
        clause = folded[low:high]
        if not _COUNTS_DAYS.search(clause) or (sure < 0.8 and not _BEGINS.search(clause)):
            continue
        received, sent = _RECEIPT.search(clause), _DISPATCH.search(clause)
        if bool(received) != bool(sent):
            m = received or sent
            assert m is not None
            return [Fact("measured_from", "receipt" if received else "dispatch", (doc.passage(low + m.start(), low + m.end()),),
                "clause on the notice period", confidence=sure)]
    return []
