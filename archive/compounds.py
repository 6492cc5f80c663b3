"""The parts of German compounds, by rule and a short list of nouns of contracts and services: `Kündigungsfrist` -> `Kündigung`, `Frist`.

A help for ranking only: a word that is not split is found as it stands, and one split wrongly adds a word that few ask for.
"""
from __future__ import annotations

import re
from functools import lru_cache

_PART_MIN, _WORD_MIN, _CACHE = 4, 8, 50_000

# An ending that takes -s- before the next part.
_JOINT = re.compile(r"(?<=..)(ungs|heits|keits|schafts|ions|täts|lings|tums|igkeits)(?=\w{4})")
_NOUNS = """
    abrechnung abteilung adresse änderung anforderung angebot anlage anruf anschreiben anspruch antrag aufhebung auftrag ausweis avis
    bank band bänder bearbeitung bedingung beginn bericht bescheid bestätigung betrag betrieb bogen brief buch daten datum debitoren
    dienst einbehalt eingang ende entgelt entschädigung erhöhung erklärung fall fehler forderung frist führung garantie gebühr
    gebühren gespräch grenze grund gutschrift haftung hardware inhaber journal jahr kasse klausel konto kosten kunde kunden lauf
    leistung liste löschung löschen lösch mahnung mängel management menge miete minderung minute mitteilung monat nachtrag nachweis
    nummer original partner pauschale personal pflicht plan posten preis preise protokoll prozess prüfung quartal rahmen rate raum
    recht rechnung rechte regelung revision rück saldo satz schaden schein schluss schreiben schrift schuld schutz service sicherung
    software sperre stand statistik stelle steuer strafe stunde stunden system tag tage tarif team telefon termin text träger übergabe
    überleitung überweisung umsatz unterlagen verfahren vergleich vergütung verkehr verlängerung verlust vermerk verrechnung versand
    versicherung versicherer vertrag vertreter verzug voll volumen vorgang vorlage weg wert wirkung zahl zahlung zeichen zeit zentrum
    zertifikat ziel zins zinsen zugang zusage zusatz
"""
_KNOWN = frozenset(_NOUNS.split())
_LINKS = ("", "s", "es", "n", "en", "er", "e")


@lru_cache(_CACHE)
def parts_of(word: str) -> tuple[str, ...]:
    """Return the parts of a compound in lower case, () for a word that is not seen as one."""
    lowered = word.lower()
    if len(lowered) < _WORD_MIN or not lowered.isalpha():
        return ()
    if met := _JOINT.search(lowered):
        first, rest = lowered[:met.end() - 1], lowered[met.end():]
        return (*(parts_of(first) or (first,)), *(parts_of(rest) or (rest,)))
    cuts = [(lowered[:cut], lowered[cut:]) for cut in range(_PART_MIN, len(lowered) - _PART_MIN + 1)]
    heads = [(bare, rest) for first, rest in cuts if (bare := _noun(first))]
    # Both known before one known; the longer the known one the better; a link only where there must be one.
    whole = next(((bare, rest) for bare, rest in reversed(heads) if rest in _KNOWN), None)
    if whole:
        return whole
    tail = next(((_unlinked(first), rest) for first, rest in cuts if rest in _KNOWN), None)
    if tail:
        return (*(parts_of(tail[0]) or (tail[0],)), tail[1])
    longest = max((len(bare) for bare, _ in heads), default=0)
    head = next(((bare, rest) for bare, rest in heads if len(bare) == longest), None)
    return (head[0], *(parts_of(head[1]) or (head[1],))) if head else ()


def _noun(first: str) -> str:
    """Return the noun that the first part is, without what links it to the next; "" when it is none of the list."""
    return next((bare for link in _LINKS if first.endswith(link) and (bare := first[:len(first) - len(link)]) in _KNOWN), "")


def _unlinked(first: str) -> str:
    return first[:-1] if first.endswith("s") and not first.endswith("ss") and len(first) > _PART_MIN + 1 else first
