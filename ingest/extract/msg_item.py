"""An Outlook item as values: its properties, its recipients, its attachments; the same from a .msg file, a PST or a TNEF part."""
from __future__ import annotations

from dataclasses import dataclass, field

from archive.model.outcome import Code
from ingest.extract.msg_properties import Properties

BY_VALUE, EMBEDDED, OLE = 1, 5, 6
BY_REFERENCE = frozenset((2, 3, 4, 7))


@dataclass(slots=True)
class Attachment:
    """An attachment: its bytes (`content`), or the item inside it (`item`), or why neither could be had (`trouble`)."""
    properties: Properties
    content: bytes | None = None
    item: OutlookItem | None = None
    trouble: tuple[Code, str] | None = None

    @property
    def name(self) -> str:
        """The file name as said, the long one before the short one; "" without any."""
        p = self.properties
        return p.text(0x3707, 0x3704, 0x3001)

    @property
    def mime(self) -> str:
        return self.properties.text(0x370E).lower()

    @property
    def content_id(self) -> str:
        return self.properties.text(0x3712)


@dataclass(slots=True)
class OutlookItem:
    """A message, appointment, contact, task, note: whatever its class says (`IPM.Note`, `IPM.Appointment` …)."""
    properties: Properties
    recipients: list[Properties] = field(default_factory=list)
    attachments: list[Attachment] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)

    @property
    def message_class(self) -> str:
        return self.properties.text(0x001A) or "IPM.Note"

    def is_a(self, *classes: str) -> bool:
        """Say whether the class of the item is one of these or a kind of it."""
        mine = self.message_class.lower()
        return any(mine == c.lower() or mine.startswith(c.lower() + ".") for c in classes)
