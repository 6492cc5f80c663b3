"""OpenPGP files (RFC 9580): what is encrypted is named so, keys and signatures are text where they are armoured."""
from __future__ import annotations

from collections.abc import Iterator

from archive.model.extracted import Extracted
from archive.model.outcome import Done, Failed
from ingest.extract.base import CannotRead, Extractor, Part, Work, bids
from ingest.extract.text import decode

_SEALED = frozenset((1, 3, 9, 18, 20))
"""Packets with which an encrypted message begins: session keys, encrypted data."""
_KINDS = {2: "a signature", 4: "a signed message", 5: "a secret key", 6: "a public key", 8: "packed data", 11: "plain data"}
_LONGEST = 1 << 20


def packet_tag(head: bytes) -> int:
    """Return the kind of the first packet, 0 for bytes that begin with none (RFC 9580, 4.2)."""
    if not head or not head[0] & 0x80:
        return 0
    return head[0] & 0x3F if head[0] & 0x40 else head[0] >> 2 & 0x0F


def _read(work: Work) -> Iterator[Part]:
    content = work.content
    start = content.lstrip()[:100]
    if start.startswith(b"-----BEGIN PGP MESSAGE") or packet_tag(content) in _SEALED:
        yield Extracted(Failed("encrypted", "It is encrypted (OpenPGP); it is kept as it came."), subject=work.given.name)
    elif start.startswith((b"-----BEGIN PGP ", b"Version:")):
        text, charset = decode(content[:_LONGEST])
        yield Extracted(Done(), text=text, subject=work.given.name, metadata={"charset": charset})
    elif (kind := _KINDS.get(packet_tag(content))) is not None:
        yield Extracted(Done(f"{kind} (OpenPGP), not text"), subject=work.given.name)
    else:
        raise CannotRead("unsupported", "It is no OpenPGP data that is known here.")


EXTRACTORS = (Extractor("pgp", "1", bids({"pgp": 1.0}), _read),)
