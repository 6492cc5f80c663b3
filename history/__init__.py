"""The thinking half: a client's records -> conclusions with citations. Pure functions; no I/O, no clock, no network.

    file           the input: one client and its records, as of a day
    cited          what a conclusion is made of: a value, its citations, the rule and its inputs
    passages       which words of a record stand for it: its first meaningful line, its own sentences
    sides          who belongs to the client, who to us, and which way a message went
    timeline       every record in order of date
    interactions   what was said, by which channel, which way
    terms          the contract and its amendments: what was in force on a day
    told, who_said what all records say under a name, gathered once; whose words a passage is
    notice         which records are a notice of termination, and what it says
    notice_terms   how the papers want notices given   delivery, how the copies went out and arrived
    reckoning      how a period is counted             business_days, without the holidays that the contract names
    required       the notice that the contract requires, and the day that it leads to
    condition      notice_conditions, exit_conditions: what was to be kept to, and whether it was
    ending         withdrawn or not, the day of the end, the status
    penalties      fees, shortfalls, penalties, credits, interest: due, paid, waived or disputed; formulas, what a clause comes to
    reasons        why, as the party that ends it says
    termination    one entry per notice: all of these
    disputes, billing, feedback, gaps, conflicts
    assembly       all of the above as one History
    approach       whether to call a client that left: openings, obstacles, consent    unsaid, what must not be said    sentences_said
    win_back       the brief an agent reads before calling, from records that are not privileged
    audit          what is missing, unread, undated, contradictory
    deadlines      the days that the papers set; deadline_feed, the same as a calendar
    churn          why clients leave, over all of them; suppression, which small figures are not shown
    status_page    what the client itself may be told, by an allow-list
    outline        the history as sections, statements, derivations and numbered quotations: what the readable report is made of
    report         the history for people, as plain text; report_html, report_pdf as documents

It knows `archive.model` and nothing else, so a conclusion can be checked at a desk with a handful of records.
"""

from history.assembly import History, assemble
from history.audit import Audit, audit
from history.file import ClientFile
from history.report import report
from history.win_back import WinBack, win_back

__all__ = ["Audit", "ClientFile", "History", "WinBack", "assemble", "audit", "report", "win_back"]
