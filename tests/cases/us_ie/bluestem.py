"""Bluestem Freight Technologies: a Texas software house declines the renewal too late; early termination fee, SLA credits, Rule 408, mediation, release, USD."""
from __future__ import annotations

import json
from datetime import date, datetime
from functools import partial
from pathlib import Path
from typing import Any

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

MARCY, GC, AR, CEO = ("Marcy Dunleavy <mdunleavy@halvorsencx.example>", "Theodore Paik <tpaik@halvorsencx.example>",
                      "Halvorsen A/R <receivables@halvorsencx.example>", "Lyle Halvorsen <lyle@halvorsencx.example>")
REYNA, BRENT, AP = ("Reyna Castellanos <reyna.castellanos@bluestemfreight.example>", "Brent Oakes <boakes@bluestemfreight.example>",
                    "Bluestem AP <ap@bluestemfreight.example>")
KESSLER, OUTSIDE = "Dana Kessler <dkessler@kesslerboyd.example>", "Ruth Amsel <ruth.amsel@amselgrove.example>"
MEDIATOR = "Hon. Walter Prideaux (Ret.) <wprideaux@prideauxadr.example>"

MSA: list[Block] = [
    "# MASTER OUTSOURCING SERVICES AGREEMENT",
    "Agreement No. HX-2021-0388",
    "This Master Outsourcing Services Agreement (this \"Agreement\") is entered into as of March 1, 2021 (the \"Effective Date\") by and between HALVORSEN CONTACT, INC., a Texas "
    "corporation having its principal office at 8122 Datapoint Drive, Suite 900, San Antonio, Texas 78229 (\"Vendor\"), and BLUESTEM FREIGHT TECHNOLOGIES, LLC, a Texas limited "
    "liability company having its principal office at 2800 Ross Avenue, Floor 14, Dallas, Texas 75201 (\"Customer\"). Vendor and Customer are each a \"Party\".",
    "# RECITALS",
    "WHEREAS, Customer operates the LoadLark freight-matching platform and desires bilingual (English/Spanish) carrier support; and WHEREAS, Vendor is willing to furnish such support; "
    "NOW, THEREFORE, in consideration of the mutual covenants herein, the Parties agree as follows.",
    "# ARTICLE II. SERVICES",
    "2.1 Services. Vendor shall perform the services described in each statement of work executed hereunder (each, an \"SOW\").",
    "2.4 Service Levels. Vendor shall answer eighty percent (80%) of calls within forty (40) seconds in each calendar month (the \"ASA Target\"). If Vendor misses the ASA Target in any month, "
    "Customer may request a credit of five percent (5%) of the fees for that month (\"SLA Credit\"), provided Customer makes the request in writing within sixty (60) days after month end.",
    "# ARTICLE V. FEES",
    "5.1 Invoicing. Vendor shall invoice monthly in arrears. Undisputed amounts are payable net thirty (30).",
    "# ARTICLE IX. TERM; RENEWAL; TERMINATION",
    "9.1 Initial Term. The initial term commences on the Effective Date and continues for thirty-six (36) months, through February 29, 2024 (the \"Initial Term\").",
    "9.2 Renewal. Upon expiration of the Initial Term, this Agreement shall automatically renew for successive periods of twelve (12) months (each, a \"Renewal Term\") unless a Party gives the other "
    "written notice of its election not to renew no fewer than ninety (90) days before the last day of the then-current term.",
    "9.3 Termination for Cause. Either Party may terminate this Agreement if the other commits a material breach that is not cured within thirty (30) days following written notice thereof.",
    "9.4 Early Termination Fee. If Customer ceases to use the Services during a Renewal Term other than under Section 9.3, Customer shall pay Vendor, as liquidated damages and not as a penalty, "
    "fifty percent (50%) of the average monthly fees for the preceding six (6) months, multiplied by the number of months remaining in such Renewal Term.",
    "9.5 Effect of Termination. Within thirty (30) days after expiration or termination, Vendor shall return to Customer all Customer Data and shall destroy all remaining copies and so certify. "
    "Each Party shall return the other's equipment within fifteen (15) days.",
    "# ARTICLE XIV. GENERAL PROVISIONS",
    "14.1 Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of Texas, without regard to its conflict of laws principles. "
    "Venue shall lie exclusively in the state courts sitting in Bexar County, Texas.",
    "14.2 Mediation. Prior to filing suit the Parties shall attempt in good faith to resolve any dispute by non-binding mediation.",
    "14.6 Notices. All notices required or permitted hereunder shall be in writing and shall be delivered personally, by nationally recognized overnight courier, or by certified mail, return receipt "
    "requested, to the address first set forth above, if to Vendor, to the attention of the General Counsel. Notice shall be effective upon actual receipt as evidenced by the carrier's delivery record. "
    "Electronic mail may be used for convenience but shall not constitute notice.",
    "IN WITNESS WHEREOF, the Parties have caused this Agreement to be executed by their duly authorized representatives.",
    [["HALVORSEN CONTACT, INC.", "BLUESTEM FREIGHT TECHNOLOGIES, LLC"], ["By: /s/ Lyle Halvorsen", "By: /s/ Brent Oakes"], ["Name: Lyle Halvorsen", "Name: Brent Oakes"],
     ["Title: President", "Title: Chief Operating Officer"], ["Date: February 24, 2021", "Date: February 26, 2021"]],
]

SOW: list[Block] = [
    "# EXHIBIT A - STATEMENT OF WORK NO. 001", "LoadLark Carrier Support Desk",
    "This SOW is entered into as of March 1, 2021 under the Master Outsourcing Services Agreement No. HX-2021-0388 between Halvorsen Contact, Inc. and Bluestem Freight Technologies, LLC.",
    "1. Scope. Inbound voice, chat and SMS from carriers and owner-operators, English and Spanish, 6 a.m. to 10 p.m. Central, seven days.",
    "2. Rates.", [["Item", "Unit", "Rate"], ["Bilingual agent", "productive hour", "$22.60"], ["Team lead", "productive hour", "$29.00"], ["Telephony platform", "month", "$1,400.00"]],
    "3. Staffing. Vendor shall maintain eleven (11) full-time-equivalent agents at its San Antonio center.",
    "Accepted and agreed: L. Halvorsen (Vendor), B. Oakes (Customer)",
]

FIRST: list[Block] = [
    "# FIRST AMENDMENT TO MASTER OUTSOURCING SERVICES AGREEMENT",
    "This First Amendment, dated as of June 15, 2022, amends the Master Outsourcing Services Agreement No. HX-2021-0388 between Halvorsen Contact, Inc. and Bluestem Freight Technologies, LLC.",
    "1. The rate for Bilingual agents in Section 2 of SOW No. 001 is deleted and replaced with $23.40 per productive hour, effective July 1, 2022.",
    "2. Except as expressly amended hereby, the Agreement remains in full force and effect.",
    "VENDOR: /s/ Lyle Halvorsen          CUSTOMER: /s/ Brent Oakes",
]


def second(days: str, when: str, draft: bool) -> list[Block]:
    """Return the Second Amendment: as signed, or the draft that was sent round."""
    blocks: list[Block] = [
        "# SECOND AMENDMENT TO MASTER OUTSOURCING SERVICES AGREEMENT",
        f"This Second Amendment (this \"Amendment\") is made and entered into as of {when}, by and between HALVORSEN CONTACT, INC. (\"Vendor\") and BLUESTEM FREIGHT TECHNOLOGIES, LLC (\"Customer\").",
        "WHEREAS, the Parties entered into that certain Master Outsourcing Services Agreement No. HX-2021-0388 with an Effective Date of March 1, 2021, as amended by the First Amendment dated June 15, 2022;",
        f"1. Renewal. Section 9.2 of the Agreement is hereby amended by striking \"ninety (90) days\" and inserting in lieu thereof \"{days}\".",
        "2. Chat Hours. Chat support hours under SOW No. 001 are extended to midnight Central.",
        "3. Ratification. Except as modified herein, all terms and conditions of the Agreement are ratified and confirmed.",
        "4. Counterparts. This Amendment may be executed in counterparts and by electronic signature.",
    ]
    tail: list[Block] = (["DRAFT 4/27/23 - BFT comments - NOT FOR SIGNATURE", "[Reyna: can we live with one-oh-five? Brent wanted to keep ninety. Leave bracketed for now]"] if draft
                         else ["/s/ Lyle Halvorsen, President, May 9, 2023                /s/ Brent Oakes, COO, May 8, 2023"])
    return blocks + tail


