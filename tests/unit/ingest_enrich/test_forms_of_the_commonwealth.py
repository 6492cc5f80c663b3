"""Forms of Canadian and Australian drafters, correspondents and accountants, and their like in German, French and Spanish; all invented."""
from __future__ import annotations

import json

import pytest

from archive.model.client import Client
from ingest.enrich import enrich
from ingest.enrich.amounts import amounts
from ingest.enrich.clients import concerned, evidence
from ingest.enrich.contract_terms import contract_terms
from ingest.enrich.dates import document_date
from ingest.enrich.day_forms import order_of
from ingest.enrich.dispute_acts import dispute_acts
from ingest.enrich.doc import Doc
from ingest.enrich.exit_done import exit_done
from ingest.enrich.exit_duties import exit_duties
from ingest.enrich.kinds import kind
from ingest.enrich.leaving_reasons import leaving_reasons
from ingest.enrich.ledger_lines import ledger_lines
from ingest.enrich.missing import missing
from ingest.enrich.notice_rules import notice_rules
from ingest.enrich.notices import notices
from ingest.enrich.penalty_words import kinds_in
from ingest.enrich.receipts import receipts
from ingest.enrich.replaced_periods import replaced_periods
from ingest.enrich.sentiment import sentiment
from ingest.enrich.speaker import client_names, speaker
from ingest.given import Context, Given


@pytest.mark.parametrize(("wanted", "text"), [
    ("amendment", "AMENDING AGREEMENT NO. 4\nTHIS AMENDING AGREEMENT made as of the 3rd day of May, 2022\nBETWEEN A Inc. and B Inc."),
    ("amendment", "DEED OF VARIATION\nThis deed is made on 4 May 2022 between A Pty Ltd and B Pty Ltd."),
    ("amendment", "Supplemental Deed\ndated 4 May 2022"),
    ("amendment", "ÄNDERUNGSVEREINBARUNG\nzum Dienstleistungsvertrag vom 3. Mai 2021"),
    ("amendment", "CONVENIO MODIFICATORIO\nal contrato de servicios del 3 de mayo de 2021"),
    ("contract", "SERVICES AGREEMENT\nTHIS AGREEMENT is made as of the 3rd day of May, 2022 between A Inc. and B Inc.\nThe Initial Term is three years."),
    ("settlement", "MINUTES OF SETTLEMENT\nThe parties agree that B shall pay $9,000.00 within 20 days.\nDATED this 4th day of May, 2025."),
    ("settlement", "Terms of Settlement\nThe respondent shall pay A$9,000.00 by 30 June 2025."),
    ("meeting_note", "Minutes of the weekly call\nPresent: Nora, Tim\nActions: none"),
    ("credit_note", "ADJUSTMENT NOTE\nCredit CN-12\nTotal credit 220.00"),
    ("other", "Vendor portal - submission receipt\nFile: Notice of termination.pdf\nReceipt 17 issued 27/08/2024"),
    ("other", "Certificate of Posting\nArticle 4471 posted 05/08/2024"),
    ("claim", "Dear Sirs\nUnless the sum of $60,003.00 is received by 28 February we are instructed to commence arbitration.\nYours truly"),
    ("notice", "5 August 2024\nServices Agreement SA-4: Default Notice under clause 15.2\nTax invoice | Date | Amount\n24-0418 | 30/04/2024 | $44,000.00\n"
               "You must pay the whole of $44,000.00 within 14 days. If you do not, we may terminate the agreement."),
    ("counterclaim", "Dear Mr Osler\nOur client therefore claims credits of $38,420.00, by way of set-off and counterclaim."),
    ("counterclaim", "Dear Alistair\nThe outage cost us $18,500.00, which we are entitled to set off and now claim from you.\nRegards"),
])
def test_papers_have_their_kind(paper, wanted, text):
    assert kind(paper(text)).value == wanted


@pytest.mark.parametrize(("wanted", "body"), [
    ("notice", "Nora, attached is our notice, the original went by courier."),
    ("notice", "Guten Tag, anbei unsere Kündigung."),
    ("notice", "Bonjour, veuillez trouver ci-joint notre lettre de résiliation."),
    ("email", "Nora, attached is our notice board for the canteen."),
    ("email", "Nora, did you get our notice?"),
])
def test_mail_that_carries_the_writers_own_notice_is_one(mail, wanted, body):
    assert kind(mail(body, subject="heads up")).value == wanted


