"""Carrowmore Hotels: an Irish hotel group ends for material breach after a data incident and missed service levels; Remediation Notice, mediation, settlement, EUR."""
from __future__ import annotations

import json
from datetime import datetime
from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

FINTAN, LEGAL, CREDIT = ("Fintan Mulvey <fmulvey@halvorsencx.example>", "Aoibheann Tracey <atracey@halvorsencx.example>", "Credit Control Galway <creditcontrol.ie@halvorsencx.example>")
SORCHA, SEC, PURCHASE = ("Sorcha Ní Dhonnchadha <sorcha@carrowmorehotels.example>", "Declan Prunty <declan.prunty@carrowmorehotels.example>", "Purchase Ledger <pl@carrowmorehotels.example>")
SOLICITOR, COUNSEL, MEDIATOR = "Maeve Hanratty <mhanratty@hanrattyforde.example>", "Eoin Lally <elally@lallybresnihan.example>", "Bernadette Coyne <b.coyne@coynemediation.example>"

AGREEMENT: list[Block] = [
    "# GUEST CONTACT SERVICES AGREEMENT",
    "Contract reference: CHG/GCS/2022/04",
    "THIS AGREEMENT is dated the 11th day of May 2022",
    "# PARTIES",
    "(1) CARROWMORE HOTELS GROUP DESIGNATED ACTIVITY COMPANY, a company incorporated in Ireland under number 899 412, whose registered office is at Strand House, Wine Street, Sligo, F91 XX00 (the Customer); and",
    "(2) HALVORSEN CONTACT (IRELAND) LIMITED, a company incorporated in Ireland under number 899 730, whose registered office is at Unit 6, Liosbán Retail Park, Tuam Road, Galway, H91 XX00 (the Supplier).",
    "# AGREED TERMS",
    "# 1. Interpretation",
    "1.1 In this Agreement: Commencement Date means 1 June 2022; Remedy Period means the period of thirty (30) Working Days from receipt of a Remediation Notice; Working Day means a day other than a Saturday, a Sunday or a public holiday in Ireland.",
    "# 2. Commencement and duration",
    "2.1 This Agreement shall take effect on the Commencement Date and, unless terminated earlier in accordance with its terms, shall expire on the third anniversary of that date, that is to say at the end of 31 May 2025.",
    "# 5. Charges",
    "5.1 The Supplier shall invoice the Charges monthly and the Customer shall pay each valid invoice within 30 days of its date. Interest on late payment shall accrue in accordance with the European Communities (Late Payment in Commercial Transactions) Regulations 2012.",
    "# 7. Service Levels",
    "7.1 The Supplier shall meet the Service Levels in Schedule 3. SL1: 80 per cent of calls answered within 30 seconds, measured each calendar month.",
    "7.3 A failure to meet SL1 in any three consecutive months shall be a material breach of this Agreement.",
    "7.4 Service Credits shall be calculated in accordance with paragraph 4 of Schedule 3.",
    "# 11. Data protection",
    "11.2 The Supplier shall notify the Customer without undue delay, and in any event within 24 hours, after becoming aware of a Personal Data Breach.",
    "# 17. Termination",
    "17.1 Where a party is in material breach of this Agreement, the other may serve a notice specifying the breach and requiring it to be remedied (a Remediation Notice).",
    "17.2 If the breach is not remedied within the Remedy Period, the party that served the Remediation Notice may terminate this Agreement by giving not less than thirty (30) days' notice in writing.",
    "17.5 On termination or expiry the Supplier shall, within twenty (20) days: (a) return to the Customer all Customer Data and securely delete all copies; and (b) deliver up all property belonging to the Customer.",
    "# 19. Dispute resolution",
    "19.1 The parties shall refer any dispute which their senior executives have not resolved within 15 Working Days to mediation before a mediator agreed between them.",
    "# 22. Notices",
    "22.1 A notice under this Agreement must be in writing, in English, addressed to the company secretary of the recipient and delivered by hand or sent by registered post to its registered office. Notices may not be served by email.",
    "22.2 A notice sent by registered post is deemed received on the second Working Day after posting; a notice delivered by hand, when left at the address.",
    "# 24. Governing law and jurisdiction",
    "24.1 This Agreement is governed by the laws of Ireland and the courts of Ireland have exclusive jurisdiction.",
    "IN WITNESS whereof the parties have entered into this Agreement on the date first above written.",
    "SIGNED for and on behalf of CARROWMORE HOTELS GROUP DAC: Declan Prunty, Group Company Secretary",
    "SIGNED for and on behalf of HALVORSEN CONTACT (IRELAND) LIMITED: Fintan Mulvey, Managing Director",
]

VARIATION: list[Block] = [
    "# DEED OF VARIATION NO. 1", "dated 14 February 2024",
    "between CARROWMORE HOTELS GROUP DAC (the Customer) and HALVORSEN CONTACT (IRELAND) LIMITED (the Supplier), supplemental to the Guest Contact Services Agreement ref. CHG/GCS/2022/04 dated 11 May 2022 (the Principal Agreement)",
    "1. In clause 1.1 of the Principal Agreement, in the definition of Remedy Period, for \"thirty (30)\" there shall be substituted \"twenty (20)\".",
    "2. A new clause 7.5 shall be inserted: \"The Supplier shall resolve 85 per cent of reservation emails within one Working Day (SL2).\"",
    "3. Save as varied by this Deed, the Principal Agreement shall continue in full force and effect.",
    "Signed and delivered as a deed: D. Prunty; F. Mulvey",
]

