"""What format do these bytes have, and how do we know?

In order: structure of a message where one is claimed (no other look needed, since there are many), the signature, what a container
holds, how a text begins, libmagic, and the name where all of these are generic.  What the carrier or the name claimed is kept beside
the finding where the two disagree.
"""
from __future__ import annotations

from archive.model.extracted import Identified
from ingest.extract.base import HEAD_BYTES, Content
from ingest.extract.text import looks_like_text
from ingest.given import Given
from ingest.identify import structure
from ingest.identify.formats import BY_NAME, Format, by_extension, by_mime
from ingest.tools import libmagic

_SIGNATURES = (
    (b"%PDF-", "pdf"), (b"{\\rtf", "rtf"), (b"\x89PNG\r\n\x1a\n", "png"), (b"\xff\xd8\xff", "jpeg"), (b"GIF87a", "gif"), (b"GIF89a", "gif"),
    (b"II*\0", "tiff"), (b"MM\0*", "tiff"), (b"\x1f\x8b\x08", "gzip"), (b"7z\xbc\xaf\x27\x1c", "7z"), (b"Rar!\x1a\x07", "rar"),
    (b"!BDN", "pst"), (b"\x78\x9f\x3e\x22", "tnef"),
    (b"BZh91AY&SY", "bzip2"), (b"\xfd7zXZ\0", "xz"), (b"\x28\xb5\x2f\xfd", "zstd"),
)
_GENERIC_MIMES = frozenset({"application/octet-stream", "text/plain", "application/x-empty", "inode/x-empty", ""})
_IN_OLE = frozenset({"msg", "doc", "xls", "ppt", "pub"})
_MAY_BE_CHATS = frozenset({"json", "ndjson", "html", "csv", "tsv", "txt", "md"})
_NOT_PROSE = frozenset({"csv", "tsv", "json", "ndjson", "html", "xml", "md", "yaml"})


def identify(content: Content, given: Given) -> Identified:
    """Return the format of an item. Raises CannotRead(unreadable) when its file cannot be opened."""
    head = content.head()
    claim = by_extension(given.name)
    carrier = by_mime(given.declared_mime)
    claimed = (carrier is not None and carrier.name == "email") or (claim is not None and claim.name == "email" and carrier is None)
    if claimed and structure.is_mail(head, claimed=True):
        return _found("email", "structure", given, claim, carrier)
    name, basis = _by_content(content, head, claim, carrier)
    if not name:
        known = claim if claim is not None else carrier
        if known is None:
            mime = given.declared_mime.partition(";")[0].strip().lower()
            return Identified("unknown", mime if "/" in mime and len(mime) < 100 else "application/octet-stream", "declared" if mime else "none")
        name, basis = known.name, "name" if known is claim else "declared"
    if name in _MAY_BE_CHATS and (chat := _chat(content, head, name, given.name)):
        name, basis = chat, "structure"
    return _found(name, basis, given, claim, carrier)


def _chat(content: Content, head: bytes, name: str, file_name: str) -> str:
    """Return the format of a chat or call that is written as JSON, HTML, a table or plain text; "" for what is none."""
    from ingest.identify import chats
    found = chats.chat_format(head, name, len(head) < HEAD_BYTES or content.size_bytes() <= len(head), file_name)
    if found == chats.MORE:
        whole = content.head(chats.WHOLE_BYTES)
        found = chats.chat_format(whole, name, True, file_name)
    return found


def _by_content(content: Content, head: bytes, claim: Format | None, carrier: Format | None) -> tuple[str, str]:
    """Return format and basis as far as the bytes tell, ("", "") when they do not."""
    if not head:
        return "", ""
    for signature, name in _SIGNATURES:
        if head.startswith(signature):
            return name, "signature"
    if b"%PDF-" in head[:1024] and (claim is None or claim.name == "pdf"):
        return "pdf", "signature"
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        with content.open() as stream:
            inside = structure.zip_format(stream)
        if inside and (inside != "zip" or claim is None or claim.name == "zip" or not _is_office_zip(claim)):
            return inside, "structure" if inside != "zip" else "signature"
        return (claim.name, "name") if claim is not None and _is_office_zip(claim) else ("zip", "signature")
    if structure.is_signed(head):
        return ("p7s" if claim is not None and claim.name == "p7s" else "p7m"), "signature"
    if structure.is_ole(head):
        with content.open() as stream:
            inside = structure.ole_format(stream)
        return (claim.name, "name") if inside == "ole" and claim is not None and claim.name in _IN_OLE else (inside, "structure")
    if structure.is_mbox(head):
        return ("mbox" if _is_mailbox(content, claim) else "email"), "structure"
    return _text_or_magic(head, claim, carrier)


def _is_mailbox(content: Content, claim: Format | None) -> bool:
    """Say whether what begins with an envelope line is a mailbox: by its name, else by a second message in it."""
    if claim is not None and claim.name == "mbox":
        return True
    from ingest.extract.mbox import has_several
    with content.open() as stream:
        return has_several(stream)


def _text_or_magic(head: bytes, claim: Format | None, carrier: Format | None) -> tuple[str, str]:
    if b"\x14" in head[:4096]:
        from ingest.extract.loadfile_rows import is_concordance
        if is_concordance(head):
            return "loadfile", "structure"
    by_start = structure.text_format(head)
    if by_start and not (by_start == "html" and claim is not None and claim.name == "md"):
        return by_start, "structure"
    if claim is not None and claim.name == "html" and b"</" in head and looks_like_text(head):
        return _text(head, claim, carrier, None)
    mime = libmagic.mime_of(head)
    found = by_mime(mime)
    is_text = mime.startswith("text/") or (found is not None and found.text) or _is_plain_text(head, mime)
    if is_text:
        return _text(head, claim, carrier, found)
    if structure.is_mail(head, claimed=False):  # a message with bytes in its body that no text has
        return "email", "structure"
    if found is not None:
        return found.name, "signature"
    if mime.startswith(("audio/", "video/")):
        return mime.partition("/")[0], "signature"
    return "", ""


def _text(head: bytes, claim: Format | None, carrier: Format | None, found: Format | None) -> tuple[str, str]:
    """Return the format of a text: a message in disguise, else what its name says, else what the carrier or libmagic say."""
    prose = claim is None or claim.name not in _NOT_PROSE
    if prose and structure.is_mail(head, claimed=False):
        return "email", "structure"
    if claim is None and (carrier is None or carrier.name == "txt") and structure.is_mail_like(head):
        return "email", "structure"
    if claim is not None and claim.name == "emlx" and structure.is_emlx(head):
        return "emlx", "structure"
    if claim is not None and claim.text:
        return claim.name, "name"
    if carrier is not None and carrier.text:
        return carrier.name, "declared"
    if found is not None and found.name not in ("email", "mbox"):
        return found.name, "signature"
    return "txt", "signature"


def _is_plain_text(head: bytes, mime: str) -> bool:
    return mime in _GENERIC_MIMES and looks_like_text(head)


def _is_office_zip(claim: Format) -> bool:
    return claim.name in ("docx", "xlsx", "xlsb", "pptx", "odt", "ods", "odp", "epub")


def _found(name: str, basis: str, given: Given, claim: Format | None, carrier: Format | None) -> Identified:
    known = BY_NAME.get(name)
    mime = known.mime if known is not None else "application/octet-stream"
    said = carrier if carrier is not None else claim
    declared = ""
    if said is not None and said.name != name and said.mime != mime:
        declared = given.declared_mime.partition(";")[0].strip().lower() or said.mime
    return Identified(name, mime, basis, declared)
