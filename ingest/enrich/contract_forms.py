"""Forms of contracts that `kind_signs` does not name: asked only of papers in which no sign of a known kind was found.

A title alone never makes a contract here (reports and notes are about contracts too), nor do words of parties alone: one of each must stand there.
Exhibits of filings, papers whose lines were lost, contracts in the form of a letter to underwriters and general terms are what these are for.
All patterns meet folded text (lower case, no accents).
"""
from __future__ import annotations

import re

from archive.model.fact import Derived
from ingest.enrich.doc import Doc

_BAR = 1.2
_WORDS = re.compile(r"agree|contract|lease|licen|vertrag|vereinbarung|convention|contrat|accord|convenio|acuerdo|terms|bedingungen|conditions|condiciones")
_PAPER = (r"(?:agreements?|contracts?|lease|licen[cs]e|indenture|memorandum of understanding|(?:general )?terms and conditions|[a-z-]*vertrag|"
          r"[a-z-]*vereinbarung|[a-z-]*bedingungen|contrat(?! a\b)|convention|accord|conditions (?:generales|particulieres)|contrato|convenio|acuerdo|"
          r"condiciones (?:generales|particulares))")
_WORD = r"[\w&,'’/()-]+"
_SHORT_NAME = (r"\((?:(?:each|collectively|together|individually|sometimes|herein\w*|referred|to|as|is|are|the|a|an|with)[\s,]{1,2}){0,8}"
               r"[\"“'‘][a-z][^\"”'’\n]{1,40}[\"”'’]")

