"""Papers that an item speaks of: facts `mentions_paper`, and `missing_paper` where it says that one cannot be found, was not handed over or never came.

The value is a JSON object: `paper` (its sort: side_letter, letter, email, plan, guarantee …), `day` as far as it is told: `2024-03-12`, `2024-03`,
or `--03-12` for a day without a year, and `number` where the paper has one (`INV-1042`, `2024/17`).
Generic sorts count only with a day or a number; sorts
that are rarely meant in general (a side letter, a guarantee, a report of the audit) also without.
"""
from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from archive.model.fact import Fact
from ingest.enrich.clauses import trimmed
from ingest.enrich.day_forms import MONTH_NAME, Order, days, month_number, order_of
from ingest.enrich.doc import Doc
from ingest.enrich.row_values import row
from ingest.extract.turns import said

SORTS: Final = (
    ("side_letter", r"side[- ]?letters?|side agreement|nebenabrede|seitenbrief|zusatzvereinbarung|zusatzschreiben|contre-lettre|lettre d'accord|"
    r"lettre-accord|accord parallele|carta complementaria|acuerdo (?:paralelo|complementario)"),
    ("guarantee", r"(?:parent company |bank |payment |performance )?guarantees?|performance bond|surety|letter of comfort|comfort letter|"
    r"burgschaft\w*|patronatserklarung|garantie (?:bancaire|mere|a premiere demande)|cautionnement|aval|garantia bancaria|fianza"),
    ("plan", r"(?:corrective |action |remedial |recovery |exit |transition |improvement )+plan|\bcap\b|rev(?:ision)?\.? ?\d|massnahmenplan|exitplan|"
    r"ubergangsplan|plan (?:d'action|de redressement|correctif|de transition)|plan (?:de accion|corrector|de transicion)"),
    ("minutes", r"minutes|gesprachsprotokoll|sitzungsprotokoll|besprechungsprotokoll|protokoll|proces-verbal|compte[- ]rendu|acta"),
    ("certificate", r"(?:deletion |destruction |erasure )?certificates?|loschprotokoll\w*|loschbestatigung\w*|loschnachweis\w*|ubergabeprotokoll\w*|"
    r"attestation|certificat|certificado"),
    ("waiver", r"waivers?|verzichtserklarung|renonciation|exoneracion"),
    ("email", r"e-?mails?|mails?|courriels?|correos?(?: electronicos?)?"),
    ("letter", r"letters?|schreiben|briefe?s?|lettres?|courriers?|cartas?|fax"),
    ("amendment", r"amendments?|addend(?:um|a)|nachtrag\w*|anderungsvereinbarung|avenants?|adendas?"),
    ("annex", r"annex(?:es)?|appendix|schedules?|exhibit|anlage|anhang|beilage|annexes?|anexo"),
    ("audit_report", r"(?:internal |external |security )?audit reports?|reports? of (?:the |your |their )?(?:internal |external )?audit(?:ors)?|"
    r"revisionsberichte?s?|"
     r"prufungsberichte?s?|auditberichte?s?|berichte?s? (?:der|ihrer|unserer|des) (?:internen |externen |konzern)?(?:revision|wirtschaftsprufers?)|"
     r"rapports? (?:d'audit|de (?:la )?revision|des auditeurs)|informes? de (?:la )?(?:auditoria|revision)|gutachten|expert(?:'s)? reports?|"
     r"rapports? d'expertise|"
     r"informes? pericial(?:es)?"),
    ("cause_report", r"(?:root[- ]cause|incident|outage|post-?incident|lessons[- ]learned|investigation) (?:analysis )?report|root[- ]cause analysis|"
        r"\brca\b|post-?mortem|"
     r"ursachen(?:bericht|analyse)\w*|fehlerbericht\w*|vorfallbericht\w*|storungsbericht\w*|rapports? d'(?:incident|analyse|intervention)|analyse des causes|"
     r"informes? de (?:incidencias?|incidente|causa raiz|causas)|analisis de (?:causa raiz|causas)"),
    ("invoice", r"invoices?|rechnung(?:en)?|factures?|facturas?"),
    ("credit_note", r"credit (?:note|memo)s?|gutschrift(?:en)?|avoirs?|notes? de credit|abonos?|notas? de credito"),
    ("report", r"reports?|bericht\w*|rapports?|informes?|reportes?"),
    ("recording", r"recordings?|(?<!unseren )(?<!unserer )(?<!meinen )(?<!ihren )(?<!den )aufzeichnung\w*|enregistrements?|grabacion\w*"),
    ("order", r"(?:purchase |written )?orders?|bestellung|auftrag|bon de commande|pedido"),
    ("memo", r"memos?|memorand\w+|notes?|vermerk|aktennotiz|note de service|nota"),
)
DISTINCT: Final = frozenset({"side_letter", "guarantee", "waiver", "audit_report", "cause_report"})
NUMBERED: Final = frozenset({"invoice", "credit_note"})
"""Sorts that are told apart by their number, never by a day."""
_SORT = re.compile("|".join(rf"(?P<s{n}>(?<![\w@.])(?:{words})(?![\w@]|\.\w))" for n, (_, words) in enumerate(SORTS)))
_MISSING = re.compile(
    r"\b(?:cannot|can't|cant|can not|could not|couldn't|unable to|not able to|nobody can|no[- ]one can|never been able to) (?:be )?(?:find|found|"
    r"locate\w*|trace\w*|retrieve\w*|produce\w*)\b|"
    r"\b(?:haven't|have not|has not|hasn't|had not|hadn't|never|not|nobody has|no one has) (?:yet |ever )?(?:seen|been (?:found|located|produced|"
    r"provided|handed over|received|signed and returned))|"
    r"\b(?:there (?:is|was)|there's) (?:simply )?no such (?:e-?mail|letter|document|message|paper|note)|\b(?:was|were|is|are|been) not (?:preserved|retained|"
    r"backed up|kept)|\bwasn't (?:preserved|retained|kept)|\bproduce (?:that|the|this|a copy of (?:that|the|this)) \w[\w-]*\b[^.\n]{0,30}\bfrom your\b|"
    r"\bnicht (?:mehr )?(?:gesichert|aufbewahrt|gespeichert) (?:worden|wurde)|\b(?:solche[sr]?|dieses?) [\w-]+ (?:gibt es|existiert) nicht|"
    r"\bn'(?:a|ont) pas ete (?:conserve|sauvegarde)\w*|\bun(?:e)? tel(?:le)? \w+ n'existe pas|\bno se (?:conserv|guard|respald)\w+|\bno existe (?:tal|"
    r"dicho|ese)\b|"
    r"\bnever (?:received|got|saw|seen|reached|arrived|came|produced|handed over|provided|wrote|turned up|materiali[sz]ed)|\bnot (?:produced|found|"
    r"located|traceable|on file|in (?:the|our|my) (?:files?|archive|system|records|folder)|handed over|turned up)|"
    r"\b(?:is|are|was|were|went|still|goes) (?:missing|lost|untraceable)|\bneither (?:side |party |of (?:us|them) )?(?:has |have |could |"
    r"can )?(?:produced?|find|found|hold)|\bknow of no\b|\bno (?:copy|trace|record) (?:of|can|has|in|was)|"
    r"\bnobody (?:here )?(?:has|had|can find|knows)|\b(?:do|does|did) not (?:have|hold) (?:a copy|it|the (?:original|signed))|don't have (?:a copy|"
    r"it\b)|\bretriev\w+ (?:our|the|my) copy|(?:is|are|am) (?:still )?looking for (?:it|a copy|the|our copy)|doesn't exist|"
    r"\bdoes any(?:one|body) have|\bhas any(?:one|body) (?:got|seen)|\bwho has (?:a copy|the)|\bhat jemand\b|\bwer hat\b|\bquelqu'un (?:a|aurait)|"
    r"\bquelqu'un en a|"
    r"\balguien (?:tiene|ha visto)|\bnot (?:been )?(?:given|shown|disclosed|supplied|handed) to (?:us|me)|\bnot (?:given|shown|handed) (?:us|it|over)|"
    r"\bhaben (?:wir )?(?:den|die|das|ihn|es|diesen|dieses) (?:[a-z]+ )?(?:immer noch |noch |bis heute )?nicht\b|\bkennen wir (?:immer noch |noch |"
    r"bis heute )?nicht|"
    r"\bwird nicht (?:herausgegeben|ausgehandigt|ubergeben)|\bne (?:nous|m')? ?(?:a|ont) (?:jamais |pas )?ete (?:remis|communique|transmis)\w*|"
    r"\bno (?:nos|me) (?:lo |la )?(?:han?|ha sido) (?:entregad|facilitad|enviad)\w+|"
    r"nicht (?:auffindbar|auffinden|gefunden|finden|vorgelegt|ubergeben|ausgehandigt|erhalten|eingegangen|angekommen|mehr (?:da|vorhanden)|"
    r"bei (?:den akten|uns))|lieg\w+ (?:uns |mir |hier )?(?:\w+ )?nicht vor|\bfehlt (?:uns|mir|noch|in|weiterhin|bis heute)|verschollen|unauffindbar|"
    r"\bnie(?:mals)? (?:\w+ )?(?:erhalten|gesehen|bekommen|angekommen|ubergeben|ausgehandigt|zugestellt|zugegangen|vorgelegt|eingegangen|erstellt|verschickt|"
    r"zugesandt)|"
    r"\bfind\w+\b[^.\n]{0,60}\bnicht\b|\bkeine?[nms]? (?:\w+ ){0,3}(?:gefunden|finden|auffindbar|erhalten|vorhanden|vorliegend)\b|"
    r"\bkein(?:e|en)? (?:kopie|exemplar|abschrift)|niemand (?:hat|kann|"
    r"findet|kennt)|"
    r"ne (?:le |la |les )?(?:retrouv\w+|trouv\w+)[^.\n]{0,20}\bpas\b|introuvable|(?:le|la|les) (?:re)?trouve(?:s|nt)? (?:pas|plus)|(?:l'ai|ai|avons|"
    r"a) (?:pas|jamais) (?:vu|recu|trouve|retrouve)|\bjamais (?:recu\w*|vu\w*|ecrit|remis\w*|transmis\w*|produit\w*|arrive\w*)|"
    r"n'a (?:pas|jamais) (?:ete )?(?:remis|transmis|produit|retrouve|recu|ecrit)\w*|n'a ecrit|\b(?:n'avons|n'ai|n'ont|n'a) (?:aucun\w*|pas) (?:trace|copie|"
    r"exemplaire)|\baucune (?:trace|copie)|n'en (?:retrouv|trouv|poss|deti)\w+|\bmanquante?\b|\begaree?\b|personne (?:ne |n'a )|"
    r"en a jamais ecrit|"
    r"\bno (?:lo |la |los |las )?(?:encontr\w+|encuentr\w+|localiz\w+|aparece|consta)\b|no (?:se |lo |la |los |las |nos |me )*(?:he|ha|hemos|"
    r"han) (?:sido )?(?:recibid|encontrad|localizad|vist|llegad|"
    r"entregad|enviad|pasad)\w*|\b(?:tampoco|nunca|aun no|todavia no) (?:se |lo |la |los |las |nos |me )*(?:he|ha|hemos|han) (?:sido )?(?:recibid|"
    r"encontrad|llegad|entregad|enviad|pasad)\w*|\b(?:nos|me) falta\b|\bfalta(?:n)? (?:el|la|los|las) (?=acta|informe|escrito|carta|contrato|anexo|documento|"
    r"certificado)|no se encuentra|nunca (?:recib\w+|lleg\w+|entreg\w+|se entreg\w+)|extraviad\w+|nadie (?:(?:lo |la )?(?:tiene|encuentra|conoce|"
    r"guarda)|(?:lo |la )?ha (?:visto|encontrado|recibido))")
