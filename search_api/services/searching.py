"""Search with its right and its custody event; the search itself is `search_api.search`."""
from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from archive.errors import BadRequest
from archive.model.custody import Event
from archive.model.query import SortKey
from archive.model.viewer import Viewer
from archive.wiring import Archive
from search_api.collapsing import Collapse
from search_api.highlight import reaches
from search_api.matching import marks
from search_api.query import parse
from search_api.query.tree import wanted
from search_api.search import FACETS, Question, question
from search_api.search import search as find
from search_api.services.custody import demand, note


@dataclass(frozen=True, slots=True)
class Filtered:
    """A query with the filters beside it: what a search, a saved search, an export or a tag on a hit set is about."""
    query: str
    client: str | None = None
    kinds: tuple[str, ...] = ()
    date_from: str | None = None
    date_to: str | None = None
    exact: bool = False

    def as_json(self) -> dict[str, Any]:
        """Return it in the form in which it is kept; filters that are not set are left out."""
        told = {"query": self.query, "client": self.client, "kinds": list(self.kinds), "from": self.date_from, "to": self.date_to, "exact": self.exact}
        return {key: value for key, value in told.items() if value or key == "query"}

    @property
    def digest(self) -> str:
        """What the custody log calls it: the words of a query may name people, and the log is for ever."""
        return hashlib.sha256(self.query.encode("utf-8", "surrogatepass")).hexdigest()


def filtered(body: dict[str, Any]) -> Filtered:
    """Return what `Filtered.as_json` gave."""
    return Filtered(str(body.get("query", "")), body.get("client"), tuple(body.get("kinds", ())), body.get("from"), body.get("to"), bool(body.get("exact")))


def search(archive: Archive, viewer: Viewer, text: str, *, client: str | None = None, kinds: Sequence[str] = (), date_from: str | None = None,
           date_to: str | None = None, sort: SortKey = "score", limit: int = 20, cursor: str | None = None,
           facets: Sequence[str] = FACETS, collapse: Collapse | None = None, exact: bool = False) -> dict[str, Any]:
    """Return the answer in the form of the contract. Raises QuerySyntax, BadRequest, NotFound for a client that may not be seen."""
    demand(viewer, "read")
    if client is not None:
        archive.catalogue.client(client, viewer)
    found = find(archive, viewer, text, client=client, kinds=tuple(kinds), date_from=date_from, date_to=date_to, sort=sort,
                 limit=limit, cursor=cursor, facets=tuple(facets), collapse=collapse, exact=exact).as_json()
    asked = Filtered(text, client, tuple(kinds), date_from, date_to, exact)
    event = Event("searched", viewer.actor, asked.digest, {"client": client, "total": found["total"]})
    if cursor is None and text.strip():
        archive.catalogue.log_search(event, asked.as_json() | {"sort": sort}, int(str(found["total"])))
    else:
        archive.catalogue.log([event])
    return found


def asked_of(archive: Archive, viewer: Viewer, what: Filtered) -> Question:
    """Return the question that a filtered query asks on behalf of a viewer. Raises QuerySyntax, BadRequest, NotFound for its client."""
    demand(viewer, "read")
    if what.client is not None:
        archive.catalogue.client(what.client, viewer)
    return question(archive, viewer, what.query, client=what.client, kinds=what.kinds, date_from=what.date_from, date_to=what.date_to,
                    exact=what.exact)


def recent(archive: Archive, viewer: Viewer, limit: int = 100) -> list[dict[str, Any]]:
    """Return one's own latest searches, newest first. Nobody else can ask for them."""
    demand(viewer, "read")
    return [asked.as_json() for asked in archive.catalogue.asked(viewer, limit)]


def forget(archive: Archive, viewer: Viewer) -> int:
    """Forget one's own searches; return how many there were."""
    demand(viewer, "read")
    return archive.catalogue.forget_asked(viewer)


def marks_of(archive: Archive, viewer: Viewer, record_id: str, text: str) -> dict[str, Any]:
    """Return where a query matches in the whole of a record: `subject` and `text`, each a list of [start, end, part of the query].

    Raises NotFound for a record that the viewer may not see, QuerySyntax.
    """
    demand(viewer, "read")
    if len(text) > 10_000:
        raise BadRequest("The query is too long.", "Shorten it.")
    read = archive.catalogue.read_record(record_id, viewer)
    leaves = wanted(parse(text).root)
    note(archive, viewer, "read", record_id, what="marks")
    language = read.record.language

    def of(field: str, words: str) -> list[list[int]]:
        kept = [(number, leaf) for number, leaf in enumerate(leaves) if reaches(leaf.field, field)]
        found = marks(words, language, [leaf for _, leaf in kept]) if kept and words else []
        return [[mark.start, mark.end, kept[mark.leaf][0]] for mark in found]

    return {"record_id": record_id, "subject": of("subject", read.record.subject), "text": of("text", read.text)}
