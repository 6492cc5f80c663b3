"""How a query was understood, in one line for people: what a record must have, and what was left out of account."""
from __future__ import annotations

from search_api.query.answers import facts_asked
from search_api.query.fields import told
from search_api.query.kind_words import kinds_named, months_named
from search_api.query.known import Known
from search_api.query.plain import added_terms
from search_api.query.tree import All, Any, Asked, But, Everything, Expression, Filter, Holding, Loose, Nearby, Node, Pattern, Quoted, Side, Word

_SHOWN = 24
"""How many words of the same meaning are listed."""


def understood(asked: Asked, known: Known | None = None) -> str:
    """Return the query in its full form, every operator written out and every name resolved; for plain words also what carries no weight."""
    if isinstance(asked.root, Everything):
        return "every record"
    if asked.mode == "exact":
        return _written(asked.root, known or Known(), outermost=True)
    words = asked.words
    line = f"records with {words[0]}" if len(words) == 1 else f"records with any of: {', '.join(words)}; those with all or with neighbours first"
    further = added_terms(asked)
    if further:
        more = f" and {len(further) - _SHOWN} more" if len(further) > _SHOWN else ""
        line += f"; also words of the same meaning, with less weight: {', '.join(further[:_SHOWN])}{more}"
    if kinds := kinds_named(words) if len(words) > 1 else []:
        line += f"; also these kinds of record: {', '.join(kinds)}"
    if facts := facts_asked(asked):
        line += f"; also records that tell {', '.join(facts)}"
    if months := months_named(asked):
        line += f"; those of {', '.join(months)} before others"
    return line + (f"; no weight: {', '.join(asked.left_out)}" if asked.left_out else "")


def _written(node: Node, known: Known, outermost: bool = False) -> str:
    match node:
        case Everything():
            return "*"
        case Word() | Quoted() | Pattern() | Loose() | Expression():
            return _prefix(node.field) + _side(node)
        case Nearby(left, right, distance, ordered, _, field):
            body = f"{_sides(left)} {'PRE' if ordered else 'W'}/{distance} {_sides(right)}"
            return f"{field}:({body})" if field else body if outermost else f"({body})"
        case Filter(field, value, _):
            told_as = told(field, value, known)
            return (f'{field}:"{value}"' if any(c.isspace() for c in value) else f"{field}:{value}") + (f" [{told_as}]" if told_as else "")
        case Holding(by, parts, _, days):
            held = " AND ".join(f"{by}:{{{_written(part, known, outermost=True)}}}" for part in parts)
            return held if days is None else f"{held} within {days} days"
        case But(part):
            return f"NOT {_written(part, known)}"
        case All(parts) | Any(parts):
            joined = (" AND " if isinstance(node, All) else " OR ").join(_written(part, known) for part in parts)
            return joined if outermost else f"({joined})"


def _sides(sides: tuple[Side, ...]) -> str:
    return _side(sides[0]) if len(sides) == 1 else f"({' OR '.join(map(_side, sides))})"


def _side(side: Side) -> str:
    match side:
        case Word(text, _, exact):
            return ("=" if exact else "") + text
        case Quoted(text, _, slop):
            return f'"{text}"' + (f"~{slop}" if slop else "")
        case Pattern(text):
            return text
        case Loose(text, _, edits):
            return f"{text}~{edits}"
        case Expression(text):
            return f"/{text}/"


def _prefix(field: str) -> str:
    return f"{field}:" if field else ""