_TITLES = tuple((weight, re.compile(pattern, re.MULTILINE)) for weight, pattern in (
    # the mark of an exhibit or annex, and the name of a paper soon behind it
    (0.7, rf"\A\W*(?:source:[^\n]{{0,80}}\n\W*)?(?:exhibit|ex|annex|appendix|schedule|anlage|anhang|annexe|anexo)[\s.-]{{1,3}}(?:no\.? |n[or]?\W )?"
          rf"(?:\d{{1,3}}(?:\.\d{{1,3}})?|[a-z])\b(?:\([a-z0-9]{{1,3}}\))?[^;?]{{0,200}}?\b{_PAPER}\b"),
    # a paragraph of its own that is the name of a paper
    (0.7, rf"(?:\A|\n[^\S\n]*\n)[^\S\n]*(?:{_WORD}[^\S\n]{{1,4}}){{0,12}}{_PAPER}(?:[^\S\n]{{1,4}}{_WORD}){{0,6}}[^\S\n]*(?:\n[^\S\n]*\n|\Z)"),
    (0.6, rf"\A\W*(?:{_WORD}[^\S\n]{{1,4}}){{0,16}}{_PAPER}\W*$"),
))
_SAID = tuple((weight, re.compile(pattern, re.MULTILINE)) for weight, pattern in (
    (0.8, r"\b(?:the undersigned|the parties|party a|both parties|[a-z.&]{2,30}\)) (?:hereto )?(?:do |have |hereby |mutually |jointly |therefore |and |"
          r"acknowledges? |covenants? |signed )*agrees? (?:to the following|as follows|to establish|to enter into|(?:to|that) the )"),
    (0.6, r"\bby and (?:between|among)\b(?! us\b)"),
    (0.8, r"\bnow,? ?therefore\b(?!,? be it)|\bw ?i ?t ?n ?e ?s ?s ?e ?t ?h\b|"
          r"\bin (?:further )?consideration of the (?:mutual|foregoing|premises|covenants|payment)"),
    (0.6, r"\bwhereas\b[^.]{10,900}\bwhereas\b(?!.{0,900}\bresolved\b)"),
    (0.8, r"\bparty a\b.{3,400}?\bparty b\b|\bpartei a\b.{3,400}?\bpartei b\b|\bpartie a\b.{3,400}?\bpartie b\b|\bparte a\b.{3,400}?\bparte b\b"),
    # two who are given short names, as parties of a contract are
    (0.6, _SHORT_NAME + r"[^§]{3,1500}?" + _SHORT_NAME),
    (0.6, r"\bthese (?:general )?terms and conditions\b[^.]{0,120}\b(?:apply|govern|are intended|constitute|form)\b|"
          r"\bgeneral terms and conditions are intended\b|"
          r"\bterminates? this (?:agreement|contract|lease)\b|\bthis (?:agreement|contract|lease) (?:shall|constitutes|commences)\b"),
    (0.7, r"\b(?:vereinbaren|schliessen)\b[^.]{0,120}\b(?:folgende[ns]?|was folgt)\b|\bpraambel\b|"
          r"\b(?:auftraggeber|auftragnehmer|vermieter|lizenzgeber)\b[^.]{3,300}\b(?:auftragnehmer|auftraggeber|mieter|lizenznehmer)\b[^.]{0,120}"
          r"\b(?:verpflichtet|verpflichten|vereinb\w+)\b"),
    (0.7, r"\bil a ete (?:prealablement |ensuite )?(?:expose|convenu|arrete)\b|\bpreambule\b|\bentre les soussigne\w*|"
          r"\bles parties (?:conviennent|ont convenu|se sont rapprochees)\b|\bci-apres (?:denomme|designe)\w*"),
    (0.7, r"\breunidos\b|\bexponen\b|\bde una parte\b.{3,900}\bde (?:la )?otra(?: parte)?\b|\blas partes (?:acuerdan|convienen|pactan|suscriben)\b|"
          r"\ben adelante,? (?:denominad|el |la |\")"),
    (0.5, r"\b(?:entire agreement|governing law|governed by (?:and construed|the laws)|in witness whereof|successors and (?:permitted )?assigns|force majeure|"
          r"schlussbestimmungen|salvatorische klausel|droit applicable|ley aplicable)\b"),
))
_DENIES = re.compile(
    r"^\W*(?:dear (?!ladies)|sehr geehrte|madame|monsieur|chere?s? |bonjour|hello\b|hi\b|estimad[oa]s?|muy senor|hallo\b|liebe[rs]? )|"
    r"\bannounced today\b|\bpress release\b|\bfor immediate release\b|\b(?:minutes|memo|agenda|summary|checklist|faq) (?:of|for|on|to)\b|"
    r"\b(?:protokoll|besprechung|zusammenfassung|compte[- ]rendu|resume|acta de|resumen)\b|^\W*(?:from|von|de|to|an|subject|betreff|objet|asunto)\s?:\s",
    re.MULTILINE)
_HEAD, _TITLE = 8000, 1500


def contract_form(doc: Doc) -> Derived | None:
    """Return `contract` with the signs that decided for a paper that has both a title of one and words by which parties bind themselves, else None."""
    text = doc.folded
    start = len(text) - len(text.lstrip())
    title, head = text[start:start + _TITLE], text[start:start + _HEAD]
    if not _WORDS.search(title) or _DENIES.search(title):
        return None
    named = _strongest(_TITLES, title)
    if named is None:
        return None
    total, m = named
    said = [(weight, found) for weight, pattern in _SAID if (found := pattern.search(head))]
    total += sum(weight for weight, _ in said)
    if not said or total < _BAR:
        return None
    bases = [f"title: {_shown(m[0])}", *(f"head: {_shown(found[0])}" for _, found in said[:3])]
    return Derived("contract", "; ".join(bases), 0.6, doc.passage(start + m.start(), start + m.end()))


def _strongest(signs: tuple[tuple[float, re.Pattern[str]], ...], text: str) -> tuple[float, re.Match[str]] | None:
    found = [(weight, m) for weight, pattern in signs if (m := pattern.search(text))]
    return max(found, key=lambda pair: pair[0]) if found else None


def _shown(words: str) -> str:
    return " ".join(words.split())[:60]

