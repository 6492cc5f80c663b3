"""The search-term report: what each term of a list finds, alone and with families; and batches of searches."""
from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from archive.errors import BadRequest, NotFound
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from evidence.tables import BOM, harmless
from search_api.search import all_ids, every_hit
from search_api.services.custody import note
from search_api.services.exporting import csv_line
from search_api.services.searching import Filtered, asked_of

TERMS_MAX = 1_000
SEARCHES_MAX = 1_000
BATCH_COLUMNS = ("search", "query", "total", "trouble", "record_id", "date", "kind", "clients", "from", "subject", "name", "source_path", "inner")


@dataclass(frozen=True, slots=True)
class TermLine:
    """What one term finds. `unique`: records that no other term of the list finds. `families`: records in the families of the hits.

    A term that cannot be understood has its `trouble` and no numbers: it is never a silent zero.
    """
    term: str
    understood: str
    hits: int | None
    unique: int | None
    families: int | None
    trouble: str = ""

    def as_json(self) -> dict[str, Any]:
        return {"term": self.term, "understood": self.understood, "hits": self.hits, "unique": self.unique, "with_families": self.families,
                "trouble": self.trouble or None}


def term_report(archive: Archive, viewer: Viewer, terms: Sequence[str], scope: Filtered | None = None) -> dict[str, Any]:
    """Return a line for each term, in the order given, and the totals over all. `scope` narrows every term by its filters and query.

    Terms are asked as exact sets are: `terminat*`, `"notice period"`, `fee W/5 waive`; words without an operator mean all of them.  A record is counted
    once in the totals, however many terms find it.  Raises BadRequest for an empty or too long list.
    """
    listed = [term.strip() for term in terms if term.strip()]
    if not listed or len(listed) > TERMS_MAX:
        raise BadRequest(f"The list has {len(listed)} terms.", f"Give 1 to {TERMS_MAX}, one a line.")
    scope = scope or Filtered("")
    within = set(all_ids(archive, asked_of(archive, viewer, scope))) if scope.query.strip() else None
    found: list[tuple[str, set[str] | None, str, str]] = []
    for term in listed:
        try:
            asking = asked_of(archive, viewer, replace(scope, query=term, exact=True))
            hits = set(all_ids(archive, asking))
            found.append((term, hits if within is None else hits & within, asking.understood, ""))
        except NotFound:
            raise
        except BadRequest as error:
            found.append((term, None, "", str(error)))
    families = _Families(archive.catalogue.families(viewer))
    times: dict[str, int] = {}
    for _, ids, _, _ in found:
        for record_id in ids or ():
            times[record_id] = times.get(record_id, 0) + 1
    lines = [TermLine(term, told, len(ids), sum(times[i] == 1 for i in ids), len(families.of(ids)), "") if ids is not None
             else TermLine(term, told, None, None, None, trouble) for term, ids, told, trouble in found]
    note(archive, viewer, "searched", "term report", what="term-report", terms=len(listed), total=len(times))
    return {"terms": [line.as_json() for line in lines],
            "totals": {"hits": len(times), "with_families": len(families.of(times)), "terms": len(lines), "troubled": sum(bool(x.trouble) for x in lines)}}


def batch(archive: Archive, viewer: Viewer, searches: Sequence[tuple[str, Filtered]], limit: int | None = 20) -> Iterator[dict[str, Any]]:
    """Yield for each named search its total and its first hits (`limit` None: all of them), or its trouble. The rights are checked before the first.

    Raises BadRequest for an empty or too long list.
    """
    if not searches or len(searches) > SEARCHES_MAX:
        raise BadRequest(f"The batch has {len(searches)} searches.", f"Give 1 to {SEARCHES_MAX}.")

    def answers() -> Iterator[dict[str, Any]]:
        for name, what in searches:
            told: dict[str, Any] = {"search": name, "query": what.query, "total": None, "trouble": None, "hits": []}
            try:
                asking = asked_of(archive, viewer, what)
            except (BadRequest, NotFound) as error:
                yield told | {"trouble": str(error)}
                continue
            ids: list[str] = []
            for page in every_hit(archive, asking, "score", limit or 2_000):
                ids += page
                if limit is not None:
                    break
            total = archive.index.count(asking.whole)
            note(archive, viewer, "searched", what.digest, what="batch", total=total)
            yield told | {"total": total, "hits": list(_rows(archive, viewer, ids if limit is None else ids[:limit]))}

    asked_of(archive, viewer, Filtered(""))
    return answers()


def batch_rows(answers: Iterable[dict[str, Any]]) -> Iterator[list[str]]:
    """Return the answers of a batch as rows of BATCH_COLUMNS: one a hit; one without a record for a search without hits or with trouble."""
    for answer in answers:
        first = [answer["search"], answer["query"], "" if answer["total"] is None else str(answer["total"]), answer["trouble"] or ""]
        if not answer["hits"]:
            yield [*first, *[""] * (len(BATCH_COLUMNS) - len(first))]
        for hit in answer["hits"]:
            yield [*first, hit["record_id"], hit["date"] or "", hit["kind"], " | ".join(hit["clients"]), hit["from"] or "", hit["subject"], hit["name"],
                   hit["source_paths"][0], hit["inner"] or ""]


def searches_of(rows: Iterable[Mapping[str, str | None]]) -> list[tuple[str, Filtered]]:
    """Return the searches that the rows of a table ask for. Raises BadRequest for a table without a column `query`."""
    out: list[tuple[str, Filtered]] = []
    for number, row in enumerate(rows, 1):
        given = {str(key).strip().lower(): (value or "").strip() for key, value in row.items() if key is not None and not isinstance(value, list)}
        if "query" not in given:
            raise BadRequest("The table has no column `query`.", "Its first line names the columns: name, query, client, kind, from, to.")
        if not any(given.values()):
            continue
        kinds = tuple(each.strip() for each in given.get("kind", "").replace(",", ";").split(";") if each.strip())
        out.append((given.get("name") or str(number), Filtered(given["query"], given.get("client") or None, kinds, given.get("from") or None,
                                                               given.get("to") or None)))
    return out


def report_csv(report: Mapping[str, Any]) -> str:
    """Return a term report as CSV, its last row the totals."""
    rows = [[t["term"], *("" if t[name] is None else str(t[name]) for name in ("hits", "unique", "with_families")), t["understood"], t["trouble"] or ""]
            for t in report["terms"]]
    totals = report["totals"]
    rows.append(["(all)", str(totals["hits"]), "", str(totals["with_families"]), "", ""])
    head = ["term", "hits", "unique", "with_families", "understood", "trouble"]
    return BOM + b"".join(csv_line([harmless(cell) for cell in row]) for row in (head, *rows)).decode()


def _rows(archive: Archive, viewer: Viewer, ids: Sequence[str]) -> Iterator[dict[str, Any]]:
    for start in range(0, len(ids), 500):
        part = ids[start:start + 500]
        records = {r.record_id: r for r in archive.catalogue.records(RecordFilter(record_ids=tuple(part)), viewer)}
        yield from (records[record_id].as_json() for record_id in part if record_id in records)


class _Families:
    """Families of more than one record; every other record is alone in its own."""

    def __init__(self, families: dict[str, list[str]]) -> None:
        self._members = families
        self._family_of = {record_id: family for family, members in families.items() for record_id in members}

    def of(self, ids: Iterable[str]) -> set[str]:
        out: set[str] = set()
        for record_id in ids:
            family = self._family_of.get(record_id)
            out.update(self._members[family] if family else (record_id,))
        return out