REMEDIATION: list[Block] = [
    "CARROWMORE HOTELS GROUP DAC\nStrand House, Wine Street, Sligo",
    "4 November 2024",
    "BY REGISTERED POST RL 4410 2297 3IE",
    "The Company Secretary\nHalvorsen Contact (Ireland) Limited\nUnit 6, Liosbán Retail Park\nTuam Road\nGalway",
    "Guest Contact Services Agreement CHG/GCS/2022/04 (\"the Agreement\")\nREMEDIATION NOTICE pursuant to clause 17.1",
    "Dear Sir or Madam,",
    "1. We refer to the Agreement as varied by Deed of Variation No. 1. The Supplier is in material breach in the following respects:",
    "(a) On 9 September 2024 an agent of the Supplier sent a spreadsheet of guests, with passport details, to an unconnected third party. The Supplier told us only on 12 September, outside the 24 hours allowed by clause 11.2. We now understand that 2,310 guests are affected, not 1,140 as first reported.",
    "(b) SL1 was not met in August (76.2%), September (73.8%) or October 2024 (74.1%), being three consecutive months (clause 7.3).",
    "2. You are required to remedy these breaches within the Remedy Period of 20 Working Days. In particular we require (i) the forensic report of Ardán Cyber of 12 September 2024, which has been promised to us three times and which we have never received, and (ii) SL1 at or above 80% for November.",
    "3. If you fail to do so we shall be entitled to terminate under clause 17.2. All of our rights are reserved.",
    "Yours faithfully,\nDeclan Prunty\nGroup Company Secretary",
]

TERMINATION: list[Block] = [
    "CARROWMORE HOTELS GROUP DAC\nStrand House, Wine Street, Sligo",
    "10 December 2024",
    "BY REGISTERED POST RL 4410 3388 1IE",
    "The Company Secretary\nHalvorsen Contact (Ireland) Limited\nUnit 6, Liosbán Retail Park\nTuam Road\nGalway",
    "Re: CHG/GCS/2022/04 - termination for material breach",
    "Dear Sir or Madam,",
    "We refer to our Remediation Notice of 4 November 2024. The Remedy Period expired on 4 December 2024. The breaches there set out have not been remedied: SL1 for November was 75.0% and no forensic report has been furnished.",
    "We accordingly hereby terminate the Agreement pursuant to clause 17.2, such termination to take effect on 31 January 2025.",
    "You are reminded of your obligations under clause 17.5 as to Customer Data and the forty hotel handsets on loan to your Galway centre.",
    "Yours faithfully,\nDeclan Prunty\nGroup Company Secretary",
]

HOLDING: list[Block] = [
    "Halvorsen Contact (Ireland) Limited\nUnit 6, Liosbán Retail Park, Tuam Road, Galway",
    "19 November 2024",
    "Declan Prunty, Group Company Secretary, Carrowmore Hotels Group DAC, Strand House, Wine Street, Sligo",
    "Your ref: CHG/GCS/2022/04      Our ref: AT/CARR",
    "Dear Mr Prunty,",
    "We acknowledge your Remediation Notice of 4 November 2024. We regret the events of 9 September. The agent concerned has been dismissed and outbound attachments are now blocked. Our own review puts the number of guests concerned at 1,140; the further rows in the file were duplicates.",
    "We do not accept that the Service Level figures amount to a material breach: by our reckoning October stood at 78.9% once the Sligo exchange fault of 14 and 15 October is excluded. Fourteen additional agents commence on 25 November.",
    "We are seeking a copy of the Ardán report, which we have not been able to locate among the papers of our former Head of Security.",
    "Yours sincerely,\nAoibheann Tracey\nHead of Legal",
]

CLAIM: list[Block] = [
    "HANRATTY FORDE LLP\nSolicitors\n21 Stephen Street, Sligo",
    "21 February 2025",
    "Halvorsen Contact (Ireland) Limited\nFor the attention of Ms Aoibheann Tracey",
    "By post and by email",
    "Our client: Carrowmore Hotels Group DAC\nLETTER OF CLAIM",
    "Dear Ms Tracey,",
    "We are instructed by the above-named. As you are aware our client terminated the Guest Contact Services Agreement for your company's material breach, with effect from 31 January 2025.",
    "Our client has suffered loss and is entitled to the following sums:",
    [["Service Credits, Schedule 3 para. 4, August 2024 to January 2025", "€34,800.00"], ["Cost of notifying guests and of a helpline", "€31,250.00"], ["Legal and forensic advice", "€18,550.00"], ["Total", "€84,600.00"]],
    "We are to demand, as we hereby do, payment of the said sum of €84,600.00 within 14 days of the date hereof, failing which our instructions are to issue proceedings without further notice.",
    "Yours faithfully,\nHanratty Forde LLP",
]

DEFENCE: list[Block] = [
    "Halvorsen Contact (Ireland) Limited",
    "7 March 2025",
    "Hanratty Forde LLP, Solicitors, 21 Stephen Street, Sligo",
    "Carrowmore Hotels Group DAC - CHG/GCS/2022/04",
    "Dear Sirs,",
    "We refer to your letter of 21 February. Liability is denied. The Service Credits are overstated, since credits may not be claimed for months in which volumes exceeded forecast by more than 15 per cent, and the remaining heads of loss are indirect and excluded by clause 15.",
    "Furthermore your client has failed to discharge invoices IE-2411-20 and IE-2412-08 in the amounts of €29,310.20 and €28,446.00 together with interest of €1,184.20, and we hereby counterclaim the aggregate sum of €58,940.40.",
    "We suggest that the matter be referred to mediation as clause 19.1 requires.",
    "Yours faithfully,\nAoibheann Tracey\nHead of Legal",
]

