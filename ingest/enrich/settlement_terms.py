"""What a settlement gives: who pays, in which instalments, when it is broken, what is withdrawn, waived or credited.

Facts: `instalment` (JSON: `number`, `day`, `amount`), `settlement_days` (days to pay in from its date), `default_days` (days after an instalment's due
day until it is a default), `settlement_credit` (a credit note or waiver that it orders: JSON `amount`, `reference`), and `dispute_act` of the kind
withdrawal.  Amounts are decimal numbers; the unit is the currency or the unit of time.
"""
from __future__ import annotations

import re
from itertools import pairwise

from archive.model.fact import Fact
from ingest.enrich.amounts import Sum, sums
from ingest.enrich.day_forms import MONTH_NAME, Day, days, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.periods import number_of
from ingest.enrich.row_values import row
from ingest.enrich.short_days import short_days
from ingest.enrich.speaker import last_party, names_client


def within(pattern: str) -> re.Pattern[str]:
    """Compile a pattern in which `[^.]` stands for what does not end a sentence: no full stop, but one in a sum or behind the day of a date."""
    return re.compile(pattern.replace("[^.]", r"(?:[^.]|\.(?=\d)|(?<=[ (]\d)\.|(?<=[ (]\d\d)\.)"))


_PAYS = re.compile(r"(?P<who>[^.;:\n]{0,90}?)\b(?:shall pay|will pay|agrees? to pay|undertakes? to pay|must pay|is to pay|pays|would pay|"
    r"proposes to pay|verpflichtet sich|gewahrt|(?:shall |will )?grants?|(?:shall|will) credit|accorde(?:ra)?|octroie(?:ra)?|concede(?:ra)?|"
    r"otorga(?:ra)?|(?:be)?zahlt|leistet|uberweist|vergutet|entrichtet|wird[^.]{0,20}zahlen|verse(?:ra)?|paie(?:ra)?|regle(?:ra)?|"
                   r"s'engage a|s'oblige a|s'acquitte(?:ra)? de|paga(?:ra)?|abona(?:ra)?|satisfara|se compromete a|se obliga a)\b")
_CREDITS = re.compile(r"\b(?:credit(?:ed|s|ing)?|refund(?:ed|s)?|gutschr\w+|gutschrift\w*|erstatt\w+|credit(?:ons|erons|e|er)|rembours\w+|abonar\w*|"
    r"acredit\w*|reembols\w*)\b")
REFERENCE = re.compile(r"\b(?=[a-z0-9/-]*\d)(?:[a-z]{1,6}[-/ ]?)(?:[a-z0-9]{1,6}[-/]){0,3}\d{2,8}[a-z]?\b")
WITHDRAWN = within(r"\b(?:is|are|be|hereby) (?:hereby )?withdrawn|\bwithdraws?\b|\bzuruckgenommen|\bzurucknehmen|\bnimmt\b[^.]{0,80}\bzuruck\b|"
    r"\bzieh\w+\b[^.]{0,90}\bzuruck\b|\bzuruckgezogen|\blass\w*\b[^.]{0,80}\bfallen\b|"
                   r"fallen gelassen|fallengelassen|\bverzichte[nt]?\b[^.]{0,40}\bauf\b|\bse desist\w+|\bdesistement\b|\babandonne(?:nt)?\b|"
                   r"\bretire(?:nt)?\b|"
                        r"\b(?:est|sont) (?:retiree?s?|abandonnee?s?)|\bretire\b|\brenonce(?:nt)? (?:a|aux?)\b|\b(?:se retira|queda retirad[oa]|desiste|"
                        r"retira|"
                        r"renuncia a)\b")
_REST = re.compile(r"\b(?:remainder|balance|excess|surplus|beyond (?:that|the)|rest(?:lich\w*|betrag\w*)?|mehrbetrag\w*|ubrige\w*|uberschiessend\w*|"
                   r"daruber hinaus\w*|"
                   r"reliquat|restante?|exceso|resto|sobrante)\b")
_GIVES_UP = re.compile(r"withdraw|zuruck|desist|desiste|retire")
"""Words that give up a claim itself; what is only waived or renounced of it beyond the sum that is paid is no act of its own."""
_NEXT_ACT = re.compile(r"\s(?:and|und|et|y)\s(?:shall|will|agrees? to|undertakes? to|wird|stellt|erteilt|s'engage|etablira|emettra|emitira|se obliga)\b")
_CLAIM = re.compile(r"\b(?:claims?|counter-?claims?|forderung\w*|gegenforderung\w*|anspr\w+|gegenanspr\w+|widerklage|demandes?|reclamations?|pretentions?|"
                    r"reconvencion|reclamaci\w+|pretension\w*|demanda|penalt(?:y|ies)|penalites?|indemnites?|vertragsstrafen?|ponalen?|penalizacion\w*|"
                    r"penalidad\w*)\b")
