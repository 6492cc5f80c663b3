"""What a contract wants done at its end and until when: `asset_return_within`, `data_deletion_within`, `transition_required`, `final_invoice_within`,
`early_termination_fee_clause`, `cure_period`, `retention_period` (years as months). Periods have a number and a unit; "before_end" is 0 calendar_days."""

from __future__ import annotations

import re
from collections.abc import Iterator

from archive.model.fact import Fact
from ingest.enrich.clauses import clauses, trimmed
from ingest.enrich.doc import Doc
from ingest.enrich.notice_rules import flat
from ingest.enrich.periods import Period, periods
from ingest.enrich.spans import cut

ASSETS = (
    r"(?:equipment|assets?|headsets?|handsets?|phones?|laptops?|computers?|monitors?|tablets?|dongles?|passes|"
    r"devices?|badges?|tokens?|hardware|kit|clients?(?= returned)"
    r"|thin clients?|terminals?|access cards?|keys|property|\w{0,30}gerate\w*|ausstattung|\w{0,20}ausrustung\w*|hardware-token\w*|"
    r"schlussel\w*|telefone?|monitore?|rechner|notebooks?|ausweis\w*|karten|arbeitsmittel\w*|betriebsmittel\w*|materiel\w*|appareils?|tablettes?|casques?|"
    r"ordinateurs?|telephones?|equipements?|badges|"
    r"jetons|equipos?|aparatos?|auriculares|portatiles|ordenadores|telefonos|material|dispositivos?|tarjetas?)"
)
DATA = (
    r"(?:data|recordings?|records|customer information|personal information|conversation history|copies|"
    r"copy|backups?|drives?|databases?|\w{0,30}daten\w*|datentrager\w*|aufzeichnung\w*|donnees|fichiers?|enregistrements|"
    r"historique|copies?|datos|ficheros?|grabaciones|copias)"
)
_RETURN = (
    r"(?:return\w*|hand(?:ed)? (?:over|back)|send (?:you )?back|deliver\w* up|ruckgabe|zuruck\w*|herausgabe|"
    r"herauszugeben|herausgegeben|restitu\w*|rend\w*|remett\w*|remise|remet|devolv\w*|devolu\w*|entreg\w*)"
)
DELETE = (
    r"(?:delet\w+|eras\w+|purg\w+|wip\w+|destr\w+|losch\w*|geloscht|vernicht\w*|supprim\w+|suppression|"
    r"effac\w+|detrui\w+|destruction|borr\w+|suprim\w+|elimin\w+|destru\w+)"
)
_ASSET_DUTY = re.compile(rf"\b{ASSETS}\b[^.;]{{0,160}}\b{_RETURN}|\b{_RETURN}[^.;]{{0,120}}\b{ASSETS}\b")
_DATA_DUTY = re.compile(rf"\b{DATA}\b[^.;]{{0,200}}\b{DELETE}|\b{DELETE}[^.;]{{0,160}}\b{DATA}\b")
_OWN = re.compile(rf"\b{ASSETS}\b")
_IT = re.compile(rf"\b{_RETURN}\s(?:it|them|sie|diese|les|los|las)\b|\b(?:it|them|sie|diese|dieses)\b[^.;]{{0,60}}\b{_RETURN}")
_AT_END = re.compile(
    r"\b(?:terminat\w+|end(?:s|ing)?|expir\w+|exit|beendigung|vertragsende|ende|ablauf|fin|resiliation|"
    r"expiration|terminacion|extincion|finaliz\w+|final)\b"
)
_THAT_DAY = re.compile(
    r"\b(?:(?:after|following|from|of) (?:that|such|the same) (?:date|day|time)|thereafter|therefrom|(?:nach|ab) (?:diesem|jenem) (?:tag|datum|"
    r"zeitpunkt)|danach|"
    r"(?:suivant|apres|a compter de) cette date|(?:desde|a partir de|siguientes a|tras) (?:dicha|esa|esta|la misma) fecha)\b"
)
"""Words that count from the day which the sentence before named."""

