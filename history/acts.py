"""Who did what in a dispute, act by act, from the facts of each record: side, day, sum, and what the act rests on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from archive.model.fact import Cite
from archive.model.record import ReadRecord
from history.cited import Known, cites_of, known
from history.file import ClientFile, carrier_of, is_mail
from history.money import decimal_of
from history.passages import lead
from history.rows import Row, rows
from history.sides import Sides, direction
from history.terms import dated_by, is_draft

CLAIMS = ("claim", "counterclaim")
ORDER = ("claim", "response", "counterclaim", "rejection", "offer", "mediation", "ruling", "settlement", "withdrawal", "payment", "breach")
"""The order of acts of one day: who answers denies first, who refuses an offer does it before making another."""

_PARTY = ("client", "provider", "third_party")
_SAME_DAYS = 3


@dataclass(frozen=True, slots=True)
class Act:
    """`by` is None where nothing shows it, `amount` where the act has none or none could be read, `day` "" where it is not known.

    `threads` are those of its record, of the copies of that record and of the mails that carry them.
    """

    kind: str
    day: str
    by: str | None
    amount: Decimal | None
    currency: str
    known: Known
    inputs: tuple[Known, ...]
    cites: tuple[Cite, ...]
    records: tuple[str, ...]
    thread: str | None = None
    payer: str | None = None
    forum: str = ""
    threads: tuple[str, ...] = ()

    @property
    def other(self) -> str | None:
        return {"client": "provider", "provider": "client"}.get(self.by or "")


def acts(file: ClientFile, sides: Sides) -> list[Act]:
    """Return the acts of all records that went from one side to the other, each once, by day.

    Privileged papers, what was sent inside one side only, and drafts do nothing in a dispute.
    """
    held, copies = file.by_id(), file.copies()
    found: list[tuple[str, Act]] = []
    for record_id, others in copies.items():
        read = held[record_id]
        if read.record.privileged or is_draft(read) or _inside(read, sides):
            continue
        carrier = carrier_of(read, held)
        threads = _threads([read, *others], held)
        for act in _of_record(read, held, sides):
            found.append((carrier, replace(_with_copies(act, others), threads=threads)))
    return _merged(found)


def _of_record(read: ReadRecord, held: dict[str, ReadRecord], sides: Sides) -> list[Act]:
    said = rows(read, "dispute_act")
    if not said and read.record.kind not in (*CLAIMS, "settlement"):
        return []
    dated = dated_by(read)
    by, why = side_of_record(read, held, sides)
    out = [_act(read, row, dated, by, why) for row in said if row.text("kind") in ORDER]
    if not out and read.record.kind in (*CLAIMS, "settlement"):
        first = lead(read)
        sum_ = next((k for n in ("amount_claimed", "settlement_amount", "amount") if (k := known(read, n)) and decimal_of(k) is not None), None)
        basis = sum_ or (Known("kind", read.record.kind, (read.cite(first),), f"a record of kind {read.record.kind}") if first else None)
        if basis is not None:
            day, unit, inputs = (read.record.date or "")[:10], sum_.unit if sum_ else "", tuple(k for k in (why, dated) if k)
            cites = cites_of((basis, why, dated))
            thread, held_in = read.record.thread_id, (read.record.record_id,)
            out.append(Act(read.record.kind, day, by, decimal_of(sum_), unit, basis, inputs, cites, held_in, thread))
    return out


def _act(read: ReadRecord, row: Row, dated: Known | None, by: str | None, why: Known | None) -> Act:
    told = row.text("by")
    inputs = tuple(k for k in ((None if told in _PARTY else why), (None if row.day else dated)) if k)
    return Act(
        row.text("kind"),
        row.day or (read.record.date or "")[:10],
        told if told in _PARTY else by,
        row.sum(),
        row.known.unit,
        row.known,
        inputs,
        cites_of((row.known, *inputs)),
        (read.record.record_id,),
        read.record.thread_id,
        row.text("payer") or None,
        row.text("forum") or row.text("reference"),
    )


def side_of_record(read: ReadRecord, held: dict[str, ReadRecord], sides: Sides) -> tuple[str | None, Known | None]:
    """Return whose act it is: by the paper itself, by its sender, or for a paper that was sent by the sender of the mail that carries it."""
    own = known(read, "act_by") or known(read, "by") or known(read, "given_by")
    if own is not None and own.value in _PARTY:
        return str(own.value), own
    side = _sender_side(read, sides)
    carrier = held.get(carrier_of(read, held))
    if side is None and carrier is not None and carrier is not read:
        side = _sender_side(carrier, sides)
    first = lead(read)
    if side is None or first is None:
        return side, None
    return side, Known("by", side, (read.cite(first),), "side of the sender", status="derived")


def _sender_side(read: ReadRecord, sides: Sides) -> str | None:
    """Return the side for which the sender acts: counsel who writes to the one side acts for the other; a liquidator for the client."""
    side = sides.of_sender(read)
    office = {str(k.value) for k in (known(read, "act_for"),) if k}
    if side is None and "principal" in office:
        return sides.of_counsel(read)
    if side != "third_party":
        return side
    if "principal" in office and (acts_for := sides.of_counsel(read)) is not None:
        return acts_for
    to = {found for a in read.record.to if (found := sides.of_address(a))}
    if "estate" in office:
        return "client"
    if "client" in to and "provider" not in to:
        return "provider"
    if "provider" in to and "client" not in to:
        if "principal" in office:
            return "client"
        if "dispute" in read.record.record_types and not read.record.privileged:
            return sides.of_counsel(read) or side
    return side


def _inside(read: ReadRecord, sides: Sides) -> bool:
    if not is_mail(read):
        return False
    if direction(read, sides)[0] == "internal":
        return True
    sender = sides.of_sender(read)
    return sender == "client" and sides.of_recipients(read) == {"client"}


def _threads(reads: list[ReadRecord], held: dict[str, ReadRecord]) -> tuple[str, ...]:
    found = [r.record.thread_id for read in reads for r in (read, held.get(carrier_of(read, held), read))]
    return tuple(dict.fromkeys(t for t in found if t))


def _with_copies(act: Act, others: list[ReadRecord]) -> Act:
    more = tuple(c for r in others for c in cites_of(row.known for row in rows(r, "dispute_act") if row.text("kind") == act.kind)[:1])
    return replace(act, cites=(*act.cites, *more), records=(*act.records, *(r.record.record_id for r in others)))


def _merged(found: list[tuple[str, Act]]) -> list[Act]:
    """Return the acts by day, where a mail and what it carries, or two papers of nearly one day with one sum, do the same only once."""
    out: list[tuple[str, Act]] = []
    for carrier, act in sorted(found, key=lambda pair: (pair[1].day == "", pair[1].day, ORDER.index(pair[1].kind), pair[1].amount is None)):
        for number, (other, kept) in enumerate(out):
            if _same(act, kept) and (carrier == other or near(act.day, kept.day, _SAME_DAYS)):
                inputs = kept.inputs
                better = replace(
                    kept,
                    day=kept.day if kept.amount is not None or act.amount is None else act.day,
                    by=kept.by or act.by,
                    amount=kept.amount if kept.amount is not None else act.amount,
                    payer=kept.payer or act.payer,
                    inputs=(*inputs, *(i for i in act.inputs if i not in inputs)),
                    cites=tuple(dict.fromkeys((*kept.cites, *act.cites))),
                    records=tuple(dict.fromkeys((*kept.records, *act.records))),
                    threads=tuple(dict.fromkeys((*kept.threads, *act.threads))),
                )
                out[number] = (other, better)
                break
        else:
            out.append((carrier, act))
    return [act for _, act in out]


def _same(a: Act, b: Act) -> bool:
    if a.kind != b.kind or (a.by and b.by and a.by != b.by and a.kind not in ("settlement", "mediation")):
        return False
    return a.kind in ("mediation", "response") or a.amount is None or b.amount is None or a.amount == b.amount


def near(a: str, b: str, days: int) -> bool:
    """Say whether two days lie at most so many days apart; what is no day is near nothing."""
    try:
        return abs((date.fromisoformat(a) - date.fromisoformat(b)).days) <= days
    except ValueError:
        return False
