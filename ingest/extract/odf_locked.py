"""OpenDocument files with a password (ODF 1.3 part 2, 3.4 and 4.8): what is locked, and how it is unlocked.

Read: AES-256 in CBC or GCM mode with a key from PBKDF2 (LibreOffice and OpenOffice since 2011).  Not read: Blowfish of older programs,
Argon2id, OpenPGP keys; they end as `encrypted` too.
"""
from __future__ import annotations

import base64
import hashlib
import io
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from ingest.extract.base import CannotRead
from ingest.extract.package import Package

_ITERATIONS_MAX = 1_000_000
_MANIFEST = ('<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
             'manifest:version="1.3"/>')


@dataclass(frozen=True, slots=True)
class _Lock:
    """How one member is locked. `size` is its size once unpacked; `checksum` that of its first 1,024 packed bytes, or b""."""
    algorithm: str
    iv: bytes
    salt: bytes
    iterations: int
    key_size: int
    start: str
    checksum_type: str
    checksum: bytes
    size: int


def _bytes(element: etree._Element | None, name: str) -> bytes:
    try:
        return base64.b64decode(_attr(element, name)) if element is not None else b""
    except ValueError:
        return b""


def _attr(element: etree._Element | None, name: str) -> str:
    if element is None:
        return ""
    return next((str(v) for k, v in element.attrib.items() if str(k).rpartition("}")[2] == name), "")


def _int(text: str, otherwise: int) -> int:
    return int(text) if text.isdigit() and len(text) < 10 else otherwise


class Manifest:
    """The members of a package, with what is locked among them."""

    def __init__(self, package: Package, locks: dict[str, _Lock]) -> None:
        self._package, self._locks = package, locks
        self._password: bytes = b""
        self._keys: dict[tuple[bytes, int, int, str], bytes] = {}

    @classmethod
    def of(cls, package: Package) -> Manifest:
        """Return the manifest of a package; without one nothing is locked."""
        if not package.has("META-INF/manifest.xml"):
            return cls(package, {})
        try:
            root = package.xml("META-INF/manifest.xml")
        except CannotRead:
            return cls(package, {})
        locks: dict[str, _Lock] = {}
        for entry in root:
            data = next((e for e in entry if str(e.tag).endswith("}encryption-data")), None)
            if data is None:
                continue
            parts = {str(e.tag).rpartition("}")[2]: e for e in data}
            algorithm, key, start = parts.get("algorithm"), parts.get("key-derivation"), parts.get("start-key-generation")
            locks[_attr(entry, "full-path")] = _Lock(
                _attr(algorithm, "algorithm-name"), _bytes(algorithm, "initialisation-vector"), _bytes(key, "salt"),
                _int(_attr(key, "iteration-count"), 0), _int(_attr(key, "key-size"), 16), _attr(start, "start-key-generation-name") or "sha1",
                _attr(data, "checksum-type"), _bytes(data, "checksum"), _int(_attr(entry, "size"), 0))
        return cls(package, locks)

    def unlock(self, passwords: tuple[str, ...]) -> str:
        """Find the password that opens it and return the note that one was needed, "" for a package without. Raises CannotRead(encrypted)."""
        if not self._locks:
            return ""
        name = "content.xml" if "content.xml" in self._locks else next(iter(self._locks))
        for password in passwords:
            self._password = password.encode("utf-8")
            self._keys.clear()
            try:
                self.read(name, 1 << 30)
                return "opened with a password that was given"
            except CannotRead as error:
                if error.code != "encrypted":
                    raise
        raise CannotRead("encrypted", "The document is protected by a password." if not passwords else "No password that was given opens it.")

    def read(self, name: str, limit_bytes: int) -> bytes:
        """Return a member, unlocked. Raises CannotRead."""
        content = self._package.read(name, limit_bytes)
        lock = self._locks.get(name)
        return content if lock is None else _unpacked(self._opened(content, lock), lock, limit_bytes)

    def plain(self, limit_bytes: int) -> bytes:
        """Return the package as a zip file without its locks, once it is unlocked. Raises CannotRead."""
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w") as archive:
            for name in self._package.names():
                if name == "META-INF/manifest.xml":
                    archive.writestr(name, _MANIFEST)
                elif not name.startswith("META-INF/"):
                    archive.writestr(name, self.read(name, limit_bytes))
                if out.tell() > limit_bytes:
                    raise CannotRead("over_limit", f"It unpacks to more than {limit_bytes} bytes.")
        return out.getvalue()

    def _opened(self, content: bytes, lock: _Lock) -> bytes:
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM
        key = self._key(lock)
        if lock.algorithm.endswith("aes256-gcm"):
            try:
                return AESGCM(key).decrypt(content[:12], content[12:], None)
            except (InvalidTag, ValueError) as error:
                raise CannotRead("encrypted", "No password that was given opens it.") from error
        if not lock.algorithm.endswith(("aes256-cbc", "aes128-cbc", "aes192-cbc")) or len(lock.iv) != 16 or len(content) % 16:
            raise CannotRead("encrypted", "Its method of encryption is not known here.")
        decryptor = Cipher(algorithms.AES(key), modes.CBC(lock.iv)).decryptor()
        opened = decryptor.update(content) + decryptor.finalize()
        if lock.checksum:
            digest = hashlib.sha256 if "sha256" in lock.checksum_type else hashlib.sha1
            padding = opened[-1] if opened and opened[-1] <= 16 else 0
            if digest(opened[:len(opened) - padding][:1024]).digest() != lock.checksum and digest(opened[:1024]).digest() != lock.checksum:
                raise CannotRead("encrypted", "No password that was given opens it.")
        return opened

    def _key(self, lock: _Lock) -> bytes:
        if not 0 < lock.iterations <= _ITERATIONS_MAX or lock.key_size not in (16, 24, 32):
            raise CannotRead("encrypted", "Its method of encryption is not known here.")
        known = (lock.salt, lock.iterations, lock.key_size, lock.start)
        if known not in self._keys:
            start = (hashlib.sha256 if "sha256" in lock.start else hashlib.sha1)(self._password).digest()
            self._keys[known] = hashlib.pbkdf2_hmac("sha1", start, lock.salt, lock.iterations, lock.key_size)
        return self._keys[known]


def _unpacked(content: bytes, lock: _Lock, limit_bytes: int) -> bytes:
    """Return what was packed before it was locked (raw deflate)."""
    unpacker = zlib.decompressobj(-15)
    try:
        out = unpacker.decompress(content, limit_bytes + 1)
    except zlib.error as error:
        if not lock.checksum:
            raise CannotRead("encrypted", "No password that was given opens it.") from error
        raise CannotRead("damaged", "It cannot be unpacked.") from error
    if len(out) > limit_bytes:
        raise CannotRead("over_limit", f"It unpacks to more than {limit_bytes} bytes.")
    return out
