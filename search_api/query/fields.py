"""What can be filtered by, with which values, and what each filter asks of the index."""
from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from archive.analysis import analyse_exact, fold, key_of
from archive.entry import keyword
from archive.errors import QuerySyntax
from archive.model.client import Client
from archive.model.query import AllOf, AnyOf, Exists, In, Not, Phrase, Query, Range, Wildcard
from archive.model.record import KINDS, RECORD_TYPES
from search_api.query.dates import bounds

SENTIMENTS = ("negative", "neutral", "positive", "mixed")
TEXT_FIELDS = {"subject": "subject", "body": "body", "text": "body", "filename": "filename"}
"""Fields whose value is words, as typed -> the field of the index."""

_PATTERN_LETTERS_MIN = 2
_STARS_MAX = 3


@dataclass(frozen=True, slots=True)
class Known:
    """What names can be resolved against: the clients that the viewer may see, and client ids that records bear beside them."""
    clients: tuple[Client, ...] = ()
    client_ids: frozenset[str] = frozenset()


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
    """An address, a domain, or words of a name or address."""
    keywords = tuple(fields)

    def build(value: str, at: int, known: Known) -> Query:
        lowered = value.strip().lower().removeprefix("@")
        if is_pattern(value):
            return AnyOf(tuple(Wildcard(field, pattern_of(lowered, at)) for field in keywords)
                         + ((Wildcard(names, pattern_of(lowered, at)),) if re.fullmatch(r"[\w*?]+", lowered) else ()))
        addressed = tuple(In(field, (keyword(lowered),)) for field in keywords)
        tokens = tuple(analyse_exact(value).split())
        if "@" in lowered or not tokens:
            return addressed[0] if len(addressed) == 1 else AnyOf(addressed)
        return AnyOf((*addressed, Phrase(names, tokens)))
    return build


def _client(value: str, at: int, known: Known) -> Query:
    ids: list[str] = []
    for each in _listed(value):
        wanted = key_of(each)
        found = [c.client_id for c in known.clients if wanted in {key_of(n) for n in (c.client_id, c.legal_name, *c.aliases)}]
        found += [client_id for client_id in known.client_ids if key_of(client_id) == wanted]
        if not found:
            raise QuerySyntax(f"There is no client {each!r} (position {at}).", at,
                              "Give its id, its legal name or an alias as in the directory; `casetrail records --json` shows the ids in use.")
        ids += found
    return In("clients", tuple(sorted(set(ids))))


def _day(field: str) -> Build:
    def build(value: str, at: int, known: Known) -> Query:
        if field == "date" and value.lower() == "none":
            return Not(Exists("date"))
        return Range("date", *bounds(field, value, at))
    return build


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
    "custodian": _named("custodian_key"),
    "source": _named("source_key"),
    "language": _exactly("language", str.lower),
    "mime": _exactly("mime", str.lower),
    "thread": _exactly("thread"),
    "family": _exactly("family"),
    "id": _exactly("record_id", str.lower),
    "message": _exactly("message_id", lambda value: keyword(value.strip("<> "))),
    "has": _flag("has", {"attachment": In("has_attachment", _TRUE), "date": Exists("date"), "client": Exists("clients")}),
    "is": _flag("is", {"duplicate": In("is_duplicate", _TRUE), "privileged": In("privileged", _TRUE), "original": In("is_duplicate", ("false",))}),
    "date": _day("date"),
    "before": _day("before"),
    "after": _day("after"),
}
"""Every field that a query may name; None for those whose value is words of a text."""
