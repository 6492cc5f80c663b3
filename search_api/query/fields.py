"""What can be filtered by, with which values, and what each filter asks of the index."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from archive.analysis import analyse_exact, fold, key_of
from archive.entry import keyword
from archive.errors import QuerySyntax
from archive.model.query import AllOf, AnyOf, Exists, In, Not, Phrase, Query, Range, Wildcard
from archive.model.record import KINDS, RECORD_TYPES
from search_api.query.amounts import amount
from search_api.query.dates import bounds, is_relative
from search_api.query.known import Known, clients_named, variants_of

SENTIMENTS = ("negative", "neutral", "positive", "mixed")
TEXT_FIELDS = {"subject": "subject", "body": "body", "text": "body", "filename": "filename"}
"""Fields whose value is words, as typed -> the field of the index."""
HOLDERS = {"thread": "thread", "family": "family"}
"""What may hold records that match a query of their own: `thread:{…}`."""

_PATTERN_LETTERS_MIN = 2
_STARS_MAX = 3


Build = Callable[[str, int, Known], Query]


def canonical(name: str) -> str:
    """Return the field's name as listed in FIELDS, "" for an unknown one. Case does not count."""
    lowered = name.lower()
    return lowered if lowered in FIELDS else ""


def pattern_of(text: str, at: int) -> str:
    """Return a pattern folded like the tokens that it is held against. Raises QuerySyntax for one that is too wide."""
    if sum(char not in "*?" for char in text) < _PATTERN_LETTERS_MIN:
        raise QuerySyntax(f"The pattern {text!r} (position {at}) has too few letters.", at, "Give at least two letters or digits beside * and ?.")
    folded = "".join(part if part in "*?" else fold(part) for part in re.split(r"([*?])", re.sub(r"\*+", "*", text)) if part)
    # Each further * multiplies the ways in which a word can be held against the pattern.
    if folded.count("*") > _STARS_MAX:
        raise QuerySyntax(f"The pattern {text!r} (position {at}) has more than {_STARS_MAX} *.", at, "Leave some of them out.")
    return folded


def is_pattern(text: str) -> bool:
    """Say whether a value has `*`, or `?` other than as a question mark at its end."""
    return "*" in text or "?" in text.rstrip("?!.,;:…")


def _one_of(field: str, index_field: str, allowed: tuple[str, ...]) -> Build:
    def build(value: str, at: int, known: Known) -> Query:
        values = []
        for each in _listed(value):
            word = each.lower().replace("-", "_").replace(" ", "_")
            if word not in allowed:
                raise QuerySyntax(f"{field} is never {each!r} (position {at}).", at, f"It is one of: {', '.join(allowed)}.")
            values.append(word)
        return In(index_field, tuple(values))
    return build


def _exactly(index_field: str, shape: Callable[[str], str] = keyword) -> Build:
    def build(value: str, at: int, known: Known) -> Query:
        if is_pattern(value):
            return Wildcard(index_field, pattern_of(value, at))
        return In(index_field, tuple(shape(each) for each in _listed(value)))
    return build


def _named(index_field: str) -> Build:
    """A name is met by itself or by whole words of it (`custodian:smith`)."""
    def build(value: str, at: int, known: Known) -> Query:
        if is_pattern(value):
            return Wildcard(index_field, pattern_of(value, at))
        name = key_of(value)
        return AnyOf((In(index_field, (name,)), Wildcard(index_field, f"{name} *"), Wildcard(index_field, f"* {name}"),
                      Wildcard(index_field, f"* {name} *")))
    return build


def _person(fields: Iterable[str], names: str) -> Build:
    """An address, a domain, or words of a name or address; of a client or contact of the directory also its other names."""
    keywords = tuple(fields)

    def build(value: str, at: int, known: Known) -> Query:
        lowered = value.strip().lower().removeprefix("@")
        if is_pattern(value):
            return AnyOf(tuple(Wildcard(field, pattern_of(lowered, at)) for field in keywords)
                         + ((Wildcard(names, pattern_of(lowered, at)),) if re.fullmatch(r"[\w*?]+", lowered) else ()))
        others = variants_of(value, known)
        parts: list[Query] = [In(field, (keyword(lowered), *map(keyword, others.addresses))) for field in keywords]
        called = [] if "@" in lowered else [value]
        for name in (*called, *others.names):
            tokens = tuple(analyse_exact(name).split())
            if tokens:
                parts.append(Phrase(names, tokens))
        return parts[0] if len(parts) == 1 else AnyOf(tuple(parts))
    return build


def _client(value: str, at: int, known: Known) -> Query:
    ids: list[str] = []
    for each in _listed(value):
        found = clients_named(each, known)
        if not found:
            raise QuerySyntax(f"There is no client {each!r} (position {at}).", at,
                              "Give its id, its legal name or an alias as in the directory; `casetrail records --json` shows the ids in use.")
        ids += found
    return In("clients", tuple(sorted(set(ids))))


