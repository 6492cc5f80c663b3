"""The papers the relationship rests on: the agreement, a draft of it with other terms, a statement of work, an amendment."""
from __future__ import annotations

from story.people import CLIENT, CLIENT_ADDRESS, CONTRACT, SUPPLIER, SUPPLIER_ADDRESS
from story.write_paper import Block, docx, pdf

PARTIES: tuple[Block, ...] = (
    ("head", "PARTIES"),
    ("clause", f"(1) {SUPPLIER.upper()}, a company registered in Ireland under number 990417, whose registered office is at "
               f"{SUPPLIER_ADDRESS} (the \"Supplier\"); and"),
    ("clause", "(2) DUNMARRA FERRIES DESIGNATED ACTIVITY COMPANY, trading as Dunmarra Ferries and Dunmarra Line, a company registered in "
               f"Ireland under number 990582, whose registered office is at {CLIENT_ADDRESS} (the \"Client\")."),
)


def terms(notice: str, initial: str, cap: str) -> tuple[Block, ...]:
    """Return the clauses; `notice` is the notice period in words, `initial` the Initial Term, `cap` the share of the limit of liability."""
    return (
        ("head", "1. DEFINITIONS"),
        ("clause", "1.1 \"Business Day\" means a day other than a Saturday, a Sunday or a public holiday in Ireland."),
        ("clause", "1.2 \"Charges\" means the sums payable under clause 6 for the Services of a calendar month, before value added tax."),
        ("clause", "1.3 \"Client Data\" means all personal data of passengers and all booking, call and chat records which the Supplier "
                   "processes on behalf of the Client."),
        ("clause", "1.4 \"Renewal Term\" has the meaning given in clause 3.1, and \"Term\" means the Initial Term with every Renewal "
                   "Term."),
        ("clause", "1.5 \"Services\" means the answering of calls, e-mails and chats of the Client's passengers as described in a "
                   "statement "
                   "of work signed by both parties."),
        ("head", "2. COMMENCEMENT AND INITIAL TERM"),
        ("clause", "2.1 This Agreement takes effect on 1 March 2022 (the \"Effective Date\")."),
        ("clause", f"2.2 Unless it is terminated earlier in accordance with its terms, this Agreement continues for an initial term of "
                   f"{initial} (the \"Initial Term\")."),
        ("head", "3. RENEWAL"),
        ("clause", "3.1 At the end of the Initial Term and of each period that follows it, this Agreement renews automatically for a "
                   "further "
                   f"period of twelve (12) months (each a \"Renewal Term\"), unless either party gives the other not less than {notice} "
                   "written notice of non-renewal before the end of the period then current."),
        ("head", "4. SERVICES"),
        ("clause", "4.1 The Supplier shall provide the Services with reasonable skill and care, by suitably trained staff, in English "
                   "and in "
                   "German, on every day of the year between 07:00 and 22:00 Irish time."),
        ("clause", "4.2 The Supplier shall keep enough trained staff on call to answer the peaks that follow the cancellation of a sailing "
                   "of which the Client has told it at least two hours before."),
        ("clause", "4.3 The Client shall give the Supplier a forecast of volumes on the fifteenth day of each month for the two months "
                   "that "
                   "follow. The Supplier is not answerable for a Service Level in an hour in which volumes exceed the forecast by more "
                   "than "
                   "thirty per cent (30%)."),
        ("head", "5. SERVICE LEVEL AND SERVICE CREDITS"),
        ("clause", "5.1 In each calendar month the Supplier shall answer at least eighty per cent (80%) of calls within thirty (30) "
                   "seconds "
                   "(the \"Service Level\")."),
        ("clause", "5.2 Where the Service Level is missed in two or more consecutive calendar months, the Supplier shall credit the "
                   "Client, "
                   "for the second month and each further month in the row, with ten per cent (10%) of the Charges for that month (a "
                   "\"Service Credit\")."),
        ("clause", "5.3 The Supplier shall report the Service Level to the Client by the fifth Business Day of the month that follows."),
        ("head", "6. CHARGES AND MONTHLY MINIMUM"),
        ("clause", "6.1 The Client shall pay EUR 4.10 for each call, EUR 3.20 for each e-mail and EUR 2.60 for each chat answered."),
        ("clause", "6.2 The Charges for a full calendar month shall not be less than EUR 35,000.00 (the \"Monthly Minimum\"). For a "
                   "part of a "
                   "month the Monthly Minimum is reduced in proportion to the days."),
        ("head", "7. INVOICES AND PAYMENT"),
        ("clause", "7.1 The Supplier shall invoice the Charges at the end of each calendar month. Invoices are payable within thirty (30) "
                   "days of their date."),
        ("clause", "7.2 The Client may withhold a sum that it disputes in good faith if it tells the Supplier of its reasons before the "
                   "invoice falls due and pays the rest."),
        ("clause", "7.3 A sum that is paid late bears interest at the rate that the European Communities (Late Payment in Commercial "
                   "Transactions) Regulations 2012 give."),
        ("head", "8. CONFIDENTIALITY"),
        ("clause", "8.1 Each party shall keep the other's confidential information secret during the Term and for three (3) years after "
                   "it, "
                   "and shall use it only for the purposes of this Agreement."),
        ("head", "9. DATA PROTECTION"),
        ("clause", "9.1 The Supplier processes Client Data as a processor on the Client's documented instructions. The data processing "
                   "terms in Schedule 2 form part of this Agreement."),
        ("head", "10. INTELLECTUAL PROPERTY"),
        ("clause", "10.1 Scripts, knowledge articles and answer templates which the Supplier writes for the Client belong to the Client on "
                   "payment of the Charges of the month in which they were written."),
        ("head", "11. LIMIT OF LIABILITY"),
        ("clause", "11.1 Nothing in this Agreement limits liability for death or personal injury caused by negligence, for fraud, or for "
                   "anything else for which liability cannot be limited by law."),
        ("clause", f"11.2 Subject to clause 11.1, the total liability of either party arising in a contract year shall not exceed {cap} of "
                   "the Charges paid or payable in that year. Neither party is liable for loss of profit or of goodwill."),
        ("head", "12. TERMINATION FOR CONVENIENCE"),
        ("clause", f"12.1 After the end of the Initial Term either party may terminate this Agreement at any time, without giving a "
                   f"reason, by "
                   f"not less than {notice} written notice to the other."),
        ("clause", "12.2 The period of notice begins on the day after the notice is received, or deemed received, under clause 18."),
        ("head", "13. TERMINATION FOR CAUSE"),
        ("clause", "13.1 Either party may terminate this Agreement with immediate effect by written notice if the other commits a material "
                   "breach and, where it can be remedied, fails to remedy it within thirty (30) days after written notice that "
                   "describes the breach, or if the other becomes unable to pay its debts."),
        ("head", "14. EARLY TERMINATION FEE"),
        ("clause", "14.1 If the Client terminates under clause 12 with effect before the last day of the Renewal Term then current, it "
                   "shall "
                   "pay the Supplier, within thirty (30) days of invoice, an early termination fee of twenty-five per cent (25%) of the "
                   "Monthly "
                   "Minimum for each full calendar month between the date of termination and that last day."),
        ("clause", "14.2 The parties agree that this fee is a genuine estimate of the Supplier's cost of reassigning staff and "
                   "premises. It is "
                   "reduced by any Service Credit that is due and has not been given."),
        ("head", "15. RETURN AND DELETION OF DATA"),
        ("clause", "15.1 Within fourteen (14) days after the date of termination the Supplier shall hand over to the Client a full "
                   "export of "
                   "the Client Data in a common format, encrypted."),
        ("clause", "15.2 Within thirty (30) days after the date of termination the Supplier shall delete all copies of the Client Data, "
                   "save "
                   "where the law requires it to keep them, and shall certify the deletion in writing."),
        ("head", "16. TRANSITION ASSISTANCE"),
        ("clause", "16.1 From the day of a notice of termination to the date of termination the Supplier shall give the Client, or a new "
                   "supplier that it names, the knowledge articles and up to five (5) days of training at no charge."),
        ("head", "17. DISPUTES"),
        ("clause", "17.1 The parties shall first refer a dispute to the Client Director of the Supplier and the Chief Financial Officer "
                   "of the "
                   "Client, who shall meet within ten (10) Business Days. If they do not settle it within thirty (30) days, either "
                   "party may "
                   "refer it to mediation in Cork before it goes to court."),
        ("head", "18. NOTICES"),
        ("clause", "18.1 A notice under this Agreement must be in writing and signed. It must be delivered by hand, or sent by "
                   "registered post "
                   "or by courier, to the registered office of the other party, marked for the attention of the Company Secretary."),
        ("clause", "18.2 A notice is deemed received: (a) if delivered by hand or by courier, when it is left at the address; (b) if sent "
                   "by registered post, at 10:00 on the second Business Day after posting."),
        ("clause", "18.3 E-mail is not a valid method for a notice under clauses 3, 12 or 13. A copy may be sent by e-mail for "
                   "information."),
        ("head", "19. GENERAL"),
        ("clause", "19.1 A change of this Agreement must be in writing and signed by both parties. This Agreement and its statements of "
                   "work "
                   "are the entire agreement between the parties. Neither party may assign it without the written consent of the other."),
        ("head", "20. GOVERNING LAW"),
        ("clause", "20.1 This Agreement is governed by the laws of Ireland. The courts of Ireland have exclusive jurisdiction."),
    )