_OUT = re.compile(r"\b(?:find (?:attached|enclosed|below)|not (?:yet )?(?:due|paid))\b")
_ORDINAL = {"first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10,
            "premier": 1, "1er": 1}
_NO_YEAR = re.compile(
    rf"(?<![\w./-])(?P<d1>\d{{1,2}})(?:st|nd|rd|th|er|\.)?\s(?:of\s|de\s)?(?P<m1>{MONTH_NAME})\b(?!\.?,?\s?(?:de\s)?(?:19|20)\d\d)|"
    rf"\b(?P<m2>{MONTH_NAME})\.?\s(?:the\s)?(?P<d2>\d{{1,2}}(?:st|nd|rd|th)?|{'|'.join(_ORDINAL)})\b(?!,?\s?(?:19|20)\d\d|\d|\.\d)")
_MONTH_ONLY = re.compile(rf"(?<!\d\s)(?<!\d\.\s)\b(?P<m>{MONTH_NAME})\s(?:de\s)?(?P<y>(?:19|20)\d\d)\b")
_MONTH_ALONE = re.compile(rf"\b(?:of|for|vom|fur|im|du mois de|de|d'|del mes de|pour) ?(?P<m>(?!may\b|mar\b|set\b|sep\b|dec\b|jan\b|oct\b|ago\b){MONTH_NAME})\b"
                          r"(?!\.?,?\s?(?:de\s)?(?:\d|19|20))")
