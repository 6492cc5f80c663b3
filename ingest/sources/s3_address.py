"""Addresses of objects in a bucket (`s3://BUCKET/PREFIX`), and the places that objects get from them."""
from __future__ import annotations

import re
from dataclasses import dataclass

from archive.errors import BadRequest
from archive.model.item import Place

_URL = re.compile(r"s3://([^/]*)(?:/(.*))?", re.DOTALL)
_BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
REMEDY = "Write s3://BUCKET, s3://BUCKET/PREFIX or s3://BUCKET/KEY."


@dataclass(frozen=True, slots=True)
class Address:
    """What was given: a bucket, and the key or the start of keys up to a slash that is wanted ("" for the whole bucket, never a final slash)."""
    given: str
    bucket: str
    prefix: str

    def holds(self, key: str) -> bool:
        """Say whether an object is the one that was given, or lies below; a key that ends with a slash marks a folder and is no object."""
        return not key.endswith("/") and (not self.prefix or key == self.prefix or key.startswith(f"{self.prefix}/"))

    def place(self, key: str, source: str) -> Place:
        """Return the place of an object: beside its address, what makes two names the same place (as for files)."""
        below = key.removeprefix(self.prefix).lstrip("/") if self.prefix else key
        path = f"{self.given.rstrip('/')}/{below}" if below else self.given
        return Place(path, f"{source}:{below or key.rpartition('/')[2]}" if source else f"s3://{self.bucket}/{key}")


def is_address(given: str) -> bool:
    return _URL.fullmatch(given) is not None


def parse(given: str) -> Address:
    """Return what an address names. Raises BadRequest for one that is not understood."""
    found = _URL.fullmatch(given)
    if found is None or not _BUCKET.fullmatch(found[1]) or not given.isprintable():
        raise BadRequest("The address of the bucket is not understood.", REMEDY)
    return Address(given, found[1], (found[2] or "").rstrip("/"))


def overlap(one: Address, other: Address) -> bool:
    """Say whether what one address names and what the other names have anything in common."""
    if one.bucket != other.bucket:
        return False
    a, b = (f"{x.prefix}/" if x.prefix else "" for x in (one, other))
    return a.startswith(b) or b.startswith(a)
