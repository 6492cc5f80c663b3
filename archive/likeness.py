"""How like two items are by their fingerprints, and which of two near duplicates is the primary one. Pure."""
from __future__ import annotations

import re
from array import array
from difflib import SequenceMatcher
from hashlib import blake2b

from archive.model.fact import Fingerprint
from archive.model.record import Record

PAPER_ROWS, MAIL_ROWS = 4, 16
_DRAFT = re.compile(r"draft|entwurf|brouillon|borrador|\bv\d+\b|_v\d|clean|courtesy|vorab|mark-?up|redline|blackline|comments?\b|cmts?\b|"
                    r"tracked|unsigned|for review|anmerkungen|commentaires|comentarios", re.IGNORECASE)
_SIGNED = re.compile(r"(?<!un)signed\b|executed|conformed|unterzeichnet|unterschrieben|sign[eé]\b|firmad[oa]", re.IGNORECASE)


def bands(f: Fingerprint) -> list[int]:
    """Return the numbers under which a fingerprint is filed: two items that share one may be alike.

    Papers have 32 bands of 4 rows (99 of 100 pairs that are 0.6 alike meet), mails, of which there are very many, 8 of 16 rows.
    """
    rows = MAIL_ROWS if f.guard == "mail" else PAPER_ROWS
    numbers = array("I", f.sketch)
    prefix = hash_of(f.guard.encode())
    return [hash_of(prefix.to_bytes(8, "big") + at.to_bytes(2, "big") + numbers[at:at + rows].tobytes()) for at in range(0, len(numbers), rows)]


def hash_of(content: bytes) -> int:
    """Return 63 bits that every database holds as a number."""
    return int.from_bytes(blake2b(content, digest_size=8).digest(), "big") >> 1


def likeness(a: Fingerprint, b: Fingerprint) -> float:
    """Return the share of word pairs that two items have in common (Jaccard), as their sketches estimate it; 0 for unlike guards."""
    if a.guard != b.guard or len(a.sketch) != len(b.sketch) or not a.sketch:
        return 0.0
    one, two = array("I", a.sketch), array("I", b.sketch)
    return sum(x == y for x, y in zip(one, two, strict=True)) / len(one)


def alike(a: Fingerprint, b: Fingerprint) -> float:
    """Return the likeness of two items that are near duplicates, 0 for those that are not."""
    score = likeness(a, b)
    return score if score >= min(a.least, b.least) else 0.0


def primary_order(record: Record) -> tuple[bool, bool, bool, str, str, str]:
    """Return what near duplicates are ordered by: no draft before a draft, a scan of paper before a print, one named as signed before others, then the
    earlier, then the path."""
    named = f"{record.source_paths[0]} {record.inner or ''}"
    printed = "ocr" not in record.bases.get("text", "")
    return bool(_DRAFT.search(named)), printed, not _SIGNED.search(named), record.date or "9999", record.source_paths[0], record.inner or ""


def differing(a: str, b: str, most: int = 200) -> list[tuple[str, str]]:
    """Return the words in which two texts differ, in order: pairs of what only the first and only the second has there; at most `most`."""
    one, two = a.split(), b.split()
    out = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag != "equal":
            out.append((" ".join(one[i1:i2]), " ".join(two[j1:j2])))
            if len(out) >= most:
                break
    return out
