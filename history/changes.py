"""What is concluded otherwise than before: two histories of one client, side by side, as the conclusions that differ."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

PROOF = frozenset({"cites", "derivation", "copies", "cited_through", "confidence", "summary", "direction_basis", "inputs"})
"""Not concluded but shown for it: a change there alone is none."""

NAMES: dict[str, tuple[str, ...]] = {
    "terminations": ("contract_number",),
    "conditions": ("name",),
    "penalties": ("kind",),
    "reasons": ("code",),
    "disputes": ("title",),
    "steps": ("date", "kind", "by"),
    "feedback": ("date", "metric"),
    "interactions": ("record_id",),
    "timeline": ("record_id",),
    "unread": ("record_id",),
    "gaps": ("what",),
    "conflicts": ("what",),
    "discrepancies": ("kind", "amount"),
}
"""By what the entries of a list are known again."""

Missing: Any = object()


def changes(before: dict[str, Any], after: dict[str, Any]) -> list[dict[str, Any]]:
    """Return where two histories (`History.as_json`) differ: `where` in words, `before`, `after`, and the `cites` of what is concluded now.

    An entry that is only in one of them is one change, with null on the other side.  Order alone is none.
    """
    return [
        {"where": where, "before": _told(old), "after": _told(new), "cites": cites}
        for where, old, new, cites in _compared("", "", before, after, [])
        if where != "as_of"
    ]


def _compared(where: str, field: str, old: Any, new: Any, cites: list[Any]) -> Iterator[tuple[str, Any, Any, list[Any]]]:
    if isinstance(old, dict) and isinstance(new, dict):
        own = new.get("cites") or cites
        for name in dict.fromkeys((*old, *new)):
            if name not in PROOF:
                yield from _compared(_below(where, name), name, old.get(name), new.get(name), own)
    elif isinstance(old, list) and isinstance(new, list) and field in NAMES:
        olds, news = _known(field, old), _known(field, new)
        if len(old) == len(new) == 1 and not olds.keys() & news.keys():
            (olds,), (news,) = ({"": old[0]},), ({"": new[0]},)  # the only one of its sort, known by another name now
        for key in dict.fromkeys((*olds, *news)):
            yield from _entry(_named(where, key), field, olds.get(key, Missing), news.get(key, Missing), cites)
    elif old != new:
        yield where, old, new, cites


def _entry(where: str, field: str, old: Any, new: Any, cites: list[Any]) -> Iterator[tuple[str, Any, Any, list[Any]]]:
    if old is Missing or new is Missing:
        there = new if old is Missing else old
        yield where, None if old is Missing else old, None if new is Missing else new, there.get("cites") or cites
    else:
        yield from _compared(where, "", old, new, cites)


def _known(field: str, entries: list[Any]) -> dict[str, Any]:
    out: dict[str, Any] = {}
    for entry in entries:
        key = " ".join(str(entry.get(name) or "unknown") for name in NAMES[field]) if isinstance(entry, dict) else str(entry)
        while key in out:
            key += " (further)"
        out[key] = entry
    return out


def _below(where: str, name: str) -> str:
    return f"{where}: {name}" if where else name


def _named(where: str, key: str) -> str:
    return f"{where} {key}".rstrip()


def _told(value: Any) -> Any:
    """Return a value without its proof: an entry that came or went is told in short."""
    if isinstance(value, dict):
        return {name: _told(each) for name, each in value.items() if name not in PROOF}
    return [_told(each) for each in value] if isinstance(value, list) else value
