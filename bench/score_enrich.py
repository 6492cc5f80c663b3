"""How often enrichment agrees with what a paralegal concluded: reads cases with a truth.json, item by item, without catalogue or index.

    python -m bench.score_enrich ../shared/cases brackenfell petit-huard noise [--wrong]

Prints a line for each field: right, compared, share.  `--wrong` lists what differs, with the basis.  Values that are null in the truth are not
compared.  Items without text (pictures, broken files) are counted apart, since there is nothing to learn from them here.
"""
from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from archive.model.client import Client, Contact
from archive.model.extracted import Child, Extracted, Identified
from archive.model.fact import Enriched
from archive.settings import Limits
from ingest.enrich import enrich
from ingest.enrich.clients import concerned
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Context, Given
from ingest.identify import identify

Key = tuple[str, str | None]


def main(arguments: list[str]) -> int:
    """Return the exit status; 2 without a folder that has cases."""
    root = Path(arguments[0]) if arguments else Path()
    named = [a for a in arguments[1:] if not a.startswith("--")]
    cases = named or sorted(p.parent.name for p in root.glob("*/truth.json"))
    if not cases or not all((root / c / "truth.json").is_file() for c in cases):
        sys.stderr.write("Name a folder with cases (each with a truth.json) and, if you like, some of them.\n")
        return 2
    context = Context(directory(root / "directory.csv"))
    right: Counter[str] = Counter()
    compared: Counter[str] = Counter()
    for case in cases:
        truth = {(d["path"], d.get("inner")): d for d in json.loads((root / case / "truth.json").read_text("utf-8"))["documents"]}
        for key, extracted, found in items(root, case, context):
            if key in truth:
                for field, got, wanted, basis in differences(truth[key], found):
                    name = field if extracted.text.strip() else f"{field} (no text)"
                    compared[name] += 1
                    right[name] += got == wanted
                    if got != wanted and "--wrong" in arguments and extracted.text.strip():
                        sys.stdout.write(f"{field}: {key[0].removeprefix(case + '/sources/')} {key[1] or ''}: {got!r}, wanted {wanted!r} [{basis}]\n")
    for name in sorted(compared):
        sys.stdout.write(f"{name:28} {right[name]:5} of {compared[name]:5}  {right[name] / compared[name]:.3f}\n")
    return 0


def differences(wanted: dict[str, object], found: Enriched) -> Iterator[tuple[str, object, object, str]]:
    """Yield (field, got, wanted, basis) for each field that the truth decides."""
    def one(field: str, got: object, basis: str) -> Iterator[tuple[str, object, object, str]]:
        value = wanted[field]
        if value is not None and not (field == "kind" and value == "other"):
            yield field, got, sorted(value) if isinstance(value, list) else value, basis
    signs = "; ".join(f"{e.client_id} {e.identifier} ({e.basis}) {e.strength}" for e in found.clients[:6])
    yield from one("kind", found.kind.value, found.kind.basis)
    yield from one("record_types", sorted(t.value for t in found.record_types), "; ".join(t.basis for t in found.record_types))
    yield from one("date", found.date.value if found.date else None, found.date.basis if found.date else "")
    yield from one("language", found.language.value if found.language else None, found.language.basis if found.language else "")
    yield from one("clients", sorted(concerned(found.clients)), signs)
    yield from one("privileged", found.privileged is not None, found.privileged.basis if found.privileged else "")
    yield from one("sentiment", found.sentiment.value if found.sentiment else None, found.sentiment.basis if found.sentiment else "")


def items(root: Path, case: str, context: Context) -> Iterator[tuple[Key, Extracted, Enriched]]:
    for file in sorted(p for p in (root / case).rglob("*") if p.is_file() and p.name != "truth.json"):
        path = file.relative_to(root).as_posix()
        for inner, extracted, identified, given in _read(Content(file=str(file)), Given(file.name, path), context):
            yield (path, inner), extracted, enrich(extracted, identified, given, context)


def _read(content: Content, given: Given, context: Context) -> Iterator[tuple[str | None, Extracted, Identified, Given]]:
    identified = identify(content, given)
    members, extracted = read_whole(Work(content, identified, given, Limits()))
    if not extracted.container:
        yield given.inner, extracted, identified, given
    for member in members:
        if isinstance(member, Child) and given.depth < 4:
            inner = f"{given.inner}#{member.inner}" if given.inner else member.inner
            below = Given(member.inner.rsplit("/", 1)[-1], given.path, inner, member.declared_mime, member.modified_at,
                          parent_format=identified.format, depth=given.depth + 1)
            yield from _read(Content(data=member.content), below, context)


def directory(file: Path) -> tuple[Client, ...]:
    """Return the clients of a directory export (docs/formats/directory.md), as far as this score needs them."""
    def split(cell: str) -> tuple[str, ...]:
        return tuple(part.strip() for part in cell.split(";") if part.strip())
    out = []
    with file.open(encoding="utf-8-sig", newline="") as lines:
        for row in csv.DictReader(lines):
            people = [re.match(r"\s*(.*?)\s*<([^>]*)>", c) for c in split(row.get("contacts", ""))]
            out.append(Client(
                row["client_id"], row["legal_name"], split(row.get("trading_names", "")), split(row.get("account_numbers", "")),
                split(row.get("email_domains", "")), tuple(Contact(m[1], m[2]) for m in people if m), split(row.get("contract_numbers", "")),
                row.get("status", ""), row.get("currency", "")))
    return tuple(out)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
