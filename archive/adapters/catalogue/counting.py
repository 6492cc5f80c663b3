"""The count proof: what each run met and what has become of it, and what is held now, each item once.

Counts are made in the database, whatever the size of the archive; lists come page by page.  Two things are counted: items, and what was met
and could not be had (`troubles`).  A member that could be had after all, once its password was known, is moved from the one to the other in
every run that met it, so the sums stay what they were.
"""
from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, Subquery, and_, case, delete, exists, func, literal, select

from archive.adapters.catalogue import schema as t
from archive.adapters.catalogue.database import Database, Writing, chunks
from archive.errors import NotFound
from archive.model.run import HELD, RESULTS, Accounted, Breakdown, Result, RunReport, Tally, Trouble

PAGE = 1000
TROUBLED = ("failed", "skipped")
_SEVERITY = {"failed": "1", "skipped": "2", "retry": "3"}
_STEPS = {"store": "1", "identify": "2", "extract": "3", "enrich": "4"}


class Counting(Database):
    """The part of the catalogue that accounts for what was met."""

    def run_report(self, run_id: str, *, listed: bool = True) -> RunReport:
        with self.read() as c:
            run = c.execute(select(t.runs).where(t.runs.c.run_id == run_id)).one_or_none()
            if run is None:
                raise NotFound(f"There is no run {run_id}.", "`casetrail sources` lists the runs.")
            counts = counts_of(c, run_id)
            waiting = int(c.execute(select(func.count()).select_from(t.met).join(t.items, t.items.c.record_id == t.met.c.record_id)
                                    .where(t.met.c.run_id == run_id, t.items.c.state == "pending")).scalar_one())
        troubles = tuple(Trouble(a.path, a.inner, a.result, a.code, a.reason, a.kept) for a in (self.accounted(run_id, troubled=True) if listed else ()))
        met = run.met if run.met is not None else sum(counts.values())
        return RunReport(run_id, run.source, run.started_at, run.ended_at, run.status, met, counts, troubles, tuple(json.loads(run.paths)), waiting)

    def runs(self) -> list[str]:
        with self.read() as c:
            return list(c.execute(select(t.runs.c.run_id).order_by(t.runs.c.started_at, t.runs.c.run_id)).scalars())

    def count_waiting(self) -> int:
        with self.read() as c:
            return int(c.execute(select(func.count()).select_from(t.items).where(t.items.c.state == "pending")).scalar_one())

    def count_lost(self) -> int:
        with self.read() as c:
            return sum(1 for _ in _current(c))

    # ------------------------------------------------------------ counts

    def tallies(self, scope: str = "", by: Breakdown | None = None) -> list[Tally]:
        with self.read() as c:
            if scope == HELD:
                return [*_tallied(c, _held(by)), *_lost_now(c, by)]
            return [*_tallied(c, _met(scope, by)), *_tallied(c, _lost(scope, by))]

    # ------------------------------------------------------------ lists

    def accounted(self, scope: str, troubled: bool = False) -> Iterator[Accounted]:
        yield from self.stream(lambda c, after: _items_page(c, scope, troubled, after), 0)
        if scope == HELD:
            with self.read() as c:
                lost = [_refused(HELD, row) for row in _current(c)]
            yield from lost
        else:
            yield from self.stream(lambda c, after: _lost_page(c, scope, after), 0)


def counts_of(c: Connection, run_id: str) -> dict[str, int]:
    """Return how many items of a run have each result."""
    counts: dict[str, int] = dict.fromkeys(RESULTS, 0)
    for table in (t.met, t.troubles):
        for result, number in c.execute(select(table.c.result, func.count()).where(table.c.run_id == run_id).group_by(table.c.result)):
            counts[result] += number
    return counts


