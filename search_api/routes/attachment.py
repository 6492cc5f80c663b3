"""How files are handed out: always as a download, under a name that no program can misread."""
from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote

HANDED_OUT_AS_THEY_ARE = frozenset({"application/pdf", "image/png", "image/jpeg", "image/tiff", "text/csv", "text/plain"})
"""Types that no browser runs. Everything else goes out as application/octet-stream."""
NAME_CHARS_MAX = 120


def media_type_of(mime: str) -> str:
    """Return the media type under which an original may be handed out."""
    return mime if mime in HANDED_OUT_AS_THEY_ARE else "application/octet-stream"


def content_disposition(name: str) -> str:
    """Return the Content-Disposition of a download: a plain ASCII name for old programs beside the true one. Source: RFC 6266, 4 and 5."""
    safe = safe_name(name)
    plain = unicodedata.normalize("NFKD", safe).encode("ascii", "ignore").decode()
    plain = re.sub(r"[^A-Za-z0-9 ._()+-]", "_", plain).strip(" .") or "download"
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, safe='')}"


def safe_name(name: str) -> str:
    """Return a file name without folders, control and direction marks, wildcards or leading dots; "download" when nothing is left."""
    last = re.split(r"[/\\]", name)[-1]
    kept = "".join(c for c in last if unicodedata.category(c)[0] != "C" and c not in '<>:"|?*')
    kept = re.sub(r"\s+", " ", kept).strip(" .")
    if len(kept) > NAME_CHARS_MAX:
        stem, dot, extension = kept.rpartition(".")
        kept = stem[:NAME_CHARS_MAX - len(extension) - 1] + dot + extension if dot and len(extension) <= 10 else kept[:NAME_CHARS_MAX]
    return kept or "download"
