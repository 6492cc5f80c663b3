"""Records like a record: those that share its significant words, under the viewer's permissions."""
from __future__ import annotations

import math
from collections import Counter
from typing import Any

from archive.analysis import analyse
from archive.model.query import AllOf, AnyOf, In, Not, Query, SearchRequest, Term
from archive.model.viewer import Viewer
from archive.ports import RecordFilter
from archive.wiring import Archive
from search_api.access import permitted
from search_api.services.custody import demand, note

WORDS, CANDIDATES, WORD_CHARS_MIN = 25, 60, 3
READ_CHARS = 200_000
"""So much of a record's beginning says what it is about."""
LIMIT_MAX = 100


def similar(archive: Archive, viewer: Viewer, record_id: str, limit: int = 10) -> dict[str, Any]:
    """Return up to `limit` records that share most of what is particular to this one, the likest first, without its own copies.

    A word is particular when it stands often here and in few records.  `words` are those that were asked for; `shared` how many of them each record
    has.  Copies of what is shown are named by their number (`copies`).  Raises NotFound.
    """
    demand(viewer, "read")
    read = archive.catalogue.read_record(record_id, viewer)
    note(archive, viewer, "read", record_id, what="similar")
    may = permitted(viewer, archive.catalogue.audiences() if viewer.clients is not None else [])
    tokens = _significant(archive, may, f"{read.record.subject}\n{read.text[:READ_CHARS]}", read.record.language)
    if not tokens:
        return {"record_id": record_id, "words": [], "records": []}
    own = {record.record_id for record in archive.catalogue.copies([record_id], viewer).get(record_id, [])} | {record_id}
    query = AnyOf(tuple(Term("body", token) for token in tokens))
    seen: Query = AllOf((may, Not(In("record_id", tuple(sorted(own))))))
    found = archive.index.search(SearchRequest(query, seen, "score", 5 * min(limit, LIMIT_MAX)))
    ids = [hit.record_id for hit in found.hits]
    records = {r.record_id: r for r in archive.catalogue.records(RecordFilter(record_ids=tuple(ids)), viewer)} if ids else {}
    copies = archive.catalogue.copies(list(records), viewer)
    texts = archive.catalogue.texts(list(records), viewer)
    out: list[dict[str, Any]] = []
    shown: set[str] = set()
    for hit in found.hits:
        record = records.get(hit.record_id)
        if record is None or hit.record_id in shown or len(out) == limit:
            continue
        same = [r.record_id for r in copies.get(hit.record_id, [])]
        shown.update(same)
        words = set(analyse(texts.get(hit.record_id, "")[:READ_CHARS], record.language).split())
        out.append({"record_id": record.record_id, "score": round(hit.score, 4), "shared": sum(token in words for token in tokens), "of": len(tokens),
                    "copies": len(same), "date": record.date, "kind": record.kind, "clients": list(record.clients), "from": record.sender,
                    "subject": record.subject, "name": record.name, "source_paths": list(record.source_paths), "inner": record.inner})
    return {"record_id": record_id, "words": list(tokens), "records": out}


def _significant(archive: Archive, may: Query, text: str, language: str | None) -> list[str]:
    """Return the tokens of a text that tell it from the others that may be seen, the most telling first."""
    counts = Counter(token for token in analyse(text, language).split() if len(token) >= WORD_CHARS_MIN and not token.isdigit())
    if not counts:
        return []
    often = [token for token, _ in sorted(counts.items(), key=lambda pair: (-pair[1] * math.log(1 + len(pair[0])), pair[0]))[:CANDIDATES]]
    entries = max(1, archive.index.count(may))
    having = archive.index.frequencies("body", often, may)
    # A word that no other record has finds nothing, and one that most have tells nothing.
    weights = {token: (1 + math.log(counts[token])) * math.log(entries / having[token]) for token in often
               if having.get(token, 0) > 1 and having[token] <= max(10, entries // 2)}
    return sorted((token for token, weight in weights.items() if weight > 0), key=lambda token: (-weights[token], token))[:WORDS]
