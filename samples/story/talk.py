# ruff: noqa: E501  what people said stays on its line
"""What was said: the chat of the account team, a recorded call, notes for the file."""
from __future__ import annotations

import json
from datetime import datetime

from story.write_paper import docx

USERS = [
    {"id": "U01ORLA", "name": "orla", "real_name": "Orla Brannock", "profile": {"email": "orla.brannock@tallowbridge.example"}},
    {"id": "U02INES", "name": "ines", "real_name": "Ines Caldeira", "profile": {"email": "ines.caldeira@tallowbridge.example"}},
    {"id": "U03CORM", "name": "cormac", "real_name": "Cormac Delahunt", "profile": {"email": "accounts@tallowbridge.example"}},
]
CHANNELS = [{"id": "C77DUNM", "name": "acct-dunmarra", "created": 1645000000, "members": [user["id"] for user in USERS],
             "topic": {"value": "Dunmarra Ferries, DUN-3304"}}]

STORM_DAY = (
    ("U02INES", "2025-07-14T07:31:10+01:00", "Two Dunmarra sailings off, 900 passengers. I have 9 on the line and 4 on call. It will not be enough."),
    ("U01ORLA", "2025-07-14T07:33:42+01:00", "Can <@U02INES> borrow from one of the other teams until noon?"),
    ("U02INES", "2025-07-14T07:35:05+01:00", "Three, from the meal box team, after their 08:00 peak. None with German."),
    ("U02INES", "2025-07-14T10:12:27+01:00", "Longest wait 16 min, 212 abandoned so far. Cuxhaven desk is one person, she has not had a break."),
    ("U01ORLA", "2025-07-14T10:15:01+01:00", "Maeve told us at 07:12, that is four hours before the 11:20. Clause 4.2 says two. We cannot hide behind that."),
    ("U02INES", "2025-07-14T18:40:33+01:00", "Day closed at 41% in 30 seconds. I let people go home on time for once."),
)
JULY_FIGURES = (
    ("U02INES", "2025-08-01T09:05:00+01:00", "July for Dunmarra: 68.9%. June was 76.4, so that is two in a row."),
    ("U03CORM", "2025-08-01T09:11:48+01:00", "Two in a row means clause 5.2, 10% of July. July charges are EUR 46,800.00, so EUR 4,680.00 plus VAT."),
    ("U01ORLA", "2025-08-01T09:14:20+01:00", "Then credit it without being asked. They are leaving, they should at least leave with clean books."),
    ("U03CORM", "2025-08-01T09:15:02+01:00", "CN-25-0041 goes out on the 12th with the run."),
)

CALL = """WEBVTT

NOTE Exit planning, account DUN-3304, recorded 22 July 2025 14:00 Irish time with the consent of all three

1
00:00:02.000 --> 00:00:09.500
<v Orla Brannock>Thanks for making the time, Maeve. Ines is with me. The end date is the seventeenth of September, agreed?

2
00:00:10.000 --> 00:00:16.200
<v Maeve Torrin>Agreed. Ruairi confirmed it in June. We want our own people on the line that night at ten.

3
00:00:16.800 --> 00:00:31.000
<v Ines Caldeira>Then I propose this: articles by the eighth of September, five days of training, the last on the eleventh. The export of the data by the first of October.

4
00:00:31.500 --> 00:00:40.300
<v Maeve Torrin>Is that inside the fourteen days of the contract? And please not by e-mail, there are passport numbers in the bookings.

5
00:00:40.900 --> 00:00:52.000
<v Ines Caldeira>First of October is day fourteen. It will be an encrypted zip on a drive, and I tell you the password on the phone. Nobody writes it down.

6
00:00:52.700 --> 00:01:08.400
<v Maeve Torrin>Good. I have to say one thing about Monday of last week. Sixteen minutes. I had the chairman's daughter on the Milford Point boat.

7
00:01:09.000 --> 00:01:21.600
<v Orla Brannock>I know. I will not explain it away. We were told in time and had thirteen people. It should have been twenty.

8
00:01:22.200 --> 00:01:37.900
<v Maeve Torrin>That is why we are leaving, Orla. The price was the second reason, not the first. If July had been like the first summer I would have fought for you.

9
00:01:38.500 --> 00:01:49.000
<v Orla Brannock>Understood. I would like to stay in touch, if that is all right.

10
00:01:49.400 --> 00:01:54.800
<v Maeve Torrin>It is. Call me in the new year.
"""

REGISTERED_LETTER = """Note for the file, reception Ballyfennel
Date: 19 June 2025

09:40  Registered letter no. RP 483 021 7 taken in from the postman, signed for by me.
       Sender: Dunmarra Ferries DAC, North Quay, Dunmarra.
       Addressed to: The Company Secretary, Tallowbridge Contact Centres Limited.
       Postmark: Dunmarra, 17 June 2025.
       Handed unopened to Fintan Mulready at 09:55. Envelope kept and scanned.

B. Kinsale, reception
"""

LAST_DAY = """# Last day on the Dunmarra line, 17 September 2025

Call with Maeve Torrin at 22:10, written down by Ines Caldeira the same night.

- Numbers switched at 22:00. Test call from Maeve answered in Dunmarra at 22:03.
- Last passenger on our side: a refund for the 16:45, finished at 21:52.
- She asked whether the recordings of the last ninety days are in the export. Yes, from 19 June on.
- She thanked the team. She said that she would *rather have kept the people and changed the contract*.

Open: export by 1 October, deletion by 17 October, final invoice for 1 to 17 September (sent today).
"""


def day(messages: tuple[tuple[str, str, str], ...]) -> bytes:
    """Return a day of a channel as Slack exports it: a JSON list, `ts` in seconds with six decimals."""
    rows = [{"type": "message", "user": user, "ts": f"{datetime.fromisoformat(at).timestamp():.0f}.{100 + number:06d}", "text": text}
            for number, (user, at, text) in enumerate(messages)]
    return as_json(rows)


def as_json(value: object) -> bytes:
    return (json.dumps(value, indent=2, ensure_ascii=False) + "\n").encode()


def handover_note() -> bytes:
    return docx([
        ("title", "Note: handover of the data export"),
        ("para", "Date: 1 October 2025. Present: Ines Caldeira (Tallowbridge), Maeve Torrin (Dunmarra Ferries). Place: Harbour House, Dunmarra."),
        ("para", "Handed over under clause 15.1 of MSA-2022-0093: one encrypted drive with the file dunmarra-export-2025-10-01.zip. It holds "
                 "bookings touched by us, chats from 1 March 2022, and recordings of calls from 19 June to 17 September 2025."),
        ("table", [["Content", "Number"], ["Bookings", "48,213"], ["Chats", "19,870"], ["Recordings", "26,404"]]),
        ("para", "The password was told by telephone at 15:20 the same day and is not written down anywhere on our side. Maeve opened the file while "
                 "on the phone and found it complete."),
        ("para", "Next: deletion on our systems by 17 October 2025, certificate to Maeve."),
    ], "Note on the data handover", "Ines Caldeira", "2025-10-01")
