"""What a table is for, by the words over its columns and by its names."""
from __future__ import annotations

from typing import Final

from archive.model.extracted import Table
from ingest.enrich.doc import Doc
from ingest.enrich.fold import fold, vocabulary, words
from ingest.enrich.signs import Score

_HEADS: Final[dict[str, tuple[frozenset[str], ...]]] = {
    # each group that is met counts once
    "ledger": (
        vocabulary("debit debits dr withdrawal withdrawals umsatz debe soll charges charge lastschrift belastung cargo cargos"),
        vocabulary("credit credits cr paid settled deposit deposits wahrung currency ccy devise divisa haber abono abonos gutschrift"),
        vocabulary("balance difference differenz ecart diferencia op running solde saldo kontostand"),
        vocabulary("invoice rechnung facture factura belegnummer beleg voucher doc reference referenz originator posted post payee "
                   "narrative particulars verwendungszweck buchungstext valuta receipt due overdue aged outstanding open offen piece"),
        vocabulary("amount betrag montant importe eur usd gbp"),
    ),
    "survey": (
        vocabulary("csat nps satisfied zufrieden satisfait satisfecho score overall rating bewertung zufriedenheit note satisfaction puntuacion "
                "valoracion calificacion nota notas puntaje q1 q2 ces stars "
                   "sterne empfehlung weiterempfehlung recommend"),
        vocabulary("comment comments remark remarks remarque remarques observation observations anregung kommentar "
                   "anmerkung bemerkung bemerkungen hinweis freier text question frage pregunta commentaire comentario comentarios "
                "verbatim feedback freitext better improve verbessern ameliorer mejorar why warum pourquoi"),
        vocabulary("response n average mean durchschnitt mitglied member gast guest responses respondent respondents timestamp "
                "zeitstempel survey conversation ticket antwort teilnehmer reponse encuesta respuesta bogen"),
    ),
    "sla_report": (
        vocabulary("target met breach breached ziel cible objectif objectifs objetivo objetivos goal sollwert zielwert vorgabe zielvorgabe meta"),
        vocabulary("offered answered abandoned abandon abn aht sl sla handled angenommen angeboten erreichbarkeit servicelevel "
                   "bearbeitet asa handle contacts servicelevel traites repondus abandonnes atendidas ofrecidas abandonadas volume "
                   "volumen conversations calls contacts "
                  "anrufe kontakte appels llamadas backlog occupancy qa"),
        vocabulary("month monat mois mes week woche kw semaine semana program site"),
        vocabulary("kennzahl metric indicator indicateur indicador metrica abweichung channel resolution level percent result ergebnis "
                "resultat resultado actual ist kpi credit credits"),
    ),
}
_NEED: Final = {"ledger": 2, "survey": 2, "sla_report": 2}


def table_scores(doc: Doc) -> dict[str, Score]:
    """Return for the kinds of tables how many groups of column words are met in the likeliest heading line; 0.6 a group."""
    out: dict[str, Score] = {}
    for table in doc.extracted.tables[:8]:
        for kind, (met, shown) in _best_heading(table).items():
            if met >= _NEED[kind]:
                score = out.setdefault(kind, Score())
                if 0.6 * met > score.total:
                    score.total, score.bases = 0.6 * met, [f"columns: {shown}"]
    return out


def _best_heading(table: Table) -> dict[str, tuple[int, str]]:
    best: dict[str, tuple[int, str]] = {}
    for row in table.rows[:12]:
        texts = [c.value for c in row if isinstance(c.value, str) and c.value.strip()]
        if len(texts) < 2:
            continue
        held = {w for t in texts for w in words(fold(t.replace("_", " ")))}
        joined = " | ".join(texts)[:80]
        for kind, groups in _HEADS.items():
            met = sum(1 for g in groups if not held.isdisjoint(g))
            if met > best.get(kind, (0, ""))[0]:
                best[kind] = met, joined
    return best
