"""What all index adapters share: names of versions, and what each version says of itself."""
from __future__ import annotations

import re
from dataclasses import asdict, dataclass

import mappings
from archive.analysis import ANALYSIS_VERSION
from archive.errors import BadRequest

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,63}")

NO_VERSION = "There is no search index yet."
REBUILD = "Run `casetrail reindex`."


@dataclass(frozen=True, slots=True)
class About:
    """What a version was made with: the date of its mapping and the version of its analysis."""
    mapping: str
    analysis: str

    def as_json(self) -> dict[str, str]:
        return asdict(self)

    def stale(self) -> str:
        """Return why this version must be rebuilt, "" when it fits the program."""
        today = about_today()
        if self.mapping != today.mapping:
            return f"its fields are those of {self.mapping}, this program writes those of {today.mapping}"
        if self.analysis != today.analysis:
            return f"its words were analysed by {self.analysis}, this program asks by {today.analysis}"
        return ""


def about_today() -> About:
    return About(mappings.TODAY, ANALYSIS_VERSION)


def checked(version: str) -> str:
    """Return the version's name. Raises BadRequest for one that an engine could refuse or take for a path."""
    if not _NAME.fullmatch(version):
        raise BadRequest(f"{version!r} cannot be the name of an index version.",
                         "Use up to 64 lower-case letters, digits, dots, hyphens and underscores, a letter or digit first.")
    return version
