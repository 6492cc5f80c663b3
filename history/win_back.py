"""The brief an agent reads before calling a client that left: from records that are not privileged, every word cited."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from history.approach import Approach, approach, consent_words
from history.assembly import History, assemble
from history.cited import cites_json
from history.file import ClientFile, is_mail
from history.interactions import Interaction
from history.passages import one_line, sentences
from history.sentences_said import Said, Words, talks
from history.sides import sides_of
from history.unsaid import Unsaid, unsaid
from history.who_said import voices

RECENT = 10
PROMISES = 12

_PROMISE = Words(
    re.compile(
        r"\b(?:we|i) (?:will|shall|commit|undertake|promise|guarantee)\b|\bwe'll\b|\bi'll\b|\bwir (?:werden|sichern|sagen)\b|\bich werde\b"
        r"|\bnous (?:nous engageons|allons|ferons|garantissons)\b|\bje vais\b|\bnos comprometemos\b|\bvamos a\b|\bgarantizamos\b",
        re.I,
    ),
    "we will|i will|we shall|i shall|we commit|i commit|undertake|promise|guarantee|we'll|i'll|wir |ich werde|nous |je vais|comprometemos|vamos a|garantizamos",
)
_CONSENT = Words(
    re.compile(
        r"\b(?:opt(?:ed)?[- ]?(?:in|out)|unsubscribe|do not (?:contact|call|e-?mail)|(?:not|no longer) (?:wish|want) to be (?:contacted|called)"
        r"|consents? to|happy to be contacted|einwilligung|keine werbung|nicht (?:mehr )?kontaktieren|consentement"
        r"|ne plus (?:nous|me) contacter"
        r"|consentimiento|no (?:nos |me )?contact\w+)\b",
        re.I,
    ),
    "opt in|opt out|opt-in|opt-out|optin|optout|opted|unsubscribe|not contact|not call|not e-mail|not email|be contacted|be called|consent|"
    "einwilligung|werbung|kontaktieren|contacter|no nos contact|no me contact|no contact",
)


@dataclass(frozen=True, slots=True)
class WinBack:
    """`history` is that of the records used, `promised` and `consent` the sentences that speak of it, newest first.

    `unsaid` is what must not be said, `approach` whether to call and why.
    """

    history: History
    promised: tuple[Said, ...]
    consent: tuple[Said, ...]
    recent: tuple[Interaction, ...]
    approach: Approach
    unsaid: tuple[Unsaid, ...]

    def as_json(self) -> dict[str, Any]:
        told = self.history.as_json()
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
                "status": self.approach.consent,
                "statements": [s.as_json() for s in self.consent],
                "explanation": consent_words(self.consent, self.approach.consent),
            },
            "openings": [o.as_json() for o in self.approach.openings],
            "obstacles": [o.as_json() for o in self.approach.obstacles],
            "must_not_say": [u.as_json() for u in self.unsaid],
            "recent_interactions": [i.as_json() for i in self.recent],
            "recommended": self.approach.recommended,
            "explanation": self.approach.explanation,
            "decided_by": cites_json(self.approach.basis),
        }


def win_back(file: ClientFile) -> WinBack:
    """Return the brief on a client. Records that are privileged, their families and their copies are taken out before anything is read."""
    file = file.known()
    open_file = file.without(privileged_ids(file))
    history = assemble(open_file)
    dated, who = [i for i in history.interactions if i.date], voices(open_file)
    decided, spoken = approach(open_file, history, who), _said(open_file, _CONSENT, "client", PROMISES)
    asked = (decided.asked,) if decided.asked and all(decided.asked.cite != s.cite for s in spoken) else ()
    return WinBack(
        history,
        _said(open_file, _PROMISE, "provider", PROMISES),
        (*asked, *spoken),
        tuple(reversed(dated[-RECENT:])),
        decided,
        unsaid(open_file, who),
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


def _said(file: ClientFile, words: Words, by: str, limit: int) -> tuple[Said, ...]:
    """Return the latest sentences with such words, newest first, from records that the side did not leave to the other."""
    sides = sides_of(file)
    out: list[Said] = []
    for read in talks(file):
        if not words.may_stand_in(read.text.lower()) or (side := sides.of_sender(read)) not in (by, None):
            continue
        out.extend(
            Said(read.record.date, one_line(p.quote), side, read.record.record_id, read.cite(p)) for p in sentences(read) if words.search(p.quote)
        )
        if len(out) >= limit:
            break
    return tuple(out[:limit])
