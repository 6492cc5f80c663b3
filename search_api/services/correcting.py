"""A person confirms or corrects what was read, or takes that back; the conclusions follow at once, and the answer says which of them changed."""
from __future__ import annotations

import json
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, cast

import history
from archive.errors import BadRequest, NotFound
from archive.model.correction import About, Correction, FactSaid, Settled, Verdict, fact_id_of, said_of
from archive.model.extracted import Passage, Scalar
from archive.model.fact import Fact
from archive.model.record import KINDS, RECORD_TYPES, ReadRecord
from archive.model.viewer import Viewer
from archive.wiring import Archive
from history.changes import changes
from ingest.work_export import state_work
from search_api.services.custody import demand, note
from search_api.services.histories import client_file

WHY_CHARS, VALUE_CHARS = 2_000, 10_000
COMPARED = 5
"""Of so many clients the conclusions are compared; a record about more is told by them without."""
NAME = re.compile(r"[a-z][a-z0-9_]{0,63}")


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a person wants to settle about a record.

    `about` is `clients`, `kind`, `record_types`, `date`, `privileged` or `fact`.  `confirm` lets stand what stands there.  `value` is the new one: a
    list of ids or types, a word, a day or None for none, a boolean; for a fact its value.  A fact is meant by `fact_id`, or is a further one with
    `name`, `value` and the words `quote` that it stands on (`start` where they stand more than once).  `reject` says that a fact is none.
    """
    about: About
    value: Any = None
    confirm: bool = False
    reject: bool = False
    fact_id: str = ""
    name: str = ""
    unit: str | None = None
    quote: str = ""
    start: int | None = None


def correct(archive: Archive, viewer: Viewer, record_id: str, wanted: Wanted, why: str) -> dict[str, Any]:
    """Settle one thing about a record; return the `correction`, the `record` as it is now, and the `changes` of conclusions by client.

    Raises NotFound, BadRequest, NotAllowed.
    """
    demand(viewer, "correct")
    why = _why(why)
    read = archive.catalogue.read_record(record_id, viewer)
    draft = _fact_draft(archive, viewer, read, wanted) if wanted.about == "fact" else _draft(archive, viewer, read, wanted)
    draft = replace(draft, why=why)
    later = draft.value if draft.about == "clients" else ()
    before = _histories(archive, viewer, [*read.record.clients, *cast("tuple[str, ...]", later or ())])
    made = archive.catalogue.correct(draft, viewer)
    return _followed(archive, viewer, made, before)


def withdraw(archive: Archive, viewer: Viewer, correction_id: str, why: str = "") -> dict[str, Any]:
    """Take a correction back, whoever made it; what held before it holds again. The answer is that of `correct`. Raises NotFound, Conflict."""
    demand(viewer, "correct")
    why = why.strip()
    if len(why) > WHY_CHARS:
        raise BadRequest(f"A reason has at most {WHY_CHARS} characters.", "Shorten it.")
    held = one(archive, viewer, correction_id)
    record = archive.catalogue.record(held.record_id, viewer)
    clients = [*record.clients, *_clients_of(held.was), *_clients_of(held.value)]
    before = _histories(archive, viewer, clients)
    return _followed(archive, viewer, archive.catalogue.withdraw(correction_id, viewer, why), before)


def one(archive: Archive, viewer: Viewer, correction_id: str) -> Correction:
    """Return a correction, withdrawn or not. Raises NotFound."""
    found = archive.catalogue.corrections(viewer, correction_id=correction_id, withdrawn=True)
    if not found:
        raise NotFound(f"There is no correction {correction_id[:40]!r}.", "`casetrail correct list` names those you may see.")
    return found[0]


def listed(archive: Archive, viewer: Viewer, *, record_id: str | None = None, client: str | None = None, withdrawn: bool = False,
           limit: int = 1000) -> list[dict[str, Any]]:
    """Return corrections of what the viewer may see, newest first; of a record with those of its copies that hold for it too. Raises NotFound."""
    demand(viewer, "read")
    if record_id is not None:
        archive.catalogue.record(record_id, viewer)
    if client is not None:
        archive.catalogue.client(client, viewer)
    found = archive.catalogue.corrections(viewer, record_ids=[record_id] if record_id is not None else None, client=client, withdrawn=withdrawn, limit=limit)
    note(archive, viewer, "read", record_id or client or "corrections", what="corrections", count=len(found))
    return [c.as_json() for c in found]


def fact_id(fact: Fact) -> str:
    """Return by what a fact is called when it is confirmed or corrected: the same however often."""
    return fact.word.thing if fact.word else fact_id_of(fact.name, fact.value, fact.unit, fact.passages)


# ---------------------------------------------------------------- what is wanted, checked

def _draft(archive: Archive, viewer: Viewer, read: ReadRecord, wanted: Wanted) -> Correction:
    record = read.record
    was: Settled = {"clients": record.clients, "kind": record.kind, "record_types": record.record_types, "date": record.date,
                    "privileged": record.privileged}[wanted.about]
    if wanted.reject:
        raise BadRequest("Only a fact can be rejected.", "Say what the value should be.")
    value = was if wanted.confirm else _value(archive, viewer, wanted)
    verdict: Verdict = "confirmed" if value == was else "corrected"
    return Correction("", 0, record.record_id, wanted.about, wanted.about, verdict, value, None, None, was, None, "", "", "", False)


def _value(archive: Archive, viewer: Viewer, wanted: Wanted) -> Settled:
    value = wanted.value
    if wanted.about == "privileged":
        if not isinstance(value, bool):
            raise BadRequest("Privilege is true or false.", "Say which.")
        return value
    if wanted.about == "date":
        return _day(value) if value is not None else None
    if wanted.about == "kind":
        if value not in KINDS:
            raise BadRequest(f"There is no kind {str(value)[:40]!r}.", f"Use one of {', '.join(KINDS)}.")
        return str(value)
    listed = (value,) if isinstance(value, str) else tuple(value or ()) if isinstance(value, list | tuple | None) else None
    if listed is None or not all(isinstance(each, str) for each in listed):
        raise BadRequest("That is no list of words.", "Name each by its id or word.")
    if wanted.about == "record_types":
        if not listed or set(listed) - set(RECORD_TYPES):
            raise BadRequest("A record has one or more types.", f"Use {', '.join(RECORD_TYPES)}.")
        return tuple(sorted(set(listed), key=RECORD_TYPES.index))
    for client in listed:
        archive.catalogue.client(client, viewer)
    return tuple(sorted(set(listed)))


def _fact_draft(archive: Archive, viewer: Viewer, read: ReadRecord, wanted: Wanted) -> Correction:
    record_id = read.record.record_id
    if not wanted.fact_id:
        if wanted.confirm or wanted.reject:
            raise BadRequest("It is not said which fact is meant.", "`casetrail facts RECORD` shows the id of each.")
        return _further_fact(read, wanted)
    fact = next((f for f in read.facts if fact_id(f) == wanted.fact_id), None)
    if fact is None:
        fact = next((p.fact for _, p in archive.catalogue.proposals(viewer, record_ids=[record_id]) if p.fact_id == wanted.fact_id), None)
    if fact is None:
        raise NotFound(f"The record has no fact {wanted.fact_id[:40]!r}.", "`casetrail facts RECORD` shows the id of each.")
    was = said_of(fact)
    earlier = archive.catalogue.corrections(viewer, record_ids=[record_id], withdrawn=True) if fact.word else []
    root = min((c for c in earlier if c.thing == wanted.fact_id), key=lambda c: c.seq, default=None)
    target = root.target if root else None if fact.word or fact.status == "proposed" else was    # what a model proposes was not read
    if wanted.reject:
        said = None
        verdict: Verdict = "rejected"
    else:
        value = fact.value if wanted.confirm else _like(wanted.value, fact.value)
        unit = fact.unit if wanted.confirm or wanted.unit is None else wanted.unit.strip()
        passages = (_passage(read, wanted.quote, wanted.start),) if wanted.quote and not wanted.confirm else fact.passages
        said = FactSaid(fact.name, value, unit, passages, fact.basis)
        same = (value, unit, passages) == (fact.value, fact.unit, fact.passages)
        verdict = "confirmed" if same else "corrected"
    return Correction("", 0, record_id, "fact", wanted.fact_id, verdict, None, said, target, None, was, "", "", "", False)


def _further_fact(read: ReadRecord, wanted: Wanted) -> Correction:
    """Return a fact that was not read, with the words that it stands on."""
    if not NAME.fullmatch(wanted.name):
        raise BadRequest("A fact has a name of small letters, digits and _.", "Facts of other records show the names there are; or give the id of a fact.")
    if not wanted.quote:
        raise BadRequest("A further fact needs the words of the record that it stands on.", "Quote them.")
    value = _like(wanted.value, "")
    if value == "":
        raise BadRequest("The value is missing.", "Say what it is.")
    said = FactSaid(wanted.name, value, (wanted.unit or "").strip(), (_passage(read, wanted.quote, wanted.start),), "said by a person")
    return Correction("", 0, read.record.record_id, "fact", "", "corrected", None, said, None, None, None, "", "", "", False)


def _like(value: Any, old: Scalar) -> Scalar:
    """Return a new value in the form of the old: a day for a day, a number for a number, an object for an object. Raises BadRequest."""
    if isinstance(old, bool):
        if str(value).lower() not in ("true", "false"):
            raise BadRequest("The value is true or false.", "Say which.")
        return str(value).lower() == "true"
    if value is None or isinstance(value, dict | list):
        value = json.dumps(value, ensure_ascii=False) if value is not None else ""
    if isinstance(old, int | float):
        try:
            number = float(value)
        except ValueError:
            number = math.nan
        if isinstance(value, bool) or not math.isfinite(number):
            raise BadRequest("The value is a number.", "Write it with a point, as in 1250.50.")
        return int(number) if isinstance(old, int) and number == int(number) else number
    text = str(value).strip()
    if len(text) > VALUE_CHARS:
        raise BadRequest(f"A value has at most {VALUE_CHARS} characters.", "Shorten it.")
    if isinstance(old, str) and re.fullmatch(r"\d{4}-\d\d-\d\d", old):
        return _day(text)
    if isinstance(old, str) and old.startswith("{"):
        try:
            told = json.loads(text)
        except ValueError:
            told = None
        if not isinstance(told, dict):
            raise BadRequest("The value has several fields.", f"Write it as a JSON object, as it is now: {old[:300]}")
    return text


def _passage(read: ReadRecord, quote: str, start: int | None) -> Passage:
    places = [m.start() for m in re.finditer(re.escape(quote), read.text)]
    if start is not None:
        places = [at for at in places if at == start]
    if len(places) != 1:
        what = "do not stand in the record's text" if not places else f"stand {len(places)} times in the record's text"
        raise BadRequest(f"The quoted words {what}.", "Copy them from `casetrail text RECORD`; where they stand more than once, say at which character.")
    return read.passage(places[0], places[0] + len(quote))


def _day(value: Any) -> str:
    try:
        return date.fromisoformat(str(value)).isoformat()
    except ValueError:
        raise BadRequest(f"{str(value)[:40]!r} is no day.", "Write it as YYYY-MM-DD.") from None


def _why(why: str) -> str:
    why = why.strip()
    if not why or len(why) > WHY_CHARS:
        raise BadRequest(f"A correction has a reason of 1 to {WHY_CHARS} characters.", "Say why; whoever is asked later will want to know.")
    return why


# ---------------------------------------------------------------- what follows

def _histories(archive: Archive, viewer: Viewer, clients: Iterable[str]) -> dict[str, dict[str, Any]]:
    """Return what is concluded of clients now, as far as the viewer may see them."""
    seen = [c for c in dict.fromkeys(clients) if viewer.sees_client(c)]
    return {client: history.assemble(client_file(archive, viewer, client)).as_json() for client in seen[:COMPARED]}


def _followed(archive: Archive, viewer: Viewer, made: Correction, before: dict[str, dict[str, Any]]) -> dict[str, Any]:
    from ingest.feed import feed
    from ingest.said import learn_said

    if made.about in ("kind", "date", "clients"):
        learn_said(archive)
    feed(archive)
    state_work(archive)
    try:
        record: dict[str, Any] | None = archive.catalogue.record(made.record_id, viewer).as_json()
    except NotFound:
        record = None     # the viewer may see it no more
    now = _histories(archive, viewer, [*before, *(record["clients"] if record else [])])
    for client in now:
        note(archive, viewer, "read", client, what="changes", correction=made.correction_id)
    told = [{"client": client, "changes": changes(before.get(client) or _nothing(now[client]), now[client])} for client in now]
    return {"correction": made.as_json(), "record": record, "holds": _holds(made, record), "conclusions": told}


def _nothing(told: dict[str, Any]) -> dict[str, Any]:
    return {name: [] if isinstance(value, list) else value for name, value in told.items()}


def _holds(made: Correction, record: dict[str, Any] | None) -> str | None:
    """Return why an assignment is not what the correction says, None where it is: a family is privileged as a whole, an archive is about all that is in it."""
    if record is None or made.about == "fact" or made.withdrawn_at:
        return None
    value = list(made.value) if isinstance(made.value, tuple) else made.value
    if record[made.about] == value:
        return None
    basis = record["bases"].get(made.about, "") or next((b for name, b in record["bases"].items() if name.startswith("client ")), "")
    return f"It stays {json.dumps(record[made.about])} by what it lies with: {basis}."


def _clients_of(value: Settled) -> Sequence[str]:
    return value if isinstance(value, tuple) else ()
