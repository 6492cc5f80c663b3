"""Members of zip files that the standard library cannot unpack: by their local headers, with other methods, with AES (APPNOTE.TXT 6.3.10, WinZip AE-2)."""
from __future__ import annotations

import hashlib
import hmac
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

from ingest.extract.archives import RATIO_FROM_BYTES, over
from ingest.extract.base import CannotRead
from ingest.extract.package import RATIO_MAX

STORED, DEFLATED, DEFLATE64, BZIP2, LZMA, ZSTANDARD, XZ, AES = 0, 8, 9, 12, 14, 93, 95, 99
_LOCAL = b"PK\x03\x04"
_SCAN_BYTES = 1 << 20
_STEP = 1 << 18
_ITERATIONS = 1000


@dataclass(frozen=True, slots=True)
class Local:
    """A member as its local header tells it: where its bytes begin, how many they are as packed (0: not told), and what is in its extra field."""
    name: bytes
    flags: int
    method: int
    crc: int
    packed_bytes: int
    size_bytes: int
    start: int
    extra: bytes
    when: tuple[int, int]


def local_header(stream: BinaryIO, offset: int) -> Local:
    """Return the local header at an offset (APPNOTE 4.3.7). Raises CannotRead(damaged)."""
    stream.seek(offset)
    head = stream.read(30)
    if len(head) < 30 or not head.startswith(_LOCAL):
        raise CannotRead("damaged", "Its header is missing.")
    _, _, flags, method, time, day, crc, packed, size, name_bytes, extra_bytes = struct.unpack("<4sHHHHHIIIHH", head)
    name, extra = stream.read(name_bytes), stream.read(extra_bytes)
    if len(name) < name_bytes or len(extra) < extra_bytes:
        raise CannotRead("damaged", "Its header is cut short.")
    large = _field(extra, 1)
    if packed == size == 0xFFFFFFFF and len(large) >= 16:
        size, packed = struct.unpack_from("<QQ", large)
    return Local(name, flags, method, crc, packed, size, offset + 30 + name_bytes + extra_bytes, extra, (day, time))


def _field(extra: bytes, number: int) -> bytes:
    at = 0
    while at + 4 <= len(extra):
        found, size = struct.unpack_from("<HH", extra, at)
        if found == number:
            return extra[at + 4:at + 4 + size]
        at += 4 + size
    return b""


def other_method(stream: BinaryIO, info: zipfile.ZipInfo, limit_bytes: int, passwords: tuple[str, ...]) -> bytes:
    """Return a member that is packed or protected in a way the standard library does not know. Raises CannotRead."""
    local = local_header(stream, info.header_offset)
    stream.seek(local.start)
    raw = stream.read(info.compress_size)
    if len(raw) < info.compress_size:
        raise CannotRead("damaged", "It is cut short.")
    method = local.method
    if method == AES:
        said = _field(local.extra, 0x9901)
        if len(said) < 7:
            raise CannotRead("damaged", "How it is protected is not told.")
        raw, method = decrypted(raw, said[4], passwords), struct.unpack_from("<H", said, 5)[0]
    elif info.flag_bits & 1:
        raise CannotRead("encrypted", "It is protected by a method of encryption that cannot be opened here.")
    content = unpacked(raw, method, limit_bytes, info.file_size)
    if info.CRC and zlib.crc32(content) != info.CRC:
        raise CannotRead("damaged", "Its checksum is wrong.")
    return content