def executed() -> bytes:
    """The agreement as it was signed: ninety days, three years."""
    blocks: list[Block] = [
        ("gap", ""), ("title", "MASTER SERVICES AGREEMENT"), ("centre", f"Agreement No. {CONTRACT}"), ("gap", ""),
        ("para", "THIS AGREEMENT is dated 14 February 2022."), *PARTIES,
        ("head", "BACKGROUND"),
        ("para", "The Client runs passenger ferries between Dunmarra, Milford Point and Cuxhaven. The Supplier runs contact centres. The "
                 "Client wishes the Supplier to answer the calls, e-mails and chats of its passengers, and the Supplier agrees to do "
                 "so, on "
                 "the terms that follow."),
        ("head", "AGREED TERMS"),
        *terms("ninety (90) days'", "three (3) years from the Effective Date, that is until and including 28 February 2025",
               "one hundred per cent (100%)"),
        ("page", ""), ("head", "SIGNATURES"),
        ("para", "This Agreement has been entered into on the date stated at its beginning."),
        ("table", [["Signed for the Supplier", "Signed for the Client"],
                   ["Nuala Garvane, Managing Director", "Ruairi Stannard, Director and Company Secretary"],
                   ["14 February 2022", "14 February 2022"]]),
        ("gap", ""), ("head", "SCHEDULE 1: STATEMENTS OF WORK"),
        ("para", "SOW 1: Reservations and disruption line, in English and German, from 1 March 2022."),
        ("head", "SCHEDULE 2: DATA PROCESSING TERMS"),
        ("para", "Subject matter: answering passengers. Duration: the Term. Kinds of data: names, contact and booking details, "
                 "recordings of "
                 "calls, transcripts of chats. Data subjects: passengers and those who book for them. Recordings are kept for ninety days. "
                 "Sub-processors: none without the Client's written consent."),
    ]
    return pdf(blocks, "Master Services Agreement MSA-2022-0093", SUPPLIER, f"{CONTRACT}  {SUPPLIER} / {CLIENT}")


