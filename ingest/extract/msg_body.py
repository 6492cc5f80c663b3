"""What an Outlook item says: its body as text, and what appointments, contacts and tasks keep in properties of their own."""
from __future__ import annotations

from dataclasses import dataclass

from ingest.extract.base import CannotRead
from ingest.extract.html import declared_charset
from ingest.extract.markup import show
from ingest.extract.msg_item import OutlookItem
from ingest.extract.msg_properties import ADDRESS, APPOINTMENT, BINARY, COMMON, STRING8, TASK, UNICODE, Properties, codec_of_page
from ingest.extract.msg_rtf import opened, unpacked
from ingest.extract.text import clean, decode

_BODY, _REPORT, _RTF, _HTML = 0x1000, 0x1001, 0x1009, 0x1013


@dataclass(frozen=True, slots=True)
class Body:
    """The body of an item: `text` to read, with its stretches known to be quoted; `html` as bytes with their charset, b"" without."""
    text: str
    quotes: tuple[tuple[int, int], ...] = ()
    html: bytes = b""
    charset: str = ""
    form: str = ""
    notes: tuple[str, ...] = ()


def body_of(item: OutlookItem, limit_bytes: int) -> Body:
    """Return the body: plain text where the item has it, else the HTML as it shows, else what its RTF wraps or shows."""
    p, notes = item.properties, list[str]()
    plain, form = p.long_text(_BODY) or p.long_text(_REPORT), "text"
    html, charset = _html(p)
    quotes: tuple[tuple[int, int], ...] = ()
    if not html and (not plain.strip() or not p.has(_BODY)) and p.binary(_RTF):
        try:
            said, is_html = opened(unpacked(p.binary(_RTF), limit_bytes))
        except CannotRead as error:
            notes.append(f"its RTF body could not be read: {error.reason}")
            said, is_html = "", False
        if is_html:
            html, charset, form = said.encode("utf-8", "replace"), "utf-8", "html in rtf"
        elif said.strip():
            plain, form = clean(said), "rtf"
    if not plain.strip() and html:
        page = show(decode(html, charset or declared_charset(html))[0])
        plain = clean(page.text)
        quotes = page.quotes if plain == page.text else ()
        form = form if form == "html in rtf" else "html"
    return Body(plain.rstrip(), quotes, html, charset, form if plain.strip() else "", tuple(notes))


def _html(p: Properties) -> tuple[bytes, str]:
    kind, raw = p.values.get(_HTML, (0, b""))
    if kind == UNICODE:
        return p.long_text(_HTML).encode("utf-8", "replace"), "utf-8"
    if kind not in (BINARY, STRING8) or not raw.strip(b"\0 \r\n"):
        return b"", ""
    return raw.rstrip(b"\0"), codec_of_page(p.integer(0x3FDE)) or declared_charset(raw)


# ---------------------------------------------------------------- what is no mail

def details_of(item: OutlookItem) -> str:
    """Return what an appointment, contact or task says of itself, one `Name: value` a line; "" for a mail."""
    p = item.properties
    said: list[tuple[str, str]] = []
    if item.is_a("IPM.Appointment", "IPM.Schedule.Meeting", "IPM.OLE.CLASS.{00061055-0000-0000-C000-000000000046}"):
        said += _appointment(p)
    elif item.is_a("IPM.Task", "IPM.TaskRequest"):
        said += _task(p)
    elif item.is_a("IPM.Contact"):
        said += _contact(p)
    elif item.is_a("IPM.DistList"):
        said.append(("List", p.text(0x3001, 0x0E1D, 0x0037)))
    vote = p.named_text(COMMON, 0x8524)
    if vote:
        said.append(("Vote", vote))
    return "\n".join(f"{name}: {' '.join(value.split())}" for name, value in said if value.strip())


def _when(at: str) -> str:
    return f"{at[:10]} {at[11:16]} UTC" if at else ""


