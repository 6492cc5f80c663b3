"""Clauses on liability, penalties and what outlasts the end, in German, French and Spanish papers, by the words that drafters use for them."""
from __future__ import annotations

import re

from archive.model.fact import Fact
from ingest.enrich.clause_sentences import sentences
from ingest.enrich.doc import Doc

_AFTER = {
    "de": r"\bnach (?:der )?(?:beendigung|ablauf|ende|kundigung|vertragsende)\b|\b(?:bei|mit) (?:der )?(?:beendigung|vertragsende|ablauf)\b|"
          r"\bnachvertraglich\w*",
    "fr": r"\b(?:apres|a l'issue de|des|suite a) (?:la |l')?(?:fin|expiration|resiliation|cessation|terme)\b|\b(?:a|en cas de|lors de) (?:la |"
          r"l')?(?:fin du contrat|expiration|"
          r"resiliation|cessation)\b",
    "es": r"\b(?:tras|despues de|a|en caso de|con posterioridad a) (?:la |el )?(?:terminacion|extincion|finalizacion|resolucion|expiracion|vencimiento)\b",
}
_OWED = {
    "de": r"\b(?:hat|haben|ist verpflichtet|sind verpflichtet|verpflichtet sich|wird|werden|herauszugeben|zuruckzugeben|zu loschen|unterstutz\w+|"
          r"ubergabe\w*|ubergeb\w+|bleib\w+)\b",
    "fr": r"\b(?:s'engage\w*|doit|devra|devront|restitue\w*|remet\w*|assiste\w*|reversibilite|conserve\w*|demeure\w*|survi\w+)\b",
    "es": r"\b(?:se obliga\w*|debera\w*|devolvera\w*|entregara\w*|prestara\w*|colaborara\w*|subsist\w+|permanecer\w*|sobreviv\w+)\b",
}
_RULES: dict[str, dict[str, tuple[str, ...]]] = {
    "cap_on_liability": {
        "de": (r"\b(?:haftung|haftet|haften|ersatzpflicht|schadensersatz\w*)\b",
               r"\b(?:begrenzt|beschrankt|hochstens|maximal|hochstbetrag|haftungshochst\w*|haftungsgrenze|der hohe nach|ausgeschlossen|haftet nicht|"
               r"haften nicht|"
               r"ubersteig\w+|nicht uberschreiten)\b"),
        "fr": (r"\b(?:responsabilite|responsable\w*)\b",
               r"\b(?:limit\w+|plafon\w+|n'excede\w*|n'excedera\w*|ne saurait|ne pourra|ne peut|exclu\w*|maximum|aucun cas)\b"),
        "es": (r"\b(?:responsabilidad|responder\w*|sera responsable)\b",
               r"\b(?:limit\w+|no excedera\w*|no podra exceder|maxim\w+|tope|en ningun caso|excluy\w+|no respondera)\b"),
    },
    "liquidated_damages": {
        "de": (r"\b(?:vertragsstrafe\w*|pauschalierte\w* schadens?ersatz\w*|schadenspauschale|abstandszahlung|vorfalligkeits\w*|pauschale entschadigung|"
               r"ausstiegsgebuhr\w*)\b",),
        "fr": (r"\b(?:clause penale|penalites?|dommages-?\s?interets forfaitaires|indemnite (?:forfaitaire|de resiliation|de rupture)|frais de "
               r"resiliation)\b",),
        "es": (r"\b(?:clausula penal|penalidad\w*|penalizacion\w*|danos y perjuicios liquidados|indemnizacion (?:fija|tasada|por (?:resolucion|"
               r"terminacion|desistimiento)\w*)|"
               r"cargo por (?:cancelacion|terminacion))\b",),
    },
}
_NOT = {
    "de": r"\b(?:keine vertragsstrafe|ohne vertragsstrafe)\b|\bunbeschrankt\b(?!\s+oder)",
    "fr": r"\b(?:sans (?:penalite|indemnite)|aucune (?:penalite|indemnite))\b|\bresponsabilite illimitee\b",
    "es": r"\b(?:sin (?:penalizacion|penalidad|indemnizacion)|ninguna (?:penalizacion|penalidad))\b|\bresponsabilidad ilimitada\b",
}
_COMPILED = {
    language: [
        *((name, tuple(re.compile(p) for p in forms[language])) for name, forms in _RULES.items()),
        ("post_termination_services", (re.compile(_AFTER[language]), re.compile(_OWED[language])))]
    for language in ("de", "fr", "es")}
_DENIED = {language: re.compile(pattern) for language, pattern in _NOT.items()}
_MOST = 12


def clause_rules(doc: Doc, language: str) -> list[Fact]:
    """Return the clauses found in a paper of one of these languages, a fact a sentence; [] in any other language."""
    out: list[Fact] = []
    rules = _COMPILED.get(language)
    if rules is None:
        return out
    counts: dict[str, int] = {}
    for start, end in sentences(doc.text):
        said = " ".join(doc.folded[start:end].split())
        if len(said) < 40 or _DENIED[language].search(said):
            continue
        for name, wanted in rules:
            if counts.get(name, 0) < _MOST and all(p.search(said) for p in wanted):
                counts[name] = counts.get(name, 0) + 1
                out.append(Fact(name, "yes", (doc.passage(start, end),), f"words of such a clause ({language})", confidence=0.7))
    return out
