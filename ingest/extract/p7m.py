"""Files with a signature around them (.p7m) or apart (.p7s): what is inside comes out as a child, the names in the certificates are the text."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Child, Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import Extractor, Part, Work, bids
from ingest.extract.names import safe_name
from ingest.extract.p7m_cms import opened, signers
from ingest.extract.text import clean
from ingest.identify.structure import is_mail


def _read(work: Work) -> Iterator[Part]:
    content, given = work.content, work.given
    cms = opened(content, work.limits.item_bytes)
    if cms.kind == "encrypted":
        yield Extracted(Failed("encrypted", "It is encrypted for the key of its recipient."), subject=given.name)
        return
    names = signers(content)
    lines = [f"Certificate: {name}" for name in names]
    if cms.content is not None:
        mail = is_mail(cms.content[:1 << 16], claimed=True)
        name = safe_name(given.name)
        bare = name[:-4] if name.lower().endswith(".p7m") else f"{name}.content"
        if bare.lower() in ("smime", "") or (mail and "." not in bare):
            bare = "content.eml" if mail else "content"
        yield Child(bare, cms.content, "message/rfc822" if mail else "")
        lines.insert(0, f"{'Signed' if cms.kind == 'signed' else 'Packed'} content: {bare} ({len(cms.content)} bytes)")
    note = "" if cms.content is not None else "a signature whose content lies elsewhere"
    yield Extracted(Done(note), text=clean("\n".join(lines)), subject=given.name, metadata={"cms:kind": cms.kind})


EXTRACTORS = (Extractor("cms", "1", bids({"p7m": 1.0, "p7s": 1.0}), _read),)
