"""Whatever the records are: every quote stands at its offsets, nothing concluded is uncited, nothing is left out in silence."""

from __future__ import annotations

import contextlib
import json
from datetime import date
from decimal import Decimal, InvalidOperation
from itertools import combinations
from typing import Any

from builders.records import cited_facts_in, cites_in, client_file, read_record
from hypothesis import given, settings
from hypothesis import strategies as st

from archive.model.extracted import Page, Participant, Passage, Segment
from archive.model.fact import Fact
from archive.model.outcome import Done, Failed
from archive.model.record import KINDS, RECORD_TYPES, ReadRecord
from history import ClientFile, assemble, audit, report, win_back
from history.deadlines import STATES, deadlines
from history.outline import outline
from history.report_html import report_html
from history.report_pdf import report_pdf

DATES = st.sampled_from([None, "2024-01-31", "2024-02-29", "2025-06-15"])
ADDRESSES = st.sampled_from(["", "ebba.lund@norrland.example", "kim@house.example", "jo@house.example", "x@lex.example", "@", "no address"])
NAMES = (
    "contract_number",
    "notice_period",
    "effective_date",
    "expiration_date",
    "notice_given",
    "given_by",
    "stated_effective_date",
    "date_received",
    "ground",
    "amount",
    "invoiced_total",
    "paid_total",
    "credited_total",
    "refunded_total",
    "outstanding",
    "csat",
    "governing_law",
    "dispute_act",
    "act_by",
    "act_for",
    "instalment",
    "default_days",
    "settlement_days",
    "ledger_row",
    "bank_row",
    "advice",
    "account_says",
    "figure",
    "missing_paper",
    "mentions_paper",
    "asserts_end",
    "asserts_receipt",
    "asserts_figure",
    "denies_paper",
    "penalty",
    "settlement_credit",
    "penalty_clause",
    "named_sum",
    "percent_replaced",
    "leaving_reason",
    "service_ended",
)
ROWS = (
    '{"kind": "claim", "amount": "10"}',
    '{"kind": "settlement", "amount": "10.5", "payer": "client"}',
    '{"kind": "offer", "amount": "7", "by": "provider"}',
    '{"kind": "withdrawal", "reference": "X-1"}',
    '{"kind": "invoice", "number": "X-1", "amount": "5", "day": "2024-01-31"}',
    '{"kind": "payment", "amount": "5", "day": "2024-02-29", "details": "suspense"}',
    '{"day": "2024-01-31", "amount": "4"}',
    '{"metric": "csat", "value": 4.5, "date": "2024-01-31"}',
    '{"metric": "csat", "value": 0.5, "period": "2024-01-01/2024-01-31"}',
    '{"paper": "side_letter", "day": "2024-01-31"}',
    '{"paper": "letter", "day": "--01-31"}',
    '{"day": "2024-02-29", "how": "deemed"}',
    '{"day": 7, "amount": [], "value": "x"}',
    '{"act": "charged", "kind": "early_termination_fee", "amount": "9", "number": "X-1"}',
    '{"act": "claimed", "kind": "contractual_penalty", "amount": "8"}',
    '{"act": "credited", "reference": "X-1", "amount": "2", "agreed": "yes"}',
    '{"act": "credited", "kind": "contractual_penalty", "amount": "3"}',
    '{"act": "granted", "kind": "service_level_credits", "amount": "6"}',
    '{"act": "withdrawn", "kind": "early_termination_fee"}',
    '{"act": "settled", "kind": "early_termination_fee"}',
    '{"kind": "early_termination_fee", "percent": "50", "base": "minimum", "per": "month", "count": "up"}',
    '{"base": "minimum", "amount": "48"}',
    "[]",
    "{",
)
WORDS = st.sampled_from(
    [
        "We hereby terminate. ",
        "by hand\n",
        "90 days from receipt ",
        "We will pay. ",
        "Dear Sir,\n",
        "\n\n",
        "opt out ",
        "\x1b[2J",
        "é",
        "end of a calendar month ",
        "‮",
        " ",
        "- item\n",
        "notice of default ",
        "\ud800",
    ]
)
VALUES = st.one_of(
    st.none(),
    st.integers(-5, 400),
    st.sampled_from(ROWS),
    st.sampled_from(["2024-01-31", "2025-06-15", "not a day", "NaN", "client", "provider", "1200.50", "", "NK-7"]),
    st.floats(),
    st.booleans(),
)