def had_after_all(w: Writing, members: Mapping[tuple[str, str], str]) -> list[str]:
    """Take up that these, (parent_id, inner) with their record_id, are held now: every run that could not have them has met them as items.

    Returns the run of each trouble that is none any more.
    """
    found: list[Any] = []
    for part in chunks(sorted({parent for parent, _ in members})):
        if w.connection.execute(select(exists().where(t.troubles.c.parent_id.in_(part)))).scalar():
            for names in chunks(sorted({inner for _, inner in members})):
                found += w.connection.execute(select(t.troubles.c.trouble_id, t.troubles.c.run_id, t.troubles.c.parent_id, t.troubles.c.inner).where(
                    t.troubles.c.parent_id.in_(part), t.troubles.c.inner.in_(names))).all()
    found = [row for row in found if (row.parent_id, row.inner) in members]
    for ids in chunks([row.trouble_id for row in found]):
        w.connection.execute(delete(t.troubles).where(t.troubles.c.trouble_id.in_(ids)))
    w.insert(t.met, [{"run_id": row.run_id, "record_id": members[row.parent_id, row.inner], "result": "stored"} for row in found], ignore=True)
    return [row.run_id for row in found]


# ---------------------------------------------------------------- counts in the database

def worst() -> Subquery:
    """Return record_id and `why` of items that were not read well: one digit how bad it is, one which step, then the code."""
    why = (case(*((t.outcomes.c.status == status, digit) for status, digit in _SEVERITY.items()), else_="9")
           .concat(case(*((t.outcomes.c.step == step, digit) for step, digit in _STEPS.items()), else_="9")).concat(t.outcomes.c.code))
    return (select(t.outcomes.c.record_id, func.min(why).label("why")).where(t.outcomes.c.status.in_(list(_SEVERITY)))
            .group_by(t.outcomes.c.record_id).subquery("worst"))


def folder_of(path: Any) -> ColumnElement[str]:
    """Return the path up to its last slash: what is left when all characters that are no slash are cut off its end."""
    folder: ColumnElement[str] = func.rtrim(path, func.replace(path, "/", ""))
    return folder


def _met(scope: str, by: Breakdown | None) -> Select[Any]:
    why = worst()
    code = case((t.met.c.result.in_(TROUBLED), func.coalesce(func.substr(why.c.why, 3), "")), else_="")
    source = t.met.outerjoin(why, why.c.record_id == t.met.c.record_id)
    if by is not None:
        source = source.join(t.items, t.items.c.record_id == t.met.c.record_id)
    key, source = _key(by, source, t.met.c.record_id)
    statement = select(t.met.c.run_id, key.label("key"), t.met.c.result, code.label("code"), func.count().label("count")).select_from(source)
    return (statement.where(t.met.c.run_id == scope) if scope else statement).group_by(t.met.c.run_id, key, t.met.c.result, code)


def _held(by: Breakdown | None) -> Select[Any]:
    why = worst()
    earlier = t.items.alias("earlier")
    first = select(func.min(earlier.c.arrival)).where(earlier.c.digest == t.items.c.digest).scalar_subquery()
    result = case(
        (func.substr(why.c.why, 1, 1) == "1", "failed"), (why.c.why.is_not(None), "skipped"), (t.records.c.duplicate_of.is_not(None), "duplicate"),
        (and_(t.records.c.record_id.is_(None), t.items.c.arrival > first), "duplicate"), else_="stored")
    code = func.coalesce(func.substr(why.c.why, 3), "")
    source = t.items.outerjoin(why, why.c.record_id == t.items.c.record_id).outerjoin(t.records, t.records.c.record_id == t.items.c.record_id)
    key, source = _key(by, source, t.items.c.record_id, records=True)
    return (select(literal(HELD).label("run_id"), key.label("key"), result.label("result"), code.label("code"), func.count().label("count"))
            .select_from(source).group_by(key, result, code))


def _key(by: Breakdown | None, source: Any, record_id: Any, *, records: bool = False) -> tuple[Any, Any]:
    """Return what items are grouped by, and the tables with those joined that it needs."""
    match by:
        case "source" | "custodian":
            return t.items.c[by], source
        case "folder":
            return folder_of(t.items.c.path), source
        case "day":
            joined = source if records else source.outerjoin(t.records, t.records.c.record_id == record_id)
            return func.coalesce(t.records.c.date, ""), joined
        case "format":
            return func.coalesce(t.readings.c.format, ""), source.outerjoin(t.readings, t.readings.c.record_id == record_id)
        case None:
            return literal(""), source