def decrypted(raw: bytes, strength: int, passwords: tuple[str, ...]) -> bytes:
    """Return bytes without their AES protection ("AES Encryption Information: AE-1 and AE-2", WinZip). Raises CannotRead: encrypted, damaged."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    key_bytes = {1: 16, 2: 24, 3: 32}.get(strength, 0)
    salt_bytes = key_bytes // 2
    if not key_bytes or len(raw) < salt_bytes + 12:
        raise CannotRead("damaged", "How it is protected is not told.")
    salt, check, body, mac = raw[:salt_bytes], raw[salt_bytes:salt_bytes + 2], raw[salt_bytes + 2:-10], raw[-10:]
    for password in passwords:
        for encoding in ("utf-8", "cp437", "cp1252"):
            keys = hashlib.pbkdf2_hmac("sha1", password.encode(encoding, "replace"), salt, _ITERATIONS, key_bytes * 2 + 2)
            if keys[-2:] != check or not hmac.compare_digest(hmac.digest(keys[key_bytes:2 * key_bytes], body, "sha1")[:10], mac):
                continue
            blocks = (len(body) + 15) // 16
            out = bytearray()
            encryptor = Cipher(algorithms.AES(keys[:key_bytes]), modes.ECB()).encryptor()  # noqa: S305  counters of AE count from the other end
            for first in range(0, blocks, 65_536):
                count = min(65_536, blocks - first)
                stream = encryptor.update(b"".join((first + n + 1).to_bytes(16, "little") for n in range(count)))
                piece = body[first * 16:(first + count) * 16]
                out += (int.from_bytes(piece, "little") ^ int.from_bytes(stream[:len(piece)], "little")).to_bytes(len(piece), "little")
            return bytes(out)
    raise CannotRead("encrypted", "It is protected by a password." if not passwords else "No password that was given opens it.")


def unpacked(raw: bytes, method: int, limit_bytes: int, size_bytes: int = 0) -> bytes:
    """Return packed bytes unpacked, in steps and bounded. Raises CannotRead: damaged, over_limit, unsupported."""
    if size_bytes > limit_bytes or (size_bytes > RATIO_FROM_BYTES and size_bytes > len(raw) * RATIO_MAX):
        raise over(limit_bytes)
    bound = min(limit_bytes, max(RATIO_FROM_BYTES, len(raw) * RATIO_MAX))
    out = bytearray()
    try:
        for piece in _pieces(raw, method):
            out += piece
            if len(out) > bound:
                raise over(limit_bytes)
    except CannotRead:
        raise
    except MemoryError:
        raise
    except Exception as error:  # each codec has its own
        raise CannotRead("damaged", f"It cannot be unpacked ({type(error).__name__}).") from error
    return bytes(out)


def _pieces(raw: bytes, method: int) -> Iterator[bytes]:
    if method == STORED:
        yield raw
    elif method == DEFLATED:
        unpacker = zlib.decompressobj(-15)
        rest = raw
        while rest:
            yield unpacker.decompress(rest, _STEP)
            rest = unpacker.unconsumed_tail
        yield unpacker.flush()
    elif method == DEFLATE64:
        from inflate64 import Inflater
        inflater = Inflater()
        for at in range(0, len(raw), 4096):
            yield bytes(inflater.inflate(raw[at:at + 4096]))
    elif method == BZIP2:
        import bz2
        bunzip = bz2.BZ2Decompressor()
        yield bunzip.decompress(raw, _STEP)
        while not bunzip.eof and not bunzip.needs_input:
            yield bunzip.decompress(b"", _STEP)
    elif method == XZ:
        import lzma
        unxz = lzma.LZMADecompressor(memlimit=512 << 20)
        yield unxz.decompress(raw, _STEP)
        while not unxz.eof and not unxz.needs_input:
            yield unxz.decompress(b"", _STEP)
    elif method == ZSTANDARD:
        from backports import zstd
        unzstd = zstd.ZstdDecompressor()
        yield unzstd.decompress(raw, _STEP)
        while not unzstd.eof and not unzstd.needs_input:
            yield unzstd.decompress(b"", _STEP)
    else:
        raise CannotRead("unsupported", f"Its method of compression ({method}) is not known here.")


# ---------------------------------------------------------------- without a directory

def scattered(stream: BinaryIO) -> Iterator[Local]:
    """Yield the local headers in a file in order, where its directory is missing or damaged."""
    at, carried, base = 0, b"", 0
    stream.seek(0)
    found: list[int] = []
    while chunk := stream.read(_SCAN_BYTES):
        buffer = carried + chunk
        found.extend(base - len(carried) + match.start() for match in re.finditer(re.escape(_LOCAL), buffer))
        base += len(chunk)
        carried = buffer[-3:]
        if len(found) > 200_000:
            break
    for offset in found:
        if offset < at:
            continue  # inside a member that was told before: a zip in a zip
        try:
            local = local_header(stream, offset)
        except CannotRead:
            continue
        if not local.name:
            continue
        if local.packed_bytes:
            at = local.start + local.packed_bytes
        yield local


def recovered(stream: BinaryIO, local: Local, end: int, limit_bytes: int) -> bytes:
    """Return a member by its local header alone; `end` is where the next one begins. Raises CannotRead."""
    if local.flags & 1:
        raise CannotRead("encrypted", "It is protected by a password.")
    stream.seek(local.start)
    told = local.packed_bytes if not local.flags & 8 else 0
    raw = stream.read(min(told or end - local.start, limit_bytes + 1))
    if told and len(raw) < told:
        raise CannotRead("damaged", "It is cut short.")
    if not told and local.method == STORED:
        mark = raw.rfind(b"PK\x07\x08")
        raw = raw[:mark] if mark >= 0 else raw
    content = unpacked(raw, local.method, limit_bytes, 0)
    if local.crc and not local.flags & 8 and zlib.crc32(content) != local.crc:
        raise CannotRead("damaged", "Its checksum is wrong.")
    return content