_INSTALMENT = re.compile(r"\binstal?lments?\b|\braten?\b|\bteilzahlung\w*|\becheance\w*|\bmensualit\w+|\bversements\b|\bplazos?\b|\bcuotas?\b")
_GRACE = within(r"(?:default|verzug|defaillance|defaut|incumplimiento|vencimiento)[^.]{0,160}?\bwithin\b[^.\d]{0,20}(?P<a>\d{1,3})|"
                    r"(?:not (?:received|paid)[^.]{0,60}|mehr als |plus de |mas de |"
                    r"more than )(?:[a-z]+ )?\(?(?P<b>\d{1,3})\)? (?:calendar )?(?:days|tage|jours|dias)[^.]{0,60}(?:after|late|overdue|nach|verzug|"
                    r"retard|apres|despues|retraso)")
_GRACE_WORDED = re.compile(
    r"\b(?:langer als|mehr als|more than|plus de|mas de|uber)\s(?P<w>[a-z-]{3,12})\s(?:werk|kalender|business |calendar )?(?:tagen?|days?|jours?|"
    r"dias?)\b[^.]{0,60}"
    r"\b(?:ruckstand|verzug|late|overdue|arrears|behind|retard|defaut|retraso|mora)\b|"
    r"\b(?:ruckstand|verzug|late|overdue|retard|retraso|mora)\b[^.]{0,30}\b(?:langer als|mehr als|more than|plus de|mas de)\s(?P<v>[a-z-]{3,12})\s"
    r"(?:werk|kalender|business |calendar )?(?:tagen?|days?|jours?|dias?)\b")
_WITHIN = re.compile(r"\b(?:within|innerhalb von|binnen|dans (?:les|un delai de)|en (?:el )?plazo de|"
    r"dentro de(?: los)?)\s(?:[a-z]+ )?\(?(?P<n>\d{1,3})\)?\s(?:calendar |kalender)?(?:days?|tagen?|jours|dias)")
_CREDIT_NOTE = re.compile(r"credit (?:note|memo)|gutschrift|note de credit|\b(?:un|l'|cet|deux|les|d'un) ?avoirs?\b|\bavoir (?:n|de \d|d'un montant)|"
                          r"nota de (?:credito|abono)|waive\w*|verzicht\w*|renonc\w+|"
    r"condon\w+|write off")
_CLAUSE = re.compile(rf"(?:^|\n)\s*(?:(?:article|art\.?|clause|section|ziff(?:er|\.)?|clausula|"
                     rf"§)\s{{1,2}})?\(?\d{{1,2}}(?:\.\d{{1,2}}){{0,2}}\.?\)?\s+(?=\S)(?!(?:de )?{MONTH_NAME}\b)|\n\s*\n")


_EACH_BEHIND = re.compile(r"[)\]]?,?\s{1,3}(?:each|apiece|chacune?s?|jeweils|cada un[ao])\b")
_EACH_BEFORE = re.compile(r"\b(?:each of|je(?:weils)?|zu je|de chacune|cada un[ao] de)\s{1,3}$")
_COUNT = re.compile(r"\b(?P<n>\d{1,2}|[a-z]{2,10})\)?\s(?:\([^)]{1,12}\)\s)?(?:equal |monthly |gleich(?:e|en|hohe|hohen) |"
                    r"monatliche[n]? )?(?:instal?lments?|payments?|raten|teilzahlungen|"
                    r"teilbetrage\w*|echeances|versements|mensualites|plazos|cuotas|pagos)\b")


def payer_of(doc: Doc, names: tuple[str, ...], about: Sum) -> str | None:
    """Return who pays this sum (`client`, `provider`) by the words before it: `X shall pay Y`; whoever credits or refunds is the provider.

    None where no such words stand in the same sentence, or the party named cannot be told.
    """
    text = doc.said
    low = max(text.rfind(mark, 0, about.start) for mark in (". ", ".\n", "\n\n")) + 1
    before = text[max(low, about.start - 260):about.start]
    told = list(_PAYS.finditer(before))
    if told:
        who = told[-1]["who"]
        if names_client(who, names):
            named = last_party(who, names)
            return named or "client"
        if re.search(r"\b(?:we|i|wir|nous|nosotros)\b\W*$", who.strip() + " "):
            return None
        other = names and doc.form != "mail" and re.search(r"[a-z]{3,}", who)  # in an agreement of two the one that is not the client
        return last_party(who, names) or ("provider" if other else None)
    return "provider" if _CREDITS.search(before[-120:]) else None


