"""Three threads in one mailbox, a second copy of one of them, a Maildir and the mail of the second client."""
from __future__ import annotations

from story import letters, money
from story.letters import AUGUST_CREDIT, FEE, SETTLED
from story.people import ANNIKE, CORMAC, DECLAN, FINTAN, INES, MAEVE, ORLA, PETRA, RUAIRI
from story.write_mail import Attached, Message, raw

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"

STAND_1 = Message(
    "20250428.081412.MT", "2025-04-28T09:14:12+01:00", MAEVE, (ORLA,), "Reservations line: where we stand",
    """Orla,

March came in at 77.8% and nobody on your side told us before we asked. That is the month in which the
new minimum of EUR 38,000 started. My board sees a higher price and longer queues on the same page, and
I have no good answer for them.

Can I have, before Friday, a plan for the summer: how many people, on which days, and what happens when
a sailing is cancelled? Last year the disruption line rang out for eleven minutes.

Maeve
""", html="""<html><body><p>Orla,</p>
<p>March came in at <b>77.8%</b> and nobody on your side told us before we asked. That is the month in which the
new minimum of EUR 38,000 started. My board sees a higher price and longer queues on the same page, and
I have no good answer for them.</p>
<p>Can I have, before Friday, a plan for the summer: how many people, on which days, and what happens when
a sailing is cancelled? Last year the disruption line rang out for eleven minutes.</p>
<p>Maeve</p></body></html>""")

STAND_2 = Message(
    "20250429.155040.OB", "2025-04-29T16:50:40+01:00", ORLA, (MAEVE,), "RE: Reservations line: where we stand",
    """Maeve,

You are right about March and I am sorry that you heard it from the report. Five advisers left in the
first week and the training of their replacements took until the 24th.

The plan: 22 advisers from 1 May instead of 1 June, four more on call on Fridays and Sundays, and the two
German speakers of Amendment No. 1 start on 5 May. Ines will send you the roster each Thursday.

Orla

On 28 April 2025 at 09:14, Maeve Torrin wrote:
> March came in at 77.8% and nobody on your side told us before we asked. That is the month in which the
> new minimum of EUR 38,000 started.
""", cc=(INES,), answers=(STAND_1,))

STAND_3 = Message(
    "20250602.113305.AB", "2025-06-02T12:33:05+02:00", ANNIKE, (ORLA,), "AW: Reservations line: where we stand",
    """Guten Tag Frau Brannock,

Frau Torrin hat mir Ihren Plan weitergeleitet. Von den zwei zusätzlichen deutschsprachigen Kräften haben
wir in Cuxhaven bisher nichts gemerkt. Am Himmelfahrtswochenende haben Fahrgäste bis zu vierzehn Minuten
gewartet, und mehrere wurden auf Englisch begrüßt, obwohl sie die deutsche Nummer gewählt hatten.

Am Schalter stehen dann verärgerte Familien vor uns, und wir können nur um Entschuldigung bitten. Bitte
teilen Sie mir mit, ab wann die beiden Kolleginnen tatsächlich am Telefon sitzen.

Mit freundlichen Grüßen
Annike Boysen
Stationsleitung Cuxhaven
""", cc=(MAEVE,), answers=(STAND_1, STAND_2))

STAND_4 = Message(
    "20250603.084510.OB", "2025-06-03T09:45:10+01:00", ORLA, (ANNIKE,), "RE: AW: Reservations line: where we stand",
    """Dear Ms Boysen,

Thank you for telling me plainly. One of the two colleagues started on 5 May, the other withdrew her
acceptance; her successor starts on 16 June. Until then Ines has moved a team leader with German to the
Cuxhaven desk at weekends. The English greeting was a routing fault and was put right yesterday evening.

I apologise to you and your passengers.

Orla Brannock
""", cc=(MAEVE, INES), answers=(STAND_1, STAND_2, STAND_3))

NOTICE_FILE = Attached("Notice of termination 2025-06-16.pdf", "application/pdf", letters.notice())

NOTICE_1 = Message(
    "20250616.140231.RS", "2025-06-16T15:02:31+01:00", RUAIRI, (FINTAN,), "MSA-2022-0093: notice of termination",
    """Dear Mr Mulready,

Please find attached a copy of our notice of termination under clause 12.1 of the Master Services
Agreement. The signed original goes to your registered office by registered post.

Yours sincerely,
Ruairi Stannard
Company Secretary, Dunmarra Ferries DAC
""", cc=(ORLA,), attached=(NOTICE_FILE,))

