"""From a record to what the search engine holds of it (fields: mappings/README.md). Pure."""
from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import lru_cache

from archive.analysis import KEYWORD_CHARS, analyse, analyse_both, analyse_exact, key_of, surfaces
from archive.compounds import parts_of
from archive.model.extracted import Participant
from archive.model.query import IndexEntry
from archive.model.record import ReadRecord
from archive.model.viewer import audience_of
from archive.money import sums, with_currency
from mappings import analysis as settings

_NUMBERS = {"contract_number": "contracts", "account_number": "accounts"}
_ROLES = {"from": ("from", "sender", "author", "speaker"), "to": ("to",), "cc": ("cc", "bcc")}


def entry_of(read: ReadRecord) -> IndexEntry:
    """Return the index entry of a record with its text and tags. Fields without a value are left out; text fields are always there."""
    record = read.record
    entry: IndexEntry = {}
    texts = {"subject": record.subject, "body": read.text, "filename": record.name,
             "participants": _names(record.participants, (record.sender or "", *record.to))}
    empty = settings().empty_token
    for name, text in texts.items():
        # Names of files and people are no language, so they are not stemmed by one.
        stems, exact = analyse_both(text, record.language) if name in ("subject", "body") else (analyse_exact(text),) * 2
        entry[name], entry[name + settings().exact_suffix] = stems or empty, exact or empty

    entry["parts"] = (_parts(f"{record.subject} {read.text}") if record.language == "de" else "") or empty
    listed = {"from": (record.sender or "",), "to": record.to, "cc": ()}
    for role, roles in _ROLES.items():
        people = [p for p in record.participants if p.role in roles]
        entry[f"{role}_names"] = analyse_exact(_names(people, listed[role])) or empty
        _put(entry, role, _with_domains((*listed[role], *(p.address for p in people))))
    _put(entry, "participant", _with_domains((record.sender or "", *record.to, *(p.address for p in record.participants))))

    _put(entry, "record_types", record.record_types)
    _put(entry, "clients", record.clients)
    _put(entry, "tags", sorted(key_of(tag) for tag in read.tags))
    duplicate = record.duplicate_of or ""
    day = _day(record.date)
    keywords = {
        "record_id": record.record_id, "audience": audience_of(record.clients), "kind": record.kind, "filename_key": key_of(record.name),
        "thread": record.thread_id, "family": record.family_id,
        "sender_key": key_of(record.sender or ""), "custodian": record.custodian, "custodian_key": key_of(record.custodian),
        "source": record.source, "source_key": key_of(record.source),
        "language": record.language, "sentiment": record.sentiment, "mime": record.mime.lower(), "month": day[:7],
        "message_id": record.message_id.strip("<> "), "duplicate_of": duplicate, "near_duplicate_of": record.near_duplicate_of,
    }
    entry |= {name: value for name, value in ((n, keyword(v or "")) for n, v in keywords.items()) if value}
    entry |= {"privileged": record.privileged, "is_duplicate": bool(duplicate), "size_bytes": record.size_bytes,
              "has_attachment": record.children > 0 and record.mime.lower() in ("message/rfc822", "application/vnd.ms-outlook")}
    for holder, name in ((record.thread_id, "thread_day"), (record.family_id, "family_day")):
        _put(entry, name, (f"{keyword(holder)[:240]} {day}",) if holder and day else ())
    stated = sums(read.facts)
    if stated:
        entry |= {"amount": sorted({amount for _, amount in stated}), "money": [with_currency(currency, amount) for currency, amount in stated]}
    _put(entry, "tells", sorted({fact.name for fact in read.facts}))
    for fact_name, name in _NUMBERS.items():
        _put(entry, name, (analyse_exact(str(fact.value)) for fact in read.facts if fact.name == fact_name and fact.value))
    entry |= {name: value for name, value in (("date", day), ("sent_at", _moment(record.sent_at)), ("received", _received(read))) if value}
    return entry


def keyword(value: str) -> str:
    """Return a value as it is kept in a keyword field: at most KEYWORD_CHARS characters, no half surrogates (engines hold UTF-8)."""
    if len(value) <= KEYWORD_CHARS and value.isascii():
        return value
    return value[:KEYWORD_CHARS].encode("utf-8", "replace").decode("utf-8")


def _put(entry: IndexEntry, name: str, values: Iterable[str]) -> None:
    kept = list(dict.fromkeys(keyword(value) for value in values if value))
    if kept:
        entry[name] = kept


def _parts(text: str) -> str:
    found = dict.fromkeys(part for word in sorted(surfaces(text)) for part in parts_of(word))
    return " ".join(dict.fromkeys(analyse(" ".join(found), "de").split()))


def _names(people: Iterable[Participant], listed: Iterable[str]) -> str:
    parts = [part for person in people for part in (person.name, person.address)]
    return "\n".join(dict.fromkeys(part for part in (*parts, *listed) if part))


def _with_domains(addresses: Iterable[str]) -> list[str]:
    """Return addresses in lower case and their domains; what has no `@` is a domain already."""
    return [part for address in dict.fromkeys(addresses) for part in _forms(address)]


@lru_cache(1 << 16)
def _forms(address: str) -> tuple[str, ...]:
    lowered = address.strip().lower()
    return tuple(part for part in (lowered, lowered.rpartition("@")[2] if "@" in lowered else "") if part)


def _received(read: ReadRecord) -> str:
    """Return the day on which a message came in (in UTC) or a paper was stamped, "" where nothing tells it."""
    stamps = (fact for fact in read.facts if fact.name == "received_on" and fact.basis == "received stamp")
    return _moment(read.record.received_at)[:10] or _day(next((str(fact.value) for fact in stamps), ""))


def _day(value: str | None) -> str:
    """Return an ISO 8601 day, "" for anything else: a date that the engines cannot compare must not stop the record."""
    try:
        return date.fromisoformat((value or "")[:10]).isoformat()
    except ValueError:
        return ""


def _moment(value: str | None) -> str:
    """Return the moment in UTC to the second, "" for none; without a zone it is taken for UTC."""
    try:
        moment = datetime.fromisoformat(value or "")
        return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(UTC).replace(tzinfo=None, microsecond=0).isoformat() + "Z"
    except (ValueError, OverflowError):
        return ""
