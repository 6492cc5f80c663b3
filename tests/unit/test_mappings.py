"""The files of mappings/ are of their form, explained, and in step with the program."""
from __future__ import annotations

from pathlib import Path

import pytest

import mappings
from archive.adapters.elasticsearch_query import index_body
from archive.adapters.embedded_schema import schema_of

README = (Path(mappings.__file__).parent / "README.md").read_text("utf-8")


def test_every_field_is_explained_in_the_readme() -> None:
    missing = [name for name in mappings.records().fields if f"`{name}`" not in README]
    assert not missing


def test_text_fields_have_two_streams_and_the_rest_one() -> None:
    streams = mappings.records().streams()
    assert (streams["body"], streams["body_exact"], streams["from_names"], streams["kind"]) == ("words", "words", "words", "keyword")
    assert "kind_exact" not in streams


def test_elasticsearch_takes_nothing_that_is_not_listed_and_keeps_no_text() -> None:
    body = index_body(mappings.records(), mappings.analysis())
    fields = mappings.records().fields        # both streams of a text are woven into one field (archive.streams)
    assert body["mappings"]["dynamic"] == "strict"
    assert body["mappings"]["properties"].keys() == fields.keys()
    assert set(body["mappings"]["_source"]["excludes"]) == {name for name, kind in fields.items() if kind in ("words", "text")}


def test_embedded_schema_can_be_made_from_the_same_fields() -> None:
    assert schema_of(mappings.records()) is not None


def test_files_in_use_bear_their_date() -> None:
    assert mappings.records().date == mappings.analysis().date == mappings.TODAY


def test_file_that_is_not_there_is_an_error() -> None:
    with pytest.raises(FileNotFoundError):
        mappings.records("1999-01-01")
