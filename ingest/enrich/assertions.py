"""What a letter, mail or ruling asserts on points that the parties often see differently: facts `asserts_end`, `asserts_receipt`, `asserts_figure`.

The values are JSON: `day` of the end of the contract; `day` and `how` (deemed, actual) of the receipt of a notice; `metric`, `value` (a share as a
fraction) and `period` (first and last day, ISO 8601, joined by a slash) of a measured figure; `asserts_number`: `value` and the `against` that it is
put in the place of.  Also `denies_paper`: words that a paper was never written.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import Final

from archive.model.extracted import Passage
from archive.model.fact import Derived, Fact
from ingest.enrich.clauses import trimmed
from ingest.enrich.day_forms import MONTH_NAME, Order, days, month_number, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row

_KINDS: Final = frozenset({"notice", "legal_letter", "email", "claim", "counterclaim", "settlement", "other", "call_note", "chat", "call_transcript"})
_END = re.compile(
    r"(?:\bend(?:s|ed|ing)?\b|\bterminat\w+\b|\bexpir\w+|\bcease\w*|\beffective\b|\btakes? effect|\blast day\b|\bperform through|\bendet\w*|"
    r"\bbeendet|\benden\b|\bablauf des|\bwirksam|\bletzter? tag|\bkundig\w+|"
    r"\bdernier jour|\bprend\w* fin|\bfin\b|\bresili\w+|\bavec effet|\bpoursui\w+|\bcourt (?:donc |ainsi )?jusqu|\bse renouvelle\w*|\brenouvele\w*|"
    r"\bterme (?:reste |est |demeure )?(?:fixe|au|du)|\becheance (?:du|au|est)|\blauft (?:\w+ ){0,3}bis|\bverlanger\w+ (?:\w+ ){0,4}bis|\bfortgesetzt bis|"
    r"\bhalten (?:wir )?am\b|\bbleibt (?:es )?(?:beim|bei dem|dabei)|\bruns? on (?:until|to)|\bcontinues? (?:in force )?(?:until|to|through)|"
    r"\bin (?:full )?(?:force|effect)(?: and effect)? (?:until|through|to)\b|"
    r"\brenew\w* (?:\w+ ){0,3}until|\bprorrog\w+ (?:\w+ ){0,3}hasta|\bsigue (?:\w+ ){0,2}hasta|\bfinaliz\w+|\btermin[oae]\w*|\bultimo dia|\bresuel\w+|"
    r"\bcon efectos?|\b(?:prorrogad\w+|prorroga) hasta|\brenewed (?:until|to|through)|\bextended (?:until|to|through)|\bruns? (?:until|to|through)|"
    r"\bverlangert (?:bis|sich bis)|\b(?:renouvelee?|reconduite?|prorogee?) jusqu'au|\bextinguid\w+|\bvence\b)[^.;:]{0,60}$")
_NO_END = re.compile(r"\bcure\b|\bperiod (?:ends?|ended|ran)|\bfrist|\bdelai|\bplazo|\boffers?\b|\bthis (?:notice|letter) is|\binstal|\bdue\b|"
    r"\b(?:days|tagen?|jours|dias)\b|\binitial term|\brenewal term|\bif\b|\bunless\b|\bstatement\b|\bangebot|\bquarter\b|\bclaimed?\b")
_KIND_OF = re.compile(r"(?:\b(?:vom|of|dated|du|from|del|datee?|de fecha)|\b(?:received|recue?s?|recibid\w+|eingegangen|zugegangen|zugang|erhalten|"
    r"posted|sent|envoyee?s?)\b[^.;]{0,30}"
    r"|\b(?:spatestens|at the latest|no later than|not later than|before|vor dem|au plus tard(?: le)?|a mas tardar(?: el)?|"
    r"not)\b[^.;]{0,12})\W{0,3}(?:the |am |dem |le |el )?$")
"""Words right before a day which is that of a paper, of a receipt or the last one to act, and so no end."""
_ENDS_BEHIND = re.compile(r"[ ,]{0,2}(?:(?:[a-z]+)\s){0,2}(?:endet\w*|enden|beendet|auslauft|auslaufen|ablauft|prendra fin|prend fin|finaliza\w*|"
    r"termina\w*|is the (?:last day|end)|as the (?:last day|end)|end date|termination date|expiry date|expiration date)\b")
_AND_NOT = re.compile(r",? (?:and )?not (?:on |until |the )?$|,? und nicht (?:am |zum |der )?$|,? et non (?:pas )?(?:le )?$|,? y no (?:el )?$")
_THAT_DAY_AND_NOT = re.compile(
    r"[^.;]{0,70}\b(?:that|such|this|diesem|jenem|cette|esa|esta|dicha|tal)(?: very| misma| meme)? (?:date|day|tag|datum|zeitpunkt|fecha|dia),? "
    r"(?:and not|und nicht|et non(?: pas)?|y no)(?: on| am| zum| le| el| until)?(?: the| dia)? ")
"""`... on May 23, so that the contract ends on that day and not on ...`."""
_SAME_DAY = re.compile(r"\b(?:of|vom|du|del?|from)\s(?:the )?$")
_RECEIVED_SO = re.compile(r"[^.;\n]{0,60}\b(?:received|reached (?:you|us)|arrived|delivered|zugegangen|eingegangen|zugestellt|erhalten|recue?|remise?|"
    r"recibid\w+|entregad\w+)\b[^.;\n]{0,30}"
    r"\b(?:the )?(?:same|very same) day|[^.;\n]{0,60}\b(?:am (?:selben|gleichen) tag|noch am selben tag)|[^.;\n]{0,60}\ble (?:jour meme|meme jour)|"
    r"[^.;\n]{0,60}\bel mismo dia")
_RECEIVED = re.compile(r"(?:\breceived\b|\breached us\b|\bsigned for\b|\barriv\w+|\bdelivered\b|\bdeemed\b|\bzugegangen|\bzugang|\beingegangen|"
    r"\beingang|\bzugestellt|\berhalten\b|\brecue?\b|\breception|\bremise?\b|\bretiree? (?:au guichet|a la poste|le)|\bpresentee?\b|\bdistribuee?\b|"
    r"\babgeholt|\bcollected (?:from|at|on)|\brecogid[oa]\b|\brecibi\w+|\brecepcion|\bentregad\w+|\bintento de entrega|"
    r"\bdelivery (?:was )?attempt\w*|\battempted delivery|\btender\w*|\bzustellversuch\w*|"
    r"\bpresentation du pli)[^.;]{0,90}$")
_DEEMED = re.compile(r"\bdeem\w*|\bgilt als|\bfingiert|\bzugangsfiktion|\breputee?|\bpresumee?|\bse considera|\bse entiende")
_PRESENTED = re.compile(r"\bpresentee?\b|\bpresentation\b|\b(?:first )?attempted delivery|\bdelivery attempt|zustell(?:ungs)?versuch|\bintento de entrega")
_FIGURE = re.compile(r"\b(?P<m>c-?sat|nps|csl-?\s?\d*|sl-?\s?\d+|sla|service level|servicelevel|erreichbarkeit|taux de \w+|"
    r"nivel de servicio)\b(?P<gap>[^.%\n]{0,90}?)\b(?P<n>\d{1,3}(?:[.,]\d{1,2})?)\s?%(?P<after>[^.;\n]{0,80})")
_SPAN = re.compile(rf"(?P<m1>{MONTH_NAME})\.?\s(?P<d1>\d{{1,2}})(?:,?\s(?P<y1>(?:19|20)\d\d))?\s?(?:through|to|until|-|"
    rf"and)\s?(?:(?P<m2>{MONTH_NAME})\.?\s)?(?P<d2>\d{{1,2}})(?:,?\s(?P<y2>(?:19|20)\d\d))?"
                   rf"|(?P<e1>\d{{1,2}})\.?\s(?P<n1>{MONTH_NAME})?\s?(?:(?P<z1>(?:19|20)\d\d)\s)?(?:to|until|bis|au|a|al|"
                   rf"-)\s(?:zum\s)?(?P<e2>\d{{1,2}})\.?\s(?P<n2>{MONTH_NAME})(?:\s(?P<z2>(?:19|20)\d\d))?")
_NEVER_WROTE = re.compile(
    r"\bnever (?:wrote|sent|signed|agreed|authori[sz]ed|approved)\b|\bdid(?:n't| not) (?:write|send|sign|authori[sz]e|approve)\b|"
    r"\bnobody here (?:wrote|sent|authori[sz]ed)|"
    r"\bnie (?:geschrieben|geschickt|gesendet|unterschrieben|genehmigt|zugestimmt)|\bniemand[^.]{0,30}(?:geschrieben|genehmigt|zugestimmt)|"
    r"n'a(?:i|vons)? (?:jamais |pas )?(?:ecrit|envoye|signe|autorise)|(?:jamais|pas) (?:ecrit|envoye|signe|autorise)|nunca (?:escrib\w+|envi\w+|"
    r"firm\w+|autoriz\w+)|nadie[^.]{0,20}(?:escrib\w+|autoriz\w+)")
_SERVICE = re.compile(r"\bservice[ -]?levels?\b|\bsl-?\d|\bsla\b|\bcalls? answered|\banswer(?:ed|ing)\b|\berreichbarkeit|\bservicelevel|\bniveaux? de service|"
                      r"\btaux de (?:reponse|decroche)|\bnivel(?:es)? de servicio|\bllamadas atendidas")
_MONTH_SHARE = re.compile(
    rf"\b(?P<m>{MONTH_NAME})\b\.?(?: (?P<y>(?:19|20)\d\d))?,? (?:\w+ ){{0,2}}?(?:stood at|came (?:to|in at|out at)|reached|was|is|lag bei|betrug|erreichte|"
    r"lag|etait (?:de|a)|s'elevait a|atteignait|fue (?:de|del)|alcanzo(?: el)?|se situo en(?: el)?) (?:only |nur |seulement |solo )?"
    r"(?P<n>\d{1,3}(?:[.,]\d{1,2})?)\s?%")
_COUNT = (r"(?<![\w.,/$€£-])(?<![$€£] )(?:(?P<{0}>\d{{1,3}}(?:[.,' ]\d{{3}})+|\d{{3,6}})(?!\d|[.,/-]\d|\s?[$€£%])|"
          r"(?P<s{0}>\d{{1,3}}(?:[.,]\d{{1,2}})?)\s?(?:%|per ?cent\b|prozent\b|pour ?cent\b|por ciento\b))"
          r"(?!\s?(?:usd|eur|gbp|chf|cad|euros?|dollars?|pounds?|[$€£]|(?:business |working |calendar )?days?|tage?n?|jours?|dias|hours|stunden|heures|"
          r"horas|months|"
          r"monate|mois|meses)\b)")
_INSTEAD = re.compile(
    r"(?:\b(?:and )?not(?: the| only| just)?|\b(?:und )?nicht(?: nur)?(?: die| der| den| das)?|\bet non(?: pas)?(?: les| le| la| de)?|\by no(?: los|"
    r" las| el| la| de)?|"
    r"\binstead of(?: the)?|\brather than(?: the)?|\b(?:an)?statt(?: der| des| den)?|\bau lieu d(?:e|es)(?: la| les)?|\ben lugar de(?: los| las| el)?) "
    + _COUNT.format("b"))
_FIRST = re.compile(_COUNT.format("a"))
_CUES: Final = (" not ", "nicht ", "et non", "y no ", "instead of", "rather than", "statt ", "au lieu", "en lugar")
"""A count or a share that another one is put in the place of."""
_PART = re.compile(rf"(?<![\w./-])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m1>{MONTH_NAME})\b(?!\.?,?\s?(?:19|20)\d\d)|"
    rf"\b(?P<m2>{MONTH_NAME})\s(?P<d2>\d{{1,2}})\b(?!,?\s?(?:19|20)\d\d|\d)")


def assertions(doc: Doc, kind: str, dated: Derived | None, language: str | None) -> tuple[Fact, ...]:
    """Return what an item of this kind asserts, in order of place; days without a year are those nearest to its own date."""
    if kind not in _KINDS or doc.form == "table":
        return ()
    text, order, on = doc.flow[:40_000], order_of(doc.folded, language), dated.value[:10] if dated else ""
    facts: list[Fact] = []
    found = list(_days(text, order, on))
    denied = {b[0]: (a, b) for a, b in pairwise(sorted(found, key=lambda d: d[1])) if (a[2] < b[1] <= a[2] + 25 and _AND_NOT.fullmatch(text[a[2]:b[1]]))
              or (a[2] < b[1] <= a[2] + 110 and _THAT_DAY_AND_NOT.fullmatch(text[a[2]:b[1]]))}
    facts += [Fact("asserts_end", row(day=a[0], against=b[0]), (doc.passage(a[1], b[2]),), "one day and not another", confidence=0.6)
              for a, b in denied.values() if doc.form not in ("chat", "call")]
    for day, start, end in found:
        before = text[max(0, start - 130):start]
        before = before[max(before.rfind(". "), before.rfind("\n\n"), before.rfind("; ")) + 1:]
        asked = re.match(r"[^.!?\n]{0,80}\?", text[end:end + 90])
        if kind not in ("chat", "call_transcript") and _SAME_DAY.search(before) and (m := _RECEIVED_SO.match(text, end)):
            words = doc.passage(start, m.end())
            facts.append(Fact("asserts_receipt", row(day=day, how="actual"), (words,), "words for the receipt on the same day", confidence=0.6))
        elif asked or (_KIND_OF.search(before) and not _RECEIVED.search(before)):
            continue
        elif doc.form not in ("chat", "call") and _ENDS_BEHIND.match(text, end):
            facts.append(Fact("asserts_end", row(day=day), (_words(doc, start, _ENDS_BEHIND.match(text, end).end()),), "words for the end", confidence=0.65))  # type: ignore[union-attr]
        elif doc.form not in ("chat", "call") and (m := _END.search(before)) and not _NO_END.search(before) and not _KIND_OF.search(before):
            words = _words(doc, start - len(before) + m.start(), end)
            facts.append(Fact("asserts_end", row(day=day), (words,), f"words for the end: {m[0][:40].strip()}", confidence=0.65))
        elif kind not in ("chat", "call_transcript") and (m := _RECEIVED.search(before)):
            line = before[before.rfind("\n") + 1:]
            near = line if _RECEIVED.search(line) else before
            how = "deemed" if _DEEMED.search(before) else "presented" if _PRESENTED.search(near) else "actual"
            words = _words(doc, start - len(before) + m.start(), end)
            facts.append(Fact("asserts_receipt", row(day=day, how=how), (words,), "words for the receipt", confidence=0.6))
    for m in _FIGURE.finditer(text):
        period = _period(m["gap"] + " " + m["after"], on)
        if period:
            value = float(m["n"].replace(",", "."))
            body = row(metric=" ".join(m["m"].split()), value=round(value / 100, 4), period=period)
            facts.append(Fact("asserts_figure", body, (doc.passage(*m.span()),), "a figure with its period", confidence=0.7))
    facts += _not_the_other(doc, text)
    if "%" in text and doc.form not in ("chat", "call") and _SERVICE.search(text):
        facts += _of_months(doc, text, on)
    if m := _NEVER_WROTE.search(text):
        facts.append(Fact("denies_paper", True, (doc.passage(*m.span()),), "words that it was never written or allowed", confidence=0.6))
    return tuple(facts[:40])


def _not_the_other(doc: Doc, text: str) -> Iterator[Fact]:
    """Yield the counts and shares that the writer puts in the place of others: `2,310 guests, not 1,140`; the value is JSON: `value`, `against`."""
    if doc.form in ("chat", "call") or not any(cue in text for cue in _CUES):
        return
    for m in _INSTEAD.finditer(text):
        before = text[max(0, m.start() - 140):m.start()]
        low = max((x.end() for x in re.finditer(r"[;:]|[.?!](?=\s)|\n\n", before)), default=0)
        held = list(_FIRST.finditer(before, low))
        if not held or bool(held[-1]["a"]) != bool(m["b"]):
            continue
        one, two = (re.sub(r"[.,' ](?=\d{3}(?:\D|$))", "", n) if plain else n.replace(",", ".") for n, plain in
                    ((held[-1]["a"] or held[-1]["sa"], held[-1]["a"]), (m["b"] or m["sb"], m["b"])))
        if one == two or (m["b"] and any(re.fullmatch(r"(?:19|20)\d\d", n) for n in (one, two))):
            continue
        start = m.start() - len(before) + held[-1].start()
        body = row(value=one, against=two, share=None if m["b"] else True)
        yield Fact("asserts_number", body, (doc.passage(start, m.end()),), "a number in the place of another", confidence=0.6)


def _of_months(doc: Doc, text: str, on: str) -> Iterator[Fact]:
    """Yield the shares that are told of a month (`October stood at 78.9%`); `period` is the month, `metric` is not named."""
    for m in _MONTH_SHARE.finditer(text):
        year = m["y"] or (on[:4] if on and f"{month_number(m['m']):02d}" <= on[5:7] else str(int(on[:4]) - 1) if on else "")
        if year:
            value = round(float(m["n"].replace(",", ".")) / 100, 4)
            body = row(metric="share", value=value, period=f"{year}-{month_number(m['m']):02d}")
            yield Fact("asserts_figure", body, (doc.passage(*m.span()),), "a share told of a month", confidence=0.55)


def _words(doc: Doc, start: int, end: int) -> Passage:
    return doc.passage(*trimmed(doc.folded, start, end))


def _days(text: str, order: Order, on: str) -> Iterator[tuple[str, int, int]]:
    whole = list(days(text, order))
    for d in whole:
        yield d.value, d.start, d.end
    for m in _PART.finditer(text):
        month, digits = month_number(m["m1"] or m["m2"]), int(m["d1"] or m["d2"])
        if month and on and not any(d.start <= m.start() < d.end for d in whole) and (value := _nearest(month, digits, on)):
            yield value, m.start(), m.end()


def _nearest(month: int, day: int, on: str) -> str | None:
    """Return the day of that month nearest to a date; None where there is none."""
    around = date.fromisoformat(on)
    found = []
    for year in (around.year - 1, around.year, around.year + 1):
        try:
            found.append(date(year, month, day))
        except ValueError:
            continue
    return min(found, key=lambda d: abs((d - around).days)).isoformat() if found else None


def _period(words: str, on: str) -> str | None:
    m = _SPAN.search(words)
    if m is None or not on:
        return None
    first, last = (m["m1"] or m["n1"] or m["n2"]), (m["m2"] or m["m1"] or m["n2"])
    one, two = month_number(first), month_number(last)
    year = m["y2"] or m["z2"] or m["y1"] or m["z1"]
    if not one or not two:
        return None
    a, b = int(m["d1"] or m["e1"]), int(m["d2"] or m["e2"])
    about = f"{year}-06-30" if year else on
    start, end = _nearest(one, a, about), _nearest(two, b, about)
    return f"{start}/{end}" if start and end else None
