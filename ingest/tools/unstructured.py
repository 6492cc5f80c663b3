"""`unstructured`, pinned: the reader of last resort. It is imported in a worker only, and only when a format needs it.

As it comes it downloads a language model at the first call, opens attachments, and tells its maker of every call.  Here a blank pipeline
stands in for the model (the text is the same, only the labels of elements suffer), and the environment of the worker switches the rest
off (ingest/fence/confine.py).  The place where the model is loaded is private to the library: hence the pin, and a test that holds it.
"""
from __future__ import annotations

import functools
import importlib
import importlib.util
import os
from collections.abc import Callable
from typing import Any

VERSION = "0.27.32"

PARTITIONERS = {
    "pptx": ("pptx", "partition_pptx"), "odt": ("odt", "partition_odt"), "rtf": ("rtf", "partition_rtf"), "epub": ("epub", "partition_epub"),
    "md": ("md", "partition_md"), "xml": ("xml", "partition_xml"), "org": ("org", "partition_org"), "rst": ("rst", "partition_rst"),
    "html": ("html", "partition_html"), "docx": ("docx", "partition_docx"), "xlsx": ("xlsx", "partition_xlsx"), "msg": ("msg", "partition_msg"),
    "txt": ("text", "partition_text"), "email": ("email", "partition_email"),
}
"""By our name of a format: the module below `unstructured.partition` and its function."""

_OFF = {"DO_NOT_TRACK": "1", "SCARF_NO_ANALYTICS": "true", "UNSTRUCTURED_DISABLE_NOTICE": "1", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


@functools.cache
def available() -> bool:
    """Say whether the library is installed (it is an extra)."""
    return importlib.util.find_spec("unstructured") is not None


@functools.cache
def _ready() -> None:
    """Import the library with its model replaced and its telemetry off. Raises ImportError."""
    for key, value in _OFF.items():
        os.environ.setdefault(key, value)
    import spacy
    from unstructured.nlp import tokenize
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    blank.max_length = 1 << 31
    if not hasattr(tokenize, "_load_spacy_model"):
        raise ImportError("unstructured has changed: the place where it loads its model is gone")
    tokenize._load_spacy_model = lambda *_, **__: blank


def partition(format_name: str, file: Any) -> list[Any]:
    """Return the elements of a file of one of PARTITIONERS, given as a binary stream. Raises what the library raises."""
    _ready()
    module, function = PARTITIONERS[format_name]
    call: Callable[..., list[Any]] = getattr(importlib.import_module(f"unstructured.partition.{module}"), function)
    options: dict[str, Any] = {"process_attachments": False} if format_name in ("msg", "email") else {}
    return call(file=file, **options)