def _appointment(p: Properties) -> list[tuple[str, str]]:
    start = p.named_moment(APPOINTMENT, 0x820D) or p.moment(0x0060)
    end = p.named_moment(APPOINTMENT, 0x820E) or p.moment(0x0061)
    all_day = (number := p.number_of(APPOINTMENT, 0x8215)) and p.flag(number)
    return [("Start", _when(start)), ("End", _when(end)), ("All day", "yes" if all_day else ""), ("Location", p.named_text(APPOINTMENT, 0x8208)),
            ("Recurrence", p.named_text(APPOINTMENT, 0x8232)), ("Time zone", p.named_text(APPOINTMENT, 0x8234)),
            ("Attendees", p.named_text(APPOINTMENT, 0x8238))]


_TASK_STATES = {0: "not started", 1: "in progress", 2: "complete", 3: "waiting", 4: "deferred"}


def _task(p: Properties) -> list[tuple[str, str]]:
    state, done = p.number_of(TASK, 0x8101), p.number_of(TASK, 0x8102)
    share = p.real(done) if done else None
    return [("Start", _when(p.named_moment(TASK, 0x8104))[:10]), ("Due", _when(p.named_moment(TASK, 0x8105))[:10]),
            ("Status", _TASK_STATES.get(p.integer(state, -1), "") if state else ""),
            ("Complete", f"{share:.0%}" if share is not None and 0 <= share <= 1 else ""), ("Completed on", _when(p.named_moment(TASK, 0x810F))[:10]),
            ("Owner", p.named_text(TASK, 0x811F)), ("Assigned by", p.named_text(TASK, 0x8121))]


_CONTACT = (
    ("Name", 0x3001), ("Title", 0x3A45), ("Given name", 0x3A06), ("Middle name", 0x3A44), ("Surname", 0x3A11), ("Company", 0x3A16),
    ("Department", 0x3A18), ("Job title", 0x3A17), ("Office", 0x3A19), ("Manager", 0x3A4E), ("Assistant", 0x3A30), ("Business telephone", 0x3A08),
    ("Business telephone 2", 0x3A1B), ("Home telephone", 0x3A09), ("Mobile telephone", 0x3A1C), ("Other telephone", 0x3A1F), ("Pager", 0x3A21),
    ("Business fax", 0x3A24), ("Home fax", 0x3A25), ("Business page", 0x3A51), ("Home page", 0x3A50), ("Postal address", 0x3A15), ("Street", 0x3A29),
    ("City", 0x3A27), ("State", 0x3A28), ("Postal code", 0x3A2A), ("Country", 0x3A26), ("Suffix", 0x3A05), ("Generation", 0x3A05),
    ("Nickname", 0x3A4F), ("Profession", 0x3A46), ("Spouse", 0x3A48))
_CONTACT_NAMED = (
    ("File as", 0x8005), ("E-mail", 0x8083), ("E-mail shown as", 0x8080), ("E-mail 2", 0x8093), ("E-mail 3", 0x80A3), ("Instant messages", 0x8062),
    ("Work address", 0x801B), ("Home address", 0x801A), ("Other address", 0x801C), ("Work street", 0x8045), ("Work city", 0x8046), ("Work state", 0x8047),
    ("Work postal code", 0x8048), ("Work country", 0x8049), ("Web page", 0x802B), ("Given name (reading)", 0x802C), ("Surname (reading)", 0x802D),
    ("Company (reading)", 0x802E), ("Fax", 0x80B3), ("Fax shown as", 0x80B4),
    ("Home fax", 0x80C3), ("Home fax shown as", 0x80C4), ("Other fax", 0x80D3))


def _contact(p: Properties) -> list[tuple[str, str]]:
    said = [(name, p.text(number)) for name, number in _CONTACT] + [(name, p.named_text(ADDRESS, number)) for name, number in _CONTACT_NAMED]
    birthday = p.moment(0x3A42)
    said.append(("Birthday", birthday[:10]))
    seen: set[tuple[str, str]] = set()
    return [s for s in said if s[1] and not (s in seen or seen.add(s))]  # type: ignore[func-returns-value]


