"""Why a service ends: what the party that ends it says, openly or among its own people, by the codes of the history, each cited."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from history.cited import Known, cites_json, cites_of, derivation
from history.file import ClientFile
from history.notice import Notice
from history.notice_terms import after
from history.told import Said, Told
from history.who_said import Voices

BEFORE, BEHIND = 400, 120
"""Days before the notice and behind the end in which what is said counts."""

SURE = 0.75
"""A reason counts when one passage is at least so sure, or two records speak of it."""

MOST_CITED = 12
_OURS_TO_TELL = frozenset({"call_note", "meeting_note", "review", "chat", "call_transcript"})
_WHERE_TO = frozenset({"competitor", "insourcing"})
_ANYBODY = frozenset({"email", "chat", "call_note", "call_transcript", "meeting_note", "review"})
_BY_NOTICE = frozenset({"breach", "non_payment"})


@dataclass(frozen=True, slots=True)
class Reason:
    code: str
    said: tuple[Known, ...]

    def as_json(self) -> dict[str, Any]:
        return {
            "code": self.code,
            "cites": cites_json(cites_of(self.said))[:MOST_CITED],
            "status": "derived",
            "derivation": derivation(
                "said by the party that ends the contract, openly or among its own people, or of where the service goes",
                self.said[:MOST_CITED],
            ),
        }


def reasons(file: ClientFile, notice: Notice, told: Told, voices: Voices, since: str, until: str) -> tuple[Reason, ...]:
    """Return the reasons for a notice from what is said from `since` (the notice before, or "") to `until` (the end, the withdrawal, or "")."""
    giver = notice.given_by.value if notice.given_by else None
    first = max(since, after(notice.day, -BEFORE)) if notice.day else since
    last = after(until or notice.day, BEHIND if until > notice.day and not since else 0) if until else after(notice.day, BEHIND)
    own = {r.record.record_id for r in notice.copies}
    found: dict[str, list[Said]] = {}
    for said in told.by_name.get("leaving_reason", ()):
        code = str(said.known.value)
        if said.read.record.privileged or not (first <= _day(said) <= last):
            continue
        if said.read.record.record_id in own or _counts(said, code, giver, voices, notice.agreed):
            found.setdefault(code, []).append(said)
    out = {
        code: group
        for code, group in found.items()
        if (_sure(group) or any(s.read.record.record_id in own for s in group)) and (code not in _BY_NOTICE or _rests(notice, group))
    }
    if "non_payment" in out and notice.ground and notice.ground.value == "cause":
        out.pop("breach", None)
    return tuple(Reason(code, tuple(s.known for s in group)) for code, group in sorted(out.items(), key=lambda x: (-len(x[1]), x[0])))


def _day(said: Said) -> str:
    return said.known.unit[:10] or (said.read.record.date or "")[:10]


def _counts(said: Said, code: str, giver: object, voices: Voices, agreed: bool) -> bool:
    kind = said.read.record.kind
    side = voices.of_passage(said.read, said.known.cites[0].start)
    if side in ("client", "provider") and (side == giver or agreed):
        return kind != "claim"
    if side is None and kind in _OURS_TO_TELL:
        return True
    return (
        code in _WHERE_TO
        and kind in _ANYBODY
        and side in ("third_party", "provider")
        and (giver == "client" or agreed)
        and said.known.confidence >= SURE
    )


def _sure(group: list[Said]) -> bool:
    # What stands in a notice of default is meant as a ground, whatever words stand around it.
    surely = any(s.known.confidence >= SURE or s.read.record.kind == "notice" for s in group)
    return surely or len({s.read.record.record_id for s in group}) > 1


def _rests(notice: Notice, group: list[Said]) -> bool:
    """Say whether the notice, or one of default by the same side, speaks of the breach: what is owed otherwise is no reason for an end."""
    return notice.agreed or (
        notice.ground is not None and notice.ground.value in ("cause", "insolvency") and any(s.read.record.kind == "notice" for s in group)
    )