"""A month without its year, as a report is named by it: `the report for February`, `reporte de febrero`."""
_STOP = re.compile(r"(?<!\bms)(?<!\bmr)(?<!\bdr)(?<!\bmrs)(?<!\bmme)(?<!\bhon)(?<!\bsr)(?<!\bsra)"
                   r"(?<!note no)(?<!voice no)(?<!port no)(?<! nr)(?<!\s\d)(?<!\s\d\d)[.!?](?=\s+[^\s\d]|\s*$)|\n[ \t]*\n")
_NUMBER = re.compile(r"\s?(?:no|nr|n[°ºo]|num|number|nummer|numero|"
    r"#)?[.:]?\s?(?P<n>(?:[a-z]{1,5}[-/ ]?)?(?:\d{2,4}[-/])?\d{2,8}(?:[-/]\d{1,6})*[a-z]?)\b(?!\.\d|\s?%|,\d)")
_LETTERED = re.compile(r"\s(?:n[°ºo]\.? ?|no\.? ?|nr\.? ?|\./ ?)?(?P<n>\d{1,2}|[a-z](?=\W))\b(?![.,]\d)(?!\s?%)")
"""An annex has a short number or a letter: `annexe 3`, `Beilage ./B`, `Schedule C`."""
_MEETING = re.compile(r"(?:sitzung|besprechung|meeting|jour fixe|call|termin|treffen|gesprach|reunion|seance|entretien|rencontre|llamada)\w{0,2}\W{1,3}"
                      r"(?:of|on|held on|vom|am|du|tenue? le|del?|de fecha|celebrada el)?\s?$")
