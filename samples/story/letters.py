"""Letters, the settlement and the papers of the account."""
from __future__ import annotations

from story import money
from story.money import written
from story.people import ACCOUNT, CLIENT, CLIENT_ADDRESS, CONTRACT, SUPPLIER, SUPPLIER_ADDRESS
from story.write_paper import Block, docx, pdf

FEE, SETTLED = written(money.FEE), written(money.SETTLED)
AUGUST_CREDIT, JUNE_CREDIT = written(money.AUGUST.net / 10), written(money.JUNE.net / 10)
BOTH_CREDITS = written((money.JUNE.net + money.AUGUST.net) / 10)


def letter(sender: str, sender_address: str, to: str, to_address: str, dated: str, subject: str, words: list[str],
           signed: str) -> list[Block]:
    return [("right", sender), ("right", sender_address), ("gap", ""), ("para", f"{to}\n{to_address}"), ("para", dated),
            ("head", subject), *(("para", each) for each in words), ("gap", ""), ("para", signed)]


def notice() -> bytes:
    """The notice of termination. Its end date counts the ninety days from the letter itself, three days too early."""
    return pdf(letter(
        CLIENT, CLIENT_ADDRESS, f"For the attention of the Company Secretary\n{SUPPLIER}", SUPPLIER_ADDRESS, "16 June 2025",
        f"Notice of termination: Master Services Agreement No. {CONTRACT}",
        ["By registered post. Copy by e-mail for information.",
         "Dear Mr Mulready,",
         f"We refer to the Master Services Agreement No. {CONTRACT} dated 14 February 2022 between us (the \"Agreement\"). The Initial "
         f"Term "
         "ended on 28 February 2025 and the Agreement has renewed until 28 February 2026.",
         "In accordance with clause 12.1 we hereby give you ninety (90) days' written notice of termination of the Agreement. The "
         "Agreement "
         "will therefore end on 14 September 2025.",
         "From the autumn our own staff in Dunmarra will answer our passengers. We ask you for the knowledge articles and the training "
         "that "
         "clause 16 provides, for the export of our data under clause 15.1, and for your written certificate of deletion under clause "
         "15.2.",
         "Please acknowledge receipt of this notice."],
        "Yours sincerely,\n\nRuairi Stannard\nCompany Secretary\nfor Dunmarra Ferries DAC"),
        f"Notice of termination {CONTRACT}", CLIENT, "Dunmarra Ferries DAC, registered in Ireland under number 990582")


def acknowledgement() -> bytes:
    return pdf(letter(
        SUPPLIER, SUPPLIER_ADDRESS, f"Mr Ruairi Stannard, Company Secretary\n{CLIENT}", CLIENT_ADDRESS, "24 June 2025",
        f"Your notice of termination of 16 June 2025, Agreement No. {CONTRACT}",
        ["Dear Mr Stannard,",
         "We acknowledge receipt of your notice of termination. Your e-mail of 16 June 2025 did not give notice, since clause 18.3 "
         "excludes "
         "e-mail. The original was posted by registered post on 17 June 2025 and is deemed received on 19 June 2025, the second Business "
         "Day after posting, under clause 18.2(b). It was in fact handed to our reception on that morning.",
         "The ninety days run from the day after receipt (clause 12.2) and end on 17 September 2025. The Agreement therefore ends on 17 "
         "September 2025 and not on 14 September 2025 as your letter says. Please confirm that you agree.",
         "As the Agreement will end before 28 February 2026, an early termination fee will fall due under clause 14. We shall invoice it "
         "after the date of termination.",
         "Orla Brannock will send you a plan for the handover by 4 July 2025."],
        "Yours sincerely,\n\nFintan Mulready\nGeneral Counsel and Company Secretary\nfor Tallowbridge Contact Centres Limited"),
        f"Acknowledgement of notice {CONTRACT}", SUPPLIER, "Tallowbridge Contact Centres Limited, registered in Ireland under number "
                                                           "990417")


def claim() -> bytes:
    return docx([
        ("para", f"{SUPPLIER}, {SUPPLIER_ADDRESS}"), ("para", f"{CLIENT}, {CLIENT_ADDRESS}"), ("para", "22 September 2025"),
        ("head", f"Claim: early termination fee under clause 14 of Agreement No. {CONTRACT}"),
        ("para", "Dear Mr Ashgrove,"),
        ("para", f"The Agreement ended on 17 September 2025. The Renewal Term then current would have ended on 28 February 2026. "
                 f"Between the two "
                 f"lie five full calendar months, October 2025 to February 2026. Under clause 14.1 you owe twenty-five per cent of the "
                 f"Monthly Minimum of EUR {written(money.MONTHLY_MINIMUM)} for each of them:"),
        ("table", [["Step", "EUR"], ["25% of the Monthly Minimum", written(money.MONTHLY_MINIMUM / 4)], ["Full months", "5"],
                   ["Early termination fee", FEE]]),
        ("para", f"We therefore claim EUR {FEE}. Our invoice {money.FEE_INVOICE.number} is enclosed and is payable by 22 October 2025. "
                 f"The fee is "
                 "compensation and bears no value added tax."),
        ("para", "If you dispute the sum, please give us your reasons before it falls due, so that the meeting under clause 17 can take "
                 "place."),
        ("para", "Yours sincerely,"), ("para", "Cormac Delahunt, Credit Control, for Tallowbridge Contact Centres Limited"),
    ], "Claim for the early termination fee", "Cormac Delahunt", "2025-09-22")