def test_words_put_in_place_of_others_change_the_period(paper):
    doc = paper('1. Section 12.3 is amended by deleting the words "ninety (90) days\'" and substituting therefor "one hundred and twenty (120) days\'".')
    assert [(f.value, f.unit) for f in replaced_periods(doc)] == [(120, "calendar_days")]


def test_receipt_is_counted_by_ordinals_with_figures_and_by_verbs_alone(paper):
    text = ("18.4 Any notice shall be in writing and shall be delivered personally, sent by prepaid courier or mailed by registered mail. "
            "Any such notice shall be deemed to have been received, if delivered personally, on the date of delivery; "
            "if sent by courier, on the second (2nd) Business Day following the date of dispatch; "
            "and if mailed, on the fifth (5th) Business Day following the date of mailing. A notice shall not be validly given by e-mail.")
    found = {f.name: (f.value, f.unit) for f in notice_rules(paper(text)) if f.name.startswith("deemed")}
    assert found["deemed_receipt_courier"] == (2, "business_days")
    assert found["deemed_receipt_post"] == (5, "business_days")


@pytest.mark.parametrize("sentence", [
    "22.3 E-mail may be used for day-to-day communication but a notice given only by e-mail is of no effect.",
    "22.3 Notices by e-mail have no legal effect.",
    "22.3 Mitteilungen per E-Mail sind wirkungslos.",
    "22.3 Les notifications par courriel sont sans effet.",
    "22.3 Los avisos por correo electrónico carecen de validez.",
])
def test_way_of_no_effect_is_ruled_out(paper, sentence):
    rules = [(f.name, f.value) for f in notice_rules(paper(f"22.1 A notice must be sent by registered post.\n{sentence}\n22.4 End."))]
    assert ("notice_method_barred", "email") in rules and ("notice_method", "email") not in rules


def test_portal_counts_by_its_name(paper):
    text = ("21. Details: supplier portal VendorLink\n22.1 A notice must be in writing and (a) sent by Registered Post; or (b) lodged in VendorLink.\n"
            "22.2 A notice is taken to be received: (b) if lodged in VendorLink, when the portal issues its receipt, "
            "unless that is after 5.00 pm, in which case on the next Business Day.")
    found = [(f.name, f.value) for f in notice_rules(paper(text))]
    assert {("notice_method", "portal"), ("notice_portal", "VendorLink"), ("deemed_until_portal", "17:00")} <= set(found)
    barred = [(f.name, f.value) for f in notice_rules(paper("22. A ticket in the support portal is not a notice. Notices are sent by courier.\n23. End."))]
    assert ("notice_method", "portal") not in barred


def test_receipt_of_a_portal_gives_the_day(paper):
    doc = paper("VendorLink supplier portal - lodgement receipt\nFile: notice.pdf\nReceipt no. 17 issued 27/08/2024 14:12 AEST\n")
    assert [f.value for f in receipts(doc, "other", "2024-08-27", order_of(doc.folded, "en")) if f.name == "received_on"] == ["2024-08-27"]


@pytest.mark.parametrize(("sentence", "day"), [
    ("The Supplier terminates the agreement with effect from the end of 10 September 2024.", "2024-09-10"),
    ("We hereby terminate the agreement with effect from midnight on 10 September 2024.", "2024-09-10"),
    ("We terminate the agreement effective 11:59 p.m. (EST) on September 10, 2024.", "2024-09-10"),
])
def test_day_behind_the_hour_of_the_end_is_asked_for(paper, sentence, day):
    doc = paper(f"27 August 2024\nHarbour Pine Furniture Limited\n{sentence}")
    assert {f.name: f.value for f in notices(doc, None, evidence(doc), "en")}["stated_effective_date"] == day


@pytest.mark.parametrize(("text", "value"), [
    ("CROSS-CLAIM\nIt claims $62,300.00 from the plaintiff, in place of the set-off of $18,500.00 first notified.", "62300.00"),
    ("We do not accept that $142,230.00 is owing. The outage cost us $18,500.00, which we are entitled to set off.", "18500.00"),
])
def test_claim_against_a_claim_is_the_writers_own_sum(paper, text, value):
    doc = paper(text)
    assert [f.value for f in amounts(doc, "counterclaim", evidence(doc)) if f.name == "amount_claimed"] == [value]


