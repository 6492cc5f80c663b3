"""Banksia & Rowe: a New South Wales pharmacy chain does not pay; default notice by registered post, termination lodged in a portal, set-off for an outage, District Court."""
from __future__ import annotations

from functools import partial
from pathlib import Path

from cases.case_files import Block, Case, as_docx, as_pdf, as_xlsx, message

AR, SIOBHAN, LEGAL = "Accounts <accounts.au@tamarack-cx.example>", "Siobhan Tran <s.tran@tamarack-cx.example>", "Alistair Menzies <a.menzies@tamarack-cx.example>"
HARTOG, SOL = "Nerida Hartog <nerida@hartoglane.example>", "Tim Costa <tcosta@costabray.example>"
ROWE, CFO, PAY = "Dimity Rowe <dimity.rowe@banksiarowe.example>", "Glenn Pascoe <glenn.pascoe@banksiarowe.example>", "Banksia & Rowe Accounts Payable <ap@banksiarowe.example>"

AGREEMENT: list[Block] = [
    "# Customer Contact Services Agreement", "Contract no. CCSA-BR-22",
    "# Parties\nTamarack Contact Solutions Pty Ltd ABN 53 004 118 772 of Level 9, 60 Station Street, Parramatta NSW 2150 (Supplier)\nBanksia & Rowe Pharmacies Pty Ltd ABN 18 611 904 335 of 14 Ormond Street, Orange NSW 2800 (Customer)",
    "# Details\nCommencement Date: 1 July 2022\nInitial Term: three years from the Commencement Date\nCustomer's address for notices: The Company Secretary, PO Box 77, Orange NSW 2800; supplier portal BRConnect\nGoverning law: New South Wales",
    "# 1. Definitions\nBusiness Day means a day that is not a Saturday, a Sunday or a public holiday in Sydney.\nInsolvency Event has the meaning given in Schedule 1.",
    "# 8. Fees and payment\n8.1 The Supplier will issue a tax invoice at the end of each month.\n8.2 The Customer must pay each correctly rendered tax invoice within 30 days of its date.\n8.4 Interest accrues daily on any overdue amount at 10% per annum.\n"
    "8.5 The Customer may withhold an amount only if it disputes it in good faith and tells the Supplier so before the due date.",
    "# 14. Service levels\n14.1 Availability of the telephony platform must not be less than 99.5% in a calendar month.\n14.3 The Supplier's liability for lost sales is excluded to the extent permitted by law.",
    "# 15. Termination\n15.1 Either party may terminate at the end of the Initial Term on three months' written notice.\n15.2 If the Customer fails to pay an amount that is due and not disputed under clause 8.5, the Supplier may give a notice that requires payment (Default Notice). "
    "If the whole of the amount has not been paid within 14 days after the Default Notice is received, the Supplier may terminate this agreement by not less than 10 Business Days' notice.\n15.3 Termination does not affect accrued rights.",
    "# 17. After termination\n17.1 Within 20 Business Days after this agreement ends the Supplier must return the Customer Data by secure file transfer and delete its own copies.\n17.2 Disengagement services are available at the rates in Schedule 2 if they are ordered and paid for in advance.",
    "# 22. Notices\n22.1 A notice must be in writing, signed by an authorised officer and (a) left at or sent by Registered Post to the address for notices; or (b) if it is for the Customer, lodged in BRConnect under the message type 'Contract notice'.\n"
    "22.2 A notice is taken to be received: (a) if sent by Registered Post, on the fourth Business Day after posting; (b) if lodged in BRConnect, when the portal issues its lodgement receipt, unless that is after 5.00 pm or not on a Business Day, in which case at 9.00 am on the next Business Day.\n"
    "22.3 E-mail may be used for day-to-day communication but a notice given only by e-mail is of no effect.",
    "Executed as an agreement on 14 June 2022\nSigned for Tamarack Contact Solutions Pty Ltd by its authorised representative: S. Tran\nSigned for Banksia & Rowe Pharmacies Pty Ltd: D. Rowe (Director), G. Pascoe (Secretary)",
]
DEFAULT: list[Block] = [
    "Tamarack Contact Solutions Pty Ltd\nLevel 9, 60 Station Street, Parramatta NSW 2150", "5 August 2024", "By Registered Post",
    "The Company Secretary\nBanksia & Rowe Pharmacies Pty Ltd\nGPO Box 1180\nSydney NSW 2001", "# Customer Contact Services Agreement CCSA-BR-22: Default Notice under clause 15.2",
    "We refer to the following tax invoices, none of which has been paid or disputed under clause 8.5:",
    [["Tax invoice", "Date", "Amount (incl GST)"], ["24-0418", "30/04/2024", "$44,000.00"], ["24-0511", "31/05/2024", "$48,510.00"], ["24-0607", "30/06/2024", "$49,720.00"], ["Total", "", "$142,230.00"]],
    "The Customer is required to pay the whole of the above amount, $142,230.00, within 14 days after this notice is received. If it does not, the Supplier may terminate the agreement.",
    "Yours faithfully\n\nAlistair Menzies\nCompany Secretary and General Counsel"]
