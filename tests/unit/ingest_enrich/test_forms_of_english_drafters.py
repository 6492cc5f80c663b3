"""Forms that American and Irish papers brought, with their counterparts in German, French and Spanish, and what must not be taken for them."""
from __future__ import annotations

import json

import pytest

from archive.model.client import Client
from ingest.enrich.client_index import build
from ingest.enrich.day_forms import order_named
from ingest.enrich.kinds import kind
from ingest.enrich.ledger_lines import ledger_lines
from ingest.enrich.privilege import privileged

LETTER = "Harbour Pine Furniture Limited\n4 Mill Lane\n\n3 March 2024\n\nDear Sirs,\n\n{0}\n\nYours faithfully,\nN. Fielding"


def facts(enriched, doc, *names):
    return [(f.name, f.value) for f in enriched(doc).facts if f.name in names]


def rows_of(enriched, doc, name):
    return [json.loads(f.value) for f in enriched(doc).facts if f.name == name]


@pytest.mark.parametrize("text", [
    "Please accept this letter as our written notice under Section 4.1 that we elect not to renew the Agreement.",
    "Kindly treat this letter as formal notice that the Agreement will expire on 31 May 2024.",
    "Let this letter serve as notice of our intention to leave at the end of the term.",
    "Bitte betrachten Sie dieses Schreiben als Kündigung des Rahmenvertrags zum 30. Juni 2024.",
    "Nous vous prions de considérer la présente comme valant dénonciation du contrat.",
    "Sirva la presente como aviso de que el contrato terminará el 30 de junio de 2024.",
])
def test_letter_that_asks_to_be_taken_as_notice_is_one(paper, text):
    assert kind(paper(LETTER.format(text))).value == "notice"


@pytest.mark.parametrize("text", [
    "We cannot accept this letter as notice; it went to the wrong address.",
    "We refer to your letter and will not treat this letter as notice of anything.",
])
def test_letter_that_refuses_to_be_notice_is_none(paper, text):
    assert kind(paper(LETTER.format(text))).value != "notice"


@pytest.mark.parametrize("title", ["REMEDIATION NOTICE pursuant to clause 17.1", "Cure Notice under Section 9", "Notice to remedy",
                                    "Requerimiento de subsanación"])
def test_notice_that_asks_to_put_a_breach_right_is_a_notice(paper, title):
    assert kind(paper(f"Harbour Pine Furniture Limited\n\n3 March 2024\n\n{title}\n\nDear Sirs,\n\nThe targets of January were missed.\n\nYours "
                      f"faithfully,\nN. Fielding")).value == "notice"


@pytest.mark.parametrize("text", [
    "We are to demand, as we hereby do, payment of the sum of €84,600.00 within 14 days.",
    "We are instructed to claim payment of GBP 12,500.00 from you.",
    "Our instructions are to recover from you the sum of $9,400.00.",
])
def test_letter_of_claim_demands_in_the_words_of_solicitors(paper, text):
    assert kind(paper(LETTER.format("LETTER OF CLAIM\n\n" + text))).value == "claim"


def test_counsel_who_would_counterclaim_makes_no_counterclaim(mail):
    assert kind(mail("Dear Ann,\n\nI would counterclaim the two invoices and mediate.", subject="RE: letter of claim")).value == "email"
    assert kind(mail("Dear Ann,\n\nWe counterclaim GBP 400.00 for the outage.", subject="RE: your letter")).value == "counterclaim"


@pytest.mark.parametrize(("text", "allowed", "barred"), [
    ("14.6 Notices shall be sent by certified mail. Electronic mail may be used for convenience but shall not constitute notice.", "registered_post", "email"),
    ("14.6 Kündigungen erfolgen per Einschreiben. E-Mails können vorab gesandt werden, sind aber keine Kündigung.", "registered_post", "email"),
    ("14.6 Toute notification est faite par lettre recommandée. Un courriel peut être envoyé mais ne constitue pas une "
     "notification.", "registered_post", "email"),
])
def test_way_that_counts_for_nothing_is_barred(paper, enriched, text, allowed, barred):
    found = facts(enriched, paper(f"SERVICES AGREEMENT\nThis Agreement is made on 1 May 2020 between A Ltd and Harbour Pine Furniture Limited.\n9.1 "
                                  f"Term.\n{text}"),
                  "notice_method", "notice_method_barred")
    assert ("notice_method", allowed) in found and ("notice_method_barred", barred) in found and ("notice_method", barred) not in found


