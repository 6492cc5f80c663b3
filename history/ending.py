"""What became of a notice: withdrawn or not, on which day the service ended, and the status."""

from __future__ import annotations

from dataclasses import dataclass

from history.cited import Known, cites_of
from history.file import ClientFile
from history.notice import Notice
from history.notice_terms import after
from history.terms import Paper, dated_by, papers
from history.told import Said, Told

TAKEN_BACK_WITHIN = 180
"""Days after a notice within which words of withdrawal are taken to speak of it."""

NEW_TERMS_WITHIN = 60
"""Days after a withdrawal within which a signed paper counts as the new terms against which it was made."""

ENDED_AROUND = 400
"""Days after the notice within which a day of the end that papers state is taken to be of this notice."""


@dataclass(frozen=True, slots=True)
class Ending:
    """`withdrawn`, `accepted` and `new_terms` None where nothing says so; `effective` None when the service did not end or it cannot be decided."""

    withdrawn: Known | None
    accepted: Known | None
    new_terms: Known | None
    effective: Known | None
    status: str
    rule: str
    undecided: tuple[str, ...]


def ending(file: ClientFile, notice: Notice, following: str, told: Told, earliest: Known | None, expiry: Known | None) -> Ending:
    """Return what became of a notice. `following`: the day of the next notice, "" for none: what is said from then on is of that one."""
    last = min(following or "9999", after(notice.day, TAKEN_BACK_WITHIN)) if notice.day else "9999"
    taken = _withdrawn(notice, told, last)
    if taken:
        accepted = _accepted(told, str(taken.value), last)
        counted = notice.date_received is not None
        needs = notice.terms.withdrawal_needs_consent is not None
        if accepted or not counted or not needs:
            terms = _new_terms(file, str(taken.value)) if counted else None
            words = "withdrawn against new terms" if terms else "withdrawn, the service goes on as before"
            return Ending(taken, accepted, terms, None, "won_back" if terms else "rescinded", words, ())
    effective, rule, undecided = _effective(notice, told, earliest, expiry)
    if effective is None:
        ends = {s.known.value for s in told.of("service_ended", notice.day, after(notice.day, ENDED_AROUND))} if notice.day else set()
        status = "disputed" if len(ends) > 1 and notice.date_received else "notice_given"
        return Ending(taken, None, None, None, status, rule, undecided)
    if _last_day(file) < str(effective.value):
        return Ending(taken, None, None, effective, "notice_given", "the records end before the service does", ())
    expired = notice.ground is not None and notice.ground.value == "non_renewal" and (expiry is None or expiry.value == effective.value)
    return Ending(
        taken,
        None,
        None,
        effective,
        "expired" if expired else "terminated",
        "the day of the end has passed" + ("; the term was not renewed" if expired else ""),
        (),
    )


def _withdrawn(notice: Notice, told: Told, last: str) -> Known | None:
    if not notice.day:
        return None
    said = [s for s in told.of("notice_withdrawn", notice.day, last) if s.day < last or last == "9999"]
    if notice.date_received is not None:
        said = [s for s in said if s.known.confidence >= 0.8]  # words of staying do not take back what was received as a notice
    return _joined("notice_withdrawn", said)


def _accepted(told: Told, day: str, last: str) -> Known | None:
    return _joined("withdrawal_accepted", told.of("withdrawal_accepted", day, last))


def _joined(name: str, said: list[Said]) -> Known | None:
    if not said:
        return None
    first = min(said, key=lambda s: (s.day, -s.known.confidence))
    return Known(name, first.day, cites_of(s.known for s in said), first.known.rule, status="derived", confidence=first.known.confidence)


def _new_terms(file: ClientFile, day: str) -> Known | None:
    """Return the paper that was signed when the notice was taken back."""
    for paper in papers(file):
        if day <= after(paper.day, 5) and paper.day <= after(day, NEW_TERMS_WITHIN) and paper.day:
            return _dated(paper)
    return None


def _dated(paper: Paper) -> Known | None:
    dated = dated_by(paper.read)
    return (
        Known(
            "new_terms",
            paper.read.record.name,
            dated.cites,
            f"a paper dated {paper.day} that was signed when the notice was taken back",
            status="derived",
        )
        if dated
        else None
    )


def _effective(notice: Notice, told: Told, earliest: Known | None, expiry: Known | None) -> tuple[Known | None, str, tuple[str, ...]]:
    """Return the day on which the service ended: as agreed, else as a ruling found, else by the contract."""
    if notice.day:
        said = told.of("service_ended", notice.day, after(notice.day, ENDED_AROUND))
        for how, words in (("agreed", "the day on which the parties agreed"), ("found", "the day that a ruling found")):
            fixed = [s.known for s in said if s.known.unit == how]
            if fixed:
                same = [k for k in fixed if k.value == fixed[-1].value]
                return Known("effective_date", fixed[-1].value, cites_of(same), words, inputs=tuple(same), status="derived"), words, ()
    if notice.date_received is None:
        return (
            None,
            "nothing that counts as a notice was received",
            ("the day of the end cannot be decided: nothing that counts as a notice was received",),
        )
    stated, moves = notice.stated_effective_date, notice.terms.early_date_moves
    if notice.ground and notice.ground.value == "non_renewal" and expiry and (stated is None or stated.value == expiry.value) \
            and (earliest is None or earliest.value == expiry.value):
        return (
            Known(
                "effective_date", expiry.value, expiry.cites, "not renewed: the last day of the term", inputs=(expiry,), status="derived"
            ),
            "not renewed",
            (),
        )
    if earliest is None:
        if stated and notice.terms.papers == ():
            return None, "no contract is held", ("the day of the end cannot be decided: no contract is held",)
        return None, "no earliest date", ("the day of the end cannot be decided: the earliest compliant date is not known",)
    if stated and str(stated.value) >= str(earliest.value):
        return (
            Known(
                "effective_date",
                stated.value,
                cites_of((stated, earliest)),
                "the date asked for complies",
                inputs=(stated, earliest),
                status="derived",
            ),
            "as asked for",
            (),
        )
    inputs = tuple(k for k in (earliest, stated, moves) if k)
    words = "the date asked for is too early" if stated else "the notice asks for no date"
    words += (
        ": by the contract it ends on the earliest date that complies"
        if moves
        else ": a notice with too short a date works at the first date that complies"
    )
    sure = 0.9 if moves else 0.6
    return Known("effective_date", earliest.value, cites_of(inputs), words, inputs=inputs, status="derived", confidence=sure), words, ()


def _last_day(file: ClientFile) -> str:
    days = [r.record.date[:10] for r in file.records if r.record.date]
    return max([*days, *([file.as_of] if file.as_of else [])], default="")