TERMINATION: list[Block] = [
    "Tamarack Contact Solutions Pty Ltd", "27 August 2024", "Lodged in BRConnect (Contract notice)", "Banksia & Rowe Pharmacies Pty Ltd\nAttention: The Company Secretary",
    "# Notice of termination - clause 15.2, CCSA-BR-22",
    "The Default Notice dated 5 August 2024 was taken to be received on 9 August 2024. The 14 days ended on 23 August 2024. Only $30,000.00 of the $142,230.00 has been paid.",
    "The Supplier terminates the agreement with effect from the end of 10 September 2024, being 10 Business Days after the lodgement of this notice.", "Signed\n\nSiobhan Tran\nManaging Director ANZ"]
SETOFF: list[Block] = [
    "Banksia & Rowe Pharmacies Pty Ltd\n14 Ormond Street, Orange NSW 2800", "16 August 2024", "Mr A Menzies\nTamarack Contact Solutions Pty Ltd\nParramatta",
    "Dear Alistair", "# Your Default Notice",
    "We do not accept that $142,230.00 is owing. On 12 June 2024 your platform was down for nine hours in the middle of flu season, and we say that this cost us $18,500.00, which we are entitled to set off and now claim from you.",
    "In addition your Siobhan Tran agreed by letter of 3 May 2024 that our payment terms would be 60 days. We are under pressure from the wholesaler and ask for some patience.",
    "Regards\nGlenn Pascoe\nChief Financial Officer"]
INVALID: list[Block] = [
    "Banksia & Rowe Pharmacies Pty Ltd", "2 September 2024", "Tamarack Contact Solutions Pty Ltd",
    "Dear Ms Tran", "Your e-mail of 27 August is not a notice (see clause 22.3). Nobody here looks at BRConnect for this sort of thing and we only saw the document on 30 August 2024. On our count the agreement does not end before 13 September 2024.",
    "Yours sincerely\nDimity Rowe\nManaging Director"]
DEMAND: list[Block] = [
    "HARTOG LANE LAWYERS\nLevel 21, 1 Farrer Place, Sydney", "1 October 2024", "By express post and email\nBanksia & Rowe Pharmacies Pty Ltd\n14 Ormond Street, Orange NSW 2800",
    "Dear Directors", "# Letter of demand: Tamarack Contact Solutions Pty Ltd, CCSA-BR-22",
    "We act for Tamarack. Our client's agreement with you came to an end on 10 September 2024. There remains due for services, together with interest of $3,116.45 under clause 8.4 (tax invoice 24-1002), the sum of $214,676.45.",
    "We are instructed to demand payment of $214,676.45 within 14 days, failing which proceedings will be commenced without further notice and this letter tendered on costs.", "Yours faithfully\nNerida Hartog\nPrincipal"]
ANSWER: list[Block] = [
    "COSTA BRAY SOLICITORS", "15 October 2024", "Hartog Lane Lawyers\nBy email", "Banksia & Rowe Pharmacies ats Tamarack Contact Solutions",
    "We are instructed by Banksia & Rowe. Your client has given no credit for the $25,000.00 that our client paid on 12 September 2024. At most the figure would be $189,676.45. Liability is denied, interest in particular, and our client maintains its set-off.",
    "Yours faithfully\nTim Costa"]
