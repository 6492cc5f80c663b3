"""The account DUN-3304 from June to November 2025: every line once, so that invoices, ledger, letters and mails agree.

Value added tax is 23 %; the early termination fee is compensation and outside the scope of the tax.  Sums are in EUR.
"""
from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

VAT = Decimal("0.23")
CENT = Decimal("0.01")


def cents(amount: Decimal) -> Decimal:
    """Return an amount in whole cents, half a cent up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the account. `kind` is invoice, credit_note or payment; `net` and `vat` are 0 for a payment, `gross` is what moves."""
    date: str
    kind: str
    number: str
    text: str
    net: Decimal
    vat: Decimal
    gross: Decimal


def taxed(date: str, kind: str, number: str, text: str, net: str, rate: Decimal = VAT) -> Line:
    amount = Decimal(net)
    vat = cents(amount * rate)
    return Line(date, kind, number, text, amount, vat, amount + vat)


def paid(date: str, number: str, text: str, gross: Decimal) -> Line:
    return Line(date, "payment", number, text, Decimal(0), Decimal(0), gross)


MONTHLY_MINIMUM = Decimal("38000.00")
LAST_DAYS = cents(MONTHLY_MINIMUM * 17 / 30)
"""The minimum for 1 to 17 September 2025."""
FEE = MONTHLY_MINIMUM * Decimal("0.25") * 5
"""Clause 14: a quarter of the minimum for each of October, November, December, January and February."""
SETTLED = Decimal("24000.00")

JUNE = taxed("2025-06-30", "invoice", "INV-25-0631", "Services June 2025", "41200.00")
JULY = taxed("2025-07-31", "invoice", "INV-25-0731", "Services July 2025", "46800.00")
JULY_CREDIT = taxed("2025-08-12", "credit_note", "CN-25-0041", "Service credit July 2025, 10% of INV-25-0731", "4680.00")
AUGUST = taxed("2025-08-31", "invoice", "INV-25-0831", "Services August 2025", "44600.00")
SEPTEMBER = taxed("2025-09-17", "invoice", "INV-25-0917", "Monthly Minimum 1 to 17 September 2025 (17/30)", str(LAST_DAYS))
FEE_INVOICE = taxed("2025-09-22", "invoice", "INV-25-0922", "Early termination fee, clause 14 of MSA-2022-0093", str(FEE), Decimal(0))
FEE_CREDIT = taxed("2025-11-10", "credit_note", "CN-25-0058", "Part of INV-25-0922 waived, settlement of 7 November 2025",
                   str(FEE - SETTLED), Decimal(0))

LEDGER = (
    JUNE,
    paid("2025-07-30", "RC-25-0402", "Receipt for INV-25-0631", JUNE.gross),
    JULY,
    JULY_CREDIT,
    paid("2025-08-29", "RC-25-0455", "Receipt for INV-25-0731 less CN-25-0041", JULY.gross - JULY_CREDIT.gross),
    AUGUST,
    SEPTEMBER,
    FEE_INVOICE,
    paid("2025-09-30", "RC-25-0498", "Receipt for INV-25-0831", AUGUST.gross),
    paid("2025-10-17", "RC-25-0521", "Receipt for INV-25-0917", SEPTEMBER.gross),
    FEE_CREDIT,
    paid("2025-11-27", "RC-25-0577", "Receipt, settlement of 7 November 2025", SETTLED),
)


def total(kind: str) -> Decimal:
    """Return the sum of all lines of a kind, tax included."""
    return sum((line.gross for line in LEDGER if line.kind == kind), Decimal(0))


def written(amount: Decimal) -> str:
    """Return an amount as it stands in letters: `47,500.00`."""
    return f"{amount:,.2f}"
