"""The embedded engine's schema, made from mappings/records.<date>.json, and an entry as a document of it.

Beside the fields of the mapping it holds columns of its own, from which every order is read: the record_id as two numbers (60 and
20 bits, which makes the 20 hexadecimal digits), and for each order by date one number of 22 bits of day and the first 41 bits
of the record_id, ascending, so that one column sorts by both keys.
"""
from __future__ import annotations

from datetime import date, datetime
from typing import Any

import tantivy

import mappings
from archive.model.query import IndexEntry
from archive.streams import woven

ID_HIGH, ID_LOW = "_id_high", "_id_low"
DATE_ASC, DATE_DESC = "_date_asc", "_date_desc"
TOKENS = "whitespace"

_LAST_DAY = date.max.toordinal()
_NO_DAY = (1 << 22) - 1
_ID_BITS_IN_DATE = 41
_EPOCH = datetime.fromisoformat("1970-01-01T00:00:00+00:00")


def schema_of(records: mappings.Records) -> Any:
    """Return the engine's schema for a field list."""
    builder = tantivy.SchemaBuilder()
    for name, kind in records.fields.items():
        if kind in ("text", "words"):
            builder.add_text_field(name, tokenizer_name=TOKENS, index_option="position")
        elif kind == "keyword":
            builder.add_text_field(name, tokenizer_name="raw", index_option="basic", fast=True)
        elif kind == "bool":
            builder.add_boolean_field(name, indexed=True, fast=True)
        else:
            builder.add_integer_field(name, indexed=True, fast=True)
    for name in (ID_HIGH, ID_LOW, DATE_ASC, DATE_DESC):
        builder.add_integer_field(name, indexed=True, fast=True)
    return builder.build()


def open_engine(path: str, schema: Any | None = None) -> Any:
    """Return the engine in this directory (made when `schema` is given), with the tokenizer that splits at blanks."""
    index = tantivy.Index(schema, path=path) if schema is not None else tantivy.Index.open(path)
    index.register_tokenizer(TOKENS, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    return index


def id_numbers(record_id: str) -> tuple[int, int]:
    """Return the record_id as two numbers. Raises ValueError for anything but 20 lower-case hexadecimal digits."""
    if len(record_id) != 20 or record_id.lower() != record_id:
        raise ValueError("a record_id has 20 lower-case hexadecimal digits")
    return int(record_id[:15], 16), int(record_id[15:], 16)


def record_id(high: int, low: int) -> str:
    return f"{high:015x}{low:05x}"


def date_order(column: str, day: str | None, high: int) -> int:
    """Return the place of a day (ISO 8601, None or "" for none: last) and a record_id (its first 60 bits) in an order by date."""
    if not day:
        number = _NO_DAY
    else:
        number = date.fromisoformat(day).toordinal()
        number = number if column == DATE_ASC else _LAST_DAY - number
    return number << _ID_BITS_IN_DATE | high >> (60 - _ID_BITS_IN_DATE)


def day_of_order(column: str, place: int) -> str:
    """Return the day (ISO 8601, "" for none) of a place in an order by date."""
    number = place >> _ID_BITS_IN_DATE
    if number == _NO_DAY:
        return ""
    return date.fromordinal(number if column == DATE_ASC else _LAST_DAY - number).isoformat()


def number_of(kind: str, value: str | int) -> int:
    """Return a day, moment or number as the engine holds it (mappings/README.md). Raises ValueError."""
    if isinstance(value, int):
        return value
    if kind == "day":
        return date.fromisoformat(value).toordinal()
    if kind == "moment":
        moment = datetime.fromisoformat(value)
        return int((moment if moment.tzinfo else moment.replace(tzinfo=_EPOCH.tzinfo)).timestamp())
    return int(value)


def document_of(entry: IndexEntry, streams: dict[str, str], schema: Any, empty: str) -> Any:
    """Return the entry as a document. Raises ValueError for a field that the mapping does not have or a value of another type."""
    high, low = id_numbers(str(entry.get("record_id", "")))
    day = entry.get("date")
    values: dict[str, Any] = {
        ID_HIGH: high, ID_LOW: low,
        DATE_ASC: date_order(DATE_ASC, str(day or ""), high), DATE_DESC: date_order(DATE_DESC, str(day or ""), high),
    }
    suffix = mappings.analysis().exact_suffix
    for name, kind in mappings.records().fields.items():
        value = entry.get(name)
        if kind == "text":
            values[name] = woven(str(value or ""), str(entry.get(name + suffix) or ""), empty)
        elif kind == "words":
            values[name] = value or empty
        elif value is not None:
            values[name] = number_of(kind, value) if kind in ("day", "moment", "number") and isinstance(value, str | int) else value
    unknown = entry.keys() - streams.keys()
    if unknown:
        raise ValueError(f"not in the mapping: {', '.join(sorted(unknown))}")
    return tantivy.Document.from_dict(values, schema)
