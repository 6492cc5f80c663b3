"""What all index adapters share: names of versions, and what each version says of itself."""
from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import mappings
from archive.analysis import ANALYSIS_VERSION
from archive.errors import BadRequest

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

FACET_VALUES_MAX = 60_000
"""How many different values of a field can be counted."""

NO_VERSION = "There is no search index yet."
REBUILD = "Run `casetrail reindex`."


@dataclass(frozen=True, slots=True)
class About:
    """What a version was made with: the date of its mapping and the version of its analysis, and a digest of the fields."""
    mapping: str
    analysis: str
    fields: str = ""

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    def stale(self) -> str:
        """Return why this version must be rebuilt, "" when it fits the program."""
        today = about_today()
        if self.mapping != today.mapping:
            return f"its fields are those of {self.mapping}, this program writes those of {today.mapping}"
        if self.fields != today.fields:
            return f"its fields are others than those of {today.mapping} that this program writes"
        if self.analysis != today.analysis:
            return f"its words were analysed by {self.analysis}, this program asks by {today.analysis}"
        return ""


def about_today() -> About:
    fields = json.dumps(mappings.records().streams(), sort_keys=True)
    return About(mappings.TODAY, ANALYSIS_VERSION, hashlib.sha256(fields.encode()).hexdigest()[:16])


def checked(version: str) -> str:
    """Return the version's name. Raises BadRequest for one that an engine could refuse or take for a path."""
    if not _NAME.fullmatch(version):
        raise BadRequest(f"{version!r} cannot be the name of an index version.",
                         "Use up to 64 lower-case letters, digits, dots, hyphens and underscores, a letter or digit first.")
    return version


def counted(fields: Sequence[str], streams: Mapping[str, str]) -> None:
    """Raise BadRequest for a field whose values cannot be counted."""
    for name in fields:
        if streams.get(name) not in ("keyword", "bool"):
            raise BadRequest(f"{name!r} is no field that can be counted by value.", "mappings/README.md lists the keyword fields.")


def facets_of(found: Mapping[str, Any], fields: Sequence[str]) -> dict[str, dict[str, int]]:
    """Return the counts of an engine's answer, most frequent first, then by value. Raises BadRequest where they would not be exact."""
    out: dict[str, dict[str, int]] = {}
    for name in fields:
        if found[name].get("sum_other_doc_count") or found[name].get("doc_count_error_upper_bound"):
            raise BadRequest(f"{name!r} has over {FACET_VALUES_MAX} different values here.", "Narrow the search.")
        counts = {str(bucket.get("key_as_string", bucket["key"])): int(bucket["doc_count"]) for bucket in found[name]["buckets"]}
        out[name] = dict(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return out