SOC: list[Block] = [
    "# STATEMENT OF CLAIM", "Court: District Court of New South Wales, Registry: Sydney, Case number: 2024/00451180\nFiled: 4 December 2024",
    "Plaintiff: Tamarack Contact Solutions Pty Ltd\nDefendant: Banksia & Rowe Pharmacies Pty Ltd", "# RELIEF CLAIMED\n1. $189,676.45\n2. Interest pursuant to s 100 of the Civil Procedure Act 2005 (NSW)\n3. Costs",
    "# PLEADINGS AND PARTICULARS\n1. By an agreement dated 14 June 2022 (CCSA-BR-22) the plaintiff supplied contact services to the defendant.\n2. The defendant has failed to pay the tax invoices particularised in Schedule A, credit being given for $30,000.00 paid on 20 August 2024 and "
    "$25,000.00 paid on 12 September 2024.\n3. The agreement was validly terminated on 10 September 2024.", "Signed: N Hartog, legal representative"]
DEFENCE: list[Block] = [
    "# DEFENCE AND CROSS-CLAIM", "District Court of New South Wales, 2024/00451180\nFiled: 20 January 2025\nDefendant / Cross-claimant: Banksia & Rowe Pharmacies Pty Ltd",
    "1. The defendant denies that it is indebted to the plaintiff as alleged or at all.\n2. The payment terms had been extended to 60 days by a letter dated 3 May 2024.\n3. No interest is payable.",
    "# CROSS-CLAIM\n4. By reason of the outage of 12 June 2024 the cross-claimant lost sales. It claims $62,300.00 from the cross-defendant, in place of the set-off of $18,500.00 first notified.", "T Costa, solicitor for the defendant"]
LEDGER = [
    ["Debtor BRP010 Banksia & Rowe Pharmacies Pty Ltd", None, None, None, None], ["As at", "31/01/2025", "AUD", None, None], ["Date", "Trans", "Ref", "Dr", "Cr"],
    ["30/04/2024", "INV", "24-0418", 44000.0, None], ["31/05/2024", "INV", "24-0511", 48510.0, None], ["30/06/2024", "INV", "24-0607", 49720.0, None], ["31/07/2024", "INV", "24-0713", 45980.0, None],
    ["20/08/2024", "RCT", "EFT BANKSIA PART PYT", None, 30000.0], ["31/08/2024", "INV", "24-0822", 41250.0, None], ["10/09/2024", "INV", "24-0915", 14300.0, None],
    ["18/09/2024", "CRN", "ACN-0031 IVR charged twice July", None, 2200.0], ["01/10/2024", "INV", "24-1002 interest", 3116.45, None], ["", "", "Closing balance", 214676.45, None]]


def tax_paper(head: str, number: str, day: str, rows: list[list[str]]) -> bytes:
    """Return a tax invoice or an adjustment note."""
    return as_pdf([f"# {head}", f"Tamarack Contact Solutions Pty Ltd  ABN 53 004 118 772\n{number}\nDate {day}\nTo: Banksia & Rowe Pharmacies Pty Ltd, Orange NSW\nYour ref CCSA-BR-22, debtor BRP010", rows])