@st.composite
def facts(draw: st.DrawFn, text: str) -> Fact:
    start = draw(st.integers(0, max(0, len(text) - 1)))
    end = draw(st.integers(start, min(len(text), start + 30)))
    quote = draw(st.sampled_from([text[start:end], text[start:end], "elsewhere"]))
    passages = draw(st.sampled_from([(Passage(start, end, quote, None),), ()]))
    unit = draw(st.sampled_from(["", "SEK", "calendar_days", "business_days", "months", "weeks"]))
    return Fact(draw(st.sampled_from(NAMES)), draw(VALUES), passages, "rule", unit, confidence=draw(st.sampled_from([0.2, 0.9])))


@st.composite
def reads(draw: st.DrawFn, number: int, total: int) -> ReadRecord:
    text = "".join(draw(st.lists(WORDS, max_size=8)))
    cut = draw(st.integers(0, len(text)))
    others = st.sampled_from([None, *(f"r{n}" for n in range(total) if n != number), "absent"])
    return read_record(
        f"r{number}",
        text,
        draw(st.sampled_from(KINDS)),
        date=draw(DATES),
        types=tuple(draw(st.sets(st.sampled_from(RECORD_TYPES)))),
        facts=tuple(draw(st.lists(facts(text), max_size=5))),
        sender=draw(ADDRESSES) or None,
        to=tuple(draw(st.lists(ADDRESSES, max_size=2))),
        subject=draw(st.sampled_from(["", "Kündigung", "draft"])),
        parent=draw(others),
        duplicate_of=draw(others),
        near_duplicate_of=draw(others),
        mime=draw(st.sampled_from(["message/rfc822", "text/plain"])),
        privileged=draw(st.booleans()),
        outcome=draw(st.sampled_from([Done(), Failed("damaged", "broken")])),
        segments=draw(st.sampled_from([(), (Segment("new", cut, len(text)),)])),
        pages=draw(st.sampled_from([(), (Page(1, 0, cut), Page(2, cut, len(text)))])),
        participants=draw(st.sampled_from([(), (Participant("speaker", "", "Ebba Lund"),)])),
    )


@st.composite
def files(draw: st.DrawFn) -> ClientFile:
    total = draw(st.integers(0, 6))
    return client_file(*(draw(reads(n, total)) for n in range(total)), as_of=draw(st.sampled_from([None, "2024-02-01"])))


def assert_cited(told: Any, file: ClientFile) -> None:
    texts = {r.record.record_id: r.text for r in file.records}
    for found in cited_facts_in(told):
        assert found["cites"], found
    for cite in cites_in(told):
        assert cite["quote"]
        assert texts[cite["record_id"]][cite["start"] : cite["end"]] == cite["quote"]


@given(files())
@settings(max_examples=80, deadline=None)
def test_every_quote_stands_at_its_offsets_and_no_fact_is_uncited(file: ClientFile) -> None:
    assert_cited(assemble(file).as_json(), file)
    assert_cited(win_back(file).as_json(), file)
    assert_cited(audit(file).as_json(), file)


@given(files())
@settings(max_examples=80, deadline=None)
def test_every_record_is_shown_or_listed_as_unread(file: ClientFile) -> None:
    history = assemble(file)
    shown = [i for e in history.timeline for i in (e.record_id, *e.copies)] + [u.record_id for u in history.unread]
    assert sorted(shown) == sorted(r.record.record_id for r in file.known().records)


@given(files())
@settings(max_examples=80, deadline=None)
def test_every_date_and_sum_concluded_is_that_of_a_cited_fact_or_derived_from_cited_ones(file: ClientFile) -> None:
    for termination in assemble(file).as_json()["terminations"]:
        concluded = {i["name"]: i for i in termination["derivation"]["inputs"]}
        for name in ("contract_effective_date", "contract_expiry_date", "earliest_compliant_date"):
            if termination[name] is not None:
                source = concluded[name.removeprefix("contract_").replace("expiry", "expiration")]
                assert source["value"] == termination[name]
                assert source["cites"]
        stated = {i["name"]: i["value"] for i in termination["notice"]["derivation"]["inputs"]}
        for name, key in (
            ("date_on_document", "notice_given"),
            ("stated_effective_date", "stated_effective_date"),
            ("date_received", "date_received"),
        ):
            assert termination["notice"][name] == stated.get(key)


def amounts_of(inputs: list[dict[str, Any]]) -> list[Decimal]:
    """Return the sums that inputs of a derivation state, each once, those below them included."""
    out: list[Decimal] = []
    for one in inputs:
        try:
            fields = json.loads(one["value"]) if isinstance(one["value"], str) else None
        except ValueError:
            fields = None
        stated = fields.get("amount") if isinstance(fields, dict) else one["value"]
        with contextlib.suppress(InvalidOperation):
            out.append(Decimal(str(stated)))
        out += amounts_of(one.get("inputs", []))
    return list(dict.fromkeys(a for a in out if a.is_finite()))


