"""The client directory as a CSV file: what is read, and what is refused with the line that is wrong."""
from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from archive.errors import BadRequest, CasetrailError
from archive.model.client import Client, Contact
from ingest.directory import parse_directory

HEAD = "client_id,legal_name,trading_names,account_numbers,email_domains,contacts,contract_numbers,status,currency\n"


def test_every_column_is_read() -> None:
    line = 'C-1,"Alder, Mills Ltd",Alder; Alder Mills ,A-1,ALDER.example;@mills.example,Tom Ash <Tom.Ash@alder.example>;The Desk,MSA-1;MSA-2,inactive,EUR\n'
    assert parse_directory((HEAD + line).encode()) == [Client(
        "C-1", "Alder, Mills Ltd", ("Alder", "Alder Mills"), ("A-1",), ("alder.example", "mills.example"),
        (Contact("Tom Ash", "tom.ash@alder.example"), Contact("The Desk", "")), ("MSA-1", "MSA-2"), "inactive", "EUR")]


def test_further_columns_are_kept_and_missing_ones_are_empty() -> None:
    (client,) = parse_directory(b"Client_ID,Legal_Name,region\nC-1,Alder,north\n")
    assert (client.client_id, client.extra, client.email_domains) == ("C-1", {"region": "north"}, ())


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_delimiters_and_encodings_of_spreadsheets_are_understood(delimiter: str, encoding: str) -> None:
    (client,) = parse_directory(f"client_id{delimiter}legal_name\r\nC-1{delimiter}Bäckerei Müller\r\n".encode(encoding))
    assert client.legal_name == "Bäckerei Müller"


def test_empty_lines_are_passed_over() -> None:
    assert [c.client_id for c in parse_directory(b"client_id,legal_name\n\nC-1,A\n,\nC-2,B\n")] == ["C-1", "C-2"]


@pytest.mark.parametrize(("content", "words"), [
    (b"", "no column"), (b"id,name\n1,x\n", "no column client_id, legal_name"), (b"client_id,legal_name\n", "no client"),
    (b"client_id,legal_name\nC-1,A\nC-1,B\n", "Line 3"), (b"client_id,legal_name\n,A\n", "Line 2"), (b"client_id,legal_name\nC-1,\n", "Line 2"),
    (b"client_id,legal_name\nC-1,A,extra\n", "Line 2"), (b"client_id,legal_name\nC|1,A\n", "Line 2"), (b"client_id,legal_name\n-,A\n", "Line 2"),
    (b'client_id,legal_name\nC-1,"A\n', "Line"), (b"client_id,legal_name\nC\x00,A\n", "no text file"), (b"PK\x03\x04\x00\x00", "no text file")])
def test_what_is_no_directory_is_refused_with_its_place(content: bytes, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        parse_directory(content)


@given(st.binary(max_size=300) | st.text(max_size=200).map(lambda text: (HEAD + text).encode("utf-8", "replace")))
def test_no_bytes_break_the_parser(content: bytes) -> None:
    with suppress(CasetrailError):
        assert parse_directory(content)