def write(root: Path) -> None:
    """Write the client's folder."""
    case = Case(root, "banksia-rowe", "C-3217", "en")
    case.file("agreement/CCSA-BR-22 executed.pdf", as_pdf(AGREEMENT), "contract", "contractual", "2022-06-14")
    case.file("agreement/Deed of Variation no 1.docx", as_docx([
        "# Deed of Variation No. 1", "Dated 20 November 2023", "Parties: Tamarack Contact Solutions Pty Ltd (Supplier) and Banksia & Rowe Pharmacies Pty Ltd (Customer)",
        "1. In the Details of the Customer Contact Services Agreement CCSA-BR-22 the Customer's address for notices is replaced with: The Company Secretary, GPO Box 1180, Sydney NSW 2001; supplier portal BRConnect.",
        "2. The rates in Schedule 2 go up by 3.5% on 1 January 2024.", "Executed as a deed."]), "amendment", "contractual", "2023-11-20")
    case.file("agreement/WO-3 vaccination line.docx", as_docx([
        "# Work Order 3: vaccination booking line", "under CCSA-BR-22, 2 April 2024", "After-hours booking line for the flu vaccine, 15 April to 31 May 2024, fixed price $6,600.00 including GST, invoiced at the end.",
        "Approved: Dimity Rowe"]), "sow", "contractual billing", "2024-04-02")
    default, termination = as_pdf(DEFAULT), as_pdf(TERMINATION)
    mailed = message(LEGAL, "ap@banksiarowe.example, glenn.pascoe@banksiarowe.example", "2024-08-05T15:20:00+10:00", "Default Notice CCSA-BR-22 (courtesy copy)", "Dear Glenn\n\nPlease find attached a courtesy copy of the Default Notice that went out by Registered Post today.\n\n"
                     "Alistair Menzies\n", ident="<a1@tamarack-cx.example>", attached=[("Default Notice 5 Aug 2024.pdf", default)])
    case.mail("email/legal/Default Notice courtesy copy.eml", mailed, "notice", "contractual billing dispute interaction")
    case.told("email/legal/Default Notice courtesy copy.eml", "notice", "contractual billing dispute", "2024-08-05", inner="Default Notice 5 Aug 2024.pdf", duplicate_of="default/Default Notice 5 Aug 2024.pdf")
    case.file("default/Default Notice 5 Aug 2024.pdf", default, "notice", "contractual billing dispute", "2024-08-05")
    case.file("default/Notice of termination 27 Aug 2024.pdf", termination, "notice", "contractual dispute", "2024-08-27")
    case.file("default/AusPost lodgement RPP 44 5512.txt", (
        b"Australia Post - Registered Post lodgement\nParramatta Business Hub   05/08/2024 16:05\nArticle RPP 44 5512 093\nAddressee: The Company Secretary, Banksia & Rowe Pharmacies Pty Ltd, GPO Box 1180 SYDNEY NSW 2001\nCustomer: Tamarack Contact Solutions\n"),
        "other", "contractual", "2024-08-05")
    case.file("default/BRConnect receipt.txt", (
        b"BRConnect supplier portal - lodgement receipt\nSupplier: Tamarack Contact Solutions Pty Ltd (S-20188)\nMessage type: Contract notice\nFile: Notice of termination 27 Aug 2024.pdf\nReceipt no. BRC-0091827 issued 27/08/2024 14:12 AEST\n"),
        "other", "contractual", "2024-08-27")
    case.file("default/2024-08-16 Banksia reply.pdf", as_pdf(SETOFF), "counterclaim", "dispute billing", "2024-08-16")
    case.file("default/2024-09-02 Banksia - not a notice.docx", as_docx(INVALID), "legal_letter", "contractual dispute", "2024-09-02")

    overdue = message(AR, "ap@banksiarowe.example", "2024-06-11T09:00:00+10:00", "Overdue: tax invoice 24-0418", "Hi team\n\nJust a friendly reminder that tax invoice 24-0418 for $44,000.00 was due on 30 May. Could you let me know when we can expect payment?\n\nCheers\nAccounts\n",
                      ident="<a2@tamarack-cx.example>")
    soon = message(PAY, "accounts.au@tamarack-cx.example", "2024-06-13T11:30:00+10:00", "RE: Overdue: tax invoice 24-0418", "Hi, sorry, cash is tight with the wholesaler. We hope to get something across by end of month. Trish\n", ident="<b1@banksiarowe.example>", answers="<a2@tamarack-cx.example>")
    second = message(AR, "ap@banksiarowe.example", "2024-07-09T09:00:00+10:00", "RE: Overdue: tax invoice 24-0418", "Hi Trish\n\nNothing has come in and 24-0511 ($48,510.00) is overdue as well now. I'll have to hand this to Alistair if I don't hear back by Friday.\n\nAccounts\n",
                     ident="<a3@tamarack-cx.example>", answers="<b1@banksiarowe.example>")
    case.mbox("email/accounts/overdue.mbox", [
        (overdue, "email", "billing interaction", {"thread": "od", "sentiment": "neutral"}), (soon, "email", "billing interaction", {"thread": "od", "sentiment": None}), (second, "email", "billing interaction", {"thread": "od", "sentiment": None})])
    case.mail("email/accounts/remittance 20 Aug.eml", message(
        PAY, "accounts.au@tamarack-cx.example", "2024-08-20T10:10:00+10:00", "Remittance advice", "REMITTANCE ADVICE\nBanksia & Rowe Pharmacies Pty Ltd\nPayment date 20/08/2024\nPart payment 24-0418   $30,000.00\nTotal paid   $30,000.00\n", ident="<b2@banksiarowe.example>"),
        "payment_advice", "billing")
    case.mail("email/accounts/remittance 12 Sep.eml", message(
        PAY, "accounts.au@tamarack-cx.example", "2024-09-12T10:02:00+10:00", "Remittance advice", "REMITTANCE ADVICE\nBanksia & Rowe Pharmacies Pty Ltd\nPayment date 12/09/2024\nBalance 24-0418 and part 24-0511   $25,000.00\nTotal paid   $25,000.00\n", ident="<b3@banksiarowe.example>"),
        "payment_advice", "billing")
    case.mail("email/accounts/where is the 25k.eml", message(
        AR, "s.tran@tamarack-cx.example", "2024-10-17T08:55:00+11:00", "Banksia 25k", "Siobhan\n\nFound it. The $25,000 of 12 September hit the bank as ROWE HOLDINGS, no reference, and has been sitting in unallocated receipts ever since. Not on BRP010 yet, audit wants a form signed first.\n\nKel\n",
        ident="<a4@tamarack-cx.example>"), "email", "billing interaction", sentiment="neutral")
    case.mail("email/ops/vaccination line.eml", message(
        SIOBHAN, "accounts.au@tamarack-cx.example", "2024-11-20T12:15:00+11:00", "WO-3 never billed", "Kel, going through the file for the lawyers: the vaccination line under WO-3 ran the full six weeks and it was never invoiced. That's $6,600.00 inc GST we've forgotten. Can you check?\n\nS\n",
        ident="<a5@tamarack-cx.example>"), "email", "billing interaction", sentiment=None)
    case.mail("email/ops/suspend after hours.eml", message(
        SIOBHAN, "dimity.rowe@banksiarowe.example", "2024-08-27T14:30:00+10:00", "Our agreement", "Hi Dimity\n\nI'm sorry it has come to this. We have lodged a termination notice in BRConnect today, copy attached to that message. Three months without a payment is more than we can carry. If Glenn can clear the account we would talk about a fresh start.\n\n"
        "Siobhan\n", ident="<a6@tamarack-cx.example>"), "email", "contractual interaction", sentiment="negative")

    case.mail("email/legal/WP offer.eml", message(
        SOL, "nerida@hartoglane.example", "2024-10-25T16:00:00+11:00", "Banksia & Rowe / Tamarack - without prejudice save as to costs", "Dear Nerida\n\nWITHOUT PREJUDICE SAVE AS TO COSTS\n\nOur client offers $150,000.00 in full and final satisfaction, by six equal monthly payments.\n\nTim\n",
        ident="<c1@costabray.example>"), "email", "dispute interaction", thread="wp", sentiment="neutral")
    case.mail("email/legal/RE WP offer.eml", message(
        HARTOG, "tcosta@costabray.example", "2024-10-31T10:20:00+11:00", "RE: Banksia & Rowe / Tamarack - without prejudice save as to costs", "Dear Tim\n\nThe offer of $150,000.00 is rejected. Our client would accept $180,000.00 if paid in one sum by 30 November 2024.\n\nNerida\n",
        ident="<h1@hartoglane.example>", answers="<c1@costabray.example>"), "email", "dispute interaction", thread="wp", sentiment="neutral")
    case.mail("email/legal/RE RE WP offer.eml", message(
        SOL, "nerida@hartoglane.example", "2024-11-08T15:45:00+11:00", "RE: Banksia & Rowe / Tamarack - without prejudice save as to costs", "Dear Nerida\n\nOur client cannot agree to $180,000.00. We have instructions to accept service.\n\nTim\n",
        ident="<c2@costabray.example>", answers="<h1@hartoglane.example>"), "email", "dispute interaction", thread="wp", sentiment="neutral")
    case.mail("email/legal/advice portal.eml", message(
        HARTOG, "a.menzies@tamarack-cx.example", "2024-09-05T17:40:00+10:00", "Advice - validity of termination", "Dear Alistair\n\nConfidential and subject to legal professional privilege\n\nIn our opinion lodgement in BRConnect at 14:12 on a Business Day was effective at once (cl 22.2(b)). The point in Banksia's letter about e-mail goes nowhere. The risk is "
        "the alleged 60 days: if the letter of 3 May exists, invoice 24-0607 was not overdue on 5 August and the Default Notice asked for too much.\n\nKind regards\nNerida Hartog\n", ident="<h2@hartoglane.example>"),
        "email", "contractual dispute interaction", privileged=True, thread="adv", sentiment="neutral")
    case.mail("email/legal/FW advice portal.eml", message(
        LEGAL, "s.tran@tamarack-cx.example", "2024-09-06T08:35:00+10:00", "FW: Advice - validity of termination", "Siobhan, see below. Did you ever write a letter on 3 May about 60 days? I have looked everywhere and cannot find one.\n\nAlistair\n\nFrom: Nerida Hartog\nSubject: Advice - validity of termination\n"
        "> In our opinion lodgement in BRConnect was effective at once.\n", ident="<a7@tamarack-cx.example>", answers="<h2@hartoglane.example>"), "email", "contractual dispute interaction", privileged=True, thread="adv", sentiment="neutral")

    case.file("court/2024-10-01 letter of demand.pdf", as_pdf(DEMAND), "claim", "dispute billing", "2024-10-01")
    case.file("court/2024-10-15 Costa Bray.docx", as_docx(ANSWER), "legal_letter", "dispute billing", "2024-10-15")
    case.file("court/Statement of Claim 2024-00451180.pdf", as_pdf(SOC), "claim", "dispute billing", "2024-12-04")
    case.file("court/Defence and Cross-Claim.pdf", as_pdf(DEFENCE), "counterclaim", "dispute billing", "2025-01-20")

    case.file("accounts/24-0607.pdf", tax_paper("TAX INVOICE", "Invoice 24-0607", "30 June 2024", [["Contact services June 2024", "45,200.00"], ["GST 10%", "4,520.00"], ["Total AUD", "49,720.00"]]), "invoice", "billing dispute", "2024-06-30")
    case.file("accounts/24-1002 interest.pdf", tax_paper("TAX INVOICE", "Invoice 24-1002", "1 October 2024", [["Interest on overdue amounts, clause 8.4, to 30 September 2024 (no GST)", "3,116.45"], ["Total AUD", "3,116.45"]]), "invoice", "billing dispute", "2024-10-01")
    case.file("accounts/ACN-0031.pdf", tax_paper("ADJUSTMENT NOTE", "Credit ACN-0031", "18 September 2024", [["IVR platform fee July 2024 charged twice", "2,000.00"], ["GST", "200.00"], ["Total credit", "2,200.00"]]), "credit_note", "billing", "2024-09-18")
    case.file("accounts/BRP010 debtor ledger.xlsx", as_xlsx({"BRP010": LEDGER}), "ledger", "billing", "2025-01-31")
    case.file("accounts/bank cba 4471 Aug-Sep 24.csv", (
        b"Date;Description;Amount;Allocated to\n20/08/2024;BANKSIA ROWE PHARMACIES PART PYT;30000.00;BRP010\n12/09/2024;ROWE HOLDINGS TRANSFER;25000.00;unallocated\n"), "ledger", "billing", "2024-09-12")

    case.file("chat/WhatsApp Chat with Dimity Rowe.txt", (
        b"12/06/2024, 1:05 pm - Dimity Rowe: Phones have been dead since 10!! every store is ringing my mobile\n12/06/2024, 1:09 pm - Siobhan Tran: Carrier fault in the Homebush exchange. So sorry, techs on it\n"
        b"12/06/2024, 1:31 pm - Siobhan Tran: Back up as of 1.20. three hours twenty in total\n12/06/2024, 7:44 pm - Dimity Rowe: This is exactly why my brother wants to move to someone else\n"), "chat", "interaction", "2024-06-12", sentiment="negative")
    case.file("calls/2024-08-19 Pascoe.srt", (
        b"1\n00:00:01,000 --> 00:00:05,000\nSiobhan: Glenn, we need the money by Friday or Alistair pulls the pin.\n\n2\n00:00:05,500 --> 00:00:11,000\nGlenn: I can do thirty tomorrow. The rest, I honestly don't know.\n\n"
        b"3\n00:00:11,500 --> 00:00:16,000\nGlenn: The bank has us on a short leash, mate. It's not about you lot.\n"), "call_transcript", "interaction billing", "2024-08-19", sentiment="negative")
    case.file("calls/file note 3 May letter.docx", as_docx([
        "# File note", "11 September 2024, Siobhan Tran", "I did not write to Banksia & Rowe on 3 May 2024 about 60 day terms. Looked through sent items and the letter book with Kel, no copy found. Glenn says he has it but has not produced it."]), "call_note", "interaction dispute", "2024-09-11", sentiment="neutral")
    case.file("service/Platform availability FY24.csv", b"Month,Availability,Target,Note\nApr 2024,99.93%,99.5%,\nMay 2024,99.91%,99.5%,\nJun 2024,99.42%,99.5%,12 June 3 h 20 min\nJul 2024,99.95%,99.5%,\n", "sla_report", "feedback", "2024-07-31")
    case.file("data/Deletion record.docx", as_docx([
        "# Data return and deletion record", "Customer: Banksia & Rowe Pharmacies Pty Ltd, CCSA-BR-22 clause 17.1", "Customer Data returned by SFTP on 27 September 2024 (4 archives, checksums confirmed by G. Pascoe). All copies deleted on 3 October 2024.", "Recorded 3 October 2024, IT Operations"]),
        "other", "contractual", "2024-10-03")

    k = case.paths
    step = partial(case.step, currency="AUD")
    agreement, variation, dn, tn = "agreement/CCSA-BR-22 executed.pdf", "agreement/Deed of Variation no 1.docx", "default/Default Notice 5 Aug 2024.pdf", "default/Notice of termination 27 Aug 2024.pdf"
    dn_mail, ledger, bank, portal = "email/legal/Default Notice courtesy copy.eml", "accounts/BRP010 debtor ledger.xlsx", "accounts/bank cba 4471 Aug-Sep 24.csv", "default/BRConnect receipt.txt"
    setoff, note, rem1, rem2 = "default/2024-08-16 Banksia reply.pdf", "calls/file note 3 May letter.docx", "email/accounts/remittance 20 Aug.eml", "email/accounts/remittance 12 Sep.eml"
    invalid, soc, defence, lod = "default/2024-09-02 Banksia - not a notice.docx", "court/Statement of Claim 2024-00451180.pdf", "court/Defence and Cross-Claim.pdf", "court/2024-10-01 letter of demand.pdf"
    graded = lambda **grades: {k(p)[0]: int(g[1]) for g, ps in grades.items() for p in ps}   # noqa: E731 - g2=(…), g1=(…)
    case.close(
        client={"id": "C-3217", "legal_name": "Banksia & Rowe Pharmacies Pty Ltd", "aliases": ["Banksia & Rowe", "Banksia", "BRP010", "CCSA-BR-22"]},
        history={
            "terminations": [{
                "contract_number": "CCSA-BR-22", "contract_effective_date": "2022-07-01", "contract_expiry_date": "2025-06-30", "governing_law": "New South Wales",
                "notice": {"given_by": "provider", "date_on_document": "2024-08-27", "date_received": "2024-08-27", "method": "portal", "ground": "cause", "stated_effective_date": "2024-09-10", "documents": k(tn)},
                "required_notice": {"value": 10, "unit": "business_days", "measured_from": "receipt", "documents": k(agreement)},
                "earliest_compliant_date": "2024-09-10", "effective_date": "2024-09-10", "status": "terminated",
                "conditions": [
                    {"name": "cure_period", "met": True, "documents": k(agreement, dn, dn_mail, tn, ledger, "default/AusPost lodgement RPP 44 5512.txt")},
                    {"name": "notice_period", "met": True, "documents": k(agreement, tn, portal)},
                    {"name": "notice_method", "met": True, "documents": k(agreement, tn, portal)},
                    {"name": "notice_address", "met": True, "documents": k(agreement, variation, tn, portal)},
                    {"name": "data_return_or_deletion", "met": True, "documents": k(agreement, "data/Deletion record.docx")},
                    {"name": "final_invoice", "met": False, "documents": k(ledger, lod, soc)}],
                "penalties": [{"kind": "late_interest", "amount": 3116.45, "currency": "AUD", "status": "disputed", "documents": k("accounts/24-1002 interest.pdf", lod, defence, "court/2024-10-15 Costa Bray.docx")}],
                "reasons": [{"code": "non_payment", "documents": k(dn, tn, dn_mail, "email/ops/suspend after hours.eml")}]}],
            "disputes": [{
                "title": "Unpaid tax invoices, outage of 12 June 2024", "status": "litigation", "steps": [
                    step("2024-08-05", "claim", "provider", 142230.0, dn, dn_mail),
                    step("2024-08-16", "response", "client", None, setoff),
                    step("2024-08-16", "counterclaim", "client", 18500.0, setoff),
                    step("2024-08-20", "payment", "client", 30000.0, ledger, rem1, bank),
                    step("2024-09-12", "payment", "client", 25000.0, rem2, bank),
                    step("2024-10-01", "claim", "provider", 214676.45, lod),
                    step("2024-10-15", "response", "client", None, "court/2024-10-15 Costa Bray.docx"),
                    step("2024-10-25", "offer", "client", 150000.0, "email/legal/WP offer.eml"),
                    step("2024-10-31", "rejection", "provider", 150000.0, "email/legal/RE WP offer.eml"),
                    step("2024-10-31", "offer", "provider", 180000.0, "email/legal/RE WP offer.eml"),
                    step("2024-11-08", "rejection", "client", 180000.0, "email/legal/RE RE WP offer.eml"),
                    step("2024-12-04", "claim", "provider", 189676.45, soc),
                    step("2025-01-20", "response", "client", None, defence),
                    step("2025-01-20", "counterclaim", "client", 62300.0, defence)],
                "outcome": None}],
            "billing": {
                "currency": "AUD", "invoiced_total": 246876.45, "paid_total": 30000.0, "credited_total": 2200.0, "refunded_total": 0, "outstanding_as_of": {"date": "2025-01-31", "amount": 214676.45},
                "discrepancies": [
                    {"kind": "unapplied_payment", "amount": 25000.0, "documents": k(rem2, bank, ledger, "email/accounts/where is the 25k.eml", "court/2024-10-15 Costa Bray.docx")},
                    {"kind": "missing_invoice", "amount": 6600.0, "documents": k("agreement/WO-3 vaccination line.docx", "email/ops/vaccination line.eml")}]},
            "feedback": [{"date": "2024-06-30", "metric": "platform availability", "value": 0.9942, "target": 0.995, "documents": k("service/Platform availability FY24.csv")}],
            "gaps": [{"what": "Letter of 3 May 2024 that extends the payment terms to 60 days", "mentioned_in": k(setoff, note, "email/legal/FW advice portal.eml", "email/legal/advice portal.eml", defence)}],
            "conflicts": [
                {"what": "Receipt of the notice of termination: 27 or 30 August 2024, end 10 or 13 September", "documents": k(portal, tn, invalid)},
                {"what": "Outage of 12 June 2024: nine hours or 3 h 20 min", "documents": k(setoff, "chat/WhatsApp Chat with Dimity Rowe.txt", "service/Platform availability FY24.csv")},
                {"what": "$25,000.00 of 12 September 2024: paid (client, bank), not on the ledger", "documents": k("court/2024-10-15 Costa Bray.docx", rem2, bank, ledger, lod)}]},
        win_back={"recommended": False, "must_mention": ["proceedings in the District Court, about $189,676.45 open"], "must_not_disclose": k("email/legal/advice portal.eml", "email/legal/FW advice portal.eml")},
        queries=[
            {"id": "b-1", "user": "legal", "text": "BRConnect lodgement receipt termination notice", "relevant": graded(g2=(portal, tn, "email/legal/advice portal.eml"), g1=(agreement, invalid, "email/ops/suspend after hours.eml", "email/legal/FW advice portal.eml"))},
            {"id": "b-2", "user": "legal", "text": "letter of 3 May 2024 60 day payment terms", "relevant": graded(g2=(setoff, note, "email/legal/FW advice portal.eml", "email/legal/advice portal.eml", defence))},
            {"id": "b-3", "user": "auditor", "text": "25,000 unallocated receipt September 2024", "relevant": graded(g2=(bank, "email/accounts/where is the 25k.eml", rem2), g1=("court/2024-10-15 Costa Bray.docx",))},
            {"id": "b-4", "user": "auditor", "text": "work order delivered but never invoiced", "relevant": graded(g2=("email/ops/vaccination line.eml",), g1=("agreement/WO-3 vaccination line.docx",))},
            {"id": "b-5", "user": "agent", "text": "how long were the phones down on 12 June", "relevant": graded(g2=("chat/WhatsApp Chat with Dimity Rowe.txt", "service/Platform availability FY24.csv"), g1=(setoff,))},
            {"id": "b-6", "user": "legal", "text": "offers without prejudice save as to costs", "relevant": graded(g2=("email/legal/WP offer.eml", "email/legal/RE WP offer.eml", "email/legal/RE RE WP offer.eml"))}])