def test_remedy_period_is_read_from_its_definition_and_changed_by_a_bare_number(paper, enriched):
    contract = paper("SERVICES AGREEMENT\nThis Agreement is dated 1 May 2020.\n1.1 Remedy Period means the period of thirty (30) Working Days from a "
                     "notice.\n17.2 Either party may terminate.")
    found = [f for f in enriched(contract).facts if f.name == "cure_period"]
    assert [(f.value, f.unit) for f in found] == [(30, "business_days")]
    deed = paper('DEED OF VARIATION\ndated 14 February 2024\n\n'
                 '1. In the definition of Remedy Period, for "thirty (30)" there shall be substituted "twenty (20)".')
    made = enriched(deed)
    assert [(f.value, f.unit) for f in made.facts if f.name == "cure_period"] == [(20, "")]
    assert made.date is not None and made.date.value == "2024-02-14"
    other = paper('DEED OF VARIATION\n\n1. In clause 5, for "thirty (30)" there shall be substituted "twenty (20)".')
    assert not facts(enriched, other, "cure_period")


def test_items_of_a_list_share_the_time_that_stands_over_them(paper, enriched):
    text = ("SERVICES AGREEMENT\nThis Agreement is dated 1 May 2020.\n17.5 On expiry the Supplier shall, within twenty (20) days: (a) return all "
            "Customer Data and delete all copies; "
            "and (b) deliver up all property belonging to the Customer.\n18. Each party shall repair equipment when asked.")
    found = [(f.name, f.value) for f in enriched(paper(text)).facts if f.name.endswith("_within")]
    assert ("asset_return_within", 20) in found and ("data_deletion_within", 20) in found


@pytest.mark.parametrize(("code", "sort"), [("SI", "invoice"), ("SR", "payment"), ("SC", "credit"), ("SP", "refund")])
def test_codes_of_a_sales_ledger_name_its_entries(sheet, code, sort):
    side = ("10.00", "") if sort in ("invoice", "refund") else ("", "10.00")
    doc = sheet([["Date", "Ref", "Type", "Details", "Debit", "Credit", "Balance"], ["30/09/2024", "X-1", code, "Settlement of an invoice", *side, "10.00"]])
    assert [line.kind for line in ledger_lines(doc.extracted.tables[0])] == [sort]


def test_word_over_every_column_does_not_hide_what_the_column_holds(sheet):
    doc = sheet([["Trans Date", "Trans Type", "Trans No.", "Memo", "Amount"], ["2024-10-31", "Invoice", "T-10590", "October", 41.5],
                 ["2024-11-29", "Payment", "ACH 1", "T-10590", -41.5]])
    assert [(line.kind, line.day, line.number) for line in ledger_lines(doc.extracted.tables[0])] == [
        ("invoice", "2024-10-31", "T-10590"), ("payment", "2024-11-29", "ACH 1")]


def test_interest_on_a_late_payment_is_charged_not_paid(sheet):
    doc = sheet([["Date", "Ref", "Details", "Debit", "Credit"], ["30/09/2024", "X-17", "Late payment interest", "10.00", ""],
                 ["30/10/2024", "X-18", "Verzugszinsen", "4.00", ""]])
    assert [line.kind for line in ledger_lines(doc.extracted.tables[0])] == ["invoice", "invoice"]


@pytest.mark.parametrize(("name", "expected"), [
    ("ach_receipts_feb2025", "mdy"), ("eingaenge april 2025", "dmy"), ("receipts", "dmy"), ("receipts feb apr jul", "dmy")])
def test_month_in_the_name_of_a_list_tells_the_order_of_its_days(name, expected):
    assert order_named("02/04/2025 02/07/2025" if expected == "mdy" or "feb" in name else "02/04/2025 07/04/2025", name, "dmy") == expected


def test_day_of_a_remittance_is_read_as_lies_near_its_mail(mail, enriched):
    text = "Vendor: OURS INC\nPayment date: 02/04/2025\nInvoice T-10719   44,120.00\nTotal USD   44,120.00\n"
    doc = mail(text, subject="Remittance advice", sender="ap@harbourpine.example", sent_at="2025-02-03T17:00:00-06:00")
    assert [row["day"] for row in rows_of(enriched, doc, "advice")] == ["2025-02-04"]


def test_short_name_leaves_out_the_words_for_a_trade():
    index = build(tuple(Client(n, name, (), (), (), (), (), "", "USD")
                        for n, name in (("C-9", "Bluebell Freight Technologies LLC"), ("C-8", "Freight Motors Ltd"))))
    assert {k.client_id for k, _, _ in index.matches(["bluebell"])} == {"C-9"}
    assert not list(index.matches(["freight"]))


