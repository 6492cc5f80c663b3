"""What reading an item gave. These values cross the fence as data, so they hold nothing but plain types."""
from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

from archive.model.outcome import Outcome

Scalar = str | bool | int | float | None


@dataclass(frozen=True, slots=True)
class Passage:
    """Words in a text: `quote` is exactly `text[start:end]` (offsets in Unicode code points); `page` counts from 1, or None."""
    start: int
    end: int
    quote: str
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page, sheet or slide: `number` counts from 1, `label` is the name of a sheet or slide, offsets into the text."""
    number: int
    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of the text with a meaning of its own.

    `turn`: one message or utterance, with speaker and time.  `new`, `quoted`, `signature`: parts of a mail body.
    `heading`, `paragraph`, `row`: parts of a document.  `at` is ISO 8601 or "00:01:02.500" from the start of a recording.
    """
    kind: Literal["turn", "new", "quoted", "signature", "disclaimer", "heading", "paragraph", "row"]
    start: int
    end: int
    speaker: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class Participant:
    """A person or mailbox that took part: `address` lower case or "", `name` as written or ""."""
    role: Literal["from", "sender", "to", "cc", "bcc", "reply_to", "author", "speaker", "member"]
    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: `value` typed (dates as ISO 8601 text), offsets of what is shown for it in the text."""
    value: Scalar
    start: int
    end: int
    percent: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table kept as a table: `name` of the sheet or "", rows of cells as they stand."""
    name: str
    page: int | None
    rows: tuple[tuple[Cell, ...], ...]


@dataclass(frozen=True, slots=True)
class Identified:
    """What format the bytes have, and how we know.

    `format` is our short name (`email`, `mbox`, `pdf`, `docx` …), `mime` the media type; `basis` is `signature`, `structure`,
    `name` or `declared`; `declared` is what the carrier or the name claimed where that differs.
    """
    format: str
    mime: str
    basis: str
    declared: str = ""


@dataclass(frozen=True, slots=True)
class Child:
    """An attachment or member, on its way back to the front door. `inner` is its name inside the parent, unique there."""
    inner: str
    content: bytes
    declared_mime: str = ""
    modified_at: str = ""
    inline: bool = False


@dataclass(frozen=True, slots=True)
class Unread:
    """An attachment or member whose bytes could not be had (encrypted, over a limit, damaged), and why."""
    inner: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Mail:
    """What the headers of a message say. Ids keep their brackets; `references` in the order of the header, parents first.

    Times are ISO 8601 with their zone, "" where nothing tells them; `received_at` is when the last server or mailbox took the message in.
    """
    message_id: str = ""
    in_reply_to: tuple[str, ...] = ()
    references: tuple[str, ...] = ()
    thread_index: str = ""
    sent_at: str = ""
    sent_basis: str = ""
    received_at: str = ""
    received_basis: str = ""
    headers: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class QuotedMail:
    """A mail that another quotes or forwards, as the block above the quoted words tells it: what is not told is "".

    `start` and `end` bound the quoted words in the text.  `sender` is an address or a name, `date` ISO 8601 in the clock of whoever quoted.
    """
    start: int
    end: int
    sender: str = ""
    date: str = ""
    subject: str = ""
    to: str = ""


@dataclass(frozen=True, slots=True)
class Extracted:
    """What a reader gave for one item. `text` is what all offsets refer to; it never changes once stored.

    `metadata` has the field's own names (`dc:title`, `pdf:Producer`).  `extractor` is `name/version`.  `container` says that the
    members are the records and the item itself is none (a mailbox).  `conversation` is equal for items of one conversation that is no mail
    thread (the days of a channel: `slack:…/general`) or of the pieces of one message (`partial:` and their identifier), "" where there is none.
    """
    outcome: Outcome
    text: str = ""
    pages: tuple[Page, ...] = ()
    segments: tuple[Segment, ...] = ()
    tables: tuple[Table, ...] = ()
    participants: tuple[Participant, ...] = ()
    subject: str = ""
    mail: Mail | None = None
    created_at: str = ""
    metadata: dict[str, str] = field(default_factory=dict)
    extractor: str = ""
    container: bool = False
    conversation: str = ""
    quoted: tuple[QuotedMail, ...] = ()

    def passage(self, start: int, end: int) -> Passage:
        """Return the words from `start` to `end` as a passage with its page."""
        page = next((p.number for p in self.pages if p.start <= start < p.end), None)
        return Passage(start, end, self.text[start:end], page)