NOTICE: list[Block] = [
    "[letterhead] Bluestem Freight Technologies, LLC\n2800 Ross Avenue, Floor 14 | Dallas, Texas 75201",
    "November 14, 2024",
    "VIA FEDEX PRIORITY OVERNIGHT (7781 0042 6619)",
    "Halvorsen Contact, Inc.\n8122 Datapoint Drive, Suite 900\nSan Antonio, Texas 78229\nAttention: General Counsel",
    "Re: Master Outsourcing Services Agreement No. HX-2021-0388 - Election Not to Renew",
    "Dear Mr. Paik:",
    "Please accept this letter as Bluestem's written notice under Section 9.2 that it elects not to renew the above-referenced Agreement. The current Renewal Term will accordingly expire at the close of "
    "business on February 28, 2025, and no further Renewal Term will commence.",
    "We ask that your team coordinate the transfer of carrier history and open cases with Reyna Castellanos. Bluestem reserves all rights, including with respect to SLA Credits.",
    "Very truly yours,",
    "Brent Oakes\nChief Operating Officer",
    "cc: R. Castellanos (w/o encl.)",
]

REPLY: list[Block] = [
    "HALVORSEN CONTACT, INC.\nOffice of the General Counsel\n8122 Datapoint Drive, Suite 900, San Antonio, TX 78229",
    "November 26, 2024",
    "By Certified Mail, RRR, and E-mail",
    "Brent Oakes, COO\nBluestem Freight Technologies, LLC\n2800 Ross Avenue, Floor 14\nDallas, TX 75201",
    "Re: HX-2021-0388 / Your letter of November 14",
    "Dear Mr. Oakes:",
    "FedEx delivered your letter on November 18, 2024. Under Section 9.2, as amended by Paragraph 1 of the Second Amendment, an election not to renew must be received at least one hundred twenty (120) days before "
    "the last day of the then-current term. That window closed on October 31, 2024. Your election is untimely and of no effect as to the Renewal Term beginning March 1, 2025, and the Agreement will "
    "remain in force through February 28, 2026.",
    "We value the relationship and would be glad to discuss volumes for the coming year.",
    "Sincerely,\nTheodore Paik\nGeneral Counsel",
]

DEMAND: list[Block] = [
    "HALVORSEN CONTACT, INC.",
    "April 10, 2025",
    "VIA FEDEX AND E-MAIL",
    "Bluestem Freight Technologies, LLC\nAttn: Brent Oakes\n2800 Ross Avenue, Floor 14, Dallas, TX 75201",
    "Re: Demand for Payment - Early Termination Fee, Agreement HX-2021-0388",
    "Dear Brent:",
    "Bluestem ported its toll-free numbers away from our San Antonio center on March 31, 2025 and has used no Services since. As you know, the Agreement renewed on March 1, 2025 for twelve months.",
    "Section 9.4 therefore obligates Bluestem to pay liquidated damages computed as follows:",
    [["Average monthly fees (Sep. 2024 - Feb. 2025)", "$41,850.00"], ["Fifty percent", "$20,925.00"], ["Months remaining, April 2025 - February 2026", "11"], ["Early Termination Fee", "$230,175.00"]],
    "Demand is hereby made for $230,175.00. Invoice T-10877 is enclosed. If payment is not received on or before May 12, 2025, Halvorsen will pursue all remedies available at law or in equity.",
    "Regards,\nTheodore Paik\nGeneral Counsel",
]

ANSWER: list[Block] = [
    "KESSLER BOYD PLLC\nAttorneys at Law\n1717 Main Street, Suite 3200, Dallas, Texas 75201",
    "April 24, 2025",
    "Via Email (tpaik@halvorsencx.example) and First Class Mail",
    "Theodore Paik, Esq.\nHalvorsen Contact, Inc.",
    "Re: Bluestem Freight Technologies, LLC / Halvorsen Contact, Inc.",
    "Dear Mr. Paik:",
    "This firm represents Bluestem Freight Technologies, LLC. Please direct all further communications concerning this matter to the undersigned.",
    "Bluestem denies that it owes any Early Termination Fee. First, the version of the Second Amendment in my client's files calls for one hundred five (105) days, and you have yet to produce a fully executed "
    "counterpart showing anything different. Second, by e-mail of August 22, 2024 your Ms. Dunleavy told Ms. Castellanos that Halvorsen would \"not stand on the window\" should Bluestem decide to move on. "
    "My client relied on that assurance. Kindly produce that e-mail from your servers, as Ms. Castellanos's mailbox for that period was not preserved when she changed laptops. Third, the fee bears no "
    "reasonable relation to actual damages and is an unenforceable penalty under Texas law.",
    "Nothing herein waives any right or remedy, all of which are expressly reserved.",
    "Very truly yours,\nDana Kessler",
]

CREDITS: list[Block] = [
    "KESSLER BOYD PLLC",
    "May 6, 2025",
    "Theodore Paik, Esq., General Counsel, Halvorsen Contact, Inc.",
    "Re: Bluestem / Halvorsen - Demand for SLA Credits and Refund",
    "Dear Mr. Paik:",
    "Further to my letter of April 24, Halvorsen missed the ASA Target of Section 2.4 in each of August 2024 through January 2025, and in January answered only 61.4% of calls in forty seconds by Bluestem's own "
    "telephony records, not the 66.9% shown in your report. SLA Credits for those months, together with the dispatch overtime that Bluestem was forced to pay, come to $63,400.00.",
    "Bluestem hereby asserts a claim in that amount against Halvorsen, by way of counterclaim to any suit and as an offset to any sum that may be found owing. Please remit $63,400.00 within twenty (20) days.",
    "Very truly yours,\nDana Kessler",
]

RELEASE: list[Block] = [
    "# CONFIDENTIAL SETTLEMENT AGREEMENT AND MUTUAL RELEASE",
    "This Confidential Settlement Agreement and Mutual Release (\"Settlement\") is made effective as of July 25, 2025, between Halvorsen Contact, Inc. (\"Halvorsen\") and Bluestem Freight Technologies, LLC (\"Bluestem\").",
    "# Background",
    "A. Halvorsen and Bluestem are parties to Master Outsourcing Services Agreement No. HX-2021-0388. B. Halvorsen claims an early termination fee of $230,175.00 (Invoice T-10877). C. Bluestem claims SLA credits and "
    "other damages of $63,400.00. D. The parties mediated before the Hon. Walter Prideaux (Ret.) on July 22, 2025 and reached the agreement set out below.",
    "# Terms",
    "1. End of Agreement. The parties stipulate that the MOSA terminated effective March 31, 2025.",
    "2. Settlement Payment. Bluestem shall pay Halvorsen the total sum of Ninety-Five Thousand Dollars ($95,000.00), in two installments: $55,000.00 on or before August 15, 2025, and $40,000.00 on or before September 15, 2025.",
    "3. Credit. Upon execution Halvorsen shall issue a credit memo for the balance of Invoice T-10877, being $135,175.00, which it waives.",
    "4. Withdrawal. Bluestem withdraws with prejudice its claim for SLA credits and damages in the amount of $63,400.00.",
    "5. Mutual Release. Upon receipt of the Settlement Payment each party releases and forever discharges the other from any and all claims arising out of the MOSA.",
    "6. No Admission. This Settlement is a compromise of disputed claims and shall not be construed as an admission of liability.",
    "7. Future Dealings. Nothing herein precludes the parties from doing business in the future.",
    "HALVORSEN CONTACT, INC.: /s/ Lyle Halvorsen      BLUESTEM FREIGHT TECHNOLOGIES, LLC: /s/ Brent Oakes",
]


