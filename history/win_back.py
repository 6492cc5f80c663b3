"""The brief an agent reads before calling a client that left: from records that are not privileged, every word cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.assembly import History, assemble
from history.cited import cites_json
from history.file import ClientFile, is_mail
from history.interactions import Interaction
from history.passages import one_line, sentences
from history.sides import sides_of

RECENT = 10
PROMISES = 12

_PROMISE = re.compile(
    r"\b(?:we|i) (?:will|shall|commit|undertake|promise|guarantee)\b|\bwe'll\b|\bi'll\b|\bwir (?:werden|sichern|sagen)\b|\bich werde\b"
    r"|\bnous (?:nous engageons|allons|ferons|garantissons)\b|\bje vais\b|\bnos comprometemos\b|\bvamos a\b|\bgarantizamos\b",
    re.I,
)
_CONSENT = re.compile(
    r"\b(?:opt(?:ed)?[- ]?(?:in|out)|unsubscribe|do not (?:contact|call|e-?mail)|(?:not|no longer) (?:wish|want) to be (?:contacted|called)"
    r"|consents? to|happy to be contacted|einwilligung|keine werbung|nicht (?:mehr )?kontaktieren|consentement"
    r"|ne plus (?:nous|me) contacter"
    r"|consentimiento|no (?:nos |me )?contact\w+)\b",
    re.I,
)
_TALKS = ("email", "chat", "call_transcript", "call_note", "meeting_note", "review", "legal_letter", "settlement", "amendment")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence that somebody wrote or said, and where."""

    date: str | None
    words: str
    by: str | None
    record_id: str
    cite: Cite

    def as_json(self) -> dict[str, Any]:
        return {"date": self.date, "words": self.words, "by": self.by, "record_id": self.record_id, "cites": cites_json([self.cite])}


@dataclass(frozen=True, slots=True)
class WinBack:
    """`history` is that of the records used, `promised` and `consent` the sentences that speak of it, newest first."""

    history: History
    promised: tuple[Said, ...]
    consent: tuple[Said, ...]
    recent: tuple[Interaction, ...]

    def as_json(self) -> dict[str, Any]:
        told = self.history.as_json()
        stayed = bool(told["terminations"]) and told["terminations"][-1]["status"] in ("won_back", "rescinded")
        reasons = [reason for t in told["terminations"] for reason in t["reasons"]]
        return {
            "client": told["client"],
            "as_of": told["as_of"],
            "held_on": told["held_on"],
            "left": [
                {
                    "contract_number": t["contract_number"],
                    "given_by": t["notice"]["given_by"],
                    "date_on_document": t["notice"]["date_on_document"],
                    "stated_effective_date": t["notice"]["stated_effective_date"],
                    "status": t["status"],
                    "cites": t["notice"]["cites"],
                }
                for t in told["terminations"]
            ],
            "why": {"reasons": reasons, "explanation": "" if reasons else "not decided from the documents"},
            "open": {
                "outstanding": told["billing"]["outstanding_as_of"],
                "disputes": [
                    {k: d[k] for k in ("title", "status", "cites")} for d in told["disputes"] if d["status"] not in ("settled", "withdrawn")
                ],
                "undecided": told["billing"]["undecided"],
            },
            "promised": [s.as_json() for s in self.promised],
            "consent": {
                "status": None,
                "statements": [s.as_json() for s in self.consent],
                "explanation": "read the statements before calling"
                if self.consent
                else "nothing in the documents speaks of consent to be contacted",
            },
            "recent_interactions": [i.as_json() for i in self.recent],
            "recommended": True if stayed else None,
            "explanation": "The notice was taken back and the client stayed: it is to be kept."
            if stayed
            else "Not decided from the documents: whether to call is for a person who has read the reasons, what is open "
            "and the statements on consent.",
        }


def win_back(file: ClientFile) -> WinBack:
    """Return the brief on a client. Records that are privileged, their families and their copies are taken out before anything is read."""
    file = file.known()
    open_file = file.without(privileged_ids(file))
    history = assemble(open_file)
    dated = [i for i in history.interactions if i.date]
    return WinBack(
        history,
        _said(open_file, _PROMISE, "provider", PROMISES),
        _said(open_file, _CONSENT, "client", PROMISES),
        tuple(reversed(dated[-RECENT:])),
    )


def privileged_ids(file: ClientFile) -> set[str]:
    """Return the records not to be told of: what is privileged, and what would give it away.

    With a privileged record go its copies and near copies, the mails that carry any of these, and all that lies inside.  What a
    privileged mail merely carries (a copy of the contract, a logo) is hidden there and stays open where else it is held.  An archive
    around a privileged record stays open too, since what else lies in one need not belong to it.
    """
    held = file.by_id()
    links: dict[str, set[str]] = {}
    inside: dict[str, set[str]] = {}
    for read in file.records:
        r = read.record
        for other in (r.duplicate_of or "", r.near_duplicate_of or "", f"bytes {r.digest}"):
            links.setdefault(r.record_id, set()).add(other)
            links.setdefault(other, set()).add(r.record_id)
        if (parent := held.get(r.parent_id or "")) and is_mail(parent):
            links[r.record_id].add(parent.record.record_id)
        inside.setdefault(r.parent_id or "", set()).add(r.record_id)
    links.pop("", None)
    inside.pop("", None)
    privileged = {i for i, r in held.items() if r.record.privileged}
    # What took its privilege from its family is hidden there and not privileged elsewhere.
    by_itself = {i for i in privileged if not held[i].record.bases.get("privileged", "").startswith("family")}
    return (_reached(_reached(by_itself, links), inside) & set(held)) | privileged


def _reached(start: Iterable[str], links: dict[str, set[str]]) -> set[str]:
    reached: set[str] = set()
    open_ends = list(start)
    while open_ends:
        one = open_ends.pop()
        if one and one not in reached:
            reached.add(one)
            open_ends.extend(links.get(one, ()))
    return reached


def _said(file: ClientFile, words: re.Pattern[str], by: str, limit: int) -> tuple[Said, ...]:
    """Return the latest sentences with such words, newest first, from records that the side did not leave to the other."""
    held, sides = file.by_id(), sides_of(file)
    out: list[Said] = []
    for read in reversed([held[i] for i in file.copies()]):
        if not _is_talk(read) or (side := sides.of_sender(read)) not in (by, None):
            continue
        out.extend(
            Said(read.record.date, one_line(p.quote), side, read.record.record_id, read.cite(p))
            for p in sentences(read)
            if words.search(p.quote)
        )
        if len(out) >= limit:
            break
    return tuple(out[:limit])


def _is_talk(read: ReadRecord) -> bool:
    return read.record.kind in _TALKS or is_mail(read)