NOTICE_2 = Message(
    "20250617.073000.OB", "2025-06-17T08:30:00+01:00", ORLA, (FINTAN,), "Fwd: MSA-2022-0093: notice of termination",
    """Fintan,

This came yesterday afternoon. Does the e-mail already start the ninety days? They say 14 September, and
I have to tell Ines until when she may plan the roster. Should I answer them or leave it to you?

Orla
""", answers=(NOTICE_1,), attached=(Attached("MSA-2022-0093 notice of termination.eml", "message/rfc822", raw(NOTICE_1)),))

NOTICE_3 = Message(
    "20250618.101122.FM", "2025-06-18T11:11:22+01:00", FINTAN, (ORLA,), "RE: Fwd: MSA-2022-0093: notice of termination",
    """PRIVILEGED AND CONFIDENTIAL: LEGAL ADVICE. Please do not forward.

Orla,

No. Clause 18.3 takes e-mail out for clause 12 altogether, so yesterday's mail gives us a copy and nothing
more. Wait for the registered letter and keep the envelope: what counts is the date of posting, because
clause 18.2(b) deems it received on the second Business Day after that. If it was posted on Tuesday the
17th, that is Thursday the 19th, and the ninety days end on 17 September. Their date of the 14th is wrong.

On the fee: clause 14 is arguable but not beyond attack. If the people are on other work the day after, a
court may ask whether a quarter of the minimum is a genuine estimate. And clause 14.2 lets them set off
Service Credits. June alone gives them nothing, but a second bad month would. I would rather settle at
half than go to mediation. Nothing of this to Dunmarra, please; I shall write the acknowledgement.

Fintan Mulready
General Counsel
""", answers=(NOTICE_1, NOTICE_2))

NOTICE_4 = Message(
    "20250624.151500.FM", "2025-06-24T16:15:00+01:00", FINTAN, (RUAIRI,), "RE: MSA-2022-0093: notice of termination",
    """Dear Mr Stannard,

Our acknowledgement is attached; the original is in the post. In short: received on 19 June 2025, so the
Agreement ends on 17 September 2025. Please confirm.

Yours sincerely,
Fintan Mulready
""", cc=(ORLA,), answers=(NOTICE_1,),
    attached=(Attached("Acknowledgement 2025-06-24.pdf", "application/pdf", letters.acknowledgement()),))

NOTICE_5 = Message(
    "20250626.090817.RS", "2025-06-26T10:08:17+01:00", RUAIRI, (FINTAN,), "RE: MSA-2022-0093: notice of termination",
    """Dear Mr Mulready,

Agreed: the Agreement ends on 17 September 2025. We do not agree that a fee is due, but that can wait for
your invoice.

Ruairi Stannard
""", cc=(ORLA, MAEVE), answers=(NOTICE_1, NOTICE_4))

FEE_1 = Message(
    "20250922.100905.CD", "2025-09-22T11:09:05+01:00", CORMAC, (DECLAN,), "INV-25-0922: early termination fee",
    f"""Dear Mr Ashgrove,

Attached are our claim under clause 14 and invoice INV-25-0922 over EUR {FEE}, payable by 22 October 2025.

Kind regards,
Cormac Delahunt
Credit Control, account DUN-3304
""", cc=(ORLA,), attached=(
        Attached("Claim early termination fee.docx", DOCX, letters.claim()),
        Attached("INV-25-0922.pdf", "application/pdf", letters.dunmarra_paper(money.FEE_INVOICE, "Payable by 22 October 2025"))))

FEE_2 = Message(
    "20251006.143648.DA", "2025-10-06T15:36:48+01:00", DECLAN, (CORMAC,), "RE: INV-25-0922: early termination fee",
    """Dear Mr Delahunt,

We deny the claim; our reasons are in the letter attached. INV-25-0922 is disputed and will not be paid as
it stands. INV-25-0917 is not disputed and goes out on the 17th.

Declan Ashgrove
""", cc=(ORLA,), answers=(FEE_1,), attached=(Attached("Response 2025-10-06.docx", DOCX, letters.response()),))

FEE_3 = Message(
    "20251020.162010.DA", "2025-10-20T17:20:10+01:00", DECLAN, (ORLA,), "RE: INV-25-0922: early termination fee",
    """WITHOUT PREJUDICE

Orla,

Thank you for coming to Dunmarra on Wednesday. As I said there, we offer EUR 20,000.00 in full and final
settlement, without any admission, if your side credits the rest of the invoice. The offer is open until
the end of the month.

Declan
""", cc=(CORMAC,), answers=(FEE_1, FEE_2))

