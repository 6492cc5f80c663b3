"""The contract between writing and reading: which fields an index entry has and how their words are made.

Dated files beside this module (README.md explains every field); `records()` and `analysis()` give those of today.  Imports nothing
of the project: the engines' schemas are derived from here, never the other way round.
"""
from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

TODAY = "2026-11-24"
"""Date of the files in use."""

TYPES = ("text", "words", "keyword", "bool", "day", "moment", "number")


@dataclass(frozen=True, slots=True)
class Analysis:
    """How the words of text fields are made, and how Elasticsearch is set up for them (the words of README.md)."""
    date: str
    analyzer: str
    exact_suffix: str
    empty_token: str
    stemmed_languages: dict[str, str]
    token_chars: int
    keyword_chars: int
    elasticsearch: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Records:
    """The fields of an index entry: name -> type (one of TYPES). `identity` names the field that an entry is known by."""
    date: str
    identity: str
    fields: dict[str, str]

    def streams(self) -> dict[str, str]:
        """Return the fields as the engines hold them: a `text` becomes two `words`, `<field>` and `<field>_exact`; the rest stays."""
        out: dict[str, str] = {}
        for name, kind in self.fields.items():
            if kind == "text":
                out |= {name: "words", name + analysis().exact_suffix: "words"}
            else:
                out[name] = kind
        return out


@cache
def records(date: str = TODAY) -> Records:
    """Return the field list of that date. Raises ValueError for a file that is not of this form."""
    read = _read(f"records.{date}.json")
    unknown = {name: kind for name, kind in read["fields"].items() if kind not in TYPES}
    if unknown or read["date"] != date or read["fields"].get(read["identity"]) != "keyword":
        raise ValueError(f"records.{date}.json is not of the form in README.md: {unknown or 'date or identity'}")
    return Records(date, read["identity"], read["fields"])


@cache
def analysis(date: str = TODAY) -> Analysis:
    """Return the analysis settings of that date. Raises TypeError for a file with missing or further keys."""
    return Analysis(**_read(f"analysis.{date}.json"))


def _read(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((Path(__file__).parent / name).read_text("utf-8"))
    return read