SETTLEMENT: list[Block] = [
    "# SETTLEMENT AGREEMENT",
    "Dated 28 May 2025",
    "BETWEEN (1) CARROWMORE HOTELS GROUP DAC of Strand House, Wine Street, Sligo (\"Carrowmore\") and (2) HALVORSEN CONTACT (IRELAND) LIMITED of Tuam Road, Galway (\"Halvorsen\")",
    "# Recitals",
    "(A) Disputes arose under the Guest Contact Services Agreement CHG/GCS/2022/04, which ended on 31 January 2025. (B) Carrowmore claimed €84,600.00 (the Claim). (C) Halvorsen counterclaimed €58,940.40 (the Counterclaim). (D) The parties attended a mediation before Ms Bernadette Coyne on 14 May 2025.",
    "# Operative provisions",
    "1. Within fourteen days of the date hereof Halvorsen shall pay to Carrowmore the sum of €22,000.00 in respect of Service Credits (the Settlement Sum). The balance of the Service Credits claimed, €12,800.00, is waived.",
    "2. Carrowmore withdraws the remainder of the Claim, being €49,800.00 for notification costs and advice.",
    "3. Halvorsen withdraws the Counterclaim and shall issue credit notes for invoices IE-2411-20 and IE-2412-08 and for interest of €1,184.20.",
    "4. The foregoing is in full and final settlement of all claims, whether known or unknown, between the parties arising from the Agreement.",
    "5. Neither party makes any admission. Each shall bear its own costs, and the mediator's fee shall be borne equally.",
    "Signed: Declan Prunty for Carrowmore; Fintan Mulvey for Halvorsen",
]

LEDGER = """Halvorsen Contact (Ireland) Ltd - Sales ledger - account CARR01 Carrowmore Hotels Group DAC - EUR - as at 30/06/2025
Date,Ref,Type,Details,Debit,Credit,Balance
31/08/2024,IE-2408-11,SI,August services,27905.50,,27905.50
30/09/2024,IE-2409-17,SI,September services,18204.00,,46109.50
30/09/2024,EFT 3009,SR,Received with thanks,,27905.50,18204.00
02/10/2024,IE-2409-21,SI,September services,18204.00,,36408.00
21/10/2024,ICN-0088,SC,Cancels IE-2409-21 raised in error,,18204.00,18204.00
31/10/2024,IE-2410-14,SI,October services,26117.30,,44321.30
04/11/2024,EFT 0411,SR,Received with thanks,,18204.00,26117.30
29/11/2024,EFT 2911,SR,Received with thanks,,26117.30,0.00
30/11/2024,IE-2411-20,SI,November services,29310.20,,29310.20
31/12/2024,IE-2412-08,SI,December services,28446.00,,57756.20
31/01/2025,IE-2501-15,SI,January services,24880.75,,82636.95
28/02/2025,IE-2502-03,SI,Late payment interest,1184.20,,83821.15
03/03/2025,EFT 0303,SR,Received with thanks,,24880.75,58940.40
30/05/2025,ICN-0131,SC,Settlement: IE-2411-20 IE-2412-08 IE-2502-03,,58940.40,0.00
30/05/2025,ICN-0132,SC,Settlement: service credits,,22000.00,-22000.00
11/06/2025,EFT OUT 1106,SP,Refund: settlement sum paid to customer,22000.00,,0.00
"""


def invoice(head: str, number: str, day: str, what: str, net: str, vat: str, gross: str, note: str) -> bytes:
    """Return an invoice or a credit note of the Irish company."""
    return as_docx(["Halvorsen Contact (Ireland) Ltd, Unit 6 Liosbán Retail Park, Tuam Road, Galway. VAT No. IE 0000000XX", f"# {head}", f"Number: {number}\nDate: {day}\nA/c: CARR01",
                    "Invoice to: Carrowmore Hotels Group DAC, Purchase Ledger, Strand House, Wine Street, Sligo", [["Description", "Net €", "VAT €", "Gross €"], [what, net, vat, gross]], f"Total €{gross}", note])


def teams() -> bytes:
    """Return a Teams chat of the Galway office on the day of the incident's discovery."""
    said = [("Fintan Mulvey", "<p>Carrowmore. Who sent the guest list out on Monday and why am I only hearing it now</p>"), ("Gráinne Folan", "<p>it was Kevin on the late shift, autocomplete in the To field. he told his TL on Tuesday</p>"),
            ("Fintan Mulvey", "<p>that's the 24 hours gone then. How many names?</p>"), ("Gráinne Folan", "<p>1140 I make it but the sheet has 2310 rows, some look like dupes</p>"), ("Fintan Mulvey", "<p>Ringing Sorcha now. God help us</p>")]
    return json.dumps({"@odata.context": "https://graph.example/v1.0/$metadata#chats('x')/messages", "@odata.count": len(said), "value": [
        {"id": f"17261{i}", "messageType": "message", "createdDateTime": f"2024-09-12T08:{10 + 3 * i}:00.0Z", "chatId": "19:carr@thread.v2", "from": {"application": None, "user": {"id": f"u{name[:2]}", "displayName": name}},
         "body": {"contentType": "html", "content": text}, "attachments": [], "mentions": [], "reactions": []} for i, (name, text) in enumerate(said)]}, ensure_ascii=False).encode()


