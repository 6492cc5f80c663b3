from __future__ import annotations

from collections.abc import Callable

import pytest

from archive.model.fact import Derived
from ingest.enrich.doc import Doc
from ingest.enrich.ending_facts import ending_facts

HEAD = "Agreement between A and B\n\n"


def found(doc: Doc, kind: str, day: str = "2024-10-10", language: str = "en") -> dict[str, object]:
    return {f.name: f.value for f in ending_facts(doc, kind, Derived(day, "test"), language)}


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("9. Notices are sent by courier. A notice sent by courier is deemed received on the third Business Day after dispatch.", "deemed_receipt_courier", 3),
        ("9. Notices: sent by e-mail. A notice by e-mail is deemed received on the next Business Day after it is sent.", "deemed_receipt_email", 1),
        ("9. Eine Kündigung per Einschreiben gilt am dritten Werktag nach Aufgabe zur Post als zugegangen.", "deemed_receipt_registered_post", 3),
        ("9. Las notificaciones por correo electrónico se considerarán recibidas el día hábil siguiente a su envío.", "deemed_receipt_email", 1),
        ("1. Business Day means a day other than a Saturday, Sunday or public holiday in Singapore.", "business_day_holidays", "SG"),
        ("9. A notice may be sent by courier. E-mail is a courtesy only.", "notice_method_barred", "email"),
        ("9. Kündigungen sind per Einschreiben zu richten. Die Übermittlung per E-Mail wahrt die Form nicht.", "notice_method_barred", "email"),
        ("9. Les équipements sont restitués dans les dix jours ouvrables suivant la fin du contrat.", "asset_return_within", 10),
        ("9. Personenbezogene Daten sind innerhalb von 30 Tagen nach Vertragsende zu löschen.", "data_deletion_within", 30),
    ],
)
def test_rule_of_a_contract_is_read(paper: Callable[..., Doc], text: str, name: str, value: object) -> None:
    assert found(paper(HEAD + text), "contract")[name] == value


@pytest.mark.parametrize(
    ("text", "name", "value"),
    [
        ("RECEIVED\n31 OCT 2024\n\nDear Sirs, we terminate.", "received_on", "2024-10-31"),
        ("Ihre Kündigung vom 30. September haben wir am 2. Oktober 2024 erhalten.", "received_on", "2024-10-02"),
        ("The hard copy was posted on Monday 7 October 2024.", "posted_on", "2024-10-07"),
        ("Nous retirons notre avis du 9 mai.", "notice_withdrawn", "2024-10-10"),
        ("We accept the withdrawal of your notice.", "withdrawal_accepted", "2024-10-10"),
        ("The parties agree that the agreement terminated on 31 May 2025.", "service_ended", "2025-05-31"),
        ("Die Löschung erfolgte am 22. Oktober 2024, also verspätet.", "data_deleted", "2024-10-22"),
        ("Los equipos fueron devueltos el 12 de octubre.", "assets_returned", "2024-10-12"),
    ],
)
def test_what_happened_is_read_with_its_day(paper: Callable[..., Doc], text: str, name: str, value: object) -> None:
    assert found(paper(text), "legal_letter")[name] == value


def test_condition_is_no_withdrawal_and_no_breach(paper: Callable[..., Doc]) -> None:
    told = found(paper("A notice can be withdrawn only if we agree. If the default is not remedied we may terminate."), "legal_letter")
    assert "notice_withdrawn" not in told
    assert "breach_not_cured" not in told


def test_words_put_in_place_of_others_name_the_period_they_replace(paper: Callable[..., Doc]) -> None:
    doc = paper('In § 9 Abs. 2 wird "sechs Monate" durch "drei Monate" ersetzt.')
    (fact,) = [f for f in ending_facts(doc, "amendment", None, "de") if f.name == "period_replaced"]
    assert (fact.value, fact.unit) == (3, "months")
    assert fact.basis.endswith("replaces 6 months")