_TRANSITION = re.compile(
    r"\b(?:exit (?:assistance|plan|services?|support)|transition (?:assistance|services?|support|plan)"
    r"|(?:orderly|smooth|seamless|efficient) (?:\w+ ){0,2}(?:transition|hand-?over|transfer|migration)"
    r"|disengagement|transfer(?:ring)? the services|knowledge (?:transfer|material|articles)|handover|"
    r"ubergangs\w*|beendigungsunterstutzung|wissens(?:transfer|ubergabe)\w*|uberleitung\w*|uberfuhrung|"
    r"exit-?\w*|reversibilite|assistance a la (?:transition|sortie)|transfert de connaissances|plan de salida|"
    r"transicion|transferencia de conocimientos|asistencia (?:en|a) la (?:salida|transicion))\b"
)
_FINAL = re.compile(
    r"\b(?:final (?:invoice|statement|account|bill)|closing statement|schluss(?:rechnung|abrechnung)\w*|"
    r"endabrechnung\w*|abschlussrechnung|facture finale|decompte (?:final|definitif)|solde de tout compte|"
    r"factura final|liquidacion final)\b"
)
_FEE = re.compile(
    r"\b(?:early[- ]termination (?:fee|charge|payment)|termination (?:fee|charge|payment)|cancellation (?:fee|"
    r"charge)|exit fee|break fee|vorfalligkeits\w+|ablose\w*|abstandszahlung|ausgleichszahlung|frais de (?:resiliation|"
    r"sortie|rupture)|indemnite de "
    r"(?:resiliation|rupture)|penalizacion por (?:cancelacion|resolucion|terminacion)|indemnizacion por (?:resolucion|"
    r"desistimiento))\b"
)
_CURE = re.compile(
    r"\b(?:cure[sd]?|remed(?:y|ied|ies)|rectif\w+|fix\w*|make good|abgestellt|abhilf\w*|behoben|beheb\w*|"
    r"beseitig\w*|nachfrist|heilung|remedi\w+|rectifi\w+|regularis\w+|corrig\w+|subsan\w+|repara\w+|"
    r"fails? to pay|not (?:been )?(?:paid|received|settled)|unpaid|overdue|not (?:been )?made|nicht (?:gezahlt|bezahlt|beglichen|ausgeglichen)|"
    r"(?:pas|non) (?:ete )?(?:payee?s?|reglee?s?)|no (?:ha|han) sido (?:pagad|abonad)\w+|zahlungsverzug|verzug|impaye\w*|impag\w+|after (?:a |"
    r"written )?(?:request|reminder|demand|notice) )\b"
)
_ENDING = re.compile(r"\b(?:terminat\w+|end the|cancel|kundig\w*|resili\w+|resolver|resolucion|rescindir|mettre fin|beend\w*)\b")
_BREACH = re.compile(
    r"\b(?:breach\w*|default\w*|fail\w*|overdue|unpaid|pay\w*|verletz\w*|verstoss\w*|verstos\w*|verzug|"
    r"manqu\w+|faute|inexecution|impaye\w*|incumpl\w*|impag\w*)\b"
)

_KEEP = re.compile(
    r"\b(?:retain\w*|retention|keeps?|kept|preserv\w+|maintain\w*|store[ds]?|aufbewahr\w*|aufzubewahren|vorzuhalten|vorgehalten|archivier\w*|conserv\w+|"
    r"archiv\w+|"
    r"guard(?:ar\w*|ad[oa]s?)|custodi\w+)\b"
)
_KEPT = re.compile(
    r"\b(?:records?|recordings?|documents?|documentation|books|files|unterlagen|aufzeichnung\w*|dokument\w*|belege?|akten|dossiers?|enregistrements|registres|"
    r"pieces|documentos|documentacion|registros|grabaciones|expedientes|libros|archivos)\b"
)
_FROM_END = re.compile(
    r"\s{0,2}(?:thereafter\b|(?:after|following|from|nach|ab|ueber|uber|apres|suivant|a compter d\w*|a partir de|tras|despues de|desde)\W[^.;]{0,60}?\b"
    r"(?:terminat\w+|end|expir\w+|beendigung|vertragsende|ende|ablauf|fin|resiliation|cessation|expiration|terminacion|extincion|finalizacion)\b"
    r"|(?:das |the )?(?:vertragsende|ende des vertrag\w*) hinaus)"
)
"""What follows a period that counts from the end of the contract; recordings kept for some days after each call are no such thing."""


_ITEM = re.compile(r"\s{0,3}(?:and |or |und |oder |et |ou |y |o )?\(?(?:[b-h]|ii|iii|iv|v|vi)\)\s")
_FIRST_ITEM = re.compile(r"[:,]?\s{0,3}\(?(?:a|i)\)\s")
_OPENING_CHARS = 120
"""How far from its beginning a clause says, by its heading or first words, that it is about the end."""
CURE_PERIOD = (
    r"(?:(?:remedy|cure|remediation|rectification|grace) period|period (?:for|of) (?:remedy|cure|rectification)|abhilfefrist|nachfrist|heilungsfrist|"
    r"(?:delai|periode) de (?:remediation|regularisation|correction|mise en conformite)|(?:plazo|periodo) de (?:subsanacion|cura|correccion|remedio))"
)
_CURE_DEFINED = re.compile(
    rf"\b{CURE_PERIOD}\b\W{{0,3}}(?:shall |will )?(?:means?|is|be|bezeichnet|ist|betragt|bedeutet|designe|est|signifi\w+|sera|es)\b"
)
_HEADING_CHARS = 40
"""What is no longer than this and has no verb of duty is the heading of a clause."""


def exit_duties(doc: Doc) -> list[Fact]:
    """Return the duties at the end that a contract paper states, and the period in which a breach can be put right."""
    text = flat(doc)
    facts: list[Fact] = []
    for low, high in clauses(doc.folded):
        for start, end in cut(text, low, high):
            facts += _of_sentence(doc, text, start, end, low, high)
    return facts