def response() -> bytes:
    return docx([
        ("para", f"{CLIENT}, {CLIENT_ADDRESS}"), ("para", f"{SUPPLIER}, {SUPPLIER_ADDRESS}"), ("para", "6 October 2025"),
        ("head", f"Your claim of 22 September 2025 for EUR {FEE}"),
        ("para", "Dear Mr Delahunt,"),
        ("para", "We have your claim for an early termination fee. We deny that the sum is due."),
        ("para", "First, a fee of a quarter of the minimum for staff whom you have, as we hear, already put on other work is no genuine "
                 "estimate "
                 "of a loss. Secondly, clause 14.2 reduces the fee by Service Credits that are due and were not given."),
        ("para", "The Service Level was missed in June (76.4%), July (68.9%) and August (71.2%). You have credited July alone. We claim "
                 "Service "
                 f"Credits of EUR {JUNE_CREDIT} for June and EUR {AUGUST_CREDIT} for August, in all EUR {BOTH_CREDITS}, before value "
                 f"added tax, and "
                 "set them off."),
        ("para", "We withhold payment of INV-25-0922 under clause 7.2 and propose that the Client Director and I meet under clause 17.1 "
                 "in the week "
                 "of 13 October."),
        ("para", "Yours sincerely,"), ("para", "Declan Ashgrove, Chief Financial Officer, for Dunmarra Ferries DAC"),
    ], "Response to the claim of 22 September 2025", "Declan Ashgrove", "2025-10-06")


def deletion() -> bytes:
    return pdf(letter(
        SUPPLIER, SUPPLIER_ADDRESS, f"Ms Maeve Torrin, Head of Customer Service\n{CLIENT}", CLIENT_ADDRESS, "10 October 2025",
        "Certificate of deletion under clause 15.2",
        ["We certify that on 10 October 2025 all Client Data within the meaning of clause 1.3 was deleted from our telephony, chat, "
         "recording and "
         "reporting systems and from their backups, 23 days after the date of termination of 17 September 2025 and so within the thirty "
         "days "
         "that clause 15.2 allows.",
         "The export under clause 15.1 had been handed over on 1 October 2025. Kept, because the law requires it: invoices and the "
         "records of "
         "our staff's working hours."],
        "Ines Caldeira\nOperations Manager\nfor Tallowbridge Contact Centres Limited"),
        "Certificate of deletion", SUPPLIER, f"{CONTRACT} clause 15.2")


def settlement() -> bytes:
    return pdf([
        ("title", "SETTLEMENT AGREEMENT"),
        ("para", f"This agreement is made on 7 November 2025 between {SUPPLIER} (the \"Supplier\") and {CLIENT} (the \"Client\") about "
                 f"the end of "
                 f"the Master Services Agreement No. {CONTRACT}."),
        ("head", "1. BACKGROUND"),
        ("para", f"1.1 The Supplier has claimed an early termination fee of EUR {FEE} (invoice {money.FEE_INVOICE.number}). The Client "
                 f"has denied it and "
                 f"has claimed Service Credits of EUR {BOTH_CREDITS} for June and August 2025."),
        ("head", "2. PAYMENT"),
        ("para", f"2.1 The Client shall pay the Supplier EUR {SETTLED} within twenty-one (21) days of the date of this agreement, that "
                 f"is by 28 "
                 "November 2025."),
        ("para", f"2.2 The Supplier shall issue a credit note for the balance of invoice {money.FEE_INVOICE.number}, EUR "
                 f"{written(money.FEE_CREDIT.gross)}, "
                 "within five Business Days."),
        ("head", "3. FULL AND FINAL SETTLEMENT"),
        ("para", "3.1 On payment of the sum in clause 2.1 all claims of either party about the end of the Agreement, the early "
                 "termination fee and "
                 "Service Credits are settled in full and finally. The Client withdraws its claim for Service Credits."),
        ("para", "3.2 Neither party admits liability."),
        ("head", "4. WHAT REMAINS"),
        ("para", "4.1 Clauses 8 and 9 of the Agreement (confidentiality, data protection) continue. The parties agree that the "
                 "Agreement ended on 17 "
                 "September 2025."),
        ("para", "4.2 This agreement is governed by the laws of Ireland."),
        ("gap", ""),
        ("table", [["Signed for the Supplier", "Signed for the Client"], ["Orla Brannock, Client Director", "Declan Ashgrove, Chief "
                                                                                                            "Financial Officer"],
                   ["7 November 2025", "7 November 2025"]]),
    ], "Settlement Agreement Tallowbridge and Dunmarra", SUPPLIER, f"Settlement Agreement  {CONTRACT}")


def account_paper(line: money.Line, customer: str, address: str, account: str, contract: str, due: str) -> bytes:
    """Return an invoice or credit note as PDF."""
    name = {"invoice": "INVOICE", "credit_note": "CREDIT NOTE"}[line.kind]
    rows = [["Description", "EUR"], [line.text, written(line.net)], ["Value added tax 23%" if line.vat else "Outside the scope of VAT",
                                                                       written(line.vat)], ["Total", written(line.gross)]]
    return pdf([
        ("right", SUPPLIER), ("right", SUPPLIER_ADDRESS), ("gap", ""), ("title", name), ("para", f"{customer}\n{address}"),
        ("para", f"{name.capitalize()} number: {line.number}\n{name.capitalize()} date: {line.date}\nAccount: {account}\nContract: "
                 f"{contract}\n{due}"),
        ("table", rows), ("gap", ""),
        ("small", "Payment to the account named in the agreement, with the number of the invoice. Questions: "
                  "accounts@tallowbridge.example"),
    ], f"{name.capitalize()} {line.number}", SUPPLIER, f"{line.number}")


def dunmarra_paper(line: money.Line, due: str = "") -> bytes:
    return account_paper(line, CLIENT, CLIENT_ADDRESS, ACCOUNT, CONTRACT, due)
