"""A notice against renewal that comes in time ends the term that runs; one that comes too late ends the next."""
from __future__ import annotations

from typing import Any

import pytest
from builders.records import client_file, fact, read_record

from history import assemble

CONTRACT = ("Term to 2025-03-31. Renews for 12 months. Notice against renewal: 2 months before the end. Notices count from receipt.")


def contract(renews: bool = True) -> Any:
    facts = [fact(CONTRACT, "expiration_date", "2025-03-31", "Term to 2025-03-31."),
             fact(CONTRACT, "notice_period_to_terminate_renewal", 2, "Notice against renewal: 2 months before the end. Notices count from receipt.", "months")]
    if renews:
        facts.append(fact(CONTRACT, "renewal_term", 12, "Renews for 12 months.", "months"))
    return read_record("contract", CONTRACT, "contract", date="2023-04-01", facts=tuple(facts))


def amendment() -> Any:
    text = "Two months become three months."
    changed = fact(text, "period_replaced", 3, text, "months")
    from dataclasses import replace
    return read_record("amendment", text, "amendment", date="2023-12-20", facts=(replace(changed, basis="words put in place of others: replaces 2 months"),))


def notice(received: str) -> Any:
    text = f"We do not renew. It ends on 2025-03-31. Received {received}."
    facts = (fact(text, "notice_given", "2024-12-20", "We do not renew."), fact(text, "given_by", "client", "We do not renew."),
             fact(text, "ground", "non_renewal", "We do not renew."), fact(text, "stated_effective_date", "2025-03-31", "It ends on 2025-03-31."),
             fact(text, "received_on", received, f"Received {received}."))
    return read_record("notice", text, "notice", date="2024-12-20", facts=facts)


LATER = read_record("later", "A mail of 2026.", "email", date="2026-06-01")


@pytest.mark.parametrize(("received", "more", "earliest", "met", "status"), [
    ("2025-01-03", (), "2025-03-31", True, "expired"),
    ("2025-01-03", (amendment(),), "2026-03-31", False, "terminated"),
    ("2024-12-31", (amendment(),), "2025-03-31", True, "expired"),
    ("2025-02-10", (), "2026-03-31", False, "terminated"),
])
def test_notice_against_renewal_ends_the_term_that_it_reaches_in_time(received, more, earliest, met, status):
    (told,) = assemble(client_file(contract(), *more, notice(received), LATER)).as_json()["terminations"]
    assert told["earliest_compliant_date"] == earliest
    assert {c["name"]: c["met"] for c in told["conditions"]}["notice_period"] is met
    assert told["effective_date"] == earliest and told["status"] == status
    assert told["required_notice"]["value"] == (3 if more else 2)


def test_late_notice_without_a_known_renewal_decides_no_end():
    (told,) = assemble(client_file(contract(renews=False), notice("2025-02-10"), LATER)).as_json()["terminations"]
    assert told["earliest_compliant_date"] is None
    assert any("no renewal that could be counted" in why for why in told["undecided"])
