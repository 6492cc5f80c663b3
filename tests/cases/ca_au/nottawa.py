"""Nottawa Valley Hydro: an Ontario electricity distributor takes its contact centre back; courier, 120 days by an amendment, wind-down charge, mediation, minutes of settlement."""
from __future__ import annotations

import json
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

HEATHER, MARC, AR = "Heather Dunlop <h.dunlop@tamarack-cx.example>", "Marc-André Pelletier <ma.pelletier@tamarack-cx.example>", "Accounts Receivable <ar@tamarack-cx.example>"
COUNSEL, CEO, BLAKE = "Ruth Abernethy <r.abernethy@tamarack-cx.example>", "Colin Szabo <c.szabo@tamarack-cx.example>", "Graham Osler <gosler@osler-finch.example>"
MEAGHER, TRUDEL, AP = "Doug Meagher <dmeagher@nvhydro.example>", "Josée Trudel <jtrudel@nvhydro.example>", "NVH Payables <payables@nvhydro.example>"
KOWAL = "Anna Kowalchuk <akowalchuk@lakefield-law.example>"

AGREEMENT: list[Block] = [
    "# OUTSOURCED CONTACT CENTRE SERVICES AGREEMENT\nAgreement No. OCS-2021-09",
    "THIS AGREEMENT is made as of the 1st day of April, 2021 (the \"Effective Date\")",
    "BETWEEN:\nNOTTAWA VALLEY HYDRO DISTRIBUTION INC., a corporation incorporated under the Business Corporations Act (Ontario) (hereinafter referred to as \"NVH\")\nOF THE FIRST PART\n- and -\n"
    "TAMARACK CONTACT SOLUTIONS INC., a corporation incorporated under the laws of Canada (hereinafter referred to as the \"Service Provider\")\nOF THE SECOND PART",
    "WHEREAS NVH distributes electricity in the County of Simcoe and wishes to retain the Service Provider to answer its customers' calls, e-mails and outage reports;",
    "NOW THEREFORE in consideration of the mutual covenants herein contained the Parties agree as follows:",
    "# ARTICLE 1 - INTERPRETATION",
    "1.1(c) \"Business Day\" means any day other than a Saturday, a Sunday or a statutory holiday in the Province of Ontario.",
    "# ARTICLE 4 - FEES AND PAYMENT",
    "4.1 NVH shall pay the Fees set out in Schedule B, plus Harmonized Sales Tax. 4.2 Invoices are due thirty (30) days after the date of the invoice.",
    "4.6 Onboarding Cost. The Service Provider has laid out an onboarding cost of $212,400.00, which it recovers at one-sixtieth (1/60) for each full month of the Initial Term.",
    "# ARTICLE 7 - SERVICE LEVELS",
    "7.1 The Service Provider shall answer 80% of calls within 30 seconds, measured monthly. 7.3 Where this level is missed in two consecutive months NVH is entitled to a service level credit of up to 10% of the monthly Fees, if claimed within sixty (60) days.",
    "# ARTICLE 12 - TERM AND TERMINATION",
    "12.1 Term. This Agreement commences on the Effective Date and, unless sooner terminated in accordance with this Article, continues for an initial term of five (5) years (the \"Initial Term\").",
    "12.2 Termination for Default. Either Party may terminate forthwith if the other Party is in material default and fails to remedy it within thirty (30) days of written notice thereof.",
    "12.3 Termination for Convenience. NVH may terminate this Agreement at any time, without cause, upon giving the Service Provider not less than ninety (90) days' prior written notice.",
    "12.4 Wind-Down Charge. Upon a termination under section 12.3, NVH shall pay to the Service Provider the unamortized portion of the onboarding cost under section 4.6 for each full month then remaining in the Initial Term.",
    "# ARTICLE 13 - CONSEQUENCES OF TERMINATION",
    "13.1 Within ten (10) Business Days after the effective date of termination the Service Provider shall return all laptops, headsets and other equipment belonging to NVH.",
    "13.2 Within thirty (30) days after the effective date of termination the Service Provider shall return to NVH, and then securely destroy, all Customer Information including call recordings, and deliver an officer's certificate of destruction.",
    "13.3 The Service Provider shall co-operate in an orderly transition for up to forty (40) hours without charge.",
    "# ARTICLE 18 - GENERAL",
    "18.1 Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the Province of Ontario and the federal laws of Canada applicable therein.",
    "18.4 Notices. Any notice, consent or other communication required or permitted to be given hereunder shall be in writing and shall be delivered personally, sent by prepaid courier or mailed by registered mail, addressed as follows:\n"
    "(a) to NVH: 200 Hurontario Street, Collingwood, Ontario L9Y 2L8, Attention: Corporate Secretary;\n"
    "(b) to the Service Provider: 55 Hartzel Road, St. Catharines, Ontario L2P 1M9, Attention: General Counsel.\n"
    "Any such notice shall be deemed to have been received, if delivered personally, on the date of delivery; if sent by courier, on the second (2nd) Business Day following the date of dispatch; and if mailed, on the fifth (5th) Business Day following "
    "the date of mailing. A notice shall not be validly given by e-mail.",
    "IN WITNESS WHEREOF the Parties have executed this Agreement.",
    "NOTTAWA VALLEY HYDRO DISTRIBUTION INC.\nPer: (signed) D. Meagher, VP Customer & Corporate Services\n\nTAMARACK CONTACT SOLUTIONS INC.\nPer: (signed) C. Szabo, President",
]


def amending(days: str, date_line: str, signed: str) -> list[Block]:
    """Return the second amending agreement, as signed or as drafted."""
    return [
        "# AMENDING AGREEMENT NO. 2", date_line,
        "BETWEEN Nottawa Valley Hydro Distribution Inc. (\"NVH\") and Tamarack Contact Solutions Inc. (the \"Service Provider\")",
        "WHEREAS the Parties are parties to an Outsourced Contact Centre Services Agreement No. OCS-2021-09 made as of April 1, 2021 (the \"Principal Agreement\");",
        "1. Section 12.3 of the Principal Agreement is hereby amended by deleting the words \"ninety (90) days'\" and substituting therefor the words \"" + days + "\".",
        "2. Section 7.1 of the Principal Agreement is amended by adding at the end thereof: \"Days on which a Level 3 storm is declared by NVH's control room shall be left out of the measure.\"",
        "3. The Service Provider shall keep a separate queue for outage reports, staffed twenty-four hours a day, and shall report its occupancy to NVH each Monday.",
        "4. Except as amended hereby, the Principal Agreement continues in full force and effect. This Amending Agreement may be executed in counterparts and delivered electronically.",
        signed]