_DAY_LIKE = re.compile(r"(?:19|20)\d\d|\d{1,2}[-/]\d{1,2}[-/]\d{2,4}|(?:of|vom|du|de|del|on|am|to|from) ?\d.*|[a-z]{3,5} \d+")
_OWN_TITLE = re.compile(r"\W{0,3}(?:file note|note (?:to|for) (?:the )?file|memo(?:randum)?|aktennotiz|aktenvermerk|vermerk|note au dossier|note interne|"
                        r"nota (?:interna|para el expediente))\b")
"""What a note calls itself: its title and its day name no other paper."""
_TITLE_CHARS: Final = 24
_DIGITS: Final = 3
_NEAR: Final = 70
_MOST: Final = 60


def missing(doc: Doc, kind: str, language: str | None) -> tuple[Fact, ...]:
    """Return what the item says of papers; contracts, invoices and tables speak of too many."""
    if kind in ("contract", "amendment", "sow", "invoice", "credit_note", "ledger", "survey", "sla_report") or doc.form == "table":
        return ()
    units = list(_units(doc))
    order = order_of(doc.folded, language)
    facts: list[Fact] = []
    heading = len(doc.text) - len(doc.text.lstrip()) + (_TITLE_CHARS if doc.form == "paper" and _OWN_TITLE.match(doc.folded.lstrip()) else 0)
    named = [[x for x in _named(doc.folded, a, b, order) if x.start >= heading] for a, b in units]
    for number, (start, end) in enumerate(units):
        for named_here in named[number]:
            if (named_here.told or named_here.sort in DISTINCT) and len(facts) < _MOST:
                words = (doc.passage(named_here.start, named_here.end),)
                facts.append(Fact("mentions_paper", named_here.value, words, named_here.basis, confidence=0.7))
        m = _MISSING.search(doc.folded, start, end)
        if m is None or _OUT.search(doc.folded, start, end):
            continue
        named[number] = [_of_meeting(doc.folded, units, number, x, order) for x in named[number]]
        best = _meant(named, number, m.start())
        if best is not None and len(facts) < _MOST:
            passages = (doc.passage(start, end), doc.passage(best.start, best.end))
            facts.append(Fact("missing_paper", best.value, passages, f"words for what is not there: {m[0]}", confidence=0.7))
    return tuple(facts)


@dataclass(frozen=True, slots=True)
class _Named:
    sort: str
    day: str
    number: str
    start: int
    end: int

    @property
    def told(self) -> bool:
        """Whether it can be told apart from others of its sort."""
        return bool(self.number if self.sort in NUMBERED else self.day or self.number)

    @property
    def value(self) -> str:
        return row(paper=self.sort, day=self.day or None, number=self.number or None)

    @property
    def basis(self) -> str:
        return "a paper named with its day" if self.day else "a paper named with its number" if self.number else "a paper named"