def settlement_acts(doc: Doc, names: tuple[str, ...], currency: str, language: str | None) -> list[Fact]:
    """Return the facts of a settlement agreement besides its sum."""
    text = doc.said
    order = order_of(doc.folded, language)
    facts = _instalments(doc, text, order, currency)
    for start, end in _clauses(text):
        clause = text[start:end]
        if (m := _GRACE.search(clause)) and not any(f.name == "default_days" for f in facts):
            at = doc.passage(start + m.start(), start + m.end())
            facts.append(Fact("default_days", int(m["a"] or m["b"]), (at,), "words for the default", "calendar_days", confidence=0.75))
        elif (m := _GRACE_WORDED.search(clause)) and (days_told := number_of(m["w"] or m["v"])) and not any(f.name == "default_days" for f in facts):
            at = doc.passage(start + m.start(), start + m.end())
            facts.append(Fact("default_days", days_told, (at,), "words for the default", "calendar_days", confidence=0.75))
        elif (m := _WITHIN.search(clause)) and re.search(r"\bpay\b|zahl|pay(?:er|era)|vers(?:er|era)|pag|"
        r"abon", clause) and not any(f.name == "settlement_days" for f in facts):
            at = doc.passage(start + m.start(), start + m.end())
            facts.append(Fact("settlement_days", int(m["n"]), (at,), "words for the time to pay", "calendar_days", confidence=0.75))
        if _CREDIT_NOTE.search(clause):
            for s, reference in _referred(text, start, end):
                facts.append(Fact("settlement_credit", row(amount=format(s.value, "f"), reference=reference),
                    (doc.passage(s.start, s.end),), "sum that the settlement credits or waives", s.currency or currency, confidence=0.7))
        for m in WITHDRAWN.finditer(clause):
            facts += _withdrawal(doc, text, start, start + m.start(), start + m.end(), names, currency)
    return facts


def _referred(text: str, start: int, end: int) -> list[tuple[Sum, str | None]]:
    """Return the sums of a clause with the number of the paper that each is of: all stand before their sums, or all behind them."""
    found = list(sums(text, start, end))
    if not found:
        return []
    bounds = [max(start, found[0].start - 80), *(s.end for s in found)]
    stops = [*(s.start for s in found[1:]), end]
    before = [[m[0] for m in REFERENCE.finditer(text, low, s.start)] for low, s in zip(bounds, found, strict=False)]
    behind = [[m[0] for m in REFERENCE.finditer(text, s.end, stop)] for s, stop in zip(found, stops, strict=True)]
    if behind[-1] and not before[0]:
        return [(s, held[0].upper() if held else None) for s, held in zip(found, behind, strict=True)]
    return [(s, held[-1].upper() if held and s.start - text.upper().rfind(held[-1].upper(), start, s.start) <= 80 else None)
            for s, held in zip(found, before, strict=True)]


def _withdrawal(doc: Doc, text: str, low: int, at: int, end: int, names: tuple[str, ...], currency: str) -> list[Fact]:
    """Return the act of giving a claim up: its sum stands before the words in the same sentence, or is that of the invoice named there."""
    begun = max(low, max((m.end() for m in re.finditer(r"[.;]\s", text[low:at])), default=0) + low)
    sentence = text[begun:at]
    stop = re.search(r"[.;](?=\s|$)", text[end:end + 200])
    behind = text[end:end + (stop.start() if stop else 0)]
    behind = _NEXT_ACT.split(behind)[0]
    held = list(sums(text, begun, at)) or list(sums(text, end, end + len(behind)))
    reference = [m[0].upper() for m in REFERENCE.finditer(sentence)] or [m[0].upper() for m in REFERENCE.finditer(behind)]
    whole = text[begun:end + len(behind)]
    if _REST.search(whole) and not (held and _GIVES_UP.search(text, at, end)):
        return []  # what is waived of a claim beyond the sum of the settlement
    if not held and not reference:
        return _unsummed(doc, text, begun, at, end + len(behind), names, currency)
    owner = None
    if held:
        near = text[max(begun, held[-1].start - 70):held[-1].start]
        owner = last_party(near, names) or ("provider" if re.search(r"[a-z]{3,}'s? (?:counter-?)?claim", near) else None)
    value = row(kind="withdrawal", amount=format(held[-1].value, "f") if held else None, by=owner, reference=None if held else reference[-1])
    start = begun + len(sentence) - len(sentence.lstrip())
    unit = (held[-1].currency if held else "") or currency
    return [Fact("dispute_act", value, (doc.passage(start, end),), "words that give a claim up", unit, confidence=0.75)]


