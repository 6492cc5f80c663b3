"""Tables: the ledger, the service levels, the survey, the review."""
from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from decimal import Decimal
from random import Random

from story import money
from story.people import ACCOUNT, CLIENT, CONTRACT
from story.write_paper import xlsx

SERVICE_LEVEL = (
    ("2025-01", 9810, 84.0), ("2025-02", 9120, 81.3), ("2025-03", 10240, 77.8), ("2025-04", 10105, 80.6), ("2025-05", 10870, 82.5),
    ("2025-06", 11490, 76.4), ("2025-07", 13060, 68.9), ("2025-08", 12455, 71.2), ("2025-09", 6020, 80.9))
"""Month, calls offered, per cent answered within 30 seconds."""

COMMENTS = (
    (9, "The lady found my booking although I had the wrong name on it."), (8, "Quick and friendly."),
    (2, "Sixteen minutes and then cut off."), (1, "Called the German number and nobody spoke German."),
    (10, "Refund came in three days, thank you."), (3, "Nobody could tell me whether the boat sails."),
    (7, ""), (6, "Long wait, kind person."), (2, "Wartezeit unzumutbar."), (9, ""),
    (4, "I had to call three times."), (8, "Good advice about the dog."))


def rows_as_csv(rows: Iterable[Sequence[object]]) -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows(rows)
    return out.getvalue().encode()


def ledger() -> bytes:
    """Return the account as exported: each line with the balance after it, and the totals below."""
    head = ["Date", "Type", "Number", "Text", "Net EUR", "VAT EUR", "Debit EUR", "Credit EUR", "Balance EUR"]
    rows: list[Sequence[object]] = [["Account", ACCOUNT, CLIENT, f"Contract {CONTRACT}", "As of 2025-11-30"], head]
    balance = Decimal(0)
    for line in sorted(money.LEDGER, key=lambda each: each.date):
        debit = line.gross if line.kind == "invoice" else Decimal(0)
        credit = line.gross - debit
        balance += debit - credit
        name = {"invoice": "Invoice", "credit_note": "Credit note", "payment": "Receipt"}[line.kind]
        sums = (line.net, line.vat, debit, credit, balance)
        rows.append([line.date, name, line.number, line.text, *(f"{amount:.2f}" for amount in sums)])
    totals = (money.total("invoice"), money.total("payment") + money.total("credit_note"), balance)
    rows.append(["2025-11-30", "Total", "", "", "", "", *(f"{amount:.2f}" for amount in totals)])
    return rows_as_csv(rows)


def service_levels() -> bytes:
    levels: list[Sequence[object]] = [["Month", "Calls offered", "Answered within 30 s", "Target", "Met"]]
    levels += [[month, calls, round(share / 100, 3), 0.8, "yes" if share >= 80 else "no"] for month, calls, share in SERVICE_LEVEL]
    days = Random(2001)
    july: list[Sequence[object]] = [["Day", "Calls offered", "Abandoned", "Longest wait s"]]
    for number in range(1, 32):
        storm = number == 14
        july.append([f"2025-07-{number:02d}", 1130 if storm else days.randrange(340, 470), 263 if storm else days.randrange(8, 35),
                     960 if storm else days.randrange(120, 420)])
    return xlsx({"Service level": levels, "July by day": july}, "2025-09-24", {"Service level": (3, 4)})


def survey() -> bytes:
    """Return the answers of passengers after a call, July to September 2025; score 0 to 10."""
    chance = Random(2001)
    rows: list[Sequence[object]] = [["answered_on", "channel", "line", "score", "comment"]]
    for number in range(48):
        score, comment = COMMENTS[chance.randrange(len(COMMENTS))]
        month, day = 7 + number * 3 // 48, 1 + number * 7 % 28
        line = "Cuxhaven" if "erman" in comment or "Warte" in comment else "Reservations"
        if month == 9:
            day = 1 + day % 17
        rows.append([f"2025-{month:02d}-{day:02d}", chance.choice(["call", "call", "chat"]), line, score, comment])
    return rows_as_csv([rows[0], *sorted(rows[1:], key=str)])


REVIEW = """<!DOCTYPE html>
<html lang="en">
<head><meta charset="utf-8"><title>Quarterly review Q1 2025, Dunmarra Ferries</title></head>
<body>
<h1>Quarterly review, first quarter 2025</h1>
<p>Held on 27 May 2025 in Ballyfennel. Present: Maeve Torrin, Annike Boysen (by telephone), Orla Brannock, Ines Caldeira.</p>
<h2>Service level</h2>
<table>
<tr><th>Month</th><th>Answered within 30 s</th><th>Target</th></tr>
<tr><td>January</td><td>84.0%</td><td>80%</td></tr>
<tr><td>February</td><td>81.3%</td><td>80%</td></tr>
<tr><td>March</td><td>77.8%</td><td>80%</td></tr>
</table>
<p>March was missed. As April was met (80.6%), no Service Credit is due under clause 5.2.</p>
<h2>What was said</h2>
<ul>
<li>Ms Torrin: the rise of the Monthly Minimum to EUR 38,000.00 was agreed on the understanding that the summer would be
staffed better.</li>
<li>Ms Boysen: the Cuxhaven desk is the weak point.</li>
<li>Ms Torrin: the board has asked for a paper on answering the calls in Dunmarra. No decision yet.</li>
</ul>
<h2>Actions</h2>
<ol><li>Ines Caldeira: roster each Thursday, from 29 May.</li><li>Orla Brannock: second German speaker by mid June.</li></ol>
</body>
</html>
"""


def volumes() -> bytes:
    """Return the forecast and the real volumes of June, a member of the month-end zip."""
    chance = Random(2025)
    rows: list[Sequence[object]] = [["account", "week", "forecast", "calls"]]
    rows += [[ACCOUNT, f"2025-W{week}", 2600, chance.randrange(2500, 2900)] for week in range(23, 27)]
    return rows_as_csv(rows)
