"""Facts with several fields: the value is a JSON object as text, so that a fact stays one scalar that a person can confirm or correct."""
from __future__ import annotations

import json


def row(**fields: str | int | float | bool | None) -> str:
    """Return the fields as a JSON object in a fixed order of names; fields that are None are left out."""
    return json.dumps({name: value for name, value in sorted(fields.items()) if value is not None}, ensure_ascii=False)
