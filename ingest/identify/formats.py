"""The formats we know by a short name: their media type, the names files of them bear, and what libmagic calls them."""
from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Format:
    """`text` says that its files are plain text to libmagic, so that the name of the file decides between several such formats."""
    name: str
    mime: str
    extensions: tuple[str, ...] = ()
    other_mimes: tuple[str, ...] = ()
    text: bool = False


_OOXML = "application/vnd.openxmlformats-officedocument"
_MS = "application/vnd.ms"

FORMATS = (
    Format("email", "message/rfc822", ("eml", "mht", "mhtml", "nws"), ("message/global", "multipart/related"), text=True),
    Format("emlx", "message/x-emlx", ("emlx",), text=True),
    Format("mbox", "application/mbox", ("mbox", "mbx"), text=True),
    Format("msg", f"{_MS}-outlook", ("msg", "oft")),
    Format("pst", f"{_MS}-outlook-pst", ("pst", "ost")),
    Format("tnef", "application/ms-tnef", ("tnef",), (f"{_MS}-tnef",)),
    Format("ics", "text/calendar", ("ics", "ifb"), text=True),
    Format("vcf", "text/vcard", ("vcf",), ("text/x-vcard",), text=True),
    Format("pdf", "application/pdf", ("pdf",)),
    Format("docx", f"{_OOXML}.wordprocessingml.document", ("docx", "docm", "dotx", "dotm"),
           (f"{_MS}-word.document.macroenabled.12", f"{_OOXML}.wordprocessingml.template")),
    Format("xlsx", f"{_OOXML}.spreadsheetml.sheet", ("xlsx", "xlsm", "xltx", "xltm", "xlam"), (f"{_MS}-excel.sheet.macroenabled.12",)),
    Format("xlsb", f"{_MS}-excel.sheet.binary.macroenabled.12", ("xlsb",)),
    Format("pptx", f"{_OOXML}.presentationml.presentation", ("pptx", "pptm", "ppsx", "potx"),
           (f"{_OOXML}.presentationml.slideshow", f"{_MS}-powerpoint.presentation.macroenabled.12")),
    Format("doc", "application/msword", ("doc", "dot")),
    Format("xls", f"{_MS}-excel", ("xls", "xlt", "xla")),
    Format("ppt", f"{_MS}-powerpoint", ("ppt", "pps", "pot")),
    Format("encrypted-office", "application/x-ole-encrypted", (), ("application/encrypted",)),
    Format("pub", f"{_MS}-publisher", ("pub",)),
    Format("ole", "application/x-ole-storage", (), ("application/cdfv2",)),
    Format("odt", "application/vnd.oasis.opendocument.text", ("odt", "ott", "fodt")),
    Format("ods", "application/vnd.oasis.opendocument.spreadsheet", ("ods", "ots")),
    Format("odp", "application/vnd.oasis.opendocument.presentation", ("odp", "otp", "fodp")),
    Format("odg", "application/vnd.oasis.opendocument.graphics", ("odg",)),
    Format("rtf", "application/rtf", ("rtf",), ("text/rtf",)),
    Format("epub", "application/epub+zip", ("epub",)),
    Format("html", "text/html", ("html", "htm", "xhtml", "shtml"), ("application/xhtml+xml",), text=True),
    Format("einvoice", "application/xml", (), text=True),
    Format("xml", "application/xml", ("xml", "xsl", "xsd", "rss", "svg"), ("text/xml", "image/svg+xml"), text=True),
    Format("loadfile", "text/x-concordance", ()),
    Format("csv", "text/csv", ("csv",), ("application/csv", "text/comma-separated-values"), text=True),
    Format("tsv", "text/tab-separated-values", ("tsv", "tab"), text=True),
    Format("json", "application/json", ("json",), text=True),
    Format("ndjson", "application/x-ndjson", ("ndjson", "jsonl"), ("application/jsonl",), text=True),
    Format("vtt", "text/vtt", ("vtt",), text=True),
    Format("srt", "application/x-subrip", ("srt",), text=True),
    Format("sbv", "text/x-sbv", ("sbv",), text=True),
    Format("md", "text/markdown", ("md", "markdown"), text=True),
    Format("rst", "text/x-rst", ("rst",), text=True),
    Format("org", "text/x-org", ("org",), text=True),
    Format("yaml", "application/yaml", ("yaml", "yml"), ("text/yaml",), text=True),
    Format("txt", "text/plain", ("txt", "text", "log", "asc"), text=True),
    Format("zip", "application/zip", ("zip",), ("application/x-zip-compressed",)),
    Format("gzip", "application/gzip", ("gz", "tgz"), ("application/x-gzip",)),
    Format("bzip2", "application/x-bzip2", ("bz2", "tbz", "tbz2"), ("application/x-bzip",)),
    Format("xz", "application/x-xz", ("xz", "txz", "lzma"), ("application/x-lzma",)),
    Format("zstd", "application/zstd", ("zst", "tzst")),
    Format("tar", "application/x-tar", ("tar",)),
    Format("7z", "application/x-7z-compressed", ("7z",)),
    Format("rar", "application/vnd.rar", ("rar",), ("application/x-rar", "application/x-rar-compressed")),
    Format("tiff", "image/tiff", ("tif", "tiff")),
    Format("jpeg", "image/jpeg", ("jpg", "jpeg", "jpe")),
    Format("png", "image/png", ("png",)),
    Format("gif", "image/gif", ("gif",)),
    Format("bmp", "image/bmp", ("bmp",), ("image/x-ms-bmp",)),
    Format("webp", "image/webp", ("webp",)),
    Format("heic", "image/heic", ("heic", "heif"), ("image/heif",)),
    Format("ico", "image/vnd.microsoft.icon", ("ico",), ("image/x-icon",)),
    Format("emf", "image/emf", ("emf",), ("image/x-emf",)),
    Format("wmf", "image/wmf", ("wmf",), ("image/x-wmf",)),
    Format("audio", "audio/basic", ("wav", "mp3", "m4a", "ogg", "flac", "amr", "opus", "aac")),
    Format("video", "video/mp4", ("mp4", "mov", "avi", "mkv", "webm", "3gp")),
    Format("p7s", "application/pkcs7-signature", ("p7s",), ("application/x-pkcs7-signature",)),
    Format("p7m", "application/pkcs7-mime", ("p7m",), ("application/x-pkcs7-mime",)),
    Format("pgp", "application/pgp-encrypted", ("pgp", "gpg"), ("application/pgp-signature", "application/pgp-keys"), text=True),
    Format("certificate", "application/x-x509-cert", ("crt", "cer", "pem", "der"), ("application/pkix-cert",)),
)