def intercom() -> bytes:
    """Return a chat of a hotel guest, with its rating."""
    start = int(datetime.fromisoformat("2024-10-15T11:20:00+01:00").timestamp())
    said = [("admin", "Tomás", "Hiya Pauline, sorry about the delay, phones are down in Sligo since yesterday. What can I do?"), ("user", "Pauline Gately", "I want to move my booking at the Carrowmore Strand, CH-88213, to the 2nd"),
            ("admin", "Tomás", "No bother, that's done for you now, same rate."), ("user", "Pauline Gately", "ah brilliant, thanks a million")]
    return json.dumps({"type": "conversation", "id": "40998812", "created_at": start, "updated_at": start + 2400, "title": "booking change", "state": "closed",
                       "source": {"type": "conversation", "delivered_as": "customer_initiated", "body": "<p>hello is anyone there? Carrowmore Strand won't pick up</p>", "author": {"type": "user", "name": "Pauline Gately"}},
                       "conversation_parts": {"type": "conversation_part.list", "total_count": len(said), "conversation_parts": [
                           {"type": "conversation_part", "id": str(i), "part_type": "comment", "body": f"<p>{text}</p>", "created_at": start + 500 * (i + 1), "author": {"type": kind, "name": name}}
                           for i, (kind, name, text) in enumerate(said)]}, "conversation_rating": {"rating": 5}}, ensure_ascii=False).encode()


