"""Who a contract is between, and what number it bears."""
from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold

_FORM = (r"(?:Designated Activity Company|DESIGNATED ACTIVITY COMPANY|DAC|Limited|LIMITED|Ltd\.?|LTD\.?|plc|PLC|LLP|LLC|L\.L\.C\.|"
         r"Inc\.?|INC\.?|inc\.|Corp(?:oration|\.)?|CORPORATION|GmbH(?: & "
    r"Co\. KG)?|AG|SE|KG|e\.\s?V\.|S\.?A\.?S?\.?|SARL|S\.à r\.l\.|S\.?L\.?U?\.?|[Ss]ociété (?:par actions simplifiée(?: unipersonnelle)?|anonyme|"
    r"à responsabilité limitée|en nom collectif)|"
    r"[Ss]ociedad (?:anónima|limitada)|B\.V\.|N\.V\.|Pte\.? Ltd\.?|PTE\.? LTD\.?|Pty Ltd|"
    r"S\.p\.A\.|A/S|AB|Company|COMPANY)")
_NAME = re.compile(rf"(?<![\w&])(?P<name>[A-ZÀ-Þ0-9][\w&'’.-]*(?:[ \n](?:(?:[A-ZÀ-Þ&]|\((?=[A-Za-z]))[\w&'’.)-]*|and|und|et|y|de|la|of|du|"
                   rf"des)){{0,7}}?,?[ \n]{_FORM})(?![\w])")
_SPAN = 4000
_LEAD = re.compile(r"(?:entre|between|zwischen|et|and|und|y|de|von)[ \n]", re.IGNORECASE)
_NUMBERED = re.compile(r"(?:[\w-]*\d[\w-]*[ \n])+")  # a number of the paper in front of a name, as headers have it
_LABEL = re.compile(
    r"\b(?:reference|ref\.?|agreement|contract|vertrag|vertragsnummer|contrat|contrato|form|commande|pedido|no\.?|nr\.?|n°|number|"
    r"nummer|numero|num\.)\s{0,2}(?:no\.?|nr\.?|n°|number|nummer|numero)?\s{0,2}[:(#]?\s{0,2}"
    r"(?P<number>[a-z]{1,6}[-/ ]?[a-z0-9]{0,6}[-/]?\d[a-z0-9/-]{1,20}|\d{2,6}[-/]\d[\d/-]{1,12})\b")


def parties(doc: Doc) -> list[Fact]:
    """Return one fact `parties` with the names as written, joined by `; `, and a passage each; [] where fewer than two are found."""
    found: dict[str, tuple[int, int, str]] = {}
    for name in _NAME.finditer(doc.text, 0, min(len(doc.text), _SPAN)):
        number = _NUMBERED.match(name["name"]) or _LEAD.match(name["name"])
        start = name.start("name") + (number.end() if number else 0)
        written = " ".join(doc.text[start:name.end("name")].split()).rstrip(",")
        key = re.sub(r"[\W_]", "", fold(written))
        if key not in found and len(found) < 4:
            found[key] = start, name.end("name"), written
    if len(found) < 2:
        return []
    listed = list(found.values())[:2]
    return [Fact("parties", "; ".join(w for _, _, w in listed), tuple(doc.passage(a, b) for a, b, _ in listed),
        "names with a company form in the opening", confidence=0.8)]


def contract_number(doc: Doc) -> list[Fact]:
    """Return the fact `contract_number`: a number of the directory that stands in the paper, else one behind a label in its opening."""
    head = doc.folded[:4000]
    known = [n for c in doc.clients for n in c.contract_numbers]
    for number in known:
        at = head.find(fold(number)) if len(number) >= 5 else -1
        if at >= 0:
            return [Fact("contract_number", doc.text[at:at + len(number)], (doc.passage(at, at + len(number)),),
                "number of the directory", confidence=0.95)]
    m = _LABEL.search(head)
    if m:
        return [Fact("contract_number", " ".join(doc.text[m.start("number"):m.end("number")].split()), (doc.passage(m.start(
            "number"), m.end("number")),), "number behind its label", confidence=0.75)]
    return []