def test_demand_behind_a_list_of_invoices_is_its_total(paper):
    doc = paper("5 August 2024\nHarbour Pine Furniture Limited\nDefault Notice\nNone of these has been paid or disputed:\n"
                "24-1 $44,000.00\n24-2 $48,510.00\nTotal $92,510.00\n"
                "You are required to pay the whole of $92,510.00 within 14 days.")
    acts = [json.loads(str(f.value)) for f in dispute_acts(doc, "notice", evidence(doc), "en") if f.name == "dispute_act"]
    assert [(a["kind"], a["amount"]) for a in acts] == [("claim", "92510.00")]


@pytest.mark.parametrize(("text", "side"), [
    ("DEFENCE AND CROSS-CLAIM\nDefendant / Cross-claimant: Harbour Pine Furniture Limited\nThe defendant denies the debt.", "client"),
    ("STATEMENT OF CLAIM\nPlaintiff: Dunmore Contact Pty Ltd\nDefendant: Harbour Pine Furniture Limited", "provider"),
    ("LAKE LAW\nYour client: Dunmore Contact Inc.\nOur client: Harbour Pine Furniture Limited\nDear Mr. Ash:\nOur client denies it.", "client"),
])
def test_speaker_of_pleadings_and_of_counsel(paper, text, side):
    doc = paper(text)
    told = speaker(doc, evidence(doc), client_names(doc, evidence(doc)))
    assert told is not None and told[0] == side


def _called(text: str, path: str, clients: tuple[Client, ...], name: str = "note.txt") -> tuple[str, ...]:
    from archive.model.extracted import Extracted, Identified
    from archive.model.outcome import Done
    found = enrich(Extracted(Done(), text), Identified("text", "", "name"), Given(name, path), Context(clients=clients))
    return concerned(found.clients)


TWO = (Client("C-8", "Tarrawood Valley Water Distribution Inc.", ("TVW",)), Client("C-9", "Ellerby Mutual Insurance Company", ()))


@pytest.mark.parametrize(("text", "path", "wanted"), [
    ("All laptops of TVW came back today.", "x/note.txt", ("C-8",)),
    ("the tvw of the set", "x/note.txt", ()),
    ("Shipper: Tarrawood Valley Water, Unit 4", "x/note.txt", ("C-8",)),
    ("Ellerby called about the queue.", "acct-ellerby/note.txt", ("C-9",)),
    ("Nothing said.", "acct-ellerby/note.txt", ("C-9",)),
    ("Nothing said.", "ellerby-north-road/note.txt", ()),
])
def test_capitals_short_names_and_folders_name_the_client(text, path, wanted):
    assert _called(text, path, TWO) == wanted


def test_ledger_with_short_heads_is_read(sheet):
    doc: Doc = sheet([["Date", "Trans", "Ref", "Dr", "Cr"], ["30/04/2024", "INV", "24-0418", 44000.0, None], ["20/08/2024", "RCT", "EFT PART", None, 30000.0],
                      ["18/09/2024", "CRN", "ACN-3", None, 2200.0]])
    lines = ledger_lines(doc.extracted.tables[0])
    assert [(line.kind, float(line.amount)) for line in lines] == [("invoice", 44000.0), ("payment", 30000.0), ("credit", 2200.0)]


def test_credit_for_a_balance_is_no_total_line(sheet):
    doc: Doc = sheet([["Posted", "Doc", "Kind", "Memo", "Charges", "Credits"], ["2025-01-15", "INV-7", "Invoice", "Charge", 60003.0, None],
                      ["2025-04-30", "CM-2", "Credit memo", "balance of INV-7 per minutes", None, 17503.0], [None, None, None, "Balance owing", 42500.0, None]])
    assert [(line.kind, float(line.amount)) for line in ledger_lines(doc.extracted.tables[0])] == [("invoice", 60003.0), ("credit", 17503.0)]


