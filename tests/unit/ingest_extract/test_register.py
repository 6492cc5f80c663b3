"""The register knows which formats each reader reads without importing it."""
from __future__ import annotations

import importlib
import pkgutil
import subprocess
import sys

import ingest.extract
from archive.model.extracted import Identified
from ingest.extract import _FORMATS, bidders, builtin


def test_list_of_formats_says_what_the_modules_bid_for() -> None:
    declared = {}
    for module in (m.name for m in pkgutil.iter_modules(ingest.extract.__path__)):
        extractors = getattr(importlib.import_module(f"ingest.extract.{module}"), "EXTRACTORS", ())
        if extractors and _FORMATS.get(module) != "*":
            declared[module] = {name for e in extractors for name in e.bid.__closure__[0].cell_contents}
    assert {module: set(formats.split()) for module, formats in _FORMATS.items() if formats != "*"} == declared


def test_every_reader_that_bids_for_a_format_is_asked() -> None:
    formats = {name for listed in _FORMATS.values() for name in listed.split()} | {"unknown"}
    for name in formats:
        identified = Identified(name, "text/x-anything", "test")
        ranked = sorted(((e.bid(identified), n, e) for n, e in enumerate(builtin())), key=lambda r: (-r[0], -r[1]))
        assert bidders(identified) == tuple(e for bid, _, e in ranked if bid > 0)


def test_mail_is_read_without_the_readers_of_other_formats() -> None:
    code = ("import sys; from archive.model.extracted import Identified; from ingest.extract import bidders; "
            "bidders(Identified('email', 'message/rfc822', 't')); "
            "print([m for m in sys.modules if m.startswith(('ingest.extract.pdf', 'ingest.extract.docx'))])")
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