SIGNED_2 = amending("one hundred and twenty (120) days'", "THIS AMENDING AGREEMENT made as of the 13th day of February, 2023",
                    "NOTTAWA VALLEY HYDRO DISTRIBUTION INC. Per: (signed) D. Meagher\nTAMARACK CONTACT SOLUTIONS INC. Per: (signed) C. Szabo")
DRAFT_2 = amending("sixty (60) days'", "DRAFT v3 - January 18, 2023 - for discussion purposes only", "NOTTAWA VALLEY HYDRO DISTRIBUTION INC. Per: ________\nTAMARACK CONTACT SOLUTIONS INC. Per: ________")

NOTICE: list[Block] = [
    "NOTTAWA VALLEY HYDRO DISTRIBUTION INC.\n200 Hurontario Street, Collingwood, Ontario L9Y 2L8",
    "September 5, 2024",
    "BY COURIER (PUROLATOR)",
    "Tamarack Contact Solutions Inc.\n55 Hartzel Road\nSt. Catharines, Ontario L2P 1M9\n\nAttention: General Counsel",
    "Dear Ms. Abernethy:",
    "# Re: Outsourced Contact Centre Services Agreement No. OCS-2021-09 - Notice under section 12.3",
    "Please accept this letter as notice, given pursuant to section 12.3 of the Agreement, that NVH is exercising its right to terminate the Agreement for convenience. The last day of service will be December 31, 2024.",
    "NVH's Board has resolved to bring customer care back in-house to a new desk in Collingwood. We thank your teams in St. Catharines and Gatineau for their work.",
    "Kindly arrange for the return of NVH's equipment and records in accordance with Article 13.",
    "Yours truly,\n\nDouglas Meagher\nVice-President, Customer & Corporate Services",
]
REPLY: list[Block] = [
    "Tamarack Contact Solutions Inc.\n55 Hartzel Road, St. Catharines, Ontario L2P 1M9", "September 17, 2024", "Via courier",
    "Nottawa Valley Hydro Distribution Inc.\n200 Hurontario Street, Collingwood, Ontario L9Y 2L8\nAttention: Corporate Secretary",
    "Re: OCS-2021-09 / your letter dated September 5, 2024",
    "We acknowledge your notice. It left by courier on Thursday, September 5, 2024 and is therefore deemed received on Monday, September 9, 2024 under section 18.4. By Amending Agreement No. 2 the period is 120 days, so the Agreement cannot end "
    "before January 7, 2025. We shall provide, and invoice, the services to and including that day. The Wind-Down Charge under section 12.4 will follow.",
    "Yours very truly,\nRuth Abernethy, General Counsel"]
NVH_DATE: list[Block] = [
    "NOTTAWA VALLEY HYDRO DISTRIBUTION INC.", "September 27, 2024", "Tamarack Contact Solutions Inc., Attention: Ruth Abernethy, General Counsel",
    "# End date",
    "Dear Ms. Abernethy: Your reception signed the Purolator slip on Friday, September 6, 2024. That is the day of receipt, whatever the agreement deems. In our view service ends on December 31, 2024 as stated and we have told our regulator so.",
    "Yours truly,\nDouglas Meagher"]
DEMAND: list[Block] = [
    "OSLER FINCH LLP\nBarristers & Solicitors\n40 King Street, St. Catharines", "February 12, 2025", "BY COURIER\nNottawa Valley Hydro Distribution Inc.\n200 Hurontario Street, Collingwood",
    "Re: Tamarack Contact Solutions Inc. v. Nottawa Valley Hydro - Invoice INV-107733",
    "Dear Sirs/Mesdames: We are the lawyers for Tamarack Contact Solutions Inc. Our client's invoice INV-107733 for the Wind-Down Charge (15 months at $3,540.00, being $53,100.00, plus HST) in the amount of $60,003.00 is due on February 14, 2025, and we are told that it will not be paid.",
    "Unless the sum of $60,003.00 is received in our trust account by February 28, 2025, we have instructions to deliver a notice of dispute under Article 17 without further notice to you.",
    "Please govern yourselves accordingly.\n\nYours truly,\nGraham Osler"]
COUNTER: list[Block] = [
    "LAKEFIELD LAW PROFESSIONAL CORPORATION", "February 28, 2025", "Osler Finch LLP, Attention: Graham Osler\nYour client: Tamarack Contact Solutions Inc.  Our client: Nottawa Valley Hydro Distribution Inc.",
    "Dear Mr. Osler:",
    "1. Our client denies that any Wind-Down Charge is payable. Section 12.4 presupposes that the onboarding cost was in fact laid out, and your client has produced no record of it.",
    "2. In any event your client missed the 80/30 level in July and August 2024. Our client's own telephone records show that only 64.2% of calls in August were answered in time. It therefore claims service level credits of $38,420.00, by way of set-off and counterclaim.",
    "3. By a side letter of June 14, 2024, Mr. Szabo agreed that storm overflow hours would be credited in full. Kindly produce your signed copy.",
    "All of our client's rights are reserved.\n\nYours truly,\nAnna Kowalchuk"]
MEDIATOR: list[Block] = [
    "# MEDIATOR'S REPORT", "Between Tamarack Contact Solutions Inc. and Nottawa Valley Hydro Distribution Inc.", "Mediation under Article 17 was held at Barrie on April 15, 2025 before the Hon. Lorna Petrie (ret.).",
    "The parties did not settle on the day. They agreed to keep their last positions open for seven days.", "April 15, 2025\n(signed) L. Petrie, Mediator"]
MINUTES: list[Block] = [
    "# MINUTES OF SETTLEMENT", "BETWEEN Tamarack Contact Solutions Inc. (\"Tamarack\") and Nottawa Valley Hydro Distribution Inc. (\"NVH\")",
    "The parties hereby agree to settle all matters arising from Agreement OCS-2021-09 on the following terms:",
    "1. NVH shall pay to Tamarack, within twenty (20) days of the execution hereof, the all-inclusive sum of $42,500.00 on account of the Wind-Down Charge invoiced under INV-107733.",
    "2. Tamarack shall issue a credit memo for the balance of that invoice, being $17,503.00, and waives it.",
    "3. NVH withdraws its claim for service level credits in the amount of $38,420.00.",
    "4. Upon payment the parties release one another. Each party bears its own costs and one half of the mediator's fees.",
    "DATED this 22nd day of April, 2025.", "(signed) C. Szabo for Tamarack    (signed) D. Meagher for NVH"]
