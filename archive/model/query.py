"""What the search index is asked: a small tree that every adapter serves alike.

Words arrive analysed (`archive.analysis`): a Term is one token of one field, never raw user text.  Text fields of an index entry
have two token streams: `<field>` stemmed by the document's language and `<field>_exact` folded only.  Position n is the same word in
both, so that a Row or a Near may ask for a stem beside an exact word.
"""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal


@dataclass(frozen=True, slots=True)
class MatchAll:
    """Every entry."""


@dataclass(frozen=True, slots=True)
class MatchNone:
    """No entry."""


@dataclass(frozen=True, slots=True)
class Term:
    """Entries with this token in the field; scored by BM25 times `boost` in text fields, constant elsewhere."""
    field: str
    token: str
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Entries with these tokens in this order, `slop` moves allowed (as Lucene counts them).

    Scored by BM25 times `boost`; `boost` alone with slop, or where a token occurs twice: there the engines add up differently.
    """
    field: str
    tokens: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


@dataclass(frozen=True, slots=True)
class Wildcard:
    """Entries with a token of this pattern: `*` any characters, `?` one. Constant score."""
    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Regex:
    """Entries with a token that the pattern describes as a whole (`archive.pattern`). Constant score."""
    field: str
    pattern: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Entries with a token at most `edits` letters away: put in, left out or exchanged (Levenshtein), 1 or 2. Constant score."""
    field: str
    token: str
    edits: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What one word must be: the token `text` of the stemmed or the exact stream, or in the exact stream a pattern (`archive.pattern`)."""
    text: str
    form: Literal["stem", "exact", "pattern"]


Run = tuple[Piece, ...]
"""Words in a row."""


@dataclass(frozen=True, slots=True)
class Row:
    """Entries whose text field has these words in a row. `field` is a text field of the mapping. Constant score."""
    field: str
    run: Run


@dataclass(frozen=True, slots=True)
class Near:
    """Entries where in one text field one of `left` ends at most `distance` words before one of `right` begins (1: side by side).

    Not `ordered`: or the other way round.  The two never share a word.  Constant score.
    """
    field: str
    left: tuple[Run, ...]
    right: tuple[Run, ...]
    distance: int
    ordered: bool = False


@dataclass(frozen=True, slots=True)
class In:
    """Entries whose keyword field holds one of the values. Constant score."""
    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Range:
    """Entries whose field lies between the bounds, both included; None is open. Days are ISO 8601 dates, numbers are int."""
    field: str
    low: str | int | None = None
    high: str | int | None = None


@dataclass(frozen=True, slots=True)
class Exists:
    """Entries that have the field."""
    field: str


@dataclass(frozen=True, slots=True)
class AllOf:
    """Entries that match every part; scores add up."""
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class AnyOf:
    """Entries that match one part at least; scores of those that match add up."""
    parts: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Preferring:
    """Entries that match `query`; those that also match one of `better` get its score on top."""
    query: Query
    better: tuple[Query, ...]


@dataclass(frozen=True, slots=True)
class Not:
    """Entries that do not match the part. May stand alone: all others."""
    part: Query


Query = MatchAll | MatchNone | Term | Phrase | Wildcard | Regex | Fuzzy | Row | Near | In | Range | Exists | AllOf | AnyOf | Preferring | Not

SortKey = Literal["score", "date_desc", "date_asc", "sender", "size_desc", "size_asc"]

Position = tuple[float | str, str]
"""A place in an order: the sort key (score, day, sender or size; "" where an entry has none) and the record_id."""


@dataclass(frozen=True, slots=True)
class SearchRequest:
    """A question to the index: `query` is scored, `permitted` only filters (access, client, dates).

    `after` is the `position` of the last hit seen, `after_rank` its `rank` where that is known.  Hits come in a total order: the sort key,
    then `record_id` ascending; entries without the key come last in every order.

    `point` None asks the index as it stands.  "" asks it as it stands and, when there are more hits than `limit` (or `shown`, where fewer
    are shown than are asked for), keeps that state; the answer names it, and a request with that name sees the very same entries, whatever
    was written meanwhile.  `facets` are keyword and bool fields to be counted in the same state.  `group` is a keyword field whose value each
    hit is to bring along.
    """
    query: Query
    permitted: Query = field(default_factory=MatchAll)
    sort: SortKey = "score"
    limit: int = 20
    after: Position | None = None
    after_rank: int | None = None
    point: str | None = None
    shown: int | None = None
    facets: tuple[str, ...] = ()
    group: str = ""


@dataclass(frozen=True, slots=True)
class IndexHit:
    """`position` is the place of the hit in the order asked for, to go on from; `rank` is how many hits have a better sort key, where the
    engine knows it.  `group` is the value of the field asked for, "" for none."""
    record_id: str
    score: float
    position: Position
    rank: int | None = None
    group: str = ""


@dataclass(frozen=True, slots=True)
class IndexHits:
    """`total` is exact, however many there are. `point` names the state that was asked, "" where none was kept.

    `facets` gives for each field its values with their counts, most frequent first, then by value.
    """
    total: int
    hits: tuple[IndexHit, ...]
    point: str = ""
    facets: dict[str, dict[str, int]] = field(default_factory=dict)


IndexEntry = dict[str, str | int | bool | list[str] | list[int]]
"""What the search engine holds of one record: field names of mappings/records.<date>.json; texts as analysed tokens joined by blanks."""
