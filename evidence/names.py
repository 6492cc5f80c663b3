"""File names from hostile sources, made safe on every system that a bundle may be opened on.

Names are ASCII, since unpackers in a plain locale change others, and then nothing in a manifest is found.  The name as it came
stands in the metadata.
"""

from __future__ import annotations

import re
import unicodedata

MAX_CHARS = 100
"""With `data/originals/<record_id>/` in front this stays far below the 260 characters that some systems allow for a whole path."""

MAX_SUFFIX_CHARS = 16

_SPELT_OUT = str.maketrans(
    {"ß": "ss", "æ": "ae", "Æ": "AE", "ø": "o", "Ø": "O", "œ": "oe", "Œ": "OE", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D"}
)
_UNSAFE = re.compile(r"[^A-Za-z0-9 ._,()+@&=#~-]")
_RESERVED = re.compile(r"(?:con|prn|aux|nul|conin\$|conout\$|clock\$|com[0-9]|lpt[0-9])(?:$|[. ])", re.I)
"""Device names of Windows, which it takes for the device whatever the suffix."""


def safe_name(name: str, otherwise: str = "original") -> str:
    """Return a file name without path parts, reserved names, control characters or characters that some system refuses.

    ASCII, at most MAX_CHARS characters, never empty, neither beginning with a dot, a blank or a hyphen nor ending with a dot or a blank;
    the suffix is kept.  Accents are dropped, other characters become `_`.  `%` too, since BagIt reads it as an escape (RFC 8493,
    section 2.1.3).
    """
    last = re.split(r"[/\\]", name)[-1].translate(_SPELT_OUT)
    plain = "".join(c for c in unicodedata.normalize("NFKD", last) if not unicodedata.combining(c))
    plain = _UNSAFE.sub("_", plain).lstrip(" .-").rstrip(" .")
    if not plain.strip("_"):
        plain = otherwise
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > MAX_SUFFIX_CHARS or not stem:
        stem, suffix = plain, ""
    kept = stem[: MAX_CHARS - len(suffix) - 2].rstrip(" .")
    whole = f"{kept}.{suffix}" if suffix else kept
    return f"_{whole}" if _RESERVED.match(whole) else whole


def unsafe_member(name: str) -> str | None:
    """Return why a member name must not be unpacked as it is, None for a harmless one."""
    if not name or "\0" in name or any(unicodedata.category(c) == "Cc" for c in name):
        return "it is empty or has control characters"
    if "\\" in name or name.startswith("/") or re.match(r"[A-Za-z]:", name):
        return "it is absolute, or has backslashes or a drive"
    if any(part in ("", ".", "..") for part in name.rstrip("/").split("/")):
        return "it climbs out of its folder or has empty parts"
    return None