LEDGER = """Customer Ledger - 4471-NVH Nottawa Valley Hydro,,,,,
As of 2025-05-31,All amounts in CAD incl. HST,,,,
Posted,Doc,Kind,Memo,Charges,Credits
2024-09-30,INV-107291,Invoice,Services Sep 2024,"$96,050.00",
2024-10-31,INV-107388,Invoice,Services Oct 2024,"$97,632.00",
2024-10-31,INV-107391,Invoice,Services Oct 2024,"$97,632.00",
2024-10-31,EFT 40021,Payment,INV-107291,,"$96,050.00"
2024-11-14,CM-2176,Credit memo,cancels INV-107391,,"$97,632.00"
2024-11-29,EFT 40388,Payment,INV-107388,,"$97,632.00"
2024-11-30,INV-107466,Invoice,Services Nov 2024 incl. storm,"$94,920.00",
2024-12-30,EFT 40702,Payment,INV-107466,,"$94,920.00"
2024-12-31,INV-107590,Invoice,Services Dec 2024,"$92,773.00",
2025-01-10,INV-107702,Invoice,Services Jan 1-7 2025,"$20,340.00",
2025-01-15,INV-107733,Invoice,Wind-Down Charge 12.4,"$60,003.00",
2025-01-31,EFT 41055,Payment,INV-107590 less CM-2203,,"$88,705.00"
2025-02-14,EFT 41190,Payment,INV-107702,,"$20,340.00"
2025-04-30,CM-2231,Credit memo,balance of INV-107733 per minutes,,"$17,503.00"
2025-05-09,EFT 42007,Payment,per Minutes of Settlement,,"$42,500.00"
,,,Balance owing,"$4,068.00",
"""


def paper(head: str, number: str, day: str, rows: list[list[str]], note: str = "") -> bytes:
    """Return an invoice or a credit memo of the provider."""
    return as_pdf(["Tamarack Contact Solutions Inc.\n55 Hartzel Road, St. Catharines ON  HST Reg. 80211 4477 RT0001", f"# {head} {number}",
                   f"Date: {day}\nBill to: Nottawa Valley Hydro Distribution Inc., Payables, Collingwood ON\nCustomer 4471-NVH   Agreement OCS-2021-09", rows, *([note] if note else [])])


def slack(said: list[tuple[str, float, str]]) -> bytes:
    """Return one day of a channel."""
    return json.dumps([{"type": "message", "user": who, "text": text, "ts": f"{at:.6f}", "team": "T0TAM"} for who, at, text in said], indent=1).encode()