def invoice(head: str, number: str, day: str, lines: list[list[str]], total: str, foot: str) -> bytes:
    """Return an invoice or a credit memo of the Texas company."""
    return as_pdf(["Halvorsen Contact, Inc.   8122 Datapoint Dr Ste 900, San Antonio TX 78229", f"# {head}",
                   [["No.", number], ["Date", day], ["Customer", "BFT-7740"], ["Terms", "Net 30"]], "Bill To: Bluestem Freight Technologies, LLC, Accounts Payable, 2800 Ross Ave Fl 14, Dallas TX 75201",
                   [["Description", "Qty", "Rate", "Amount"], *lines, ["", "", "TOTAL USD", total]], foot])


ROWS: list[tuple[date, str, str, str, float]] = [
    (date(2024, 10, 31), "Invoice", "T-10590", "Carrier support Oct 2024", 41212.50), (date(2024, 11, 29), "Payment", "ACH 112924", "T-10590", -41212.50),
    (date(2024, 11, 30), "Invoice", "T-10655", "Carrier support Nov 2024", 43662.50), (date(2024, 12, 20), "Credit Memo", "CM-2188", "Rate correction T-10655", -1312.50),
    (date(2024, 12, 31), "Invoice", "T-10719", "Carrier support Dec 2024", 44120.00), (date(2025, 1, 3), "Payment", "ACH 010325", "T-10655 net of CM-2188", -42350.00),
    (date(2025, 1, 31), "Invoice", "T-10781", "Carrier support Jan 2025", 39875.00), (date(2025, 2, 27), "Payment", "ACH 020425", "T-10719 - rcvd 2/4, moved over from unapplied", -44120.00),
    (date(2025, 2, 28), "Invoice", "T-10829", "Carrier support Feb 2025", 38460.00), (date(2025, 3, 5), "Payment", "ACH 030525", "T-10781", -39875.00),
    (date(2025, 3, 31), "Invoice", "T-10866", "Carrier support Mar 2025 (transition)", 21300.00), (date(2025, 4, 2), "Payment", "ACH 040225", "T-10829", -38460.00),
    (date(2025, 4, 10), "Invoice", "T-10877", "Early termination fee Sec. 9.4", 230175.00), (date(2025, 5, 1), "Payment", "ACH 050125", "T-10866", -21300.00),
    (date(2025, 7, 28), "Credit Memo", "CM-2210", "Settlement - balance of T-10877", -135175.00), (date(2025, 8, 15), "Payment", "WIRE 081525", "Settlement 1 of 2", -55000.00),
    (date(2025, 9, 12), "Payment", "WIRE 091225", "Settlement 2 of 2", -40000.00)]


def ledger() -> bytes:
    """Return the receivables as the accounting program exports them: one signed amount."""
    head: list[list[Any]] = [["Halvorsen Contact, Inc."], ["Customer Transaction History"], ["BFT-7740 Bluestem Freight Technologies, LLC", "", "", "", "", "As of September 30, 2025"], [],
                             ["Trans Date", "Trans Type", "Ref No.", "Memo", "Amount", "Running Bal."]]
    balance = 0.0
    for day, kind, number, memo, amount in ROWS:
        balance += amount
        head.append([(day, "mm/dd/yyyy"), kind, number, memo, (amount, "#,##0.00_);(#,##0.00)"), (balance, "#,##0.00_);(#,##0.00)")])
    return as_xlsx({"BFT-7740": head})


WHATSAPP = """9/19/24, 7:12 AM - Messages and calls are end-to-end encrypted. No one outside of this chat, not even WhatsApp, can read or listen to them.
9/19/24, 7:12 AM - Ximena Duarte: buenos días, hoy otra vez somos 7 en la cola de LoadLark, faltaron tres
9/19/24, 7:14 AM - Beto Salinas: no manches, y los troqueros bien enojados, ayer uno esperó 25 minutos
9/19/24, 7:15 AM - Ximena Duarte: sí, me gritó a mí. Ya estoy harta, así no se puede trabajar
9/19/24, 7:21 AM - Beto Salinas: le aviso a Marcy que Bluestem se está quejando diario
9/19/24, 7:22 AM - Ximena Duarte: dile que la licenciada Reyna ya habló de buscar otra empresa en Monterrey
"""

VTT = """WEBVTT

1
00:00:01.200 --> 00:00:06.900
<v Marcy Dunleavy>Hey Reyna, hey Brent. Okay so I wanted to walk through the February cutover.</v>

2
00:00:07.400 --> 00:00:16.100
<v Brent Oakes>Before that. I got Ted's letter. I don't appreciate being told we're stuck till twenty twenty-six. We've been carrying your misses for half a year.</v>

3
00:00:16.800 --> 00:00:24.000
<v Marcy Dunleavy>I hear you. I really do. The legal piece isn't mine. I can help on the transition whichever way that comes out.</v>

4
00:00:24.500 --> 00:00:35.300
<v Reyna Castellanos>You told me in August the window wouldn't be an issue, Marcy. I have an e-mail. Or I had it, I can't find it on the new laptop.</v>

5
00:00:36.000 --> 00:00:43.700
<v Marcy Dunleavy>I honestly don't remember writing that. I've searched my sent folder and there's nothing from August twenty-second on it.</v>

6
00:00:44.200 --> 00:00:55.000
<v Brent Oakes>Wonderful. Look, the hold times are killing us with carriers. Load acceptance dropped four points. That's why we're leaving. It's not personal.</v>

7
00:00:55.600 --> 00:01:02.000
<v Reyna Castellanos>We need the case history by the end of February and the phone numbers ported by March thirty-first at the latest.</v>
"""


def slack(messages: list[tuple[str, str, str]]) -> bytes:
    """Return one day of a Slack channel: (user, ISO time with zone, text)."""
    return json.dumps([{"type": "message", "user": user, "text": text, "ts": f"{datetime.fromisoformat(at).timestamp():.6f}", "team": "T0HALV"}
                       for user, at, text in messages], indent=2).encode()


def zendesk() -> bytes:
    """Return the ticket about the hand-back."""
    people = [(71, "Reyna Castellanos", "reyna.castellanos@bluestemfreight.example", "end-user"), (72, "Priya Venkat", "pvenkat@halvorsencx.example", "agent")]
    talk = [(71, "2025-04-07T14:20:00Z", "Hi team, where are we on the laptops and the case export? Account BFT-7740. Brent asks me every morning"),
            (72, "2025-04-09T16:02:00Z", "Hi Reyna - all 14 Bluestem laptops and 22 YubiKeys went out UPS today, tracking 1Z 999 0A1 03. Signed for by your front desk tomorrow I'd expect."),
            (71, "2025-04-11T13:31:00Z", "Got them yesterday 4/10, count is right. Thank you! And the data?"),
            (72, "2025-04-18T19:45:00Z", "Case history (412,806 rows) and recordings were uploaded to your S3 bucket on April 17. Our copies get shredded on the 25th, certificate to follow."),
            (71, "2025-04-28T15:10:00Z", "Certificate received, checksum matches. Appreciate how smooth this was, Priya.")]
    return json.dumps({"ticket": {"id": 55812, "created_at": talk[0][1], "updated_at": talk[-1][1], "subject": "Return of equipment and data - Bluestem", "status": "closed", "requester_id": 71,
                                  "tags": ["offboarding"], "custom_fields": [{"id": 3601, "value": "BFT-7740"}], "satisfaction_rating": {"score": "unoffered"}},
                       "comments": [{"id": 5581200 + i, "type": "Comment", "author_id": who, "body": text, "public": True, "created_at": at, "via": {"channel": "email"}} for i, (who, at, text) in enumerate(talk)],
                       "users": [{"id": i, "name": n, "email": m, "role": r} for i, n, m, r in people]}, indent=1).encode()