CHATS = (
    *(Format(name, "application/json") for name in ("slack", "export-list", "teams", "zendesk", "intercom", "chat-json", "transcript")),
    *(Format(name, "text/plain") for name in ("whatsapp", "chat-txt", "transcript-txt", "transcript-tokens")),
    Format("chat-ndjson", "application/x-ndjson"), Format("chat-csv", "text/csv"),
    Format("chat-tsv", "text/tab-separated-values"), Format("chat-html", "text/html"),
)
"""Known by their structure only (identify/chats.py); names of files and media types say what they are written in."""

BY_NAME = {f.name: f for f in (*FORMATS, *CHATS)}
BY_EXTENSION = {e: f for f in FORMATS for e in f.extensions}
BY_MIME = {m: f for f in FORMATS for m in (f.mime, *f.other_mimes)}
IMAGES = frozenset({"tiff", "jpeg", "png", "gif", "bmp", "webp", "heic", "ico", "emf", "wmf"})


def by_extension(name: str) -> Format | None:
    """Return the format that a file name claims, None for a name without or with an unknown extension."""
    stem, dot, extension = name.rpartition(".")
    return BY_EXTENSION.get(extension.strip().lower()) if dot and stem else None


def by_mime(mime: str) -> Format | None:
    """Return the format that a media type names, None for an unknown or a generic one."""
    return BY_MIME.get(mime.partition(";")[0].strip().lower())


def extension_for(mime: str) -> str:
    """Return the usual extension of a media type without its dot, "bin" for an unknown one."""
    known = by_mime(mime)
    if known is not None and known.extensions:
        return known.extensions[0]
    return "txt" if mime.startswith("text/") else "bin"