def write(root: Path) -> None:
    """Write the client's folder."""
    case = Case(root, "nottawa", "C-3104", "en")
    case.file("contracts/OCS-2021-09 Contact Centre Services Agreement (executed).pdf", as_pdf(AGREEMENT), "contract", "contractual", "2021-04-01")
    case.file("contracts/Amending Agreement No. 1.docx", as_docx([
        "# AMENDING AGREEMENT NO. 1", "Made as of November 2, 2021, to Outsourced Contact Centre Services Agreement No. OCS-2021-09",
        "1. Schedule B is amended by adding a French-language queue at Gatineau at $1.38 per handled minute.", "2. The storm overflow rate is $1.32 per handled minute.",
        "Signed: D. Meagher (NVH), C. Szabo (Tamarack)"]), "amendment", "contractual", "2021-11-02")
    case.file("contracts/Amending Agreement No. 2 - executed.pdf", as_pdf(SIGNED_2), "amendment", "contractual", "2023-02-13")
    case.file("contracts/drafts/Amending Agreement No 2 v3 clean.docx", as_docx(DRAFT_2), "amendment", "contractual", "2023-01-18", near_duplicate_of="contracts/Amending Agreement No. 2 - executed.pdf")
    case.file("contracts/WO-7 storm overflow Nov 2024.docx", as_docx([
        "# WORK ORDER WO-7", "issued October 28, 2024 under Agreement OCS-2021-09", "Scope: overflow seats for the November storm season, nights and weekends.",
        "Price: not to exceed $9,500.00 plus HST without a further written order.", "Approved for NVH: J. Trudel"]), "sow", "contractual billing", "2024-10-28")

    # The notice: by e-mail first, which the agreement does not allow, then by courier
    notice = as_pdf(NOTICE)
    copy = message(MEAGHER, "h.dunlop@tamarack-cx.example", "2024-09-05T16:41:00-04:00", "contract - heads up", "Heather,\n\nWanted you to have this from me first. Attached is our notice, the original went out with Purolator this afternoon to "
                   "your legal group. Nothing personal, the board wants its own people on the phones.\n\nDoug\n", ident="<n1@nvhydro.example>", attached=[("Notice OCS-2021-09.pdf", notice)])
    case.mail("mail/accounts/contract - heads up.eml", copy, "notice", "contractual interaction", thread="heads")
    case.told("mail/accounts/contract - heads up.eml", "notice", "contractual", "2024-09-05", inner="Notice OCS-2021-09.pdf")
    case.file("notices/2024-09-05 NVH notice (received by courier).pdf", notice, "notice", "contractual", "2024-09-05", duplicate_of="mail/accounts/contract - heads up.eml")
    case.mail("mail/accounts/RE_ contract - heads up.eml", message(
        HEATHER, "dmeagher@nvhydro.example", "2024-09-06T08:20:00-04:00", "RE: contract - heads up",
        "Doug, gutted to read this, honestly. You know that e-mail doesn't count as notice under 18.4, so I'll wait for the courier copy. Can we still have our call Tuesday?\n\nHeather\n\n"
        "On Thu, Sep 5, 2024 at 4:41 PM Doug Meagher wrote:\n> Wanted you to have this from me first.\n", ident="<t1@tamarack-cx.example>", answers="<n1@nvhydro.example>"),
        "email", "contractual interaction", thread="heads", sentiment="negative")
    case.file("notices/Purolator tracking 335 841 207.txt", (
        b"PUROLATOR  Shipment 335 841 207\nShipper: Nottawa Valley Hydro, Collingwood ON\nReceiver: Tamarack Contact Solutions, St. Catharines ON L2P 1M9\n\n"
        b"2024-09-05 15:52  Picked up by Purolator at COLLINGWOOD ON\n2024-09-06 09:14  On vehicle for delivery ST CATHARINES ON\n2024-09-06 11:37  Delivered to RECEPTION, signed: K LEFEBVRE\n"), "other", "contractual", "2024-09-06")
    case.file("notices/2024-09-17 reply to notice.docx", as_docx(REPLY), "legal_letter", "contractual dispute", "2024-09-17")
    case.file("notices/2024-09-27 NVH re end date.pdf", as_pdf(NVH_DATE), "legal_letter", "contractual dispute", "2024-09-27")
    case.mail("mail/accounts/End date agreed.eml", message(
        COUNSEL, "dmeagher@nvhydro.example", "2024-10-18T10:05:00-04:00", "RE: End date", "Dear Mr. Meagher,\n\nThank you, we accept that. The Agreement ends on January 7, 2025 and both sides plan for that day.\n\nRuth Abernethy\nGeneral Counsel\n\n"
        "-----Original Message-----\nFrom: Doug Meagher <dmeagher@nvhydro.example>\nSent: October 16, 2024 5:12 PM\nTo: Ruth Abernethy\nSubject: RE: End date\n\nOK. I've spoken to our solicitor. We can live with January 7, 2025 as the last day "
        "and withdraw our letter of the 27th.\n\nDoug\n", ident="<t2@tamarack-cx.example>", answers="<n2@nvhydro.example>"), "email", "contractual interaction dispute", thread="enddate", sentiment="positive")

    # Delivery and transition
    case.mail("mail/accounts/transition.eml", message(
        TRUDEL, "h.dunlop@tamarack-cx.example", "2024-11-05T09:30:00-05:00", "transition sessions", "Hi Heather,\n\nCould we book 8 knowledge-transfer sessions of 2 hrs, starting the 18th? Our new leads sit in Collingwood. The IVR scripts and the outage "
        "macros are the big ones.\n\nMerci!\nJosée\n", ident="<n3@nvhydro.example>"), "email", "interaction contractual", thread="trans", sentiment="neutral")
    case.mail("mail/accounts/RE_ transition.eml", message(
        HEATHER, "jtrudel@nvhydro.example", "2024-12-19T15:00:00-05:00", "RE: transition sessions", "Hi Josée,\n\nLast session done today, 16 of the 40 hours used. Thanks for the kind words, I passed them on to the floor.\n\nHeather\n",
        ident="<t3@tamarack-cx.example>", answers="<n3@nvhydro.example>"), "email", "interaction contractual", thread="trans", sentiment="positive")
    case.mail("mail/montreal/File francophone.eml", message(
        MARC, "h.dunlop@tamarack-cx.example", "2024-08-29T13:10:00-04:00", "File francophone NVH", "Allô Heather,\n\nOn a encore manqué la cible à la file francophone: 58 % en août, les clients de Penetanguishene sont à bout. "
        "Il me manque trois agents et l'horaire des tempêtes n'aide pas. Josée m'a dit au téléphone que NVH songe à tout rapatrier à l'interne.\n\nMarc-André\n", ident="<g1@tamarack-cx.example>"),
        "email", "interaction feedback", thread="gat", language="fr", sentiment="negative")
    case.mail("mail/montreal/RE_ File francophone.eml", message(
        HEATHER, "ma.pelletier@tamarack-cx.example", "2024-08-29T17:44:00-04:00", "RE: File francophone NVH", "Salut Marc-André, merci. I'll ask WFM for three bodies out of the telco queue. Keep the in-house bit to yourself please until I've spoken to Doug.\n\nH.\n\n"
        "> On a encore manqué la cible à la file francophone\n", ident="<t4@tamarack-cx.example>", answers="<g1@tamarack-cx.example>"), "email", "interaction", thread="gat", sentiment="neutral")

    # Accounts
    dup = message(AP, "ar@tamarack-cx.example", "2024-11-12T11:02:00-05:00", "October billed twice", "Hello,\n\nWe received both INV-107388 and INV-107391 for October services, same hours, $97,632.00 each. We will pay the first only. Please cancel the other one.\n\n"
                  "Payables, NVH\n", ident="<n4@nvhydro.example>")
    dup_re = message(AR, "payables@nvhydro.example", "2024-11-14T09:15:00-05:00", "RE: October billed twice", "Good morning,\n\nSorry about that, our system ran the batch twice. Credit memo CM-2176 is in today's mail.\n\nTamarack A/R\n",
                     ident="<t5@tamarack-cx.example>", answers="<n4@nvhydro.example>")
    storm = message(AP, "ar@tamarack-cx.example", "2024-12-10T10:40:00-05:00", "INV-107466 storm line", "Hi,\n\nthe storm overflow line on INV-107466 is $11,200.00, WO-7 says not to exceed $9,500.00. We've paid it so as not to hold things up but $1,700.00 is over.\n\n"
                    "Payables\n", ident="<n5@nvhydro.example>")
    prem = message(AR, "payables@nvhydro.example", "2024-12-18T14:20:00-05:00", "CM-2203", "Hello,\n\nPlease find enclosed our credit memo CM-2203 for $4,068.00 (holiday premium charged in error). You may take it off your next payment.\n\nTamarack A/R\n",
                   ident="<t6@tamarack-cx.example>")
    case.mbox("mail/ar/nvh.mbox", [
        (dup, "email", "billing interaction", {"thread": "oct", "sentiment": "neutral"}), (dup_re, "email", "billing interaction", {"thread": "oct", "sentiment": "neutral"}),
        (storm, "email", "billing interaction", {"sentiment": None}), (prem, "email", "billing interaction", {"sentiment": "neutral"})])
    case.mail("mail/ar/copies/RE_ October billed twice.eml", dup_re, "email", "billing interaction", thread="oct", sentiment="neutral", duplicate_of="mail/ar/nvh.mbox")
    case.documents[-1]["duplicate_of"] = None   # the path of the copy comes first
    next(d for d in case.documents if d.get("inner") == "<t5@tamarack-cx.example>")["duplicate_of"] = case.path("mail/ar/copies/RE_ October billed twice.eml")
    case.mail("mail/ar/closing balance.eml", message(
        AR, "payables@nvhydro.example", "2025-06-02T09:00:00-04:00", "Statement of account 4471-NVH", "Hello,\n\nOur statement to May 31, 2025 shows a final balance of $4,068.00 owing. Please remit or let us know.\n\nTamarack A/R\n", ident="<t7@tamarack-cx.example>"),
        "email", "billing interaction", thread="close", sentiment="neutral")
    case.mail("mail/ar/RE_ closing balance.eml", message(
        AP, "ar@tamarack-cx.example", "2025-06-03T13:25:00-04:00", "RE: Statement of account 4471-NVH", "We took CM-2203 ($4,068.00) off our January payment as you told us to. You never booked it. Nothing is owing on our side.\n\nPayables, NVH\n",
        ident="<n6@nvhydro.example>", answers="<t7@tamarack-cx.example>"), "email", "billing interaction", thread="close", sentiment="neutral")
    case.mail("mail/ar/RE_ RE_ closing balance.eml", message(
        AR, "payables@nvhydro.example", "2025-06-04T08:50:00-04:00", "RE: Statement of account 4471-NVH", "You are quite right, CM-2203 was never posted here. I will post it in June. The account to the end is settled in full, thank you.\n\nTamarack A/R\n",
        ident="<t8@tamarack-cx.example>", answers="<n6@nvhydro.example>"), "email", "billing interaction", thread="close", sentiment="positive")
    october = [["Handled minutes October 2024", "$86,400.00"], ["HST 13%", "$11,232.00"], ["Total", "$97,632.00"]]
    case.file("billing/INV-107388.pdf", paper("INVOICE", "INV-107388", "October 31, 2024", october), "invoice", "billing", "2024-10-31")
    case.file("billing/INV-107391.pdf", paper("INVOICE", "INV-107391", "October 31, 2024", october), "invoice", "billing", "2024-10-31", near_duplicate_of="billing/INV-107388.pdf")
    case.file("billing/CM-2176.pdf", paper("CREDIT MEMO", "CM-2176", "November 14, 2024", [["Cancels INV-107391 (issued in error)", "$97,632.00"]]), "credit_note", "billing", "2024-11-14")
    case.file("billing/INV-107466.pdf", paper("INVOICE", "INV-107466", "November 30, 2024", [
        ["Handled minutes November 2024", "$72,800.00"], ["Storm overflow, WO-7", "$11,200.00"], ["HST 13%", "$10,920.00"], ["Total", "$94,920.00"]]), "invoice", "billing", "2024-11-30")
    case.file("billing/CM-2203.pdf", paper("CREDIT MEMO", "CM-2203", "December 18, 2024", [["Holiday premium charged in error", "$3,600.00"], ["HST 13%", "$468.00"], ["Total credit", "$4,068.00"]]),
              "credit_note", "billing", "2024-12-18")
    case.file("billing/INV-107733 wind-down.pdf", paper("INVOICE", "INV-107733", "January 15, 2025", [
        ["Wind-Down Charge, s. 12.4: 15 months x $3,540.00", "$53,100.00"], ["HST 13%", "$6,903.00"], ["Total", "$60,003.00"]], "Terms: net 30 days."), "invoice", "billing dispute", "2025-01-15")
    case.file("billing/CM-2231.pdf", paper("CREDIT MEMO", "CM-2231", "April 30, 2025", [["Balance of INV-107733 waived, Minutes of Settlement dated April 22, 2025", "$17,503.00"]]),
              "credit_note", "billing dispute", "2025-04-30")
    case.file("billing/4471-NVH ledger.csv", LEDGER.encode("utf-8-sig"), "ledger", "billing", "2025-05-31")

    # The dispute
    case.file("letters/2025-02-12 demand Osler Finch.pdf", as_pdf(DEMAND), "claim", "dispute billing", "2025-02-12")
    case.file("letters/2025-02-28 Lakefield reply.pdf", as_pdf(COUNTER), "counterclaim", "dispute billing", "2025-02-28")
    case.file("letters/Mediator report.pdf", as_pdf(MEDIATOR), "other", "dispute", "2025-04-15")
    case.file("letters/Minutes of Settlement.pdf", as_pdf(MINUTES), "settlement", "dispute contractual", "2025-04-22")
    case.mail("mail/legal/without prejudice.eml", message(
        BLAKE, "akowalchuk@lakefield-law.example", "2025-03-10T11:00:00-04:00", "Tamarack and NVH - WITHOUT PREJUDICE", "Ms. Kowalchuk,\n\nWithout prejudice and for settlement purposes only, my client would take $50,000.00, all in, and call it a day. The offer is open "
        "until March 21.\n\nGraham Osler\nOsler Finch LLP\n", ident="<o1@osler-finch.example>"), "email", "dispute interaction", thread="wp", sentiment="neutral")
    case.mail("mail/legal/RE_ without prejudice.eml", message(
        KOWAL, "gosler@osler-finch.example", "2025-03-14T16:30:00-04:00", "RE: Tamarack and NVH - WITHOUT PREJUDICE", "Mr. Osler,\n\nMy client is not prepared to accept $50,000.00. To avoid the cost of a mediation it would pay $30,000.00, mutual releases, no admission.\n\n"
        "Anna Kowalchuk\n", ident="<l1@lakefield-law.example>", answers="<o1@osler-finch.example>"), "email", "dispute interaction", thread="wp", sentiment="neutral")
    case.mail("mail/legal/Signed minutes.eml", message(
        BLAKE, "r.abernethy@tamarack-cx.example", "2025-04-23T09:40:00-04:00", "Signed minutes", "Ruth, the fully executed Minutes of Settlement are on the closing folder. Payment is due by May 12.\n\nGraham\n", ident="<o2@osler-finch.example>"),
        "email", "dispute interaction", sentiment="neutral")
    case.mail("mail/legal/privileged/receipt of notice.eml", message(
        COUNSEL, "c.szabo@tamarack-cx.example", "2024-09-11T08:30:00-04:00", "NVH notice - privileged", "Colin,\n\nPRIVILEGED - legal advice. My view: the e-mail of the 5th is not a notice (18.4). The courier copy is deemed received on Monday the 9th even though reception "
        "signed on the Friday. With Amending Agreement No. 2 they owe us 120 days, i.e. January 7. Weak spot: a judge may not like the deeming rule if we had the letter in hand.\n\nRuth\n", ident="<t9@tamarack-cx.example>"),
        "email", "contractual interaction dispute", privileged=True, sentiment="neutral")
    advice = message(BLAKE, "r.abernethy@tamarack-cx.example", "2025-01-31T17:05:00-05:00", "Tamarack / NVH: Wind-Down Charge - solicitor-client privileged", "Ruth,\n\nYou asked for our opinion. The charge is a genuine pre-estimate and recoverable in principle, but "
                     "you told me Finance cannot prove the onboarding spend beyond about $140,000. I would put recovery at 60 to 70 per cent and advise settling at anything above $40,000.\n\nGraham Osler\nOsler Finch LLP\n", ident="<o3@osler-finch.example>")
    case.mail("mail/legal/privileged/wind-down opinion.eml", advice, "email", "dispute interaction", privileged=True, thread="op", sentiment="neutral")
    case.mail("mail/accounts/FW_ wind-down opinion.eml", message(
        COUNSEL, "h.dunlop@tamarack-cx.example, c.szabo@tamarack-cx.example", "2025-02-03T09:10:00-05:00", "FW: Tamarack / NVH: Wind-Down Charge - solicitor-client privileged", "Please keep this between us. Heather, can you find any paper on the onboarding spend?\n\nRuth\n\n"
        "---------- Forwarded message ----------\nFrom: Graham Osler <gosler@osler-finch.example>\nThe charge is a genuine pre-estimate and recoverable in principle ...\n", ident="<t10@tamarack-cx.example>", answers="<o3@osler-finch.example>"),
        "email", "dispute interaction", privileged=True, thread="op", sentiment="neutral")

    # Chats, calls, notes
    case.file("chat/slack/users.json", json.dumps([
        {"id": "U1", "name": "heather", "real_name": "Heather Dunlop", "profile": {"email": "h.dunlop@tamarack-cx.example", "real_name": "Heather Dunlop"}},
        {"id": "U2", "name": "priya", "real_name": "Priya Nair", "profile": {"email": "p.nair@tamarack-cx.example", "real_name": "Priya Nair"}}]).encode(), "other", "", None, language="zxx", clients=[])
    case.file("chat/slack/channels.json", json.dumps([{"id": "C1", "name": "acct-nottawa", "members": ["U1", "U2"], "topic": {"value": "NVH 4471"}, "purpose": {"value": ""}}]).encode(), "other", "", None, language="zxx", clients=[])
    case.file("chat/slack/acct-nottawa/2024-09-06.json", slack([
        ("U2", 1725624000, "purolator envelope from Collingwood on ruth's desk, is that what i think it is"), ("U1", 1725624300, "yes. Doug emailed me last night. they're taking it in house, end of december he says"),
        ("U2", 1725624480, "awful timing, we just fixed the french queue :("), ("U1", 1725624600, "honestly their hold times killed us, 71 in july and 68.9 in august. he said so on the phone last week")]),
        "chat", "interaction contractual", "2024-09-06", thread="slack-nvh", sentiment="negative")
    case.file("chat/slack/acct-nottawa/2025-03-03.json", slack([
        ("U1", 1741012200, "anyone ever seen a side letter of june 14 2024 about storm hours? NVH's lawyer wants our copy"), ("U2", 1741012500, "never. searched sharepoint and colin's paper files, cannot find it"),
        ("U1", 1741012800, "ok telling ruth there's nothing")]), "chat", "interaction dispute", "2025-03-03", thread="slack-nvh", sentiment=None)
    case.file("chat/zendesk/ticket_88120.json", json.dumps({"ticket": {
        "id": 88120, "created_at": "2024-08-03T01:12:00Z", "subject": "outage line busy for an hour", "requester_id": 1, "tags": ["4471-NVH"], "satisfaction_rating": {"score": "bad", "comment": "an hour on hold in the dark"}},
        "comments": [{"id": 1, "author_id": 1, "body": "Power out in Stayner and your Nottawa Valley Hydro outage line is busy for an HOUR. Unacceptable.", "public": True, "created_at": "2024-08-03T01:12:00Z"},
                     {"id": 2, "author_id": 2, "body": "I'm so sorry. Crews are on site, power should be back by 11 tonight.", "public": True, "created_at": "2024-08-03T01:40:00Z"}],
        "users": [{"id": 1, "name": "Wendy Pruitt"}, {"id": 2, "name": "Agent Lucas"}]}).encode(), "chat", "interaction feedback", "2024-08-03", sentiment="negative")
    case.file("calls/2024-08-27 Meagher-Dunlop.vtt", (
        b"WEBVTT\n\n00:00:01.000 --> 00:00:06.000\n<v Doug Meagher>I'll be blunt, Heather. Eighty in thirty, and you gave me seventy-one in July.</v>\n\n00:00:06.500 --> 00:00:11.000\n<v Heather Dunlop>It was the storms, Doug. August will be rough too.</v>\n\n"
        b"00:00:11.500 --> 00:00:19.000\n<v Doug Meagher>My board is tired of it. They want the phones back in Collingwood with our own people. I can't hold them off past September.</v>\n\n"
        b"00:00:19.500 --> 00:00:23.000\n<v Heather Dunlop>Is it price? We can talk about price.</v>\n\n00:00:23.500 --> 00:00:27.000\n<v Doug Meagher>No. Price is fine. It's the hold times.</v>\n"),
        "call_transcript", "interaction feedback", "2024-08-27", sentiment="negative")
    case.file("calls/note equipment 2025-01-17.md", (
        "# File note - NVH equipment\n\n17 January 2025, H. Dunlop\n\nAll 12 laptops and 40 headsets handed back to Josée Trudel in Collingwood today, she counted them and signed the list. Nothing missing.\n").encode(),
        "call_note", "interaction contractual", "2025-01-17", sentiment="neutral")
    case.file("calls/note side letter.txt", (
        b"NOTE TO FILE\nMarch 5, 2025\nCS: I never signed any side letter on June 14, 2024, I was in Halifax that week. RA: the letter that NVH relies on could not be located in our records and NVH has not sent a copy.\n"),
        "call_note", "interaction dispute", "2025-03-05", sentiment="neutral")
    case.file("data/Certificate of destruction.pdf", as_pdf([
        "# OFFICER'S CERTIFICATE OF DESTRUCTION", "Agreement OCS-2021-09, section 13.2", "I, Priya Nair, Director of IT of Tamarack Contact Solutions Inc., certify that all call recordings and other Customer Information of Nottawa Valley Hydro Distribution Inc. were returned on "
        "January 24, 2025 and destroyed on February 20, 2025.", "Dated February 20, 2025", "(signed) P. Nair"]), "other", "contractual", "2025-02-20")
    case.file("feedback/NVH service level Jul-Dec 2024.xlsx", as_xlsx({"80 in 30": [
        ["Month", "Calls offered", "Answered in 30 s", "Target", "Abandoned"], ["July 2024", 31220, (0.714, "0.0%"), (0.8, "0%"), (0.091, "0.0%")], ["August 2024", 33810, (0.689, "0.0%"), (0.8, "0%"), (0.104, "0.0%")],
        ["September 2024", 27100, (0.802, "0.0%"), (0.8, "0%"), (0.041, "0.0%")], ["October 2024", 26430, (0.811, "0.0%"), (0.8, "0%"), (0.038, "0.0%")], ["November 2024", 29780, (0.794, "0.0%"), (0.8, "0%"), (0.05, "0.0%")],
        ["December 2024", 25310, (0.816, "0.0%"), (0.8, "0%"), (0.033, "0.0%")]]}), "sla_report", "feedback", "2024-12-31")
    case.file("feedback/Quarterly review 2024-10-10.docx", as_docx([
        "# Quarterly business review - Nottawa Valley Hydro", "October 10, 2024, Collingwood. Present: Doug Meagher, Josée Trudel, Heather Dunlop.", "Doug opened by saying that July and August were \"not good enough\" and that he is glad to see September back over target.",
        [["Measure", "Q3 2024", "Target"], ["CSAT (1-5)", "3.7", "4.2"], ["First call resolution", "74%", "75%"]], "Next review: none planned."]), "review", "feedback interaction", "2024-10-10", sentiment="mixed")
    case.file("feedback/csat_q3_2024.csv", b"month,responses,csat_1_to_5\n2024-07,412,3.5\n2024-08,388,3.4\n2024-09,420,4.1\n", "survey", "feedback", "2024-09-30")
    case.mail("mail/accounts/storm season quote.eml", message(
        MEAGHER, "h.dunlop@tamarack-cx.example", "2025-06-19T14:00:00-04:00", "storm season 2026", "Heather,\n\nOff the record, our own desk is struggling at night and nobody here wants another ice storm like March. Would Tamarack quote on overflow and after-hours for next winter? "
        "No hard feelings I hope.\n\nDoug\n", ident="<n7@nvhydro.example>"), "email", "interaction", thread="storm", sentiment="positive")
    case.mail("mail/accounts/RE_ storm season quote.eml", message(
        HEATHER, "dmeagher@nvhydro.example", "2025-06-20T09:00:00-04:00", "RE: storm season 2026", "None at all Doug, we'd love to. Give me two weeks for a proposal.\n\nHeather\n", ident="<t11@tamarack-cx.example>", answers="<n7@nvhydro.example>"),
        "email", "interaction", thread="storm", sentiment="positive")

    k = case.paths
    step = partial(case.step, currency="CAD")
    agreement, second = "contracts/OCS-2021-09 Contact Centre Services Agreement (executed).pdf", "contracts/Amending Agreement No. 2 - executed.pdf"
    notices = ("mail/accounts/contract - heads up.eml", "notices/2024-09-05 NVH notice (received by courier).pdf")
    track, reply, minutes = "notices/Purolator tracking 335 841 207.txt", "notices/2024-09-17 reply to notice.docx", "letters/Minutes of Settlement.pdf"
    demand, counter, ledger = "letters/2025-02-12 demand Osler Finch.pdf", "letters/2025-02-28 Lakefield reply.pdf", "billing/4471-NVH ledger.csv"
    winddown = "billing/INV-107733 wind-down.pdf"
    graded = lambda **grades: {k(p)[0]: int(g[1]) for g, ps in grades.items() for p in ps}   # noqa: E731 - g2=(…), g1=(…)
    case.close(
        client={"id": "C-3104", "legal_name": "Nottawa Valley Hydro Distribution Inc.", "aliases": ["NVH", "Nottawa Valley Hydro", "4471-NVH", "OCS-2021-09"]},
        history={
            "terminations": [{
                "contract_number": "OCS-2021-09", "contract_effective_date": "2021-04-01", "contract_expiry_date": "2026-03-31", "governing_law": "Ontario",
                "notice": {"given_by": "client", "date_on_document": "2024-09-05", "date_received": "2024-09-09", "method": "courier", "ground": "convenience", "stated_effective_date": "2024-12-31", "documents": k(*notices)},
                "required_notice": {"value": 120, "unit": "calendar_days", "measured_from": "receipt", "documents": k(second, agreement)},
                "earliest_compliant_date": "2025-01-07", "effective_date": "2025-01-07", "status": "terminated",
                "conditions": [
                    {"name": "notice_period", "met": False, "documents": k(second, agreement, reply, *notices)},
                    {"name": "notice_method", "met": True, "documents": k(agreement, track, *notices)},
                    {"name": "notice_address", "met": True, "documents": k(agreement, track, *notices)},
                    {"name": "asset_return", "met": True, "documents": k(agreement, "calls/note equipment 2025-01-17.md")},
                    {"name": "data_return_or_deletion", "met": False, "documents": k(agreement, "data/Certificate of destruction.pdf")},
                    {"name": "transition_assistance", "met": True, "documents": k(agreement, "mail/accounts/transition.eml", "mail/accounts/RE_ transition.eml")},
                    {"name": "final_invoice", "met": True, "documents": k(ledger, "mail/ar/closing balance.eml", "mail/ar/RE_ closing balance.eml", "mail/ar/RE_ RE_ closing balance.eml")}],
                "penalties": [
                    {"kind": "unamortised_setup_cost", "amount": 42500.0, "currency": "CAD", "status": "paid", "documents": k(minutes, ledger, winddown)},
                    {"kind": "unamortised_setup_cost", "amount": 17503.0, "currency": "CAD", "status": "waived", "documents": k(minutes, ledger, "billing/CM-2231.pdf", winddown)}],
                "reasons": [
                    {"code": "insourcing", "documents": k(*notices, "calls/2024-08-27 Meagher-Dunlop.vtt", "mail/montreal/File francophone.eml", "chat/slack/acct-nottawa/2024-09-06.json")},
                    {"code": "service_quality", "documents": k("calls/2024-08-27 Meagher-Dunlop.vtt", "chat/slack/acct-nottawa/2024-09-06.json", "feedback/Quarterly review 2024-10-10.docx")}]}],
            "disputes": [{
                "title": "Wind-Down Charge, service level credits", "status": "settled", "steps": [
                    step("2025-02-12", "claim", "provider", 60003.0, demand),
                    step("2025-02-28", "response", "client", None, counter),
                    step("2025-02-28", "counterclaim", "client", 38420.0, counter),
                    step("2025-03-10", "offer", "provider", 50000.0, "mail/legal/without prejudice.eml"),
                    step("2025-03-14", "rejection", "client", 50000.0, "mail/legal/RE_ without prejudice.eml"),
                    step("2025-03-14", "offer", "client", 30000.0, "mail/legal/RE_ without prejudice.eml"),
                    step("2025-04-15", "mediation", "third_party", None, "letters/Mediator report.pdf"),
                    step("2025-04-22", "settlement", "client", 42500.0, minutes),
                    step("2025-04-22", "withdrawal", "client", 38420.0, minutes),
                    step("2025-05-09", "payment", "client", 42500.0, ledger)],
                "outcome": {"amount": 42500.0, "currency": "CAD", "payer": "client"}}],
            "billing": {
                "currency": "CAD", "invoiced_total": 559350.0, "paid_total": 440147.0, "credited_total": 115135.0, "refunded_total": 0, "outstanding_as_of": {"date": "2025-05-31", "amount": 4068.0},
                "discrepancies": [
                    {"kind": "duplicate_invoice", "amount": 97632.0, "documents": k("billing/INV-107388.pdf", "billing/INV-107391.pdf", "billing/CM-2176.pdf", "mail/ar/nvh.mbox", "mail/ar/copies/RE_ October billed twice.eml", ledger)},
                    {"kind": "amount_mismatch", "amount": 1700.0, "documents": k("billing/INV-107466.pdf", "contracts/WO-7 storm overflow Nov 2024.docx", "mail/ar/nvh.mbox")},
                    {"kind": "unrecorded_credit", "amount": 4068.0, "documents": k("billing/CM-2203.pdf", ledger, "mail/ar/nvh.mbox", "mail/ar/RE_ closing balance.eml", "mail/ar/RE_ RE_ closing balance.eml")}]},
            "feedback": [
                {"date": "2024-07-31", "metric": "calls answered in 30 s", "value": 0.714, "target": 0.8, "documents": k("feedback/NVH service level Jul-Dec 2024.xlsx")},
                {"date": "2024-08-31", "metric": "calls answered in 30 s", "value": 0.689, "target": 0.8, "documents": k("feedback/NVH service level Jul-Dec 2024.xlsx")},
                {"date": "2024-12-31", "metric": "calls answered in 30 s", "value": 0.816, "target": 0.8, "documents": k("feedback/NVH service level Jul-Dec 2024.xlsx")},
                {"date": "2024-08-31", "metric": "CSAT (1-5)", "value": 3.4, "target": None, "documents": k("feedback/csat_q3_2024.csv")},
                {"date": "2024-10-10", "metric": "CSAT (1-5), Q3", "value": 3.7, "target": 4.2, "documents": k("feedback/Quarterly review 2024-10-10.docx")}],
            "gaps": [{"what": "Side letter of June 14, 2024 on storm overflow hours", "mentioned_in": k(counter, "chat/slack/acct-nottawa/2025-03-03.json", "calls/note side letter.txt")}],
            "conflicts": [
                {"what": "Receipt of the notice: September 6 (signed) or 9, 2024 (deemed)", "documents": k(track, "notices/2024-09-27 NVH re end date.pdf", reply)},
                {"what": "End of the service: December 31, 2024 or January 7, 2025", "documents": k(*notices, "notices/2024-09-27 NVH re end date.pdf", reply, "mail/accounts/End date agreed.eml")},
                {"what": "Notice period 60 days in the draft, 120 in the signed amendment", "documents": k("contracts/drafts/Amending Agreement No 2 v3 clean.docx", second)},
                {"what": "August 2024: 68.9% (report) or 64.2% (client's lawyer)", "documents": k("feedback/NVH service level Jul-Dec 2024.xlsx", counter)},
                {"what": "Storm overflow: $9,500.00 at most in WO-7, $11,200.00 invoiced", "documents": k("billing/INV-107466.pdf", "contracts/WO-7 storm overflow Nov 2024.docx", "mail/ar/nvh.mbox")}]},
        win_back={"recommended": True, "must_mention": ["asked on June 19, 2025 for a quote on overflow and after-hours"], "must_not_disclose": k(
            "mail/legal/privileged/receipt of notice.eml", "mail/legal/privileged/wind-down opinion.eml", "mail/accounts/FW_ wind-down opinion.eml")},
        queries=[
            {"id": "n-1", "user": "legal", "text": "when was the Nottawa notice received, courier deemed receipt", "relevant": graded(g2=(agreement, track, reply, "notices/2024-09-27 NVH re end date.pdf"), g1=(*notices, "mail/legal/privileged/receipt of notice.eml"))},
            {"id": "n-2", "user": "legal", "text": "wind-down charge unamortized onboarding cost", "relevant": graded(
                g2=(agreement, winddown, demand, "mail/legal/privileged/wind-down opinion.eml"), g1=(counter, minutes, "billing/CM-2231.pdf", "mail/accounts/FW_ wind-down opinion.eml"))},
            {"id": "n-3", "user": "legal", "text": "side letter June 14 2024 storm hours", "relevant": graded(g2=("calls/note side letter.txt", "chat/slack/acct-nottawa/2025-03-03.json", counter))},
            {"id": "n-4", "user": "auditor", "text": "CM-2203", "relevant": graded(g2=("billing/CM-2203.pdf", "mail/ar/nvh.mbox", "mail/ar/RE_ closing balance.eml", "mail/ar/RE_ RE_ closing balance.eml"), g1=(ledger,))},
            {"id": "n-5", "user": "auditor", "text": "October invoice issued twice", "relevant": graded(
                g2=("billing/INV-107391.pdf", "billing/CM-2176.pdf", "mail/ar/nvh.mbox", "mail/ar/copies/RE_ October billed twice.eml"), g1=("billing/INV-107388.pdf", ledger))},
            {"id": "n-6", "user": "agent", "text": "file francophone temps d'attente", "relevant": graded(g2=("mail/montreal/File francophone.eml",), g1=("mail/montreal/RE_ File francophone.eml",))},
            {"id": "n-7", "user": "agent", "text": "were the laptops and headsets returned", "relevant": graded(g2=("calls/note equipment 2025-01-17.md",), g1=(agreement,))},
            {"id": "n-8", "user": "auditor", "text": "settlement amount paid by NVH", "relevant": graded(g2=(minutes, ledger), g1=("mail/legal/Signed minutes.eml", "billing/CM-2231.pdf"))}])