@pytest.mark.parametrize("text", [
    "Lyle - her read is 80 to 120 if this gets tried. I'd like authority to go to 90 at mediation.",
    "Unser Vergleichsrahmen liegt bei 90.000 EUR, vor Gericht wird es teurer.",
    "Nous avons mandat pour transiger à 90 000 EUR, le procès serait plus cher.",
    "Pido autorización para transigir en 90.000 EUR antes del juicio.",
])
def test_what_a_house_would_settle_for_is_kept_inside(mail, text):
    assert privileged(mail(text)) is not None
    assert privileged(mail(text, to=("nora.fielding@harbourpine.example",))) is None


def test_authority_to_pay_an_invoice_is_no_advice(mail):
    assert privileged(mail("I have authority to pay the catering invoice.")) is None


@pytest.mark.parametrize(("text", "value", "against"), [
    ("We understand that 2,310 guests are affected, not 1,140 as first reported.", "2310", "1140"),
    ("In January 61.4% of the calls were answered in time, not the 66.9% of your report.", "61.4", "66.9"),
    ("Betroffen sind 2.310 Kunden und nicht 1.140.", "2310", "1140"),
    ("Le taux est de 61,4 % et non 66,9 %.", "61.4", "66.9"),
    ("Los afectados son 2.310 y no los 1.140 comunicados.", "2310", "1140"),
])
def test_number_in_the_place_of_another_is_read(paper, enriched, text, value, against):
    assert [(r["value"], r["against"]) for r in rows_of(enriched, paper(LETTER.format(text)), "asserts_number")] == [(value, against)]


@pytest.mark.parametrize("text", ["We ask for 120 days, not 105 days.", "Our invoice of 2024, not 2023, is meant.",
                                  "We owe $2,310, not $1,140.", "Call 310 or 140, not today."])
def test_periods_years_and_money_are_no_counts(paper, enriched, text):
    assert not rows_of(enriched, paper(LETTER.format(text)), "asserts_number")


@pytest.mark.parametrize(("text", "code"), [
    ("The board resolved last night to bring reservations back in house.", "insourcing"),
    ("The board signed off. A nearshore vendor does it at $14.80 an hour against your 23.40.", "price"),
    ("Der Vorstand hat es beschlossen: 14,80 EUR pro Stunde statt 23,40.", "price"),
    ("Le comité a tranché : 14,80 EUR de l'heure contre 23,40.", "price"),
    ("El consejo aprobó el cambio: 14,80 EUR por hora frente a 23,40.", "price"),
])
def test_decision_of_a_board_tells_why(mail, enriched, text, code):
    doc = mail(f"Nora,\n\n{text}\n", subject="decision", sender="nora.fielding@harbourpine.example")
    assert code in {f.value for f in enriched(doc).facts if f.name == "leaving_reason"}


def test_tracking_tells_when_the_post_took_a_letter_in(paper, enriched):
    text = "An Post Track & Trace\nItem RL44 1033 881\n\n10/12/2024 15:52  Accepted at Sligo GPO\n11/12/2024 11:37  Delivered - signed by G FOLAN\n"
    found = facts(enriched, paper(text, name="tracking.txt", format="txt"), "posted_on", "received_on")
    assert found == [("posted_on", "2024-12-10"), ("received_on", "2024-12-11")]


def test_settlement_gives_up_a_counterclaim_whose_sum_it_does_not_repeat(paper, enriched):
    text = ("SETTLEMENT AGREEMENT\nDated 28 May 2025\nbetween Harbour Pine Furniture Limited (Harbour Pine) and Ours Limited (Ours)\n"
            "1. Ours shall pay to Harbour Pine the sum of £22,000.00 in respect of Service Credits. The balance of the Service Credits claimed, "
            "£12,800.00, is waived.\n"
            "2. Ours withdraws the Counterclaim and shall issue credit notes for its invoices and for interest of £1,184.20.\n"
            "3. The parties attended a mediation before Ms B. Coyne on 14 May 2025.")
    acts = [(a["kind"], a.get("by"), a.get("amount")) for a in rows_of(enriched, paper(text), "dispute_act")]
    assert ("withdrawal", "provider", None) in acts and ("mediation", "third_party", None) in acts
    assert {(p["act"], p["kind"], p.get("amount")) for p in rows_of(enriched, paper(text), "penalty")} >= {
        ("granted", "service_level_credits", "22000.00"), ("withdrawn", "service_level_credits", "12800.00")}
