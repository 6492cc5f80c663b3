"""Relations between the parts of an OPC package (ECMA-376-2, 6.5): what a part refers to by an id."""
from __future__ import annotations

import posixpath
from dataclasses import dataclass

from ingest.extract.base import CannotRead
from ingest.extract.package import Package


@dataclass(frozen=True, slots=True)
class Relation:
    """`kind` is the last word of the type ("slide"), `target` the full name of a part, or an address where it is `external`."""
    kind: str
    target: str
    external: bool = False


def relations(package: Package, part: str) -> dict[str, Relation]:
    """Return the relations of a part by id; "" is the package itself. Without any, or when they cannot be read, {}."""
    folder, _, name = part.rpartition("/")
    rels = f"{folder}/_rels/{name}.rels".lstrip("/")
    if not package.has(rels):
        return {}
    try:
        root = package.xml(rels)
    except CannotRead:
        return {}
    found: dict[str, Relation] = {}
    for relation in root:
        target = (relation.get("Target") or "").replace("\\", "/")
        external = relation.get("TargetMode") == "External"
        if not external:
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(posixpath.join(folder, target))
        found[relation.get("Id") or ""] = Relation((relation.get("Type") or "").rpartition("/")[2], target, external)
    return found
