"""How a query was understood, in one line for people: what a record must have, and what was left out of account."""
from __future__ import annotations

from search_api.query.tree import All, Any, Asked, But, Everything, Filter, Node, Pattern, Quoted, Word


def understood(asked: Asked) -> str:
    """Return the query in its full form, every operator written out; for plain words also those that carry no weight."""
    if isinstance(asked.root, Everything):
        return "every record"
    if asked.mode == "exact":
        return _written(asked.root, outermost=True)
    words = [part.text for part in (asked.root.parts if isinstance(asked.root, Any) else (asked.root,)) if isinstance(part, Word)]
    line = f"records with {words[0]}" if len(words) == 1 else f"records with any of: {', '.join(words)}; those with all or with neighbours first"
    return line + (f"; no weight: {', '.join(asked.left_out)}" if asked.left_out else "")


def _written(node: Node, outermost: bool = False) -> str:
    match node:
        case Everything():
            return "*"
        case Word(text, _, exact, field):
            return _prefix(field) + ("=" if exact else "") + text
        case Quoted(text, _, slop, field):
            return f'{_prefix(field)}"{text}"' + (f"~{slop}" if slop else "")
        case Pattern(text, _, field):
            return _prefix(field) + text
        case Filter(field, value, _):
            return f'{field}:"{value}"' if " " in value else f"{field}:{value}"
        case But(part):
            return f"NOT {_written(part)}"
        case All(parts) | Any(parts):
            joined = (" AND " if isinstance(node, All) else " OR ").join(_written(part) for part in parts)
            return joined if outermost else f"({joined})"


def _prefix(field: str) -> str:
    return f"{field}:" if field else ""