def write(root: Path) -> None:
    """Write the case below `root`."""
    case = Case(root, "carrowmore", "C-2718", "en")
    case.file("contracts/CHG-GCS-2022-04 signed.pdf", as_pdf(AGREEMENT), "contract", "contractual", "2022-05-11")
    case.file("contracts/Deed of Variation 1.docx", as_docx(VARIATION), "amendment", "contractual", "2024-02-14")
    case.file("contracts/Schedule 2 Charges.docx", as_docx(["# Schedule 2 to CHG/GCS/2022/04 - Services and Charges", "Carrowmore Hotels Group DAC. As at 11 May 2022.",
              [["Service", "Unit", "Rate"], ["Reservations agent", "hour", "€24.50"], ["Night cover", "hour", "€29.00"]]]), "sow", "contractual", "2022-05-11")
    case.file("correspondence/2024-11-04 Remediation Notice.pdf", as_pdf(REMEDIATION), "notice", "contractual dispute", "2024-11-04")
    case.file("correspondence/2024-11-19 reply to Remediation Notice.docx", as_docx(HOLDING), "legal_letter", "contractual dispute", "2024-11-19")
    ended = as_pdf(TERMINATION)
    case.file("correspondence/2024-12-10 termination.pdf", ended, "notice", "contractual dispute", "2024-12-10")
    case.file("correspondence/An Post RL441033881IE.txt", (
        b"An Post Track & Trace\nItem: RL441033881IE (Registered Post)\n\n10/12/2024 15:52  Accepted at Sligo GPO - sender Carrowmore Hotels Group\n11/12/2024 06:10  Galway Mail Centre\n"
        b"11/12/2024 11:37  Delivered - signed by: G FOLAN, Halvorsen Contact (Ireland) Ltd, Tuam Road\n"), "other", "contractual", "2024-12-11")
    case.file("correspondence/2025-02-21 Hanratty Forde letter of claim.pdf", as_pdf(CLAIM), "claim", "dispute billing", "2025-02-21")
    case.file("correspondence/2025-03-07 reply to claim.docx", as_docx(DEFENCE), "counterclaim", "dispute billing", "2025-03-07")
    deal = as_pdf(SETTLEMENT)
    case.file("correspondence/Settlement Agreement 28 May 2025.pdf", deal, "settlement", "dispute contractual", "2025-05-28")

    heads = message(SEC, "fmulvey@halvorsencx.example", "2024-12-10T16:20:00+00:00", "Notice of termination - advance copy", "Fintan,\n\nAdvance copy of a letter which issued by registered post this afternoon.\n\nRegards\nDeclan\n",
                    ident="<dp-1210@carrowmorehotels.example>", attached=[("2024-12-10 termination.pdf", ended)])
    case.mail("mail/mulvey/Notice of termination - advance copy.eml", heads, "notice", "contractual interaction dispute")
    case.told("mail/mulvey/Notice of termination - advance copy.eml", "notice", "contractual dispute", "2024-12-10", inner="2024-12-10 termination.pdf", duplicate_of="correspondence/2024-12-10 termination.pdf")
    sorry = message(FINTAN, "sorcha@carrowmorehotels.example", "2024-09-12T10:02:00+01:00", "Incident - please ring me", "Sorcha,\n\nFurther to my voicemail: on Monday evening a file of guests' details went to a wrong address from our Galway desk. I am so sorry that you are hearing it only today. "
                    "Ardán Cyber are looking at it and will report. We think 1,140 people.\n\nFintan\n", ident="<fm-0912@halvorsencx.example>")
    case.mail("mail/mulvey/Incident - please ring me.eml", sorry, "email", "interaction", thread="car-incident")
    livid = message(SORCHA, "fmulvey@halvorsencx.example", "2024-09-12T12:45:00+01:00", "Re: Incident - please ring me", "Fintan, this is an absolute disgrace. Passports! Three days! I have to ring the DPC before five o'clock and I've nothing to tell them. Send me that report the minute you have it.\n\nSorcha\n",
                    ident="<sd-0912@carrowmorehotels.example>", answers="<fm-0912@halvorsencx.example>")
    case.mail("mail/mulvey/Re Incident - please ring me.eml", livid, "email", "interaction", thread="car-incident", sentiment="negative")
    board = message(SORCHA, "fmulvey@halvorsencx.example", "2024-12-12T18:30:00+00:00", "board", "Fintan, you've been straight with me so I'll be straight with you. Off the record please.\n\n-----Original Message-----\nFrom: Declan Prunty\nSent: 03 December 2024 17:41\nTo: Sorcha Ní Dhonnchadha\n"
                    "Subject: board decision - call handling\n\nSorcha, the board resolved last night to bring reservations back in house at the Strand from February. After the passports nobody round the table would trust Halvorsen with guest data again, and the answering figures speak for themselves. "
                    "They will not be asked to tender in future.\nDeclan\n", ident="<sd-1212@carrowmorehotels.example>")
    case.mail("mail/mulvey/board.eml", board, "email", "interaction")
    exitmail = message(FINTAN, "sorcha@carrowmorehotels.example", "2025-02-18T09:15:00+00:00", "Exit - data and handsets", "Sorcha,\n\nAll guest records were handed over on the encrypted drive on 10 February and our copies were deleted on 14 February. 34 of the 40 handsets went back with the courier yesterday; six are missing and we will have to replace them.\n\nFintan\n",
                       ident="<fm-0218@halvorsencx.example>")
    case.mail("mail/mulvey/Exit - data and handsets.eml", exitmail, "email", "interaction contractual", thread="car-exit", sentiment="neutral")
    exitreply = message(SORCHA, "fmulvey@halvorsencx.example", "2025-02-24T15:05:00+00:00", "Re: Exit - data and handsets", "Drive received and it opens, deletion cert too, thanks. The six handsets are still outstanding and the 20 days were up on Thursday last. Please sort it.\n\nS\n",
                        ident="<sd-0224@carrowmorehotels.example>", answers="<fm-0218@halvorsencx.example>")
    case.mail("mail/mulvey/Re Exit - data and handsets.eml", exitreply, "email", "interaction contractual", thread="car-exit", sentiment="negative")

    instruct = message(LEGAL, "elally@lallybresnihan.example", "2025-02-26T11:30:00+00:00", "Carrowmore - letter of claim", "Eoin,\n\nLetter of claim from Hanratty Forde came in. The Ardán report cannot be found anywhere on our side. Could you let me have your view on liability before I reply?\n\nAoibheann\n",
                       ident="<at-0226@halvorsencx.example>")
    case.mail("mail/legal/Carrowmore - letter of claim.eml", instruct, "email", "dispute interaction", privileged=True, thread="car-advice", sentiment="neutral")
    advice = message(COUNSEL, "atracey@halvorsencx.example", "2025-03-03T17:55:00+00:00", "RE: Carrowmore - letter of claim", "Private and confidential - legal advice\n\nDear Aoibheann,\n\nYou asked for my view. On the 24 hours you have no defence; the breach of clause 11.2 is plain. The Service Credits are good for somewhere between €20,000 and €35,000. "
                     "The notification costs are arguable. I would counterclaim the two invoices and get to mediation quickly.\n\nKind regards\nEoin Lally\nLally Bresnihan Solicitors\n", ident="<el-0303@lallybresnihan.example>", answers="<at-0226@halvorsencx.example>")
    case.mail("mail/legal/RE Carrowmore - letter of claim.eml", advice, "email", "dispute interaction", privileged=True, thread="car-advice", sentiment="neutral")
    wp = message(LEGAL, "mhanratty@hanrattyforde.example", "2025-04-03T14:10:00+01:00", "Carrowmore / Halvorsen", "WITHOUT PREJUDICE SAVE AS TO COSTS\n\nDear Ms Hanratty,\n\nStrictly in order to bring matters to a conclusion, we are prepared to offer your client €25,000.00 inclusive of costs, our invoices to be discharged in the ordinary way. The offer is open for acceptance for seven days.\n\nAoibheann Tracey\n",
                 ident="<at-0403@halvorsencx.example>")
    case.mail("mail/legal/Carrowmore WP.eml", wp, "email", "dispute interaction", thread="car-wp", sentiment="neutral")
    wpno = message(SOLICITOR, "atracey@halvorsencx.example", "2025-04-10T12:00:00+01:00", "RE: Carrowmore / Halvorsen", "Without prejudice\n\nDear Ms Tracey,\n\nI have taken my client's instructions. Your offer of €25,000.00 is not acceptable. My client would be willing to compromise at €60,000.00, failing which it agrees to mediate.\n\nMaeve Hanratty\n",
                   ident="<mh-0410@hanrattyforde.example>", answers="<at-0403@halvorsencx.example>")
    case.mail("mail/legal/RE Carrowmore WP.eml", wpno, "email", "dispute interaction", thread="car-wp", sentiment="neutral")
    appointed = message(MEDIATOR, "atracey@halvorsencx.example, mhanratty@hanrattyforde.example", "2025-04-29T09:30:00+01:00", "Mediation - Carrowmore Hotels and Halvorsen Contact", "Dear Ms Tracey, dear Ms Hanratty,\n\nThank you for appointing me. I confirm that the mediation will take place on Wednesday 14 May 2025 at the Glasshouse, Sligo, from 10 a.m. "
                        "The agreement to mediate is to be signed on the day.\n\nBernadette Coyne\nMediator\n", ident="<bc-0429@coynemediation.example>")
    case.mail("mail/legal/Mediation 14 May.eml", appointed, "email", "dispute interaction", sentiment="neutral")
    done = message(SOLICITOR, "atracey@halvorsencx.example", "2025-05-28T16:40:00+01:00", "Carrowmore - signed agreement", "Dear Aoibheann,\n\nEnclosed please find the settlement agreement duly signed by both parties.\n\nMaeve\n", ident="<mh-0528@hanrattyforde.example>", attached=[("Settlement Agreement 28 May 2025.pdf", deal)])
    case.mail("mail/legal/Carrowmore - signed agreement.eml", done, "email", "dispute contractual interaction")
    case.told("mail/legal/Carrowmore - signed agreement.eml", "settlement", "dispute contractual", "2025-05-28", inner="Settlement Agreement 28 May 2025.pdf", duplicate_of="correspondence/Settlement Agreement 28 May 2025.pdf")

    twice = message(PURCHASE, "creditcontrol.ie@halvorsencx.example", "2024-10-16T09:04:00+01:00", "September billed twice?", "Hi, we have IE-2409-17 and IE-2409-21, both for September services, both for €18,204.00. Which one do you want paid?\n\nBríd, Purchase Ledger\n", ident="<pl-1016@carrowmorehotels.example>")
    fixed = message(CREDIT, "pl@carrowmorehotels.example", "2024-10-21T14:22:00+01:00", "RE: September billed twice?", "Hi Bríd, apologies, IE-2409-21 was raised in error. Credit note ICN-0088 attached in the post to you today. Please pay IE-2409-17.\n\nNoel\n", ident="<cc-1021@halvorsencx.example>", answers="<pl-1016@carrowmorehotels.example>")
    remit = message(PURCHASE, "creditcontrol.ie@halvorsencx.example", "2025-03-03T08:00:00+00:00", "EFT remittance", "CARROWMORE HOTELS GROUP DAC - REMITTANCE ADVICE\nSupplier: HALV01\nIE-2501-15   EUR 24,880.75\nTotal paid   EUR 24,880.75\n", ident="<pl-0303@carrowmorehotels.example>")
    case.mbox("mail/credit control.mbox", [(twice, "email", "billing interaction", {"thread": "car-twice", "sentiment": "neutral"}), (fixed, "email", "billing interaction", {"thread": "car-twice", "sentiment": "neutral"}), (remit, "payment_advice", "billing", {})])

    case.file("chat/teams/19_carrowmore_2024-09-12.json", teams(), "chat", "interaction", "2024-09-12", sentiment=None)
    case.file("chat/intercom/conversation_40998812.json", intercom(), "chat", "interaction feedback", "2024-10-15", sentiment="positive")
    case.file("calls/2024-11-28 remedy review.md", (
        "# Carrowmore - remedy review call\n\nDate: 28 November 2024\nPresent: Sorcha Ní Dhonnchadha, Declan Prunty (Carrowmore); Fintan Mulvey, Gráinne Folan\n\n- SL1 month to date 75.4%. FM: new agents started Monday, needs two more weeks\n"
        "- DP asked again for the Ardán report of 12 September. GF: cannot be found, Ardán have been asked to re-issue and are not answering\n- SND very unhappy: \"we are apologising to guests every single day\"\n- DP: the 20 working days end on 4 December and there will be no extension\n").encode(),
        "call_note", "interaction contractual", "2024-11-28", sentiment="negative")

    case.file("accounts/CARR01 sales ledger.csv", LEDGER.encode(), "ledger", "billing", "2025-06-30")
    case.file("accounts/IE-2409-17.docx", invoice("INVOICE", "IE-2409-17", "30 September 2024", "Guest contact services, September 2024", "14,800.00", "3,404.00", "18,204.00", "Payment terms: 30 days"), "invoice", "billing", "2024-09-30")
    case.file("accounts/IE-2409-21.docx", invoice("INVOICE", "IE-2409-21", "2 October 2024", "Guest contact services, September 2024", "14,800.00", "3,404.00", "18,204.00", "Payment terms: 30 days"), "invoice", "billing", "2024-10-02",
              near_duplicate_of="accounts/IE-2409-17.docx")
    case.file("accounts/ICN-0088.docx", invoice("CREDIT NOTE", "ICN-0088", "21 October 2024", "Cancels IE-2409-21, raised in error", "14,800.00", "3,404.00", "18,204.00", "Please set against IE-2409-21"), "credit_note", "billing", "2024-10-21")
    case.file("accounts/ICN-0131.docx", invoice("CREDIT NOTE", "ICN-0131", "30 May 2025", "Clause 3 of the settlement agreement: IE-2411-20, IE-2412-08 and interest IE-2502-03", "58,940.40", "0.00", "58,940.40", "No payment is due"), "credit_note", "billing dispute", "2025-05-30")
    case.file("accounts/IE-2502-03 interest.docx", invoice("INVOICE", "IE-2502-03", "28 February 2025", "Late payment interest on IE-2411-20 and IE-2412-08", "1,184.20", "0.00", "1,184.20", "Due on presentation"), "invoice", "billing dispute", "2025-02-28")
    case.file("performance/SL report Aug-Nov 2024.xlsx", as_xlsx({"SL1": [["Carrowmore Hotels - SL1 calls answered within 30 seconds"], ["Month", "SL1", "Target"],
              ["August 2024", (0.762, "0.0%"), (0.8, "0%")], ["September 2024", (0.738, "0.0%"), (0.8, "0%")], ["October 2024", (0.741, "0.0%"), (0.8, "0%")], ["November 2024", (0.75, "0.0%"), (0.8, "0%")]]}), "sla_report", "feedback", "2024-11-30")
    case.file("performance/guest survey autumn 2024.csv", b"response,property,submitted,overall_1_to_10,remark\n1,Carrowmore Strand,2024-09-20,3,rang four times\n2,Carrowmore Strand,2024-10-02,2,my passport was emailed to a stranger\n3,Carrowmore Lodge,2024-11-17,7,fine\n", "survey", "feedback", "2024-11-30")

    p, step = case.paths, partial(case.step, currency="EUR")
    notice = p("correspondence/2024-12-10 termination.pdf", "mail/mulvey/Notice of termination - advance copy.eml")
    contract, deed, remedy = p("contracts/CHG-GCS-2022-04 signed.pdf"), p("contracts/Deed of Variation 1.docx"), p("correspondence/2024-11-04 Remediation Notice.pdf")
    settled = p("correspondence/Settlement Agreement 28 May 2025.pdf", "mail/legal/Carrowmore - signed agreement.eml")
    deal_place, cover = "correspondence/Settlement Agreement 28 May 2025.pdf", "mail/legal/Carrowmore - signed agreement.eml"
    rows = [line.split(",") for line in LEDGER.splitlines()[2:]]
    total = {kind: round(sum(float(r[4] or r[5]) for r in rows if r[2] == kind), 2) for kind in ("SI", "SR", "SC", "SP")}
    case.close(
        client={"id": "C-2718", "legal_name": "Carrowmore Hotels Group Designated Activity Company", "aliases": ["Carrowmore", "Carrowmore Hotels", "CARR01", "CHG/GCS/2022/04"]},
        history={
            "terminations": [{
                "contract_number": "CHG/GCS/2022/04", "contract_effective_date": "2022-06-01", "contract_expiry_date": "2025-05-31", "governing_law": "Ireland",
                "notice": {"given_by": "client", "date_on_document": "2024-12-10", "date_received": "2024-12-12", "method": "registered_post", "ground": "cause", "stated_effective_date": "2025-01-31", "documents": notice},
                "required_notice": {"value": 30, "unit": "calendar_days", "measured_from": "receipt", "documents": contract},
                "earliest_compliant_date": "2025-01-11", "effective_date": "2025-01-31", "status": "terminated",
                "conditions": [
                    {"name": "cure_period", "required": "20 Working Days from deemed receipt on 2024-11-06 (to 2024-12-04)", "actual": "SL1 75.0% in November, no report", "met": True, "documents": contract + deed + remedy + notice + p("calls/2024-11-28 remedy review.md", "performance/SL report Aug-Nov 2024.xlsx")},
                    {"name": "notice_period", "required": "30 days after deemed receipt (2025-01-11)", "actual": "stated 2025-01-31", "met": True, "documents": contract + notice},
                    {"name": "notice_method", "required": "by hand or registered post, not by email", "actual": "registered post", "met": True, "documents": contract + notice + p("correspondence/An Post RL441033881IE.txt")},
                    {"name": "notice_address", "required": "company secretary, registered office", "actual": "so addressed", "met": True, "documents": contract + notice},
                    {"name": "data_return_or_deletion", "required": "within 20 days (2025-02-20)", "actual": "returned 2025-02-10, deleted 2025-02-14", "met": True, "documents": contract + p("mail/mulvey/Exit - data and handsets.eml", "mail/mulvey/Re Exit - data and handsets.eml")},
                    {"name": "asset_return", "required": "within 20 days (2025-02-20)", "actual": "six of forty handsets missing", "met": False, "documents": contract + p("mail/mulvey/Exit - data and handsets.eml", "mail/mulvey/Re Exit - data and handsets.eml")}],
                "penalties": [
                    {"kind": "service_level_credits", "amount": 22000.0, "currency": "EUR", "status": "paid", "documents": settled + p("accounts/CARR01 sales ledger.csv")},
                    {"kind": "service_level_credits", "amount": 12800.0, "currency": "EUR", "status": "waived", "documents": settled},
                    {"kind": "late_interest", "amount": 1184.2, "currency": "EUR", "status": "waived", "documents": settled + p("accounts/IE-2502-03 interest.docx", "accounts/ICN-0131.docx", "accounts/CARR01 sales ledger.csv")}],
                "reasons": [
                    {"code": "breach", "documents": remedy + notice + p("mail/mulvey/board.eml", "mail/mulvey/Re Incident - please ring me.eml")},
                    {"code": "service_quality", "documents": remedy + p("mail/mulvey/board.eml", "calls/2024-11-28 remedy review.md", "performance/SL report Aug-Nov 2024.xlsx")},
                    {"code": "insourcing", "documents": p("mail/mulvey/board.eml")}]}],
            "disputes": [{
                "title": "Service credits and incident costs; unpaid invoices", "status": "settled",
                "steps": [
                    step("2025-02-21", "claim", "client", 84600.0, "correspondence/2025-02-21 Hanratty Forde letter of claim.pdf"),
                    step("2025-03-07", "response", "provider", None, "correspondence/2025-03-07 reply to claim.docx"),
                    step("2025-03-07", "counterclaim", "provider", 58940.4, "correspondence/2025-03-07 reply to claim.docx"),
                    step("2025-04-03", "offer", "provider", 25000.0, "mail/legal/Carrowmore WP.eml"),
                    step("2025-04-10", "rejection", "client", 25000.0, "mail/legal/RE Carrowmore WP.eml"),
                    step("2025-04-10", "offer", "client", 60000.0, "mail/legal/RE Carrowmore WP.eml"),
                    step("2025-05-14", "mediation", "third_party", None, deal_place, cover, "mail/legal/Mediation 14 May.eml"),
                    step("2025-05-28", "settlement", "provider", 22000.0, deal_place, cover),
                    step("2025-05-28", "withdrawal", "client", 49800.0, deal_place, cover),
                    step("2025-05-28", "withdrawal", "provider", 58940.4, deal_place, cover),
                    step("2025-06-11", "payment", "provider", 22000.0, "accounts/CARR01 sales ledger.csv")],
                "outcome": {"amount": 22000.0, "currency": "EUR", "payer": "provider"}}],
            "billing": {"currency": "EUR", "invoiced_total": total["SI"], "paid_total": total["SR"], "credited_total": total["SC"], "refunded_total": total["SP"], "outstanding_as_of": {"date": "2025-06-30", "amount": 0.0},
                        "discrepancies": [{"kind": "duplicate_invoice", "amount": 18204.0, "documents": p("accounts/IE-2409-17.docx", "accounts/IE-2409-21.docx", "accounts/ICN-0088.docx", "mail/credit control.mbox", "accounts/CARR01 sales ledger.csv")}]},
            "feedback": [{"date": d, "metric": "SL1", "value": v, "target": 0.8, "documents": p("performance/SL report Aug-Nov 2024.xlsx") + remedy} for d, v in (
                ("2024-08-31", 0.762), ("2024-09-30", 0.738), ("2024-10-31", 0.741), ("2024-11-30", 0.75))],
            "gaps": [{"what": "Forensic report of Ardán Cyber of 12 September 2024", "mentioned_in": remedy + notice + p("correspondence/2024-11-19 reply to Remediation Notice.docx", "calls/2024-11-28 remedy review.md", "mail/mulvey/Incident - please ring me.eml", "mail/mulvey/Re Incident - please ring me.eml", "mail/legal/Carrowmore - letter of claim.eml")}],
            "conflicts": [{"what": "Guests affected: 2,310 (client), 1,140 (provider)", "documents": remedy + p("correspondence/2024-11-19 reply to Remediation Notice.docx", "mail/mulvey/Incident - please ring me.eml", "chat/teams/19_carrowmore_2024-09-12.json")},
                          {"what": "SL1 October 2024: 74.1% (report, client), 78.9% (provider's letter)", "documents": remedy + p("correspondence/2024-11-19 reply to Remediation Notice.docx", "performance/SL report Aug-Nov 2024.xlsx")}]},
        win_back={"recommended": False, "must_mention": ["the board will not let Halvorsen tender again", "reservations taken in house", "data incident of September 2024", "dispute settled and paid"],
                  "must_not_disclose": p("mail/legal/Carrowmore - letter of claim.eml", "mail/legal/RE Carrowmore - letter of claim.eml")},
        queries=[
            {"id": "car-1", "user": "legal", "text": "was the Remediation Notice breach remedied within the Remedy Period", "relevant": {
                **dict.fromkeys(p("correspondence/2024-11-04 Remediation Notice.pdf", "correspondence/2024-12-10 termination.pdf", "calls/2024-11-28 remedy review.md"), 2),
                **dict.fromkeys(p("contracts/CHG-GCS-2022-04 signed.pdf", "contracts/Deed of Variation 1.docx", "correspondence/2024-11-19 reply to Remediation Notice.docx", "performance/SL report Aug-Nov 2024.xlsx"), 1)}},
            {"id": "car-2", "user": "legal", "text": "Ardán Cyber forensic report", "relevant": {
                **dict.fromkeys(p("correspondence/2024-11-04 Remediation Notice.pdf", "correspondence/2024-11-19 reply to Remediation Notice.docx", "calls/2024-11-28 remedy review.md"), 2),
                **dict.fromkeys(p("mail/legal/Carrowmore - letter of claim.eml", "mail/mulvey/Incident - please ring me.eml", "correspondence/2024-12-10 termination.pdf"), 1)}},
            {"id": "car-3", "user": "auditor", "text": "September invoice billed twice", "relevant": {
                **dict.fromkeys(p("mail/credit control.mbox", "accounts/IE-2409-21.docx", "accounts/IE-2409-17.docx", "accounts/ICN-0088.docx"), 2), **dict.fromkeys(p("accounts/CARR01 sales ledger.csv"), 1)}},
            {"id": "car-4", "user": "auditor", "text": "settlement sum 22,000 paid to Carrowmore", "relevant": {
                **dict.fromkeys(p("correspondence/Settlement Agreement 28 May 2025.pdf", "accounts/CARR01 sales ledger.csv"), 2), **dict.fromkeys(p("mail/legal/Carrowmore - signed agreement.eml"), 1)}},
            {"id": "car-5", "user": "agent", "text": "guest passport data sent to wrong address", "relevant": {
                **dict.fromkeys(p("mail/mulvey/Incident - please ring me.eml", "chat/teams/19_carrowmore_2024-09-12.json", "mail/mulvey/Re Incident - please ring me.eml"), 2), **dict.fromkeys(p("correspondence/2024-11-04 Remediation Notice.pdf", "performance/guest survey autumn 2024.csv"), 1)}},
            {"id": "car-6", "user": "agent", "text": "handsets still missing after the exit", "relevant": {
                **dict.fromkeys(p("mail/mulvey/Exit - data and handsets.eml", "mail/mulvey/Re Exit - data and handsets.eml"), 2), **dict.fromkeys(p("correspondence/2024-12-10 termination.pdf"), 1)}},
            {"id": "car-7", "user": "legal", "text": "counterclaim for unpaid invoices November December", "relevant": {
                **dict.fromkeys(p("correspondence/2025-03-07 reply to claim.docx"), 2), **dict.fromkeys(p("correspondence/Settlement Agreement 28 May 2025.pdf", "accounts/ICN-0131.docx", "accounts/CARR01 sales ledger.csv"), 1)}}])