def _lost(scope: str, by: Breakdown | None) -> Select[Any]:
    parent = t.items.alias("parent")
    source = t.troubles.outerjoin(parent, parent.c.record_id == t.troubles.c.parent_id).join(t.runs, t.runs.c.run_id == t.troubles.c.run_id)
    key: Any = literal("")
    if by in ("source", "custodian"):
        key = func.coalesce(parent.c[by], t.runs.c[by])
    elif by == "folder":
        key = folder_of(t.troubles.c.path)
    statement = select(t.troubles.c.run_id, key.label("key"), t.troubles.c.result, t.troubles.c.code, func.count().label("count")).select_from(source)
    return (statement.where(t.troubles.c.run_id == scope) if scope else statement).group_by(t.troubles.c.run_id, key, t.troubles.c.result, t.troubles.c.code)


def _tallied(c: Connection, statement: Select[Any]) -> list[Tally]:
    return [Tally(run_id, key, result, code, count) for run_id, key, result, code, count in c.execute(statement)]


def _lost_now(c: Connection, by: Breakdown | None) -> list[Tally]:
    counted: Counter[tuple[str, Result, str]] = Counter()
    for row in _current(c):
        key = {"source": row.source, "custodian": row.custodian, "folder": row.path[:row.path.rfind("/") + 1]}.get(by or "", "")
        counted[key, row.result, row.code] += 1
    return [Tally(HELD, key, result, code, count) for (key, result, code), count in counted.items()]


# ---------------------------------------------------------------- what could not be had

def standing() -> ColumnElement[bool]:
    """Return the condition that a member still cannot be had: what it lies in was not read by another run since."""
    return ~exists().where(t.outcomes.c.record_id == t.troubles.c.parent_id, t.outcomes.c.step == "extract",
                           t.outcomes.c.run_id.not_in((t.troubles.c.run_id, "")))


def _troubles() -> Select[Any]:
    parent = t.items.alias("parent")
    return (select(t.troubles, func.coalesce(parent.c.source, t.runs.c.source).label("source"),
                   func.coalesce(parent.c.custodian, t.runs.c.custodian).label("custodian"), t.records.c.privileged)
            .select_from(t.troubles.join(t.runs, t.runs.c.run_id == t.troubles.c.run_id)
                         .outerjoin(parent, parent.c.record_id == t.troubles.c.parent_id)
                         .outerjoin(t.records, t.records.c.record_id == t.troubles.c.parent_id))
            .order_by(t.troubles.c.trouble_id))


def _current(c: Connection) -> Iterator[Any]:
    """Yield what cannot be had as things stand, each once: members, then what lies in no item."""
    # Two runs that were broken off in the same item may both have met a member of it.
    latest_of = select(func.max(t.troubles.c.trouble_id)).where(t.troubles.c.parent_id.is_not(None), standing()).group_by(
        t.troubles.c.parent_id, t.troubles.c.inner)
    yield from c.execute(_troubles().where(t.troubles.c.trouble_id.in_(latest_of)))
    latest = {row.path: row for row in c.execute(_troubles().where(t.troubles.c.parent_id.is_(None)))}
    if not latest:
        return
    # There is no index on paths: one walk over them is what the database would do too, for each trouble.
    for path in c.execute(select(t.places.c.path).execution_options(yield_per=PAGE)).scalars():
        latest.pop(path, None)
    runs = c.execute(select(t.runs.c.run_id, t.runs.c.paths).where(t.runs.c.status == "finished").order_by(t.runs.c.started_at, t.runs.c.run_id)).all()
    place = {run.run_id: n for n, run in enumerate(c.execute(select(t.runs.c.run_id).order_by(t.runs.c.started_at, t.runs.c.run_id)))}
    walked = [(place[run.run_id], tuple(json.loads(run.paths))) for run in runs]
    for row in latest.values():
        # A later run that went through the same place to its end, and did not meet this trouble, has overtaken it.
        if not any(at > place[row.run_id] and any(_below(row.path, given) for given in paths) for at, paths in walked):
            yield row


def _below(path: str, given: str) -> bool:
    return path == given or path.startswith(given if given.endswith("/") else f"{given}/")


def _refused(scope: str, row: Any) -> Accounted:
    privileged = row.privileged if row.parent_id else False
    return Accounted(scope, None, row.path, row.inner, row.result, row.code, row.reason, row.source, row.custodian, "", "", None, privileged=privileged)