def _of_sentence(doc: Doc, text: str, start: int, end: int, low: int, high: int) -> Iterator[Fact]:
    said = text[start:end]
    span = trimmed(text, start, end)
    passage = (doc.passage(*span),)
    at_end = _AT_END.search(said) is not None or (_THAT_DAY.search(said) is not None and _AT_END.search(text, max(low, start - 400), start) is not None)
    lead = _lead_of_list(text, low, start)
    at_end = at_end or _AT_END.search(text, low, lead or min(start, low + _OPENING_CHARS)) is not None
    theirs = _IT.search(said) if _OWN.search(text[low:start]) else None
    if at_end and (m := _ASSET_DUTY.search(said) or theirs):
        value, unit = _within(text, start, end, start + m.start())
        if lead and not value:
            value, unit = _within(text, low, lead, lead)
        yield Fact("asset_return_within", value, passage, "clause on what is returned at the end", unit, confidence=0.8)
    if at_end and (m := _DATA_DUTY.search(said)):
        deletes = re.compile(DELETE).search(text, start, end)
        value, unit = _within(text, start, end, deletes.start() if deletes else start + m.start())
        if lead and not value:
            value, unit = _within(text, low, lead, lead)
        yield Fact("data_deletion_within", value, passage, "clause on the data at the end", unit, confidence=0.8)
    if _TRANSITION.search(said) and (
        (at_end and end - start > _HEADING_CHARS) or re.search(r"\b(?:shall|will|must|muss|hat|leistet|unterstutz\w+|doit|fournit|debera|prestara)\b", said)
    ):
        yield Fact("transition_required", "yes", passage, "clause on help with the handover", confidence=0.7)
    if _FINAL.search(said) or (
        re.search(r"\bon (?:termination|expiry)\b", said) and re.search(r"\bpay\b[^.]{0,30}\b(?:charges|fees|all)\b", said)
    ):
        value, unit = _within(text, start, end, start)
        yield Fact(
            "final_invoice_within",
            value,
            passage,
            "clause on the account at the end",
            unit,
            confidence=0.75 if _FINAL.search(said) else 0.6,
        )
    if (
        (fee := _FEE.search(said))
        and re.search(r"\b(?:pay\w*|owe\w*|zahl\w*|paie\w*|paye\w*|pag\w*|schuldet|due|fallig|redevable|devra|doit|exigible|vergutet|geschuldet|entricht\w+|"
                      r"verse\w*|abon\w*|debera)\b", said)
        and not re.search(r"\b(?:reflection|limit\w*|does not affect)\b", said)
    ):
        yield Fact(
            "early_termination_fee_clause",
            doc.text[start + fee.start() : start + fee.end()],
            passage,
            "clause on a fee for an early end",
            confidence=0.75,
        )
    if (_KEEP.search(said) and _KEPT.search(said)) and (kept := _kept_for(text, start, end)):
        yield Fact("retention_period", kept[0], passage, "clause on how long records are kept after the end", kept[1], confidence=0.75)
    if defined := _CURE_DEFINED.search(said):
        for period in periods(text, start + defined.start(), end):
            yield Fact("cure_period", period.value, passage, "definition of the time to put a breach right", period.unit, confidence=0.85)
            break
    clause = text[low:high]
    if _CURE.search(said) and _BREACH.search(clause) and _ENDING.search(clause):
        cure = _CURE.search(said)
        assert cure is not None
        near = [p for p in periods(text, start, end) if p.unit != "years" and abs(p.start - start - cure.start()) < 130]
        if near:
            period = min(near, key=lambda p: abs(p.start - start - cure.start()))
            paying = re.search(r"\b(?:pay\w*|invoice\w*|overdue|zahl\w*|rechnung\w*|paiement|facture\w*|pago|factura\w*)\b", said)
            yield Fact(
                "cure_period",
                period.value,
                passage,
                "clause on putting a breach right" + (" of payment" if paying else ""),
                period.unit,
                confidence=0.8,
            )


def _kept_for(text: str, start: int, end: int) -> tuple[int, str] | None:
    """Return the longest period of a sentence that counts from the end of the contract, years as months."""
    found = [p for p in periods(text, start, end) if _FROM_END.match(text, p.end, end)]
    told = [(p.value * 12, "months") if p.unit == "years" else (p.value, p.unit) for p in found]
    order = {"months": 30, "weeks": 7}
    return max(told, key=lambda t: t[0] * order.get(t[1], 1), default=None)


def _lead_of_list(text: str, low: int, start: int) -> int | None:
    """Return where the words end that stand over all items of a list, for a stretch that is a later item of one: `within 20 days: (a) ...; (b) ...`."""
    if not _ITEM.match(text, start):
        return None
    first = _FIRST_ITEM.search(text, low, start)
    return first.start() if first else None


def _within(text: str, start: int, end: int, near: int) -> tuple[int, str]:
    """Return the period nearest behind the words of the duty, else before them; (0, calendar_days) where it is to be done by the end or at once."""
    found: list[Period] = [
        p
        for p in periods(text, start, end)
        if p.unit != "years" and not re.match(r"[^.]{0,12}(?:'|s')? ?(?:effort|notice)", text[p.end : p.end + 14])
    ]
    if not found:
        return 0, "calendar_days"
    best = min(found, key=lambda p: (p.start < near, abs(p.start - near)))
    return best.value, best.unit