def draft() -> bytes:
    """The third draft, with sixty days and two years: what was on the table and not signed."""
    blocks: list[Block] = [
        ("title", "MASTER SERVICES AGREEMENT"), ("para", f"Agreement No. {CONTRACT}"),
        ("para", "DRAFT v3 of 21 January 2022, for discussion, not binding until signed. Changes of the Client's side are in."),
        ("para", "THIS AGREEMENT is dated [          ] 2022."), *PARTIES, ("head", "AGREED TERMS"),
        *terms("sixty (60) days'", "two (2) years from the Effective Date, that is until and including 29 February 2024",
               "one hundred and twenty-five per cent (125%)"),
        ("head", "OPEN POINTS"),
        ("para", "Ruairi: we can live with three years if the cap on liability stays at 125%. Fintan: board wants ninety days in "
                 "clauses 3 and "
                 "12 because the roster for the summer is fixed in February. To be settled on the call of 26 January."),
    ]
    return docx(blocks, "MSA-2022-0093 draft v3", "Fintan Mulready", "2022-01-21")


def statement_of_work() -> bytes:
    blocks: list[Block] = [
        ("title", "Statement of Work 1: Reservations and disruption line"),
        ("para", f"This statement of work is made under the Master Services Agreement No. {CONTRACT} between {SUPPLIER} and {CLIENT} "
                 f"and is "
                 "dated 18 February 2022. Words have the meaning that they have in that agreement."),
        ("head", "1. Scope"),
        ("para", "Calls to the reservations line and the disruption line, e-mails to the booking mailbox and chats on the booking page: "
                 "new "
                 "bookings, changes, refunds up to EUR 250.00, information on sailings. Complaints about injuries and all press "
                 "enquiries are passed to the Client within one hour."),
        ("head", "2. Staff"),
        ("table", [["Role", "Number", "Language"], ["Advisers, winter", "14", "English"], ["Advisers, April to September", "22", "English"],
                   ["Advisers, Cuxhaven desk", "4", "German"], ["Team leaders", "2", "English, one with German"]]),
        ("head", "3. Place and systems"),
        ("para", "The work is done in Ballyfennel. The Client gives access to its booking system. The Supplier provides telephony, chat "
                 "and "
                 "recording."),
        ("head", "4. Reports"),
        ("para", "A daily sheet by 09:00, a report of the Service Level by the fifth Business Day of each month, a review each quarter."),
        ("head", "5. Start and end"),
        ("para", "The work starts on 1 March 2022 and ends with the Agreement."),
        ("para", "Signed for the Supplier: Orla Brannock, 18 February 2022. Signed for the Client: Maeve Torrin, 18 February 2022."),
    ]
    return docx(blocks, "SOW 1 reservations and disruption line", "Orla Brannock", "2022-02-18")