def _lost_page(c: Connection, run_id: str, after: int) -> tuple[list[Accounted], int]:
    rows = c.execute(_troubles().where(t.troubles.c.run_id == run_id, t.troubles.c.trouble_id > after).limit(PAGE)).all()
    return [_refused(run_id, row) for row in rows], rows[-1].trouble_id if rows else after


# ---------------------------------------------------------------- items, page by page

def _items_page(c: Connection, scope: str, troubled: bool, after: int) -> tuple[list[Accounted], int]:
    columns = (t.items.c.arrival, t.items.c.record_id, t.items.c.path, t.items.c.inner, t.items.c.source, t.items.c.custodian, t.items.c.digest,
               t.items.c.size_bytes)
    if scope == HELD:
        statement = select(*columns, literal("").label("result"))
        if troubled:
            statement = statement.where(exists().where(t.outcomes.c.record_id == t.items.c.record_id, t.outcomes.c.status.in_(list(_SEVERITY))))
    else:
        statement = select(*columns, t.met.c.result).join(t.met, t.met.c.record_id == t.items.c.record_id).where(t.met.c.run_id == scope)
        if troubled:
            statement = statement.where(t.met.c.result.in_(TROUBLED))
    rows = c.execute(statement.where(t.items.c.arrival > after).order_by(t.items.c.arrival).limit(PAGE)).all()
    if not rows:
        return [], after
    learned, why, first = _learned(c, [r.record_id for r in rows]), _why(c, [r.record_id for r in rows]), _first(c, sorted({r.digest for r in rows}))
    out = []
    for r in rows:
        known = learned.get(r.record_id)
        status, code, reason = why.get(r.record_id, ("", "", ""))
        duplicate_of = known.duplicate_of if known else None
        same = first.get(r.digest)
        same = same if same != r.record_id else None
        copy = duplicate_of or (same and (known is None or known.privileged is None))
        result: Result = r.result or ("failed" if status == "failed" else "skipped" if status else "duplicate" if copy else "stored")
        if result not in TROUBLED:
            code = reason = ""
        out.append(Accounted(scope, r.record_id, r.path, r.inner, result, code, reason, r.source, r.custodian, (known.format or "") if known else "",
                             (known.date or "") if known else "", r.size_bytes, duplicate_of, same, known.privileged if known else None))
    return out, rows[-1].arrival


def _learned(c: Connection, record_ids: Sequence[str]) -> dict[str, Any]:
    """Return format, day, primary and privilege of items as far as they were read; privilege is None for what is no record."""
    out: dict[str, Any] = {}
    for part in chunks(record_ids):
        rows = c.execute(
            select(t.items.c.record_id, t.readings.c.format, t.records.c.date, t.records.c.duplicate_of, t.records.c.privileged)
            .select_from(t.items.outerjoin(t.readings, t.readings.c.record_id == t.items.c.record_id)
                         .outerjoin(t.records, t.records.c.record_id == t.items.c.record_id)).where(t.items.c.record_id.in_(part)))
        out.update((row.record_id, row) for row in rows)
    return out


def _why(c: Connection, record_ids: Sequence[str]) -> dict[str, tuple[str, str, str]]:
    """Return status, code and reason of the worst outcome of each item that was not read well."""
    found: dict[str, tuple[str, Any]] = {}
    for part in chunks(record_ids):
        for row in c.execute(select(t.outcomes).where(t.outcomes.c.record_id.in_(part), t.outcomes.c.status.in_(list(_SEVERITY)))):
            rank = _SEVERITY[row.status] + _STEPS.get(row.step, "9") + row.code
            if row.record_id not in found or rank < found[row.record_id][0]:
                found[row.record_id] = (rank, row)
    return {record_id: (row.status, row.code, row.reason) for record_id, (_, row) in found.items()}


def _first(c: Connection, digests: Sequence[str]) -> dict[str, str]:
    """Return for each digest the first item that came with these bytes."""
    out: dict[str, str] = {}
    for part in chunks(digests):
        first = select(func.min(t.items.c.arrival)).where(t.items.c.digest.in_(part)).group_by(t.items.c.digest)
        out.update(c.execute(select(t.items.c.digest, t.items.c.record_id).where(t.items.c.arrival.in_(first))).all())
    return out
