"""What people do is stated in the object store, act by act, so that a rebuild can do it again (format `casetrail-work/1`)."""
from __future__ import annotations

import json
import logging
import re

from archive.errors import CasetrailError, Conflict, IntegrityBroken
from archive.model.digest import WORK_PREFIX, digest_of, work_key
from archive.model.work import StatedAct
from archive.ports import NewObject
from archive.wiring import Archive

FORMAT = "casetrail-work/1"
_KEY = re.compile(re.escape(WORK_PREFIX) + r"(\d{12})-([0-9a-z]{1,16})\.json")
log = logging.getLogger("casetrail.work")


def export_work(archive: Archive) -> int:
    """State all acts that are not yet in the object store; return how many they were. Raises what the store raises: the next call goes on from there."""
    acts = archive.catalogue.acts(unstored=True)
    for act in acts:
        content = statement_of(act)
        try:
            archive.objects.put_all([NewObject(work_key(act.seq, act.act_id), content, digest_of(content))])
        except Conflict as error:
            raise IntegrityBroken(f"The act {act.seq} is stated otherwise in the object store.", "Compare the bucket with a copy of it.") from error
    if acts:
        archive.catalogue.acts_stored([act.seq for act in acts])
    return len(acts)


def state_work(archive: Archive) -> None:
    """State what was just done. A store that is away costs nothing: the act is kept in the catalogue, and stated with the next one or the next run."""
    try:
        export_work(archive)
    except CasetrailError as error:
        log.warning("acts of people are not yet stated in the object store: %s", error, exc_info=error)


def imported_work(archive: Archive) -> list[StatedAct]:
    """Return the acts that the object store states, in order. Raises IntegrityBroken for what is no statement of this format."""
    out = []
    for key in archive.objects.keys(WORK_PREFIX):
        with archive.objects.open(key) as stream:
            out.append(act_of(key, stream.read()))
    return sorted(out, key=lambda act: act.seq)


def statement_of(act: StatedAct) -> bytes:
    """Return an act as it is stated: JSON on one line, ASCII, sorted keys, a final newline."""
    told = {"format": FORMAT, "seq": act.seq, "act_id": act.act_id, **json.loads(act.body)}
    return (json.dumps(told, sort_keys=True) + "\n").encode()


def act_of(key: str, statement: bytes) -> StatedAct:
    named = _KEY.fullmatch(key)
    try:
        told = json.loads(statement)
        if not named or told.pop("format") != FORMAT or (told.pop("seq"), told.pop("act_id")) != (int(named[1]), named[2]):
            raise ValueError(key)
        return StatedAct(int(named[1]), named[2], json.dumps(told, sort_keys=True))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise IntegrityBroken("The statement of an act of a person cannot be read.", "Compare the bucket with a copy of it.") from error