FEE_4 = Message(
    "20251024.112755.OB", "2025-10-24T12:27:55+01:00", ORLA, (DECLAN,), "RE: INV-25-0922: early termination fee",
    f"""WITHOUT PREJUDICE

Declan,

We cannot accept EUR 20,000.00. You are right about August: it was the third month in a row and the credit
of EUR {AUGUST_CREDIT} should have been given. You are not right about June, which was the first. With August
taken into account we would settle at EUR 30,000.00.

Can we talk on Friday the 31st?

Orla
""", cc=(CORMAC, FINTAN), answers=(FEE_1, FEE_2, FEE_3))

FEE_5 = Message(
    "20251103.091544.DA", "2025-11-03T09:15:44+00:00", DECLAN, (ORLA,), "RE: INV-25-0922: early termination fee",
    f"""Orla,

As agreed on the phone on Friday: EUR {SETTLED}, paid within 21 days of signature, and you credit the balance
of EUR {money.written(money.FEE_CREDIT.gross)}. We accept on that basis. Ruairi will send the paper for signature.

No hard feelings on our side. The people on the line were always kind; there were too few of them.

Declan
""", cc=(CORMAC, RUAIRI), answers=(FEE_1, FEE_2, FEE_3, FEE_4))

MAILBOX = [STAND_1, STAND_2, STAND_3, STAND_4, NOTICE_1, NOTICE_2, NOTICE_3, NOTICE_4, NOTICE_5, FEE_1, FEE_2, FEE_3, FEE_4, FEE_5]

ACCOUNTS_RECEIVED = (
    "from mail.dunmarra.example (mail.dunmarra.example [192.0.2.25])\n by mx1.tallowbridge.example with ESMTPS id 4c9QkX2v\n"
    " for <accounts@tallowbridge.example>; Mon, 06 Oct 2025 15:36:51 +0100",)

REMITTANCE = Message(
    "remit.20251127.0007", "2025-11-27T08:02:00+00:00", DECLAN, (CORMAC,), "Remittance advice EUR 24,000.00 DUN-3304",
    f"""Remittance advice

Payer: Dunmarra Ferries DAC
Your account: DUN-3304
Value date: 27 November 2025
Amount: EUR {SETTLED}
For: settlement of 7 November 2025, INV-25-0922 less CN-25-0058

This message was sent automatically.
""", extra=(("Auto-Submitted", "auto-generated"),))

STORM = Message(
    "ops.20250714.061200", "2025-07-14T07:12:00+01:00", MAEVE, (INES,), "Sailings cancelled today: 11:20 and 16:45",
    """Ines,

Gale warning, the 11:20 and the 16:45 from Dunmarra are off. About 900 passengers. Text messages go out at
07:30, so expect the calls from then on. Forecast volumes for today are out of the window, I know.

Maeve
""")

LAST_SHIFT = Message(
    "20250915.134420.IC", "2025-09-15T14:44:20+01:00", INES, (MAEVE,), "Last shift on Wednesday",
    """Maeve,

On Wednesday the 17th we take calls until 22:00 as usual. At 22:00 the numbers are switched to Dunmarra; your
carrier has confirmed. The 61 knowledge articles went to you on the 8th, the fifth day of training was the
11th. Headsets and screens are ours, nothing has to come back to you.

The team sends its best. Some of them have been on your line since the first day.

Ines
""", cc=(ORLA,))

SUMMER = Message(
    "20260112.101500.MT", "2026-01-12T10:15:00+00:00", MAEVE, (ORLA,), "Summer 2026",
    """Orla,

I did not think I would write this mail so soon. We answer our own phones now and on quiet days it goes
well. For the summer we are short of people, and on the Cuxhaven desk we have nobody in the evening.

Would you quote for overflow calls from 1 May to 30 September, German included, by the call and without a
monthly minimum? The price is one thing, but what the board will ask about is July. Please tell me what
you would do differently on a day like the 14th.

You may call me on this. Please no newsletters.

Maeve
""")

UNFINISHED = raw(LAST_SHIFT).partition(b"At 22:00")[0]
"""The first part of a message whose delivery broke off: it stays in `tmp`, where by the standard no reader looks."""

MAILDIR = {
    "cur/1752473521.M100P4211.desk:2,S": STORM,
    "cur/1757943862.M200P4211.desk:2,RS": LAST_SHIFT,
    "new/1768212901.M300P4211.desk": SUMMER,
}

SALTMEADOW = Message(
    "20250805.093000.PL", "2025-08-05T10:30:00+01:00", PETRA, (ORLA,), "Menu change on 18 August",
    """Hi Orla,

From 18 August there are six vegetarian boxes instead of four, and the skip deadline moves from Wednesday to
Tuesday 18:00. Could the team have the new answers by the 15th? The article is attached to the ticket.

Account SMB-1187, as always.

Thanks,
Petra Lindgate
Saltmeadow Boxes
""")
