"""The status page of a client: conditions met and open, dates, sums, to be shown to the client itself.

It is made by an allow-list: every value on it is the client's own entry in the directory, a day, a sum of money, a currency, or a word of the
tables below.  No text of a record, no fact's words, no path, subject or name of a person can get there, whatever the facts hold.  What rests on
privileged records is left out before anything is concluded.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from html import escape
from typing import Any

from history.billing import billing
from history.cited import Known
from history.condition import Condition
from history.deadlines import Deadline, deadlines_of
from history.disputes import Dispute, disputes
from history.file import ClientFile
from history.money import decimal_of
from history.penalties import Penalty
from history.reckoning import day_of
from history.report_html import whole_page
from history.termination import Termination, terminations
from history.terms import same_number
from history.win_back import privileged_ids

STATUS = {
    "notice_given": "notice was given",
    "terminated": "ended",
    "expired": "ended with its term",
    "rescinded": "the notice was withdrawn; the service goes on",
    "won_back": "the notice was withdrawn; the service goes on under new terms",
    "disputed": "the end is not agreed",
}
CONDITIONS = {
    "notice_period": "Notice period",
    "notice_method": "Way of giving notice",
    "notice_address": "Address of the notice",
    "cure_period": "Time to put a breach right",
    "withdrawal_of_notice": "Withdrawal of the notice",
    "asset_return": "Return of assets",
    "data_return_or_deletion": "Return or deletion of data",
    "transition_assistance": "Help with the handover",
    "final_invoice": "Final account",
    "early_termination_fee": "Fee for an early end",
}
DATES = {
    "notice_dated": "Date of the notice",
    "notice_received": "Notice received",
    "end_asked_for": "End asked for",
    "earliest_end": "Earliest end by the contract",
    "end": "End of the service",
    "term_end": "End of the term",
}
DISPUTES = {
    "open": "open",
    "negotiation": "in negotiation",
    "mediation": "in mediation",
    "arbitration": "in arbitration",
    "litigation": "before a court",
    "settled": "settled",
    "adjudicated": "decided",
    "withdrawn": "withdrawn",
}
SUMS = {"invoiced": "Invoiced", "paid": "Paid", "credited": "Credited", "refunded": "Refunded", "outstanding": "Outstanding"}
PENALTIES = {
    "early_termination_fee": "Fee for an early end",
    "unamortised_setup_cost": "Cost of setting up that is not written off",
    "minimum_commitment": "Minimum commitment",
    "minimum_commitment_shortfall": "Shortfall of the minimum commitment",
    "contractual_penalty": "Contractual penalty",
    "contractual_penalty_data_deletion": "Contractual penalty for late deletion of data",
    "liquidated_damages": "Liquidated damages",
    "service_level_credits": "Service level credits",
    "settlement_default_charge": "Charge for default under the settlement",
    "late_interest": "Interest",
}
PENALTY_STATES = {"due": "open", "disputed": "open", "paid": "done", "waived": "done"}
PAYERS = {"client": "by the client", "provider": "by the provider"}
DUES = {
    **{name: CONDITIONS[name] for name in ("asset_return", "data_return_or_deletion", "final_invoice")},
    "instalment": "Payment under the settlement",
}

_CURRENCY = re.compile(r"[A-Z]{3}", re.ASCII)


@dataclass(frozen=True, slots=True)
class StatusPage:
    """`told` is the page as JSON: nothing else is known to it."""

    told: dict[str, Any]

    def as_json(self) -> dict[str, Any]:
        return self.told


def status_page(file: ClientFile, today: str) -> StatusPage:
    """Return the status page of a client; `today` is a day, ISO 8601."""
    file = file.known()
    file = file.without(privileged_ids(file))
    ended, claimed = terminations(file), disputes(file)
    return StatusPage(
        {
            "client": {"id": file.client.client_id, "name": file.client.legal_name},
            "as_of": file.as_of or today,
            "contracts": [_contract(t, file) for t in ended],
            "disputes": [_dispute(d) for d in claimed],
            "account": _account(file),
            "due": [_due(d) for d in deadlines_of(file, today, ended, claimed) if d.kind in DUES],
        }
    )


def _contract(t: Termination, file: ClientFile) -> dict[str, Any]:
    days = {
        "notice_dated": t.notice.date_on_document,
        "notice_received": t.notice.date_received,
        "end_asked_for": t.notice.stated_effective_date,
        "earliest_end": t.earliest_compliant_date,
        "end": t.ending.effective,
        "term_end": t.contract_expiry_date,
    }
    return {
        "contract": _number(t.contract_number, file),
        "status": _one_of(STATUS, t.ending.status),
        "dates": {name: day for name, item in days.items() if (day := _day(item))},
        "conditions": [_condition(c) for c in t.conditions if c.name in CONDITIONS],
        "sums": [_penalty(p) for p in t.penalties if p.kind in PENALTIES and p.status in PENALTY_STATES],
    }


def _condition(c: Condition) -> dict[str, Any]:
    return {"name": c.name, "state": "met" if c.met is True else "open", "due": _day(c.due)}


def _penalty(p: Penalty) -> dict[str, Any]:
    payer = p.payer if p.payer in PAYERS else None
    return {"name": p.kind, "amount": _sum(p.amount), "currency": _currency(p.currency), "state": p.status, "payer": payer}


def _dispute(d: Dispute) -> dict[str, Any]:
    agreed = None
    if (found := d.outcome) is not None and found.amount is not None:
        payer = d.payer if d.payer in PAYERS else None
        agreed = {"amount": _sum(found.amount), "currency": _currency(found.currency), "payer": payer, "on": _iso(found.day)}
    return {"status": _one_of(DISPUTES, d.status), "since": _iso(next((s.day for s in d.steps if s.day), None)), "agreed": agreed}


def _account(file: ClientFile) -> dict[str, Any] | None:
    found = billing(file)
    sums = {name: _sum(decimal_of(found.totals.get(f"{name}_total"))) for name in ("invoiced", "paid", "credited", "refunded")}
    sums["outstanding"] = _sum(decimal_of(found.outstanding))
    if not any(sums.values()):
        return None
    return {"as_of": _day(found.as_of), "currency": _currency(found.currency), "sums": {name: value for name, value in sums.items() if value}}


def _due(d: Deadline) -> dict[str, Any]:
    state = "done" if d.state == "done" else "open"
    return {"kind": d.kind, "date": _iso(d.day), "state": state, "amount": _sum(d.amount), "currency": _currency(d.currency)}


def _number(item: Known | None, file: ClientFile) -> str | None:
    """Return a contract number as the directory has it; one that it does not have is not told."""
    if item is None:
        return None
    return next((n for n in file.client.contract_numbers if same_number(n, str(item.value))), None)


def _one_of(words: dict[str, str], value: str) -> str | None:
    return value if value in words else None


def _day(item: Known | None) -> str | None:
    return _iso(item.value) if item is not None else None


def _iso(value: object) -> str | None:
    day = day_of(value)
    return day.isoformat() if day else None


def _sum(value: Decimal | None) -> str | None:
    """Return a sum with two decimals, as text, so that it stays exact."""
    return f"{value:.2f}" if value is not None else None


def _currency(code: str | None) -> str | None:
    return code if code and _CURRENCY.fullmatch(code) else None


def status_html(page: StatusPage) -> str:
    """Return the page as one HTML document."""
    told = page.told
    body = [f"<header><h1>Status for {escape(told['client']['name'])}</h1>", f'<p class="dim">As of {escape(told["as_of"])}</p></header>', '<main id="main">']
    for section, rows in sections(page):
        body.append(f"<section><h2>{escape(section)}</h2><dl>")
        body += [f"<dt>{escape(label)}</dt><dd>{_state(state)}{escape(value)}</dd>" for label, value, state in rows]
        body.append("</dl></section>")
    body.append("</main>")
    return whole_page(f"Status for {told['client']['name']}", body)


def _state(state: str) -> str:
    return f'<span class="state {"met" if state in ("met", "done") else "open"}">{escape(state)}</span> ' if state else ""


def sections(page: StatusPage) -> Iterator[tuple[str, list[tuple[str, str, str]]]]:
    """Yield the parts of the page: a heading, and lines of label, value and state ("", met, done or open)."""
    told = page.told
    if not told["contracts"]:
        yield "Contract", [("Status", "no notice of termination is on record", "")]
    for c in told["contracts"]:
        rows = [("Status", STATUS.get(c["status"] or "", "not decided"), "")]
        rows += [(DATES[name], day, "") for name, day in c["dates"].items()]
        yield f"Contract {c['contract']}" if c["contract"] else "Contract", rows
        if c["conditions"]:
            yield "Conditions", [(CONDITIONS[x["name"]], f"(due by {x['due']})" if x["due"] else "", x["state"]) for x in c["conditions"]]
        if c["sums"]:
            yield "Sums", [(PENALTIES[x["name"]], f"{_money(x)} {_payable(x)}", PENALTY_STATES[x["state"]]) for x in c["sums"]]
    for number, d in enumerate(told["disputes"], 1):
        rows = [("Status", DISPUTES.get(d["status"] or "", "not decided"), "")]
        rows += [("Since", d["since"], "")] if d["since"] else []
        if agreed := d["agreed"]:
            parts = [_money(agreed), PAYERS.get(agreed["payer"] or "", ""), f"on {agreed['on']}" if agreed["on"] else ""]
            words = " ".join(part for part in parts if part)
            rows.append(("Agreed or decided", words, ""))
        yield f"Dispute {number}" if len(told["disputes"]) > 1 else "Dispute", rows
    if due := told["due"]:
        yield "Due", [(DUES[x["kind"]], f"{x['date']}, {_money(x)}" if x["amount"] else x["date"], x["state"]) for x in due]
    if account := told["account"]:
        rows = [(SUMS[name], _money({"amount": value, "currency": account["currency"]}), "") for name, value in account["sums"].items()]
        yield f"Account as of {account['as_of']}" if account["as_of"] else "Account", rows


def _payable(sum_: dict[str, Any]) -> str:
    by = PAYERS.get(sum_["payer"] or "", "")
    words = {"due": f"to be paid {by}", "paid": f"paid {by}", "waived": "waived", "disputed": "disputed"}
    return words[sum_["state"]].strip()


def _money(sum_: dict[str, Any]) -> str:
    return f"{sum_['currency'] or ''} {Decimal(sum_['amount']):,.2f}".strip()
