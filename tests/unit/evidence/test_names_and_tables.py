from __future__ import annotations

import csv
import io
import json

import pytest
from builders.records import read_record

from evidence.bag import BadManifest, bag_info, manifest_line, payload_oxum, read_bag_info, read_manifest
from evidence.names import MAX_CHARS, safe_name, unsafe_member
from evidence.tables import csv_header, csv_row, harmless, json_bytes


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Notice.pdf", "Notice.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Windows\\evil.exe", "evil.exe"),
        ("Avis de résiliation.pdf", "Avis de resiliation.pdf"),
        ("Kündigung Straße.docx", "Kundigung Strasse.docx"),
        ("a\x00b\x1b[2J\n.txt", "a_b_[2J_.txt".replace("[", "_")),
        ("100%.pdf", "100_.pdf"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("LPT1.pdf.txt", "_LPT1.pdf.txt"),
        ("NUL .txt", "_NUL.txt"),
        ("console.txt", "console.txt"),
        ("trailing. . ", "trailing"),
        ("..hidden", "hidden"),
        ("-rf", "rf"),
        ("", "original"),
        (" . ", "original"),
        ("日本.txt", "__.txt"),
        ("日本", "original"),
    ],
)
def test_names_are_made_safe(name: str, expected: str) -> None:
    assert safe_name(name) == expected


def test_long_name_is_cut_and_keeps_its_suffix() -> None:
    safe = safe_name("x" * 500 + ".docx")
    assert len(safe) <= MAX_CHARS
    assert safe.endswith("x.docx")
    assert len(safe_name("x." + "y" * 500)) <= MAX_CHARS


@pytest.mark.parametrize("name", ["", "/a", "a/../b", "..", "a//b", "./a", "a\\b", "C:/a", "a\nb"])
def test_member_names_that_must_not_be_unpacked(name: str) -> None:
    assert unsafe_member(name)


@pytest.mark.parametrize("name", ["a", "a/b.txt", "a/b/", "a/..b"])
def test_harmless_member_names(name: str) -> None:
    assert unsafe_member(name) is None


@pytest.mark.parametrize("cell", ["=1+1", "+1", "-1", "@x", "\tx", "\rx", "＝1", " =1", '"=1', "'=1", "\u00a0=1"])
def test_cell_that_may_be_a_formula_is_quoted(cell: str) -> None:
    assert harmless(cell) == "'" + cell


@pytest.mark.parametrize("cell", ["", "words", "a=b", "2025-01-01", "x@y.example"])
def test_other_cells_stay(cell: str) -> None:
    assert harmless(cell) == cell


def test_row_reads_back_with_the_columns_of_the_header() -> None:
    record = read_record("a", "w", subject='He said "no",\nthen left', to=("x@y.example", "z@y.example"), date="2025-01-01").record
    text = (csv_header() + csv_row(record, "data/originals/a/a.txt", None)).decode("utf-8-sig")
    (row,) = csv.DictReader(io.StringIO(text, newline=""))
    assert (row["subject"], row["to"], row["original"], row["text"]) == (
        record.subject,
        "x@y.example | z@y.example",
        "data/originals/a/a.txt",
        "",
    )
    assert (row["privileged"], row["outcome"]) == ("no", "done")


def test_lone_surrogate_reads_back_from_json_the_same() -> None:
    assert json.loads(json_bytes({"x": "\ud800é"}).decode("utf-8")) == {"x": "\ud800é"}


def test_manifest_reads_back_and_undoes_escapes() -> None:
    line = manifest_line("ab" * 32, "data/a b.txt")
    assert line == b"ab" * 32 + b"  data/a b.txt\n"
    assert list(read_manifest([line, b"\n", b"CD" * 32 + b" *./data/x%0Ay%25.txt\r\n"])) == [
        ("data/a b.txt", "ab" * 32),
        ("data/x\ny%.txt", "cd" * 32),
    ]
    for bad in (b"xyz  data/a\n", b"ab" * 32 + b"\n", b"\xff\n"):
        with pytest.raises(BadManifest):
            list(read_manifest([bad]))


def test_path_that_would_need_an_escape_is_refused() -> None:
    for path in ("data/a\nb", "data/100%", "data/a\rb"):
        with pytest.raises(ValueError, match="escape"):
            manifest_line("ab" * 32, path)


def test_payload_oxum_counts_octets_and_files() -> None:
    assert payload_oxum([]) == "0.0"
    assert payload_oxum([10, 0, 5]) == "15.3"


def test_value_cannot_make_a_field_of_its_own() -> None:
    content = bag_info([("Contact-Name", "x\nPayload-Oxum: 0.0"), ("Empty", " "), ("Payload-Oxum", "5.1")])
    assert read_bag_info(content) == {"Contact-Name": "x Payload-Oxum: 0.0", "Payload-Oxum": "5.1"}
    assert read_bag_info(b"A: one\n  two\nnonsense\n") == {"A": "one two"}