def test_last_day_of_a_certificate_is_that_of_the_deletion(paper):
    doc = paper("CERTIFICATE OF DESTRUCTION\nAll customer data was returned on January 24, 2025 and destroyed on February 20, 2025.\n")
    facts = exit_done(doc, "other", "2025-02-20", order_of(doc.folded, "en"))
    assert {f.value for f in facts if f.name == "data_deleted"} == {"2025-02-20"}


@pytest.mark.parametrize(("body", "there"), [
    ("I will post it. The account to the end is settled in full.", True),
    ("Das Konto ist damit ausgeglichen.", True),
    ("Votre compte est soldé.", True),
    ("Please tell us if the account is settled.", False),
    ("The account shows $4,068.00 owing.", False),
])
def test_account_settled_to_the_end_is_told(mail, body, there):
    doc = mail(body, subject="statement")
    assert any(f.name == "account_settled" for f in exit_done(doc, "email", "2025-06-04", order_of(doc.folded, "en"))) is there


def test_orderly_transition_is_asked_for(paper):
    text = ("ARTICLE 13 - CONSEQUENCES OF TERMINATION\n13.1 One.\n13.2 Two.\n"
            "13.3 The Service Provider shall co-operate in an orderly transition for up to forty (40) hours.")
    assert any(f.name == "transition_required" for f in exit_duties(paper(text)))


@pytest.mark.parametrize(("text", "there"), [("a wind-down charge of $5", True), ("breakage costs of $5", True), ("the clock was wound down", False)])
def test_other_names_of_a_fee_for_an_early_end(text, there):
    assert any(name == "early_termination_fee" for name, _, _ in kinds_in(text, 0, len(text))) is there


def test_term_from_a_commencement_date_in_the_details(paper):
    doc = paper("Details\nCommencement Date: 1 July 2022\nInitial Term: three years from the Commencement Date\n1. One\n2. Two\n3. Three")
    assert {f.name: f.value for f in contract_terms(doc, "contract", None, "en")}["expiration_date"] == "2025-06-30"


@pytest.mark.parametrize("sentence", [
    "If the whole of the amount has not been paid within 14 days after the Default Notice is received, the Supplier may terminate this agreement.",
    "Werden Rechnungen trotz Mahnung nicht innerhalb von 14 Tagen nach Zugang beglichen, ist der Anbieter bei Verzug zur Kündigung berechtigt.",
])
def test_time_to_pay_before_an_end_is_read(paper, sentence):
    doc = paper(f"15. Termination\n15.2 {sentence}\n16. One\n17. Two")
    assert any(f.name == "cure_period" and f.value == 14 for f in exit_duties(doc))


@pytest.mark.parametrize(("sentence", "code"), [
    ("We terminate the agreement. Only $30,000.00 of the $142,230.00 has been paid.", "non_payment"),
    ("We terminate the agreement. None of these has been paid.", "non_payment"),
    ("We terminate the agreement. Price is fine. It's the hold times.", "service_quality"),
])
def test_reasons_in_other_words_are_read(paper, sentence, code):
    assert {f.value for f in leaving_reasons(paper(sentence), "notice", "2024-08-27")} == {code}


def test_lawyer_who_refuses_an_offer_feels_nothing(mail):
    body = "Mr. Osler,\n\nMy client is not prepared to accept $50,000.00 and cannot agree to it.\n\nAnna Kowal\n"
    felt = sentiment(mail(body, subject="without prejudice", sender="anna@lakelaw.example", to=("graham@oslerlaw.example",)), "email")
    assert felt is not None and felt.value == "neutral"


def test_day_of_the_principal_agreement_is_not_that_of_its_draft_amendment(paper):
    doc = paper('AMENDING AGREEMENT NO. 2\nDRAFT v3 - January 18, 2023\n'
                'WHEREAS the Parties are parties to an Agreement made as of April 1, 2021 (the "Principal Agreement");')
    dated = document_date(doc, "amendment", "en")
    assert dated is None or dated.value == "2023-01-18"


def test_own_title_of_a_note_names_no_other_paper(paper):
    doc = paper("File note\n11 September 2024, S. Tran\nI did not write on 3 May. Glenn says he has it but has not produced it.")
    assert not any('"memo"' in str(f.value) for f in missing(doc, "call_note", "en"))