def intercom() -> bytes:
    """Return a Spanish conversation of a driver with the LoadLark desk, with its rating."""
    start = int(datetime.fromisoformat("2024-10-08T19:05:00-05:00").timestamp())
    said = [("admin", "Ximena D.", "Hola Don Eusebio, una disculpa por la espera. ¿Me da su número de carga?"), ("user", "Eusebio Garza", "LL-204418. Llevo 40 minutos esperando y el shipper ya cerró"),
            ("admin", "Ximena D.", "Lo siento mucho. Le reprogramo la entrega para mañana a las 7 y pido la detención."), ("user", "Eusebio Garza", "Pésimo servicio. Con la otra app me contestan luego luego")]
    return json.dumps({"type": "conversation", "id": "30411877", "created_at": start, "updated_at": start + 2700, "title": "Carga LL-204418 - LoadLark by Bluestem", "state": "closed",
                       "source": {"type": "conversation", "delivered_as": "customer_initiated", "body": "<p>buenas tardes nadie contesta el telefono de LoadLark</p>", "author": {"type": "user", "name": "Eusebio Garza"}},
                       "conversation_parts": {"type": "conversation_part.list", "total_count": len(said), "conversation_parts": [
                           {"type": "conversation_part", "id": f"3041187{i}", "part_type": "comment", "body": f"<p>{text}</p>", "created_at": start + 600 * (i + 1), "author": {"type": kind, "name": name}}
                           for i, (kind, name, text) in enumerate(said)]}, "conversation_rating": {"rating": 1}}, ensure_ascii=False, indent=1).encode()


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "bluestem", "C-2702", "en")
    case.file("contracts/BFT MOSA fully executed.pdf", as_pdf(MSA), "contract", "contractual", "2021-03-01")
    case.file("contracts/Exhibit A SOW 001.docx", as_docx(SOW), "sow", "contractual", "2021-03-01")
    case.file("contracts/First Amendment.docx", as_docx(FIRST), "amendment", "contractual", "2022-06-15")
    case.file("contracts/Second Amendment - signed.pdf", as_pdf(second("one hundred twenty (120) days", "May 9, 2023", False)), "amendment", "contractual", "2023-05-09")
    case.file("contracts/2nd amend BFT cmts 4-27-23.docx", as_docx(second("[one hundred five (105)] days", "[April __, 2023]", True)), "amendment", "contractual", "2023-04-27",
              near_duplicate_of="contracts/Second Amendment - signed.pdf")

    notice = as_pdf(NOTICE)
    case.file("letters/Bluestem non-renewal 11-14-24.pdf", notice, "notice", "contractual", "2024-11-14")
    case.file("letters/FedEx POD 778100426619.txt", (
        b"FedEx(R) Proof-of-Delivery\n\nTracking number: 778100426619\nService type: FedEx Priority Overnight\nShip date: Nov 15, 2024\nStatus: Delivered 11/18/2024 10:14 AM\n"
        b"Signed for by: D.RIOJAS, Mailroom\nDelivery location: 8122 DATAPOINT DR STE 900, SAN ANTONIO, TX, 78229\nShipper: BLUESTEM FREIGHT TECHNOLOGIES, DALLAS, TX, US\n"), "other", "contractual", "2024-11-18")
    case.file("letters/2024-11-26 Paik to Oakes.docx", as_docx(REPLY), "legal_letter", "contractual dispute", "2024-11-26")
    case.file("letters/ETF demand 4.10.25.pdf", as_pdf(DEMAND), "claim", "dispute billing", "2025-04-10")
    case.file("letters/Kessler Boyd 4-24-25.pdf", as_pdf(ANSWER), "legal_letter", "dispute", "2025-04-24")
    case.file("letters/Kessler Boyd 5-6-25 SLA.docx", as_docx(CREDITS), "counterclaim", "dispute billing", "2025-05-06")
    release = as_pdf(RELEASE)
    case.file("letters/Settlement and Mutual Release (exec).pdf", release, "settlement", "dispute contractual billing", "2025-07-25")
    case.file("letters/Certificate of Destruction.docx", as_docx([
        "# CERTIFICATE OF DATA DESTRUCTION", "Customer: Bluestem Freight Technologies, LLC      Agreement: HX-2021-0388",
        "Halvorsen Contact, Inc. certifies that on April 25, 2025 all remaining copies of Customer Data, including call recordings and case history, were destroyed in accordance with NIST SP 800-88 (Purge).",
        "Priya Venkat, Information Security Manager\nDated: April 25, 2025"]), "other", "contractual", "2025-04-25")

    courtesy = message(REYNA, "mdunleavy@halvorsencx.example, tpaik@halvorsencx.example", "2024-11-15T09:02:00-06:00", "Courtesy copy - notice of non-renewal HX-2021-0388",
                       "Marcy, Ted -\n\nAttached is a courtesy copy of the letter that went out FedEx today. Original should land at Datapoint on Monday.\n\nThanks,\nReyna\n\nReyna Castellanos | Director, Carrier Experience\nBluestem Freight / LoadLark\n",
                       ident="<CAF-rc-1115@bluestemfreight.example>", attached=[("BFT non-renewal letter.pdf", notice)])
    for place, more in (("mail/dunleavy/Courtesy copy - notice of non-renewal.eml", {}), ("mail/paik/FedEx letter courtesy copy.eml", {"duplicate_of": "mail/dunleavy/Courtesy copy - notice of non-renewal.eml"})):
        case.mail(place, courtesy, "notice", "contractual interaction", thread="bft-notice", **more)
        case.told(place, "notice", "contractual", "2024-11-14", inner="BFT non-renewal letter.pdf", duplicate_of="letters/Bluestem non-renewal 11-14-24.pdf")
    angry = message(BRENT, "tpaik@halvorsencx.example", "2024-12-03T16:40:00-06:00", "Your Nov 26 letter",
                    "Ted,\n\nI've read your letter twice and I'm frankly insulted. We gave you more than 100 days. We're done on 2/28 and that's that. I'm not paying for a year of a service that can't pick up the phone.\n\nBrent\n",
                    ident="<bo-1203@bluestemfreight.example>")
    case.mail("mail/paik/Your Nov 26 letter.eml", angry, "email", "contractual interaction dispute", thread="bft-window", sentiment="negative")
    firm = message(GC, "boakes@bluestemfreight.example", "2024-12-05T11:15:00-06:00", "RE: Your Nov 26 letter",
                   "Brent,\n\nI understand the frustration. The amendment you signed on May 8, 2023 says 120 days, and our position on the February 28, 2026 end date stands. Happy to get on a call.\n\nTed\n\n"
                   "From: Brent Oakes\nSent: Tuesday, December 3, 2024 4:40 PM\nTo: Theodore Paik\nSubject: Your Nov 26 letter\n\nTed, I've read your letter twice and I'm frankly insulted.\n",
                   ident="<tp-1205@halvorsencx.example>", answers="<bo-1203@bluestemfreight.example>")
    case.mail("mail/paik/RE Your Nov 26 letter.eml", firm, "email", "contractual interaction dispute", thread="bft-window", sentiment="neutral")
    leak = message(REYNA, "mdunleavy@halvorsencx.example", "2024-11-06T20:31:00-06:00", "FW: vendor decision",
                   "you didn't get this from me. sorry Marcy\n\n---------- Forwarded message ---------\nFrom: Brent Oakes <boakes@bluestemfreight.example>\nDate: Tue, Nov 5, 2024 at 6:12 PM\nSubject: vendor decision\n"
                   "To: Reyna Castellanos\n\nR - board signed off. Nearshore group in Monterrey (Contacto Cumbres) does it at $14.80 an hour against Halvorsen's 23.40, and they start March. Between that and the hold times since July I don't need "
                   "any more convincing. Get the letter out before Thanksgiving.\nB\n", ident="<CAF-rc-1106@bluestemfreight.example>")
    case.mail("mail/dunleavy/FW vendor decision.eml", leak, "email", "interaction", sentiment="negative")

    ask = message(GC, "ruth.amsel@amselgrove.example", "2025-04-28T09:20:00-05:00", "Bluestem - Kessler letter",
                  "Ruth,\n\nKessler's letter attached below in substance: 105-day draft, an August 22 e-mail from Marcy, and penalty. We've had IT pull Marcy's mailbox and there is no such e-mail. How exposed are we on 9.4?\n\nTed\n",
                  ident="<tp-0428@halvorsencx.example>")
    case.mail("mail/paik/outside counsel/Bluestem - Kessler letter.eml", ask, "email", "dispute interaction", privileged=True, thread="bft-counsel", sentiment="neutral")
    view = message(OUTSIDE, "tpaik@halvorsencx.example", "2025-05-01T18:03:00-05:00", "RE: Bluestem - Kessler letter",
                   "PRIVILEGED AND CONFIDENTIAL - ATTORNEY-CLIENT COMMUNICATION\n\nTed,\n\nBottom line: timeliness is ours, the executed Second Amendment controls. The weak point is Phillips v. Phillips - eleven months at fifty percent looks "
                   "disproportionate when you redeployed the agents in three weeks. I'd put the realistic range at $80,000 to $120,000 and would not want a jury in on the SLA misses. I recommend mediating early.\n\nRuth\n\nRuth Amsel\nAmsel Grove LLP\n",
                   ident="<ra-0501@amselgrove.example>", answers="<tp-0428@halvorsencx.example>")
    case.mail("mail/paik/outside counsel/RE Bluestem - Kessler letter.eml", view, "email", "dispute interaction", privileged=True, thread="bft-counsel", sentiment="neutral")
    passed = message(GC, "lyle@halvorsencx.example", "2025-05-02T08:11:00-05:00", "Bluestem reserve",
                     "Lyle - Ruth's read is 80 to 120 if this gets tried, so please don't tell anyone we expect the full 230. I'd like authority to go to 90 at mediation.\n\nTed\n", ident="<tp-0502@halvorsencx.example>")
    case.mail("mail/paik/Bluestem reserve.eml", passed, "email", "dispute interaction", privileged=True, sentiment="neutral")

    offer = message(GC, "dkessler@kesslerboyd.example", "2025-05-29T15:00:00-05:00", "Bluestem/Halvorsen - TRE 408",
                    "CONFIDENTIAL SETTLEMENT COMMUNICATION - TEX. R. EVID. 408\n\nDana,\n\nIn the interest of avoiding litigation expense Halvorsen would accept $140,000.00, paid within thirty days, in exchange for mutual releases. This remains open through June 13.\n\nTed Paik\n",
                    ident="<tp-0529@halvorsencx.example>")
    case.mail("mail/paik/TRE 408.eml", offer, "email", "dispute interaction", thread="bft-408", sentiment="neutral")
    counter = message(KESSLER, "tpaik@halvorsencx.example", "2025-06-05T10:26:00-05:00", "RE: Bluestem/Halvorsen - TRE 408",
                      "Subject to Rule 408\n\nTed:\n\nMy client cannot accept $140,000.00. Having regard to its SLA claim it would pay $60,000.00 in full satisfaction, each side bearing its own fees.\n\nDana\n\n"
                      "On Thu, May 29, 2025 at 3:00 PM Theodore Paik <tpaik@halvorsencx.example> wrote:\n> Halvorsen would accept $140,000.00\n", ident="<dk-0605@kesslerboyd.example>", answers="<tp-0529@halvorsencx.example>")
    case.mail("mail/paik/RE TRE 408.eml", counter, "email", "dispute interaction", thread="bft-408", sentiment="neutral")
    refuse = message(GC, "dkessler@kesslerboyd.example", "2025-06-17T09:44:00-05:00", "RE: RE: Bluestem/Halvorsen - TRE 408",
                     "Rule 408\n\nDana - $60,000.00 doesn't get us there and is declined. I suggest we use 14.2 and get Judge Prideaux; he has July 22 open.\n\nTed\n", ident="<tp-0617@halvorsencx.example>", answers="<dk-0605@kesslerboyd.example>")
    case.mail("mail/paik/RE RE TRE 408.eml", refuse, "email", "dispute interaction", thread="bft-408", sentiment="neutral")
    dates = message(MEDIATOR, "tpaik@halvorsencx.example, dkessler@kesslerboyd.example", "2025-07-08T13:00:00-05:00", "Mediation July 22 - Halvorsen / Bluestem",
                    "Counsel,\n\nThis confirms our mediation in the above matter on Tuesday, July 22, 2025, 9:30 a.m., at 100 Congress Avenue, Austin. Position statements by July 15, please; five pages will do.\n\nWalter Prideaux\n",
                    ident="<wp-0708@prideauxadr.example>")
    case.mail("mail/paik/Mediation July 22.eml", dates, "email", "dispute interaction", sentiment="neutral")
    signed = message(KESSLER, "tpaik@halvorsencx.example", "2025-07-25T17:18:00-05:00", "Bluestem - executed settlement",
                     "Ted, fully executed copy attached. Thanks for your help getting this over the line.\n\nDana\n", ident="<dk-0725@kesslerboyd.example>", attached=[("Settlement and Mutual Release (exec).pdf", release)])
    case.mail("mail/paik/Bluestem - executed settlement.eml", signed, "email", "dispute contractual interaction", sentiment="positive")
    case.told("mail/paik/Bluestem - executed settlement.eml", "settlement", "dispute contractual billing", "2025-07-25", inner="Settlement and Mutual Release (exec).pdf",
              duplicate_of="letters/Settlement and Mutual Release (exec).pdf")

    plan = message(MARCY, "reyna.castellanos@bluestemfreight.example", "2025-02-11T10:05:00-06:00", "LoadLark cutover checklist",
                   "Reyna,\n\nWithout prejudice to the legal side, here's where we are: number porting LOA sent to the carrier, knowledge base export 2/24, agents roll off 3/28. We'll keep answering through March 31 at the regular rates.\n\nMarcy\n",
                   ident="<md-0211@halvorsencx.example>")
    case.mail("mail/dunleavy/LoadLark cutover checklist.eml", plan, "email", "interaction contractual", thread="bft-cutover", sentiment="neutral")
    thanks = message(REYNA, "mdunleavy@halvorsencx.example", "2025-02-11T14:48:00-06:00", "Re: LoadLark cutover checklist",
                     "This is perfect, thank you so much Marcy. The San Antonio team has been a class act about this.\n\nR\n", ident="<CAF-rc-0211@bluestemfreight.example>", answers="<md-0211@halvorsencx.example>")
    case.mail("mail/dunleavy/Re LoadLark cutover checklist.eml", thanks, "email", "interaction", thread="bft-cutover", sentiment="positive")
    back = message(REYNA, "mdunleavy@halvorsencx.example", "2025-10-20T09:37:00-05:00", "overnight coverage?",
                   "Hi Marcy, hope you're well. Monterrey is fine in the daytime but they can't staff 10pm to 6am in English. Would you quote us an overnight desk, month-to-month, no auto-renew? Ximena's old crew would be a dream. Brent is OK with me asking "
                   "now that the lawyers are done.\n\nReyna\n", ident="<CAF-rc-1020@bluestemfreight.example>")
    case.mail("mail/dunleavy/overnight coverage.eml", back, "email", "interaction", sentiment="positive")

    remit = message(AP, "receivables@halvorsencx.example", "2025-02-03T17:00:00-06:00", "ACH remittance - Halvorsen Contact", "This is an automated notification. Do not reply.\n\nVendor: HALVORSEN CONTACT INC\n"
                    "Payment date: 02/04/2025\nInvoice T-10719      44,120.00\nTotal ACH USD      44,120.00\n", ident="<ap-0203@bluestemfreight.example>")
    chase = message(AR, "ap@bluestemfreight.example", "2025-02-20T08:50:00-06:00", "Past due: T-10719", "Hello,\n\nOur records show invoice T-10719 for $44,120.00 was due January 30 and remains open on account BFT-7740. Please advise a payment date.\n\n"
                    "Carla Nuñez\nAccounts Receivable\n", ident="<ar-0220@halvorsencx.example>")
    proof = message(AP, "receivables@halvorsencx.example", "2025-02-21T10:12:00-06:00", "RE: Past due: T-10719", "Carla, we paid this on 2/4, ACH trace attached to the remit we sent you. Please look before you dun us, this is the second time.\n\nJoel\n",
                    ident="<ap-0221@bluestemfreight.example>", answers="<ar-0220@halvorsencx.example>")
    found = message(AR, "ap@bluestemfreight.example", "2025-02-27T15:33:00-06:00", "RE: RE: Past due: T-10719", "Joel, found it - your $44,120.00 was sitting unapplied under another customer number (Bluestone Lumber). I've moved it to T-10719 today. My apologies for the mix-up.\n\nCarla\n",
                    ident="<ar-0227@halvorsencx.example>", answers="<ap-0221@bluestemfreight.example>")
    last = message(AP, "receivables@halvorsencx.example", "2025-08-14T17:00:00-05:00", "WIRE remittance - Halvorsen Contact", "This is an automated notification. Do not reply.\n\nVendor: HALVORSEN CONTACT INC\nPayment date: 08/15/2025\n"
                   "Settlement payment 1 of 2      55,000.00\nTotal WIRE USD      55,000.00\n", ident="<ap-0814@bluestemfreight.example>")
    case.mbox("mail/receivables.mbox", [(remit, "payment_advice", "billing", {}), (chase, "email", "billing interaction", {"thread": "bft-ar", "sentiment": "neutral"}),
                                        (proof, "email", "billing interaction", {"thread": "bft-ar", "sentiment": "negative"}), (found, "email", "billing interaction", {"thread": "bft-ar", "sentiment": "neutral"}),
                                        (last, "payment_advice", "billing dispute", {})])

    case.file("chat/slack/users.json", json.dumps([{"id": i, "team_id": "T0HALV", "name": n, "real_name": r, "profile": {"real_name": r, "email": m}} for i, n, r, m in (
        ("U0MD", "marcy", "Marcy Dunleavy", "mdunleavy@halvorsencx.example"), ("U0PV", "priya", "Priya Venkat", "pvenkat@halvorsencx.example"), ("U0BS", "beto", "Beto Salinas", "bsalinas@halvorsencx.example"))]).encode(),
        "other", "", None, language="zxx", clients=[])
    case.file("chat/slack/channels.json", json.dumps([{"id": "C0BFT", "name": "acct-bluestem", "created": 1614600000, "creator": "U0MD", "members": ["U0MD", "U0PV", "U0BS"], "topic": {"value": "BFT-7740"}, "purpose": {"value": ""}}]).encode(),
              "other", "", None, language="zxx")
    case.file("chat/slack/acct-bluestem/2024-11-18.json", slack([
        ("U0BS", "2024-11-18T10:31:00-06:00", "fedex guy just left an envelope from bluestem legal, Dora in the mailroom signed 10:14"), ("U0MD", "2024-11-18T10:35:00-06:00", "ugh. that's the nonrenewal. walk it up to Ted please"),
        ("U0BS", "2024-11-18T10:36:00-06:00", "on it"), ("U0MD", "2024-11-18T10:52:00-06:00", "we earned it tbh, 9 open reqs since july")]), "chat", "interaction contractual", "2024-11-18", thread="slack-bft")
    case.file("chat/slack/acct-bluestem/2025-01-14.json", slack([
        ("U0BS", "2025-01-14T18:02:00-06:00", "LoadLark ended the day at 58 in 40. ice storm in OK, half the carriers called at once"), ("U0PV", "2025-01-14T18:05:00-06:00", "does the report leave the storm out?"),
        ("U0BS", "2025-01-14T18:06:00-06:00", "Marcy says exclude 1/9 and 1/10, force majeure. client wont like it")]), "chat", "interaction feedback", "2025-01-14", thread="slack-bft")
    case.file("chat/WhatsApp Chat with LoadLark turno manana.txt", WHATSAPP.encode(), "chat", "interaction", "2024-09-19", language="es", sentiment="negative")
    case.file("chat/zendesk/ticket_55812.json", zendesk(), "chat", "interaction contractual", "2025-04-07", sentiment="positive")
    case.file("chat/intercom/conversation_30411877.json", intercom(), "chat", "interaction feedback", "2024-10-08", language="es", sentiment="negative")
    case.file("calls/2025-01-16 Bluestem transition call.vtt", VTT.encode(), "call_transcript", "interaction contractual", "2025-01-16", sentiment="negative")
    case.file("calls/call memo 8-29-24.docx", as_docx([
        "MEMO TO FILE", "Date: August 29, 2024\nRe: Bluestem / LoadLark (BFT-7740)\nBy: M. Dunleavy",
        "Called Reyna at 3 p.m. She is upset about hold times on the Spanish queue - forty-plus minutes two nights last week - and asked what we are doing about turnover. Told her two classes start September 9. "
        "She said Brent is \"shopping\" and that price will matter, they have a quote under fifteen dollars from Mexico. Follow up after Labor Day."]), "call_note", "interaction", "2024-08-29", sentiment="negative")

    case.file("billing/BFT-7740 transaction history.xlsx", ledger(), "ledger", "billing", "2025-09-30")
    case.file("billing/ach_receipts_feb2025.csv", (b"Posted,Company Name,Trace,Amount,Applied Customer\n02/03/2025,TRI COUNTY DENTAL,091000011,2210.00,TCD-1190\n02/04/2025,BLUESTEM FREIGHT TEC,091000017,44120.00,BSL-7704 BLUESTONE LUMBER\n"
              b"02/07/2025,ALAMO PAVERS,091000022,5180.40,ALP-2201\n"), "ledger", "billing", "2025-02-07")
    case.file("billing/INV T-10655.pdf", invoice("INVOICE", "T-10655", "11/30/2024", [["Bilingual agent hours November 2024", "1,750.00", "$24.15", "$42,262.50"], ["Telephony platform", "1", "$1,400.00", "$1,400.00"]],
              "$43,662.50", "Remit to: Frost Example Bank, ABA 000000000, acct 00220145"), "invoice", "billing", "2024-11-30")
    case.file("billing/CM-2188.pdf", invoice("CREDIT MEMO", "CM-2188", "12/20/2024", [["Correct hourly rate on T-10655, $24.15 to $23.40 per First Amendment", "1,750.00", "$0.75", "$1,312.50"]], "$1,312.50",
              "Apply to invoice T-10655."), "credit_note", "billing", "2024-12-20")
    case.file("billing/INV T-10877 ETF.pdf", invoice("INVOICE", "T-10877", "04/10/2025", [["Early Termination Fee, Section 9.4: 50% x $41,850.00 x 11 months", "1", "$230,175.00", "$230,175.00"]], "$230,175.00", "Due 05/12/2025"),
              "invoice", "billing dispute", "2025-04-10")
    case.file("billing/CM-2210.pdf", invoice("CREDIT MEMO", "CM-2210", "07/28/2025", [["Balance of T-10877 waived under Settlement dated July 25, 2025", "1", "$135,175.00", "$135,175.00"]], "$135,175.00", "Apply to invoice T-10877."),
              "credit_note", "billing dispute", "2025-07-28")

    case.file("feedback/LoadLark SLA Aug24-Jan25.xlsx", as_xlsx({"SLA": [["LoadLark desk - service level report"], ["Month", "Offered", "Answered in 40s %", "Target %", "Abandon %", "CSAT (1-5)"],
              ["Aug 2024", 18220, 74.3, 80, 8.1, 3.9], ["Sep 2024", 19011, 68.8, 80, 10.4, 3.5], ["Oct 2024", 19774, 70.2, 80, 9.6, 3.6], ["Nov 2024", 18105, 72.5, 80, 8.8, 3.7], ["Dec 2024", 17660, 69.1, 80, 9.9, 3.4],
              ["Jan 2025*", 15220, 66.9, 80, 11.2, 3.3], ["* excludes Jan 9-10 (ice storm)"]]}), "sla_report", "feedback", "2025-01-31")
    case.file("feedback/csat_q4.csv", ("survey_id,date,account,lang,score,comment\n88101,2024-10-08,BFT-7740,es,1,\"40 minutos esperando, pésimo\"\n88140,2024-10-22,BFT-7740,en,2,hold music for half an hour\n88162,2024-11-13,BFT-7740,en,5,rep was great once I got her\n"
              "88207,2024-12-19,BFT-7740,en,2,\"slow, again\"\n").encode(), "survey", "feedback", "2024-12-31")
    case.file("feedback/QBR 2024-Q3 Bluestem.docx", as_docx([
        "# Quarterly Business Review - Q3 2024", "Bluestem Freight Technologies (LoadLark) / Halvorsen Contact - October 17, 2024, Dallas", "Attendees: Brent Oakes, Reyna Castellanos, Marcy Dunleavy, Beto Salinas",
        "Scorecard", [["Metric", "Target", "Q3"], ["Calls answered within 40 seconds", "80%", "71.1%"], ["CSAT (1-5)", "4.2", "3.7"], ["NPS", "", "-9"]],
        "Discussion: Brent is not satisfied. Turnover on the Spanish queue 14% a month. Halvorsen commits to 85% staffing by December 1. Brent asked whether Halvorsen can match nearshore pricing; Marcy to respond."]),
        "review", "feedback interaction", "2024-10-17", sentiment="negative")

    p, step = case.paths, partial(case.step, currency="USD")
    note = p("letters/Bluestem non-renewal 11-14-24.pdf", "mail/dunleavy/Courtesy copy - notice of non-renewal.eml", "mail/paik/FedEx letter courtesy copy.eml")
    settled = p("letters/Settlement and Mutual Release (exec).pdf", "mail/paik/Bluestem - executed settlement.eml")
    terms = p("contracts/BFT MOSA fully executed.pdf", "contracts/Second Amendment - signed.pdf")
    sums = {kind: round(sum(abs(a) for _, k, _, _, a in ROWS if k == kind), 2) for kind in ("Invoice", "Payment", "Credit Memo")}
    release_place, cover = "letters/Settlement and Mutual Release (exec).pdf", "mail/paik/Bluestem - executed settlement.eml"
    case.close(
        client={"id": "C-2702", "legal_name": "Bluestem Freight Technologies, LLC", "aliases": ["Bluestem", "LoadLark", "BFT-7740", "HX-2021-0388"]},
        history={
            "terminations": [{
                "contract_number": "HX-2021-0388", "contract_effective_date": "2021-03-01", "contract_expiry_date": "2025-02-28", "governing_law": "Texas",
                "notice": {"given_by": "client", "date_on_document": "2024-11-14", "date_received": "2024-11-18", "method": "courier", "ground": "non_renewal", "stated_effective_date": "2025-02-28", "documents": note},
                "required_notice": {"value": 120, "unit": "calendar_days", "measured_from": "receipt", "documents": terms},
                "earliest_compliant_date": "2026-02-28", "effective_date": "2025-03-31", "status": "terminated",
                "conditions": [
                    {"name": "notice_period", "required": "120 days before 2025-02-28, so by 2024-10-31", "actual": "received 2024-11-18", "met": False, "documents": terms + note + p("letters/2024-11-26 Paik to Oakes.docx", "letters/FedEx POD 778100426619.txt")},
                    {"name": "notice_method", "required": "in person, overnight courier or certified mail", "actual": "FedEx Priority Overnight", "met": True, "documents": terms[:1] + note + p("letters/FedEx POD 778100426619.txt")},
                    {"name": "notice_address", "required": "8122 Datapoint Drive, Suite 900, attention General Counsel", "actual": "so addressed", "met": True, "documents": terms[:1] + note + p("letters/FedEx POD 778100426619.txt")},
                    {"name": "data_return_or_deletion", "required": "within 30 days after termination", "actual": "uploaded 2025-04-17, destroyed 2025-04-25", "met": True, "documents": terms[:1] + p("chat/zendesk/ticket_55812.json", "letters/Certificate of Destruction.docx")},
                    {"name": "asset_return", "required": "within 15 days after termination", "actual": "14 laptops and 22 keys, 2025-04-10", "met": True, "documents": terms[:1] + p("chat/zendesk/ticket_55812.json")},
                    {"name": "early_termination_fee", "required": "50% x 41,850.00 x 11 = 230,175.00", "actual": "compromised at 95,000.00", "met": None, "documents": settled + p("letters/ETF demand 4.10.25.pdf")}],
                "penalties": [
                    {"kind": "early_termination_fee", "amount": 95000.0, "currency": "USD", "status": "paid", "documents": settled + p("billing/BFT-7740 transaction history.xlsx", "mail/receivables.mbox")},
                    {"kind": "early_termination_fee", "amount": 135175.0, "currency": "USD", "status": "waived", "documents": settled + p("billing/CM-2210.pdf", "billing/INV T-10877 ETF.pdf", "billing/BFT-7740 transaction history.xlsx")}],
                "reasons": [
                    {"code": "service_quality", "documents": p("mail/dunleavy/FW vendor decision.eml", "calls/2025-01-16 Bluestem transition call.vtt", "calls/call memo 8-29-24.docx", "mail/paik/Your Nov 26 letter.eml", "feedback/QBR 2024-Q3 Bluestem.docx", "feedback/LoadLark SLA Aug24-Jan25.xlsx")},
                    {"code": "price", "documents": p("mail/dunleavy/FW vendor decision.eml", "calls/call memo 8-29-24.docx", "feedback/QBR 2024-Q3 Bluestem.docx")},
                    {"code": "competitor", "documents": p("mail/dunleavy/FW vendor decision.eml", "mail/dunleavy/overnight coverage.eml", "calls/call memo 8-29-24.docx")}]}],
            "disputes": [{
                "title": "Early termination fee and SLA credits", "status": "settled",
                "steps": [
                    step("2025-04-10", "claim", "provider", 230175.0, "letters/ETF demand 4.10.25.pdf", "billing/INV T-10877 ETF.pdf"),
                    step("2025-04-24", "response", "client", None, "letters/Kessler Boyd 4-24-25.pdf"),
                    step("2025-05-06", "counterclaim", "client", 63400.0, "letters/Kessler Boyd 5-6-25 SLA.docx"),
                    step("2025-05-29", "offer", "provider", 140000.0, "mail/paik/TRE 408.eml"),
                    step("2025-06-05", "rejection", "client", 140000.0, "mail/paik/RE TRE 408.eml"),
                    step("2025-06-05", "offer", "client", 60000.0, "mail/paik/RE TRE 408.eml"),
                    step("2025-06-17", "rejection", "provider", 60000.0, "mail/paik/RE RE TRE 408.eml"),
                    step("2025-07-22", "mediation", "third_party", None, release_place, cover, "mail/paik/Mediation July 22.eml"),
                    step("2025-07-25", "settlement", "client", 95000.0, release_place, cover),
                    step("2025-07-25", "withdrawal", "client", 63400.0, release_place, cover),
                    step("2025-08-15", "payment", "client", 55000.0, "billing/BFT-7740 transaction history.xlsx", "mail/receivables.mbox"),
                    step("2025-09-12", "payment", "client", 40000.0, "billing/BFT-7740 transaction history.xlsx")],
                "outcome": {"amount": 95000.0, "currency": "USD", "payer": "client"}}],
            "billing": {"currency": "USD", "invoiced_total": sums["Invoice"], "paid_total": sums["Payment"], "credited_total": sums["Credit Memo"], "refunded_total": 0, "outstanding_as_of": {"date": "2025-09-30", "amount": 0.0},
                        "discrepancies": [{"kind": "amount_mismatch", "amount": 1312.5, "documents": p("billing/INV T-10655.pdf", "billing/CM-2188.pdf", "contracts/First Amendment.docx")},
                                          {"kind": "unapplied_payment", "amount": 44120.0, "documents": p("billing/ach_receipts_feb2025.csv", "mail/receivables.mbox", "billing/BFT-7740 transaction history.xlsx")}]},
            "feedback": [{"date": "2024-09-30", "metric": "Answered in 40s September 2024", "value": 68.8, "target": 80, "documents": p("feedback/LoadLark SLA Aug24-Jan25.xlsx")},
                         {"date": "2025-01-31", "metric": "Answered in 40s January 2025", "value": 66.9, "target": 80, "documents": p("feedback/LoadLark SLA Aug24-Jan25.xlsx")},
                         {"date": "2024-10-17", "metric": "Calls answered within 40 seconds Q3", "value": 0.711, "target": 0.8, "documents": p("feedback/QBR 2024-Q3 Bluestem.docx")},
                         {"date": "2024-10-17", "metric": "CSAT (1-5)", "value": 3.7, "target": 4.2, "documents": p("feedback/QBR 2024-Q3 Bluestem.docx")},
                         {"date": "2024-10-17", "metric": "NPS", "value": -9, "target": None, "documents": p("feedback/QBR 2024-Q3 Bluestem.docx")}],
            "gaps": [{"what": "E-mail of August 22, 2024 (Dunleavy) said to waive the renewal window", "mentioned_in": p("letters/Kessler Boyd 4-24-25.pdf", "calls/2025-01-16 Bluestem transition call.vtt", "mail/paik/outside counsel/Bluestem - Kessler letter.eml")}],
            "conflicts": [{"what": "End date: February 28, 2025 (client), February 28, 2026 (provider), March 31, 2025 (settlement)", "documents": note + settled + p("letters/2024-11-26 Paik to Oakes.docx", "mail/paik/Your Nov 26 letter.eml", "mail/paik/RE Your Nov 26 letter.eml")},
                          {"what": "Notice: 120 days in the signed Second Amendment, 105 in the draft", "documents": p("contracts/Second Amendment - signed.pdf", "contracts/2nd amend BFT cmts 4-27-23.docx", "letters/Kessler Boyd 4-24-25.pdf")},
                          {"what": "January 2025: 66.9% (report) or 61.4% (client's telephony records)", "documents": p("letters/Kessler Boyd 5-6-25 SLA.docx", "feedback/LoadLark SLA Aug24-Jan25.xlsx")}]},
        win_back={"recommended": True, "must_mention": ["overnight desk asked for on October 20, 2025, month to month, without auto-renewal", "dispute settled and paid", "hold times on the Spanish queue"],
                  "must_not_disclose": p("mail/paik/outside counsel/Bluestem - Kessler letter.eml", "mail/paik/outside counsel/RE Bluestem - Kessler letter.eml", "mail/paik/Bluestem reserve.eml")},
        queries=[
            {"id": "bft-1", "user": "legal", "text": "was the Bluestem non-renewal notice timely", "relevant": {
                **dict.fromkeys(p("letters/2024-11-26 Paik to Oakes.docx", "letters/Bluestem non-renewal 11-14-24.pdf", "contracts/Second Amendment - signed.pdf"), 2),
                **dict.fromkeys(p("contracts/BFT MOSA fully executed.pdf", "letters/FedEx POD 778100426619.txt", "mail/paik/RE Your Nov 26 letter.eml", "mail/dunleavy/Courtesy copy - notice of non-renewal.eml"), 1)}},
            {"id": "bft-2", "user": "legal", "text": "early termination fee calculation 230,175", "relevant": {
                **dict.fromkeys(p("letters/ETF demand 4.10.25.pdf", "billing/INV T-10877 ETF.pdf", "contracts/BFT MOSA fully executed.pdf"), 2), **dict.fromkeys(p("letters/Settlement and Mutual Release (exec).pdf", "letters/Kessler Boyd 4-24-25.pdf"), 1)}},
            {"id": "bft-3", "user": "legal", "text": "August 22 e-mail Dunleavy not stand on the window", "relevant": {
                **dict.fromkeys(p("letters/Kessler Boyd 4-24-25.pdf", "calls/2025-01-16 Bluestem transition call.vtt", "mail/paik/outside counsel/Bluestem - Kessler letter.eml"), 2)}},
            {"id": "bft-4", "user": "auditor", "text": "where did the 44,120.00 ACH go", "relevant": {
                **dict.fromkeys(p("mail/receivables.mbox", "billing/ach_receipts_feb2025.csv"), 2), **dict.fromkeys(p("billing/BFT-7740 transaction history.xlsx"), 1)}},
            {"id": "bft-5", "user": "auditor", "text": "CM-2188 rate correction", "relevant": {
                **dict.fromkeys(p("billing/CM-2188.pdf", "billing/INV T-10655.pdf"), 2), **dict.fromkeys(p("contracts/First Amendment.docx", "billing/BFT-7740 transaction history.xlsx"), 1)}},
            {"id": "bft-6", "user": "agent", "text": "why is LoadLark leaving Halvorsen", "relevant": {
                **dict.fromkeys(p("mail/dunleavy/FW vendor decision.eml", "calls/2025-01-16 Bluestem transition call.vtt", "calls/call memo 8-29-24.docx"), 2),
                **dict.fromkeys(p("feedback/QBR 2024-Q3 Bluestem.docx", "chat/WhatsApp Chat with LoadLark turno manana.txt", "mail/paik/Your Nov 26 letter.eml"), 1)}},
            {"id": "bft-7", "user": "agent", "text": "laptops and case export returned to Bluestem", "relevant": {
                **dict.fromkeys(p("chat/zendesk/ticket_55812.json"), 2), **dict.fromkeys(p("letters/Certificate of Destruction.docx", "contracts/BFT MOSA fully executed.pdf"), 1)}},
            {"id": "bft-8", "user": "agent", "text": "tiempo de espera quejas troqueros LoadLark", "relevant": {
                **dict.fromkeys(p("chat/WhatsApp Chat with LoadLark turno manana.txt", "chat/intercom/conversation_30411877.json"), 2), **dict.fromkeys(p("feedback/csat_q4.csv"), 1)}},
            {"id": "bft-9", "user": "legal", "text": "settlement installments Bluestem mutual release", "relevant": {
                **dict.fromkeys(p("letters/Settlement and Mutual Release (exec).pdf"), 2), **dict.fromkeys(p("mail/paik/Bluestem - executed settlement.eml", "billing/BFT-7740 transaction history.xlsx", "mail/receivables.mbox", "billing/CM-2210.pdf"), 1)}}])