def _meant(named: list[list[_Named]], number: int, at: int) -> _Named | None:
    """Return the paper that a sentence misses: one that can be told apart, nearest to the words, a rare sort, else one named in it or just before."""
    here = sorted(named[number], key=lambda x: abs(x.start - at))
    before = [x for back in (1, 2, 3) if number >= back for x in reversed(named[number - back])]
    after = named[number + 1] if number + 1 < len(named) else []
    dated = next((x for x in here if x.told and (x.number or x.sort not in NUMBERED)), None)
    around = [*reversed(named[number]), *before, *after]
    dated = dated or next((x for x in around if x.day and x.sort not in NUMBERED), None) or next((x for x in around if x.sort in DISTINCT), None)
    close = [*named[number], *(reversed(named[number - 1]) if number else ())]
    return dated or next((x for x in close if x.sort not in NUMBERED), None)


def _of_meeting(text: str, units: list[tuple[int, int]], number: int, paper: _Named, order: Order) -> _Named:
    """Return minutes with the day of the meeting that the same sentence or one of the two before it names: they are told apart by it."""
    if paper.sort != "minutes" or paper.day:
        return paper
    for start, end in reversed(units[max(0, number - 2):number + 1]):
        for value, a, _ in _days(text, start, end, order):
            if _MEETING.search(text, max(start, a - 40), a):
                return replace(paper, day=value)
    return paper


def _units(doc: Doc) -> Iterator[tuple[int, int]]:
    """Yield the sentences of the item's own words: of a talk those of each turn, without its time and speaker."""
    turns = [said(doc.text, s) for s in doc.extracted.segments if s.kind == "turn"]
    hidden = [(s.start, s.end) for s in doc.extracted.segments if s.kind in ("quoted", "disclaimer", "signature")]
    for low, high in turns or _outside(hidden, len(doc.text)):
        begun = low
        for m in _STOP.finditer(doc.folded, low, high):
            if doc.folded[begun:m.start() + 1].strip():
                yield trimmed(doc.folded, begun, m.start() + 1)
            begun = m.end()
        if doc.folded[begun:high].strip():
            yield trimmed(doc.folded, begun, high)


def _outside(hidden: list[tuple[int, int]], end: int) -> Iterator[tuple[int, int]]:
    at = 0
    for a, b in sorted(hidden):
        if a > at:
            yield at, a
        at = max(at, b)
    if at < end:
        yield at, end


def _named(text: str, start: int, end: int, order: Order) -> list[_Named]:
    """Return the papers named between two offsets: sort, day as far as told, number, and where; a day belongs to the nearest paper before or after it."""
    found = [(next(SORTS[int(k[1:])][0] for k, v in m.groupdict().items() if v), m.start(), m.end()) for m in _SORT.finditer(text, start, end)]
    if not found:
        return []
    told = list(_days(text, start, end, order))
    out = []
    for sort, a, b in found:
        numbered = _NUMBER.match(text, b, end)
        number, stop = "", b
        if numbered and not _DAY_LIKE.fullmatch(numbered["n"]) and sum(c.isdigit() for c in numbered["n"]) >= _DIGITS:
            number, stop = numbered["n"].strip("-/").upper(), numbered.end()
        near = [(abs(max(a - e, s - b)), value, s, e) for value, s, e in told if max(a - e, s - b) <= _NEAR]
        day = min(near, default=None)
        if sort == "annex" and (lettered := _LETTERED.match(text, b, end)):
            number, stop = lettered["n"].upper(), lettered.end()
        if sort in NUMBERED:
            if number:
                out.append(_Named(sort, "", number, a, stop))
        elif day is None and sort == "report" and (month := _MONTH_ALONE.search(text, a, min(end, b + 60))):
            out.append(_Named(sort, f"--{month_number(month['m']):02d}", number, a, month.end()))
        elif day is not None:
            out.append(_Named(sort, day[1], number, min(a, day[2]), max(b, day[3])))
        else:
            out.append(_Named(sort, "", number, a, stop))
    return out


def _days(text: str, start: int, end: int, order: Order) -> Iterator[tuple[str, int, int]]:
    whole = list(days(text, order, start, end))
    for d in whole:
        yield d.value, d.start, d.end
    for m in _NO_YEAR.finditer(text, start, end):
        if any(d.start <= m.start() < d.end for d in whole):
            continue
        month, digits = month_number(m["m1"] or m["m2"]), m["d1"] or m["d2"]
        number = _ORDINAL.get(digits) or int(re.sub(r"\D", "", digits) or 0)
        if month and 1 <= number <= 31:
            yield f"--{month:02d}-{number:02d}", m.start(), m.end()
    for m in _MONTH_ONLY.finditer(text, start, end):
        if not any(d.start <= m.start() < d.end for d in whole) and (month := month_number(m["m"])):
            yield f"{m['y']}-{month:02d}", m.start(), m.end()
