"""Invoices and reports that are missed by their number: a gap while the paper is not held."""

from __future__ import annotations

import json

from builders.records import client_file, fact, read_record

from archive.model.record import ReadRecord
from history import assemble


def says(record_id: str, text: str, name: str, **value: str) -> ReadRecord:
    return read_record(record_id, text, "email", date="2025-03-01", facts=(fact(text, name, json.dumps(value), text),))


def gaps(*reads: ReadRecord) -> list[tuple[str, set[str]]]:
    return [(g["what"], {c["record_id"] for c in g["cites"]}) for g in assemble(client_file(*reads)).as_json()["gaps"]]


MISSED = says("m", "Invoice NP-2024-118 never arrived.", "missing_paper", paper="invoice", number="NP-2024-118")
NAMED = says("n", "Please pay invoice NP-2024-118.", "mentions_paper", paper="invoice", number="NP-2024-118")


def test_invoice_missed_by_its_number_is_a_gap_that_cites_every_mention() -> None:
    assert gaps(MISSED, NAMED) == [("Invoice NP-2024-118, mentioned and not held", {"m", "n"})]


def test_invoice_that_is_held_or_that_nobody_misses_is_none() -> None:
    assert gaps(MISSED, read_record("i", "INVOICE NP-2024-118\nTotal 40.00", "invoice", date="2025-02-01")) == []
    assert gaps(MISSED, read_record("i", "INVOICE NP-2024-1187\nTotal 40.00", "invoice", date="2025-02-01")) != []
    assert gaps(NAMED) == []


def test_report_of_an_audit_is_one_gap_however_often_it_is_missed_unless_it_is_held() -> None:
    one = says("a", "We never got the audit report 2023/41.", "missing_paper", paper="audit_report", number="2023/41")
    two = says("b", "We do not have the report.", "missing_paper", paper="report")
    assert gaps(one, two) == [("Audit report 2023/41, mentioned and not held", {"a", "b"})]
    assert gaps(one, two, read_record("r", "Audit report 2023/41\nFindings", "other", date="2023-06-01")) == []