def _number_of(index_field: str) -> Build:
    """A number of a contract or account: as a fact of the record, or as it stands in its words."""
    def build(value: str, at: int, known: Known) -> Query:
        parts: list[Query] = []
        for each in _listed(value):
            tokens = tuple(analyse_exact(each).split())
            if not tokens:
                raise QuerySyntax(f"{each!r} (position {at}) has no letter or digit.", at, "Give the number as it is written.")
            parts.append(In(index_field, (keyword(" ".join(tokens)),)))
            parts += [Phrase(name, tokens) for name in ("body_exact", "subject_exact", "filename_exact")]
        return AnyOf(tuple(parts))
    return build


def _amount(value: str, at: int, known: Known) -> Query:
    return amount(value, at)


def _day(field: str, index_field: str = "date") -> Build:
    def build(value: str, at: int, known: Known) -> Query:
        if field == index_field and value.lower() == "none":
            return Not(Exists(index_field))
        return Range(index_field, *bounds(field, value, at, known.today))
    return build


def _sent(value: str, at: int, known: Known) -> Query:
    """When a message was sent, by the day in UTC."""
    if value.lower() == "none":
        return Not(Exists("sent_at"))
    low, high = bounds("sent", value, at, known.today)
    return Range("sent_at", low and f"{low}T00:00:00Z", high and f"{high}T23:59:59Z")


def _flag(field: str, flags: dict[str, Query]) -> Build:
    def build(value: str, at: int, known: Known) -> Query:
        asked = [flags.get(each.lower()) for each in _listed(value)]
        if None in asked:
            raise QuerySyntax(f"{field}:{value} (position {at}) means nothing.", at, f"Use {', '.join(f'{field}:{flag}' for flag in flags)}.")
        return AllOf(tuple(each for each in asked if each is not None))
    return build


def _listed(value: str) -> list[str]:
    return [each.strip() for each in value.split(",") if each.strip()] or [value]


_TRUE = ("true",)
FIELDS: dict[str, Build | None] = {
    **dict.fromkeys(TEXT_FIELDS),
    "from": _person(("from",), "from_names"),
    "to": _person(("to",), "to_names"),
    "cc": _person(("cc",), "cc_names"),
    "participant": _person(("participant",), "participants_exact"),
    "kind": _one_of("kind", "kind", KINDS),
    "type": _one_of("type", "record_types", RECORD_TYPES),
    "sentiment": _one_of("sentiment", "sentiment", SENTIMENTS),
    "client": _client,
    "contract": _number_of("contracts"),
    "account": _number_of("accounts"),
    "amount": _amount,
    "tag": _exactly("tags", key_of),
    "custodian": _named("custodian_key"),
    "source": _named("source_key"),
    "language": _exactly("language", str.lower),
    "tells": _exactly("tells", str.lower),
    "mime": _exactly("mime", str.lower),
    "thread": _exactly("thread"),
    "family": _exactly("family"),
    "id": _exactly("record_id", str.lower),
    "message": _exactly("message_id", lambda value: keyword(value.strip("<> "))),
    "has": _flag("has", {"attachment": In("has_attachment", _TRUE), "date": Exists("date"), "client": Exists("clients"),
                          "amount": Exists("amount"), "contract": Exists("contracts"), "tag": Exists("tags"), "sentiment": Exists("sentiment")}),
    "is": _flag("is", {"duplicate": In("is_duplicate", _TRUE), "privileged": In("privileged", _TRUE), "original": In("is_duplicate", ("false",)),
                        "near_duplicate": Exists("near_duplicate_of")}),
    "date": _day("date"),
    "before": _day("before"),
    "after": _day("after"),
    "sent": _sent,
    "received": _day("received", "received"),
}
"""Every field that a query may name; None for those whose value is words of a text."""

DATED = frozenset({"date", "before", "after", "sent", "received"})
"""Fields whose value is a date, which may be several words (`last month`)."""


def told(field: str, value: str, known: Known) -> str:
    """Return what a value was taken for beyond what is typed: clients, other names, days told from today; "" for nothing."""
    if field == "client":
        called = {client.client_id: client.legal_name for client in known.clients}
        found = [client_id for each in _listed(value) for client_id in clients_named(each, known)]
        return "; ".join(f"{client_id} {called.get(client_id, '')}".strip() for client_id in dict.fromkeys(found))
    if field in ("from", "to", "cc", "participant") and not is_pattern(value):
        others = variants_of(value, known)
        return f"also {', '.join((*others.names, *others.addresses))}" if others else ""
    if field in DATED and is_relative(value):
        low, high = bounds(field, value, 0, known.today)
        return f"{low or ''}..{high or ''}"
    return ""
