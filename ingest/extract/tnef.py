"""TNEF parts (winmail.dat): what Outlook wraps for Outlook. The text is the body in it, else a list of what is attached; attachments are children."""
from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.extract.msg import children_of, extracted_of
from ingest.extract.msg_rfc822 import attachment_name
from ingest.extract.tnef_parts import item_of


def _read(work: Work) -> Iterator[Part]:
    item = item_of(work.content)
    yield from children_of(item, work)
    read = extracted_of(item, work.limits.item_bytes)
    if not read.text.strip() and item.attachments:
        listed = "\n".join(attachment_name(a, n) for n, a in enumerate(item.attachments, 1))
        read = replace(read, text=listed, segments=(), quoted=(), outcome=Done("; ".join(filter(None, [*item.troubles, "a list of its attachments"]))))
    elif not read.text.strip():
        read = replace(read, outcome=Failed("empty", "It holds neither a body nor attachments."))
    # It is a part of a mail that has its own headers: it must not stand as a second mail beside it.
    metadata = {key: value for key, value in read.metadata.items() if key != "edrm:mih"} | {"tnef:attachments": str(len(item.attachments))}
    yield replace(read, mail=None, subject=read.subject or work.given.name, metadata=metadata)


EXTRACTORS = (Extractor("tnef", "1", bids({"tnef": 1.0}), _read),)
