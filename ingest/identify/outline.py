"""The outline of JSON text without reading it: which names stand where, and the first plain value of each. A cut text will do."""
from __future__ import annotations

import re

PATHS_MAX = 4000
DEPTH_MAX = 10

_TOKEN = re.compile(r'"((?:[^"\\]|\\.)*+)"|([{}\[\]:,])|([^\s"{}\[\]:,]+)', re.DOTALL)

Outline = dict[str, str]
"""Path to first value: `value[].body.content` -> "<p>Hello", `[][]` -> "agent". Objects and lists have the value ""."""


def outline(text: str) -> Outline:
    """Return the outline of a JSON text, {} for what does not begin as an object or a list. Linear in the length, never raises."""
    if text.lstrip()[:1] not in ("{", "["):
        return {}
    found: Outline = {}
    stack: list[str] = []
    path, key, depth, awaiting_value = "", "", 0, True
    for token in _TOKEN.finditer(text):
        string, mark, other = token.groups()
        if mark in ("{", "["):
            here = _joined(path, key, stack)
            if depth < DEPTH_MAX and here and len(found) < PATHS_MAX:
                found.setdefault(here, "")
            stack.append(mark + path)
            path, key, awaiting_value = (here if mark == "{" or len(here) > 300 else f"{here}[]"), "", mark == "["
            depth += 1
        elif mark in ("}", "]"):
            if not stack:
                return found
            path, key = stack.pop()[1:], ""
            depth -= 1
            awaiting_value = False
        elif mark == ":":
            awaiting_value = True
        elif mark == ",":
            awaiting_value, key = bool(stack) and stack[-1][0] == "[", ""
        elif awaiting_value:
            here = _joined(path, key, stack)
            if depth <= DEPTH_MAX and len(found) < PATHS_MAX and not found.get(here):
                found[here] = (string if string is not None else other or "")[:120]
            awaiting_value = False
        elif string is not None:
            key = string[:120] if depth <= DEPTH_MAX else ""
    return found


def _joined(path: str, key: str, stack: list[str]) -> str:
    """Return the path of a value: `path` is that of what it stands in, `key` its name there ("" in a list)."""
    if stack and stack[-1][0] == "[":
        return path
    return f"{path}.{key}" if path and len(path) < 300 else key