NOTICE = "Norrland Kaffe AB, 10 January 2024: we terminate."
SUM_ROWS = tuple(r for r in ROWS if r.startswith(('{"act"', '{"kind"')))


@st.composite
def files_of_sums(draw: st.DrawFn) -> ClientFile:
    """A notice, and papers about sums in any order: rows of every act, with amounts that may or may not fit together."""
    given_ = (Fact("notice_given", "2024-01-10", (Passage(19, 34, NOTICE[19:34], None),), "rule", confidence=0.9),)
    out = [read_record("notice", NOTICE, "notice", date="2024-01-10", facts=given_)]
    for n in range(draw(st.integers(1, 6))):
        kind = draw(st.sampled_from(["invoice", "credit_note", "claim", "counterclaim", "settlement", "ledger", "other", "email"]))
        text = f"paper {n} about sums"
        facts_ = []
        for _ in range(draw(st.integers(1, 3))):
            row = draw(st.sampled_from(SUM_ROWS))
            name = "penalty" if row.startswith('{"act"') else draw(st.sampled_from(["dispute_act", "ledger_row", "settlement_credit"]))
            facts_.append(Fact(name, row, (Passage(0, 7, text[:7], None),), "rule", "SEK", confidence=0.9))
        day = draw(st.sampled_from(["2024-01-31", "2024-02-29", "2025-06-15"]))
        out.append(read_record(f"p{n}", text, kind, date=day, facts=tuple(facts_), sender=draw(ADDRESSES) or None))
    return client_file(*out)


@given(st.one_of(files(), files_of_sums()))
@settings(max_examples=400, deadline=None)
def test_every_penalty_is_a_cited_sum_or_what_cited_sums_leave_of_it(file: ClientFile) -> None:
    for termination in assemble(file).as_json()["terminations"]:
        for penalty in termination["penalties"]:
            inputs = penalty["derivation"]["inputs"]
            assert inputs and all(i["cites"] for i in inputs)
            stated = amounts_of(inputs)
            sums = {sum(some, Decimal(0)) for n in (1, 2, 3) for some in combinations(stated, n)}
            reached = sums | {a - b for a in stated for b in sums}
            assert Decimal(str(penalty["amount"])) in reached, (penalty, stated)


@given(files())
@settings(max_examples=100, deadline=None)
def test_privileged_records_are_never_in_the_brief(file: ClientFile) -> None:
    told = json.dumps(win_back(file).as_json())
    assert not [r.record.record_id for r in file.records if r.record.privileged and f'"{r.record.record_id}"' in told]


@given(files())
@settings(max_examples=50, deadline=None)
def test_answers_are_json_and_the_report_is_text_for_any_records(file: ClientFile) -> None:
    json.dumps([assemble(file).as_json(), win_back(file).as_json(), audit(file).as_json()], allow_nan=False)
    report(assemble(file)).encode("utf-8")


@given(files())
@settings(max_examples=50, deadline=None)
def test_order_in_which_records_come_does_not_matter(file: ClientFile) -> None:
    turned = ClientFile(file.client, tuple(reversed(file.records)), file.as_of)
    assert json.dumps(assemble(file).as_json()) == json.dumps(assemble(turned).as_json())


@given(files())
@settings(max_examples=80, deadline=None)
def test_every_deadline_is_a_day_and_every_quote_behind_it_stands(file: ClientFile) -> None:
    for one in deadlines(file, "2025-01-01"):
        told = one.as_json("2025-01-01")
        date.fromisoformat(told["date"])
        assert told["cites"] and told["derivation"]["inputs"] and told["state"] in STATES
        assert_cited(told, file)


@given(files())
@settings(max_examples=60, deadline=None)
def test_report_shows_every_record_and_every_source_with_the_place_where_it_stands(file: ClientFile) -> None:
    history = assemble(file)
    told = outline(history)
    texts = {r.record.record_id: r.text for r in file.records}
    for source in told.sources:
        assert texts[source.record_id][source.start : source.end]
    page = report_html(history)
    assert "<script" not in page and all(f'id="s{s.number}"' in page for s in told.sources)
    shown = next((s for s in told.sections if s.title == "Timeline"), None)
    assert len(shown.statements if shown else ()) == len(history.timeline)
    assert report_pdf(history).startswith(b"%PDF-")
