"""From the words of contracts, letters and mails to what an ending comes to, in English, French, German and Spanish papers of seven laws."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from builders.read_texts import read_text
from builders.records import client_file

from archive.model.client import Client
from history import assemble

ENDINGS = Path(__file__).parents[2] / "corpora" / "endings"
CLIENTS = {
    "fr": Client("C-1", "Voyages Lamartine SAS", ("Lamartine",), ("LAM-771",), ("lamartine.example",), (), ("CS-2021-09",), "", "EUR"),
    "es": Client("C-1", "Seguros del Duero S.A.", ("Duero",), ("DUE-310",), ("duero.example",), (), ("CM-2020-44",), "", "EUR"),
    "us": Client("C-1", "Palmetto Pool Supply Inc", ("Palmetto",), ("PPS-9",), ("palmetto.example",), (), ("MSA-77",), "", "USD"),
    "de": Client("C-1", "Hanse Licht Versand GmbH", ("Hanse Licht",), ("HLV-12",), ("hanselicht.example",), (), ("DV-2019-3",), "", "EUR"),
    "uk": Client("C-1", "Tidewell Water plc", ("Tidewell",), ("TW-88",), ("tidewell.example",), (), ("SA-2022-17",), "", "GBP"),
    "at": Client("C-1", "Almkraft Energie GmbH", ("Almkraft",), ("AK-5",), ("almkraft.example",), (), ("DL-2021-8",), "", "EUR"),
    "ca": Client("C-1", "Boreal Optique inc.", ("Boréal Optique",), ("BO-19",), ("borealoptique.example",), (), ("CS-19-4",), "", "CAD"),
}


def ending(case: str, *left_out: str) -> dict[str, Any]:
    paths = sorted(p for p in (ENDINGS / case).iterdir() if p.stem not in left_out)
    (found,) = assemble(client_file(*(read_text(p, CLIENTS[case]) for p in paths), client=CLIENTS[case])).as_json()["terminations"]
    return found


@pytest.mark.parametrize(("case", "facts", "notice", "required"), [
    ("fr", ("CS-2021-09", "2021-04-01", "2025-03-31", "2024-09-10", "2024-09-10", "terminated"),
     ("client", "2024-06-10", "2024-06-12", "registered_post", "convenience", "2024-08-31"), (90, "calendar_days", "receipt")),
    ("es", ("CM-2020-44", "2020-02-01", "2025-01-31", "2024-05-05", "2024-05-05", "terminated"),
     ("client", "2024-03-04", "2024-03-06", "registered_post", "convenience", "2024-04-30"), (60, "calendar_days", "receipt")),
    ("us", ("MSA-77", "2021-02-01", "2024-01-31", "2024-01-31", "2024-01-31", "expired"),
     ("client", "2023-10-20", "2023-10-26", "registered_post", "non_renewal", "2024-01-31"), (90, "calendar_days", "receipt")),
    ("de", ("DV-2019-3", "2019-06-01", None, "2025-03-12", "2025-03-12", "terminated"),
     ("provider", "2025-02-24", "2025-02-26", "registered_post", "cause", "2025-03-12"), (2, "weeks", "receipt")),
    ("uk", ("SA-2022-17", "2022-04-01", "2025-03-31", "2024-11-05", "2024-11-05", "terminated"),
     ("client", "2024-08-02", "2024-08-05", "email", "convenience", "2024-10-31"), (3, "months", "receipt")),
    ("at", ("DL-2021-8", "2021-02-01", None, "2024-06-30", None, "won_back"),
     ("client", "2024-03-05", "2024-03-07", "registered_post", "convenience", "2024-06-30"), (3, "months", "receipt")),
    ("ca", ("CS-19-4", "2019-06-01", "2025-05-31", "2024-03-06", "2024-03-08", "notice_given"),
     ("client", "2024-02-19", "2024-02-21", "courier", "cause", "2024-03-08"), (10, "business_days", "receipt")),
])
def test_ending_is_concluded_from_its_papers(case: str, facts: tuple[Any, ...], notice: tuple[Any, ...], required: tuple[Any, ...]) -> None:
    told = ending(case)
    names = ("contract_number", "contract_effective_date", "contract_expiry_date", "earliest_compliant_date", "effective_date", "status")
    assert tuple(told[n] for n in names) == facts
    said = ("given_by", "date_on_document", "date_received", "method", "ground", "stated_effective_date")
    assert tuple(told["notice"][n] for n in said) == notice
    assert tuple(told["required_notice"][n] for n in ("value", "unit", "measured_from")) == required


@pytest.mark.parametrize(("case", "met"), [
    ("fr", {"notice_period": False, "notice_method": True, "notice_address": True, "asset_return": True, "data_return_or_deletion": True}),
    ("es", {"notice_period": False, "notice_method": True, "notice_address": True, "asset_return": None, "data_return_or_deletion": False}),
    ("us", {"notice_period": True, "notice_method": True, "asset_return": True, "data_return_or_deletion": True}),
    ("de", {"notice_period": True, "notice_method": True, "cure_period": True, "asset_return": None}),
    ("uk", {"notice_period": False, "notice_method": True, "notice_address": True, "asset_return": True, "data_return_or_deletion": True}),
    ("at", {"notice_period": True, "notice_method": True, "withdrawal_of_notice": True, "asset_return": "absent"}),
    ("ca", {"notice_period": True, "notice_method": True, "notice_address": True, "cure_period": True}),
])
def test_conditions_are_met_or_not_or_left_open(case: str, met: dict[str, Any]) -> None:
    told = {c["name"]: c["met"] for c in ending(case)["conditions"]}
    assert {name: told.get(name, "absent") for name in met} == met


@pytest.mark.parametrize(("case", "sums"), [
    ("fr", {("early_termination_fee", 28000.0, "disputed")}),
    ("es", {("contractual_penalty_data_deletion", 3500.0, "paid"), ("contractual_penalty_data_deletion", 2500.0, "waived")}),
    ("us", set()),
    ("de", {("late_interest", 212.4, "due")}),
    ("uk", {("early_termination_fee", 60000.0, "due")}),
])
def test_sums_beyond_the_price_are_listed(case: str, sums: set[tuple[str, float, str]]) -> None:
    assert {(p["kind"], p["amount"], p["status"]) for p in ending(case)["penalties"]} == sums


@pytest.mark.parametrize(("case", "codes"), [
    ("fr", {"insourcing", "service_quality"}), ("es", {"competitor", "price"}), ("us", {"competitor"}), ("de", {"non_payment"}),
    ("uk", {"compliance", "insourcing"}), ("at", {"price"}), ("ca", {"breach", "competitor", "service_quality"}),
])
def test_reasons_are_those_of_the_party_that_ends(case: str, codes: set[str]) -> None:
    assert {r["code"] for r in ending(case)["reasons"]} == codes


def test_fee_of_the_french_contract_is_reckoned_by_its_clause() -> None:
    (fee,) = ending("fr")["penalties"]
    assert (fee["formula"]["amount"], fee["formula"]["agrees"]) == (28000.0, True)


@pytest.mark.parametrize(("case", "contract"), [("fr", "contrat"), ("es", "contrato"), ("us", "msa"), ("de", "vertrag")])
def test_without_its_contract_a_case_cannot_be_decided_and_says_so(case: str, contract: str) -> None:
    told = ending(case, contract)
    assert told["required_notice"] is None
    assert told["earliest_compliant_date"] is None
    assert "the terms cannot be decided: no contract is held" in told["undecided"]
    assert all(c["name"] != "notice_period" for c in told["conditions"])


AMENDMENT = """AVENANT n° 1 au contrat CS-2021-09
Fait à Lyon, le 3 février 2023, entre Borealis Contact SAS et Voyages Lamartine SAS
1.1 À l'article 6.1, les mots « quatre-vingt-dix (90) jours » sont remplacés par « soixante (60) jours ».
1.2 À l'article 6.3, quarante pour cent (40 %) est remplacé par trente pour cent (30 %).
1.3 Les autres dispositions restent inchangées.
"""


def test_amendment_changes_the_answer_and_leaving_it_out_changes_it_back_and_says_why(tmp_path: Path) -> None:
    (tmp_path / "avenant.txt").write_text(AMENDMENT, "utf-8")
    client = CLIENTS["fr"]
    amendment = read_text(tmp_path / "avenant.txt", client)
    assert amendment.record.kind == "amendment"
    papers = [read_text(p, client) for p in sorted((ENDINGS / "fr").iterdir())]
    (changed,) = assemble(client_file(*papers, amendment, client=client)).as_json()["terminations"]
    before = ending("fr")
    assert (before["required_notice"]["value"], changed["required_notice"]["value"]) == (90, 60)
    assert (before["earliest_compliant_date"], changed["earliest_compliant_date"]) == ("2024-09-10", "2024-08-11")
    assert "puts 60 calendar_days in the place of 90 calendar_days" in changed["required_notice"]["derivation"]["rule"]
    cited = {c["record_id"] for c in changed["required_notice"]["cites"]}
    assert cited == {"avenant", "contrat"}
    met = {name: next(c["met"] for c in told["conditions"] if c["name"] == "notice_period") for name, told in (("before", before), ("changed", changed))}
    assert met == {"before": False, "changed": True}