def _unsummed(doc: Doc, text: str, begun: int, at: int, end: int, names: tuple[str, ...], currency: str) -> list[Fact]:
    """Return the act of giving up a claim that is named without its sum, where the words before tell whose it is; the sum is then that of the claim."""
    if not _CLAIM.search(text, begun, end):
        return []
    who = text[begun:at]
    owner = last_party(who, names) or ("provider" if names and doc.form != "mail" and re.search(r"[a-z]{3,}", who) else None)
    if owner is None:
        return []
    start = begun + len(who) - len(who.lstrip())
    return [Fact("dispute_act", row(kind="withdrawal", by=owner), (doc.passage(start, end),), "words that give a claim up, without its sum", currency,
                 confidence=0.7)]


def _instalments(doc: Doc, text: str, order: str, currency: str) -> list[Fact]:
    """Return the instalments: lines that hold a day and a sum, where the paper speaks of instalments."""
    if not _INSTALMENT.search(text):
        return []
    facts: list[Fact] = []
    for m in re.finditer(r"[^\n]+", text):
        line_days = list(days(text, order, m.start(), m.end()))  # type: ignore[arg-type]
        line_sums = list(sums(text, m.start(), m.end(), bare=True))
        if len(line_days) == 1 and len(line_sums) == 1 and m.end() - m.start() <= 120 and re.match(r"\s*(?:no\.?|nr\.?|\(?\d{1,2}[.)]?|[ivx]+\.?|"
        r"\W)*\s*", m[0]) and line_days[0].start - m.start() <= 30:
            facts.append(Fact("instalment", row(number=len(facts) + 1, day=line_days[0].value, amount=format(line_sums[0].value, "f")),
                (doc.passage(m.start(), m.end()),), "line of a schedule of instalments", line_sums[0].currency or currency, confidence=0.8))
    return facts if len(facts) >= 2 else _told_in_a_row(doc, text, order, currency)


def _told_in_a_row(doc: Doc, text: str, order: str, currency: str) -> list[Fact]:
    """Return the instalments that one sentence tells: each a sum with its day behind it, or each a day with its sum behind it."""
    for start, end in _clauses(text):
        if not _INSTALMENT.search(text, start, end):
            continue
        held, dated = list(sums(text, start, end)), list(days(text, order, start, end))  # type: ignore[arg-type]
        if equal := _of_equal_sums(doc, text, start, end, held, dated, order, currency):
            return equal
        if len(held) < 2:
            continue
        stops = [*(s.start for s in held[1:]), end]
        behind = [(s, next((d for d in dated if s.end <= d.start < stop), None)) for s, stop in zip(held, stops, strict=True)]
        pairs = [(s, d) for s, d in behind if d is not None]
        if len(pairs) < 2:
            starts = [start, *(s.end for s in held)]
            before = [(s, next((d for d in reversed(dated) if low <= d.start and d.end <= s.start), None)) for low, s in zip(starts, held, strict=False)]
            pairs = [(s, d) for s, d in before if d is not None]
        if len(pairs) >= 2 and len({d.value for _, d in pairs}) == len(pairs):
            return [Fact("instalment", row(number=n, day=d.value, amount=format(s.value, "f")), (doc.passage(min(s.start, d.start), max(s.end, d.end)),),
                         "sum and day of an instalment in one sentence", s.currency or currency, confidence=0.75) for n, (s, d) in enumerate(pairs, 1)]
    return []


def _of_equal_sums(doc: Doc, text: str, start: int, end: int, held: list[Sum], dated: list[Day], order: str, currency: str) -> list[Fact]:
    """Return the instalments of one sum each whose days stand in a row: `in three instalments of 5,000 each, due on 1 May, 1 June and 1 July 2025`."""
    each = next((s for s in held if _EACH_BEHIND.match(text, s.end, end) or _EACH_BEFORE.search(text[max(start, s.start - 40):s.start])), None)
    if each is None or not dated:
        return []
    row_of = [d for d in short_days(text, order, max(d.value for d in dated), start, end) if d.start > each.end]  # type: ignore[arg-type]
    if len(row_of) < 2 or len({d.value for d in row_of}) != len(row_of) or any(a.value > b.value for a, b in pairwise(row_of)):
        return []
    count = next((n for m in _COUNT.finditer(text, start, each.start) if (n := int(m["n"]) if m["n"].isdigit() else number_of(m["n"]))), None)
    if count is not None and count != len(row_of):
        return []
    return [Fact("instalment", row(number=n, day=d.value, amount=format(each.value, "f")), (doc.passage(each.start, each.end), doc.passage(d.start, d.end)),
                 "equal sums and their days in a row", each.currency or currency, confidence=0.75) for n, d in enumerate(row_of, 1)]


def _clauses(text: str) -> list[tuple[int, int]]:
    cuts = [0, *(m.start() for m in _CLAUSE.finditer(text)), len(text)]
    return [(a, b) for a, b in pairwise(cuts) if text[a:b].strip()]
