"""Sums and orders on which documents disagree: booked, asked for, sent, ordered, announced and awarded."""

from __future__ import annotations

from collections.abc import Iterator

from history.acts import Act
from history.conflict import Conflict, View, days_between, speaking
from history.contested import contested
from history.discrepancies import discrepancies
from history.file import ClientFile
from history.ledger import account, advices

_YEAR_DAYS = 366

def sums(file: ClientFile) -> Iterator[Conflict]:
    for found in discrepancies(file):
        if found.kind in ("amount_mismatch", "fx") and len(found.basis) > 1:
            yield Conflict(f"Sum: {found.what}", found.basis, "two documents give different sums for one payment or paper")


def open_sums(view: View) -> Iterator[Conflict]:
    """Yield the open sums that the two sides see differently: one asks for it, the other's books show another."""
    for asked, says, demand, denial in contested(view.file).told:
        what = f"Open sum: {asked:,.2f} asked for, {says:,.2f} by the books of the other side"
        yield Conflict(what, (demand, denial), "the one side asks for another sum than the other says that it owes")


def awards(told: tuple[Act, ...]) -> Iterator[Conflict]:
    """Yield for a ruling the claim of which it gives less than was asked; an admission of a proof of debt says itself what it leaves out."""
    for ruling in (a for a in told if a.kind == "ruling" and a.amount is not None and a.forum != "admission"):
        claims = [a for a in told if a.kind in ("claim", "counterclaim") and a.day <= ruling.day and a.amount is not None]
        claim = next((a for a in claims if ruling.payer is None or a.other == ruling.payer), None)
        if claim is not None and claim.amount != ruling.amount:
            what = f"Sum due: {claim.amount:,.2f} claimed on {claim.day}, {ruling.amount:,.2f} found due on {ruling.day}"
            yield Conflict(what, (claim.known, ruling.known), "a ruling gives another sum than was claimed")


def payments(view: View) -> Iterator[Conflict]:
    """Yield payments that one side says it sent and the other that they did not come, with the bank lines of that sum."""
    sent, denied = speaking(view, "says_paid"), speaking(view, "denies_receipt")
    lines = account(view.file)
    for read, row, side in sent:
        on = (read.record.date or "")[:10]
        against = [x for x in denied if x[2] and side and x[2] != side and x[1].sum() == row.sum() and (x[0].record.date or "") >= on]
        if against and (amount := row.sum()) is not None:
            seen = [e.known for e in (*lines.bank, *lines.of("payment")) if e.amount == amount]
            told = [r.known for _, r in advices(view.file) if r.sum() == amount]
            what = f"Whether {amount:,.2f} was paid: sent by the words of the {side}, not received by those of the {against[0][2]}"
            if seen:
                what += "; a line of the account or of a bank shows it"
            sides = tuple(dict.fromkeys((row.known, *(x[1].known for x in against), *told, *seen)))
            yield Conflict(what, sides, "one side says that it paid, the other that nothing came")
            return


def orders(view: View) -> Iterator[Conflict]:
    """Yield orders that one side says were given by word of mouth, and that the other denies or whose invoice it contests."""
    denied = [*speaking(view, "denies_order"), *(x for x in speaking(view, "account_says") if x[1].text("kind") == "missing_invoice")]
    for _, row, side in speaking(view, "oral_order"):
        numbers = set(row.text("reference").split())
        against = [x for x in denied if side and x[2] and x[2] != side and numbers & set(x[1].text("reference").split())]
        if against:
            what = f"Whether {', '.join(sorted(numbers))} was ordered: by word of mouth, says the {side}; the {against[0][2]} denies it"
            yield Conflict(what, tuple(dict.fromkeys((row.known, *(x[1].known for x in against)))), "one side relies on an order that the other denies")
            return


def increases(view: View) -> Iterator[Conflict]:
    """Yield a rise in price that was announced with one share and, within a year, is said to have been told with another."""
    told = speaking(view, "asserts_increase")
    for letter, row, _ in (x for x in told if x[1].text("how") == "announced"):
        percent = row.fields.get("percent")
        on = (letter.record.date or "")[:10]
        said = [x for x in told if x[1].text("how") == "said" and abs(days_between(on, (x[0].record.date or "")[:10])) <= _YEAR_DAYS]
        other = [x for x in said if x[1].fields.get("percent") != percent]
        if other:
            shares = ", ".join(f"{x[1].fields.get('percent'):g}%" for x in other[:3])
            what, sides = f"Rise in price: {percent:g}% announced, {shares} told before", (row.known, *(x[1].known for x in other[:3]))
            yield Conflict(what, sides, "a rise is announced with another share than was told")
            return
