"""The acts of people (corrections, tags, notes, saved searches) in the catalogue against their statements in the store, and back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from archive.errors import CasetrailError
from archive.model.digest import WORK_PREFIX, Digest, ObjectKey
from archive.ports import Intact, Mismatch, ObjectStore, Unchecked
from evidence.verdict import Finding, alarm, note, unchecked


@dataclass(frozen=True, slots=True)
class ActStated:
    """An act that the catalogue has: the key and digest of its statement, and whether the store was said to have it (`stored`)."""

    key: ObjectKey
    digest: Digest
    stored: bool


def check_acts(acts: Iterable[ActStated], objects: ObjectStore, fast: bool) -> Iterator[tuple[Finding, ObjectKey | None]]:
    """Yield what differs, each with the key that can be written anew; `fast` sees only whether the statements are there."""
    try:
        there = set(objects.keys(WORK_PREFIX))
    except CasetrailError as error:
        yield unchecked("listing", WORK_PREFIX, f"the store could not be listed: {error}"), None
        return
    for act in acts:
        known = act.key in there
        there.discard(act.key)
        if not known and act.stored:
            yield alarm("no_act", act.key, "the statement of an act of a person is gone from the store"), act.key
        elif not known:
            yield note("unstated", act.key, "an act of a person is not yet stated in the store; the next act or run states it"), act.key
        elif not fast:
            match objects.check(act.key, act.digest):
                case Intact():
                    pass
                case Mismatch():
                    yield alarm("act", act.key, "the statement of an act of a person is not what the catalogue says"), None
                case Unchecked(cause):
                    yield unchecked("act", act.key, f"the statement of an act of a person could not be read: {cause}"), None
    for key in sorted(there):
        yield alarm("lost_act", key, "the store states an act of a person that the catalogue does not have"), None