def amendment() -> bytes:
    blocks: list[Block] = [
        ("title", "AMENDMENT No. 1"), ("centre", f"to the Master Services Agreement No. {CONTRACT}"),
        ("para", f"This amendment is made on 13 January 2025 between {SUPPLIER} (the \"Supplier\") and {CLIENT} (the \"Client\")."),
        ("clause", "1. In clause 6.2 of the Agreement the sum of EUR 35,000.00 is replaced by EUR 38,000.00 with effect from 1 March "
                   "2025."),
        ("clause", "2. In clause 6.1 the prices are raised by four per cent (4%) and rounded to the nearest cent: EUR 4.26 for each call, "
                   "EUR 3.33 for each e-mail and EUR 2.70 for each chat."),
        ("clause", "3. The Supplier adds two advisers to the Cuxhaven desk from 1 May to 30 September in each year."),
        ("clause", "4. All other terms of the Agreement stay as they are. Clause 20 applies to this amendment."),
        ("gap", ""),
        ("table", [["Signed for the Supplier", "Signed for the Client"], ["Orla Brannock, Client Director", "Ruairi Stannard, Company "
                                                                                                            "Secretary"],
                   ["13 January 2025", "13 January 2025"]]),
    ]
    return pdf(blocks, "Amendment No. 1 to MSA-2022-0093", SUPPLIER, f"{CONTRACT} Amendment No. 1")
