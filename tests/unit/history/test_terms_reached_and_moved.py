"""Notices that come too late against a renewal, points of the calendar to which clauses move an end, letters that count from their first presentation."""
from __future__ import annotations

from typing import Any

import pytest
from builders.small_cases import told_by

from archive.model.client import Client

CLIENT = Client("C-1", "Voyages Lamartine SAS", ("Lamartine",), ("LAM-771",), ("lamartine.example",), (), ("CS-2021-09",), "", "EUR")

RENEWED = (
    "CONTRAT DE PRESTATIONS N° CS-2021-09\n\nENTRE : Voyages Lamartine SAS, 4 rue du Port, 67000 Strasbourg, ci-après « le Client »,\n"
    "ET : Maison Appel SAS, 5 quai des Pêcheurs, 68100 Mulhouse, ci-après « le Prestataire »,\nIL A ÉTÉ CONVENU CE QUI SUIT :\n\n"
    "14.1 Le contrat est conclu pour une durée initiale de trois ans à compter du 1er février 2021, soit jusqu'au 31 janvier 2024.\n\n"
    "14.2 Il se renouvelle par tacite reconduction pour des périodes successives de douze mois, sauf dénonciation moyennant un préavis de trois mois "
    "avant l'échéance.\n\n"
    "14.3 La dénonciation est notifiée par lettre recommandée avec demande d'avis de réception.{presented}\n\nFait à Strasbourg, le 18 décembre 2020\n"
)
LETTER = (
    "Voyages Lamartine SAS\n4 rue du Port\n67000 Strasbourg\n\nMaison Appel SAS\n5 quai des Pêcheurs\n68100 Mulhouse\n\nLettre recommandée avec AR\n\n"
    "Strasbourg, le {day}\n\nObjet : dénonciation du contrat CS-2021-09\n\nMadame,\n\nNous vous informons de notre décision de ne pas reconduire le contrat, "
    "qui "
    "prendra fin à son échéance du 31 janvier 2025.\n\nVeuillez agréer nos salutations.\n"
)
SLIP = "AVIS DE RÉCEPTION\nDestinataire : Maison Appel SAS\nExpéditeur : Voyages Lamartine SAS\n\nPrésenté / avisé le : {first}\nDistribué le : {then}\n"
LATER = ("mail", "2026-03-01", "a@appel.example", "b@lamartine.example", "bilan", "Bonjour,\n\nmerci pour tout.\n", "")


def ending(*papers: tuple[str, ...], **fill: str) -> dict[str, Any]:
    (found,) = told_by(CLIENT, [*papers, LATER])["terminations"]
    return found


def renewal(sent: str, first: str, then: str, *more: tuple[str, ...], presented: str = "") -> dict[str, Any]:
    contract = ("paper", "contrat.pdf", RENEWED.format(presented=presented))
    return ending(contract, ("paper", "lettre.pdf", LETTER.format(day=sent)), ("paper", "avis.txt", SLIP.format(first=first, then=then)), *more)


def test_notice_in_time_ends_the_running_term() -> None:
    told = renewal("21 octobre 2024", "23/10/2024", "23/10/2024")
    assert (told["earliest_compliant_date"], told["effective_date"], told["status"]) == ("2025-01-31", "2025-01-31", "expired")
    assert {c["name"]: c["met"] for c in told["conditions"]}["notice_period"] is True


def test_notice_on_the_last_day_is_in_time() -> None:
    assert renewal("29 octobre 2024", "31/10/2024", "31/10/2024")["earliest_compliant_date"] == "2025-01-31"


def test_late_notice_reaches_the_end_of_the_next_term() -> None:
    told = renewal("4 novembre 2024", "06/11/2024", "06/11/2024")
    assert (told["contract_expiry_date"], told["earliest_compliant_date"]) == ("2025-01-31", "2026-01-31")
    assert {c["name"]: c["met"] for c in told["conditions"]}["notice_period"] is False
    assert "too late" in str(told)


def test_amendment_of_the_period_counts_against_renewal_too() -> None:
    amendment = ("paper", "avenant.pdf", "AVENANT N° 1 AU CONTRAT CS-2021-09\n\nEntre Voyages Lamartine SAS et Maison Appel SAS.\n\nArticle 1 - À l'article "
        "14.2, les mots "
                 "« trois mois » sont remplacés par les mots « quatre mois ».\n\nFait à Strasbourg, le 22 juin 2023\n")
    told = renewal("21 octobre 2024", "23/10/2024", "23/10/2024", amendment)
    assert (told["required_notice"]["value"], told["earliest_compliant_date"]) == (4, "2026-01-31")


def test_first_presentation_counts_only_where_the_contract_says_so() -> None:
    by_contract = renewal("28 octobre 2024", "30/10/2024", "04/11/2024", presented=" La date de première présentation fait foi.")
    assert (by_contract["notice"]["date_received"], by_contract["earliest_compliant_date"]) == ("2024-10-30", "2025-01-31")
    otherwise = renewal("28 octobre 2024", "30/10/2024", "04/11/2024")
    assert (otherwise["notice"]["date_received"], otherwise["earliest_compliant_date"]) == ("2024-11-04", "2026-01-31")


CONTRACT = (
    "Dienstleistungsvertrag CS-2021-09\n\nzwischen Voyages Lamartine SAS, nachfolgend Auftraggeberin, und Haus Ruf AG, nachfolgend Auftragnehmerin\n\n"
    "12.1 Der Vertrag tritt am 1. Januar 2020 in Kraft und läuft auf unbestimmte Zeit.\n\n"
    "12.2 Jede Partei kann den Vertrag ordentlich mit einer Frist von vier Monaten {point} kündigen. Die Frist läuft ab Eingang der Kündigung.\n\n"
    "Bern, 12. November 2019\n"
)
NOTICE = (
    "Voyages Lamartine SAS\nPort 4\n3000 Bern\n\nEINSCHREIBEN\n\nHaus Ruf AG\nGasse 8\n8400 Winterthur\n\nBern, 14. Juni 2024\n\nKündigung\n\nSehr geehrte "
    "Frau Roth\n\n"
    "Wir kündigen hiermit den Vertrag CS-2021-09 ordentlich per 30. September 2024.\n\nFreundliche Grüsse\n"
)
RECEIPT = "Sendungsverfolgung\nEinschreiben\n18.06.2024 09:26  Zugestellt, 8400 Winterthur, Empfänger Haus Ruf AG\n"


@pytest.mark.parametrize(("point", "day"), [
    ("auf das Ende jedes Kalendermonats", "2024-10-31"),
    ("per Ende Monat", "2024-10-31"), ("auf Monatsende", "2024-10-31"), ("zum Monatsletzten", "2024-10-31"),
    ("auf Ende eines Kalenderquartals", "2024-12-31"), ("zum Schluss eines jeden Kalendervierteljahres", "2024-12-31"), ("per Quartalsultimo", "2024-12-31"),
    ("auf das Ende eines Kalenderhalbjahres", "2024-12-31"), ("auf Semesterende", "2024-12-31"), ("auf Ende Kalenderjahr", "2024-12-31"), ("", "2024-10-18"),
])
def test_clause_moves_the_end_to_its_point_of_the_calendar(point: str, day: str) -> None:
    told = ending(("paper", "vertrag.pdf", CONTRACT.format(point=point)), ("paper", "brief.pdf", NOTICE), ("paper", "sendungsverfolgung.txt", RECEIPT))
    assert told["earliest_compliant_date"] == day
