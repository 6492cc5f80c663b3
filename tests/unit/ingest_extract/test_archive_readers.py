"""Archives: members to the byte, names that cannot lead out, passwords, bounds, and what is read of damaged ones."""
from __future__ import annotations

import bz2
import gzip
import hashlib
import hmac
import io
import lzma
import struct
import tarfile
import zipfile
import zlib
from dataclasses import replace

import pytest

from archive.model.extracted import Child, Extracted, Unread
from archive.model.outcome import Done, Failed, Skipped
from archive.settings import Limits
from ingest.extract import read_whole
from ingest.extract.base import Content, Work
from ingest.given import Given
from ingest.identify import identify

FILES = {"a.txt": b"alpha" * 100, "folder/b.bin": bytes(range(256)) * 20, "Größe.txt": b"size"}


def read(content: bytes, name: str, passwords: tuple[str, ...] = (), depth: int = 0, **limits: int) -> tuple[str, list[Child | Unread], Extracted]:
    given, source = Given(name, passwords=passwords, depth=depth), Content(data=content)
    found = identify(source, given)
    return found.format, *read_whole(Work(source, found, given, replace(Limits(), **limits)))


def contents(members: list[Child | Unread]) -> dict[str, bytes]:
    return {m.inner: m.content for m in members if isinstance(m, Child)}


def codes(members: list[Child | Unread]) -> dict[str, str]:
    return {m.inner: getattr(m.outcome, "code", "") for m in members if isinstance(m, Unread)}


def tar(files: dict[str, bytes], *more: tarfile.TarInfo) -> bytes:
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, content in files.items():
            info = tarfile.TarInfo(name)
            info.size, info.mtime = len(content), 1_710_749_564
            archive.addfile(info, io.BytesIO(content))
        for info in more:
            archive.addfile(info)
    return out.getvalue()


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def seven(files: dict[str, bytes], password: str | None = None, names_too: bool = False) -> bytes:
    import py7zr
    out = io.BytesIO()
    with py7zr.SevenZipFile(out, "w", password=password, header_encryption=names_too) as archive:
        for name, content in files.items():
            archive.writestr(content, name)
    return out.getvalue()


# ---------------------------------------------------------------- tar and packed files

def _zstd(raw: bytes) -> bytes:
    from backports import zstd
    return bytes(zstd.compress(raw))


@pytest.mark.parametrize(("name", "pack", "format_name"), [
    ("a.tar", lambda raw: raw, "tar"), ("a.tar.gz", gzip.compress, "gzip"), ("a.tgz", gzip.compress, "gzip"), ("a.tar.bz2", bz2.compress, "bzip2"),
    ("a.tar.xz", lzma.compress, "xz"), ("a.tar.zst", _zstd, "zstd"), ("noname", gzip.compress, "gzip")])
def test_members_of_a_tar_come_out_to_the_byte(name: str, pack: object, format_name: str) -> None:
    found, members, got = read(pack(tar(FILES)), name)  # type: ignore[operator]
    assert found == format_name and contents(members) == FILES and isinstance(got.outcome, Done) and not got.outcome.note
    assert members[0].modified_at == "2024-03-18T08:12:44+00:00" and "folder/b.bin (5120 bytes)" in got.text  # type: ignore[union-attr]


def test_names_that_lead_out_are_kept_inside() -> None:
    _, members, _ = read(tar({"../../etc/passwd": b"1", "/abs/x": b"2", "a/../../b": b"3", "C:\\w\\y.txt": b"4"}), "a.tar")
    assert list(contents(members)) == ["etc/passwd", "abs/x", "a/b", "w/y.txt"]


def test_links_and_devices_are_named_and_left_alone() -> None:
    link, device = tarfile.TarInfo("link"), tarfile.TarInfo("dev")
    link.type, link.linkname, device.type = tarfile.SYMTYPE, "/etc/passwd", tarfile.CHRTYPE
    _, members, _ = read(tar({"a": b"1"}, link, device), "a.tar")
    assert contents(members) == {"a": b"1"}
    left = [m.outcome for m in members if isinstance(m, Unread)]
    assert all(isinstance(o, Skipped) and o.code == "unsupported" for o in left) and "/etc/passwd" in getattr(left[0], "reason", "")


@pytest.mark.parametrize(("name", "pack", "inner"), [
    ("notes.txt.gz", gzip.compress, "notes.txt"), ("notes.txt.bz2", bz2.compress, "notes.txt"), ("notes.txt.xz", lzma.compress, "notes.txt"),
    ("noname", gzip.compress, "noname.content")])
def test_packed_file_gives_the_file(name: str, pack: object, inner: str) -> None:
    _, members, got = read(pack(b"words\n" * 50), name)  # type: ignore[operator]
    assert contents(members) == {inner: b"words\n" * 50} and isinstance(got.outcome, Done)


def test_name_that_gzip_kept_is_the_name() -> None:
    out = io.BytesIO()
    with gzip.GzipFile("ledger.csv", "wb", fileobj=out) as packed:
        packed.write(b"a;b\n")
    assert list(contents(read(out.getvalue(), "x.gz")[1])) == ["ledger.csv"]


def test_tar_cut_short_gives_what_comes_before_the_cut() -> None:
    whole = gzip.compress(tar({"a": b"1" * 5000, "b": bytes(hashlib.sha256(b"%d" % n).digest()[0] for n in range(50_000))}))
    _, members, got = read(whole[:len(whole) // 2], "a.tar.gz")
    assert contents(members)["a"] == b"1" * 5000 and "cut short" in getattr(got.outcome, "note", "")


def test_archive_without_members_is_empty_and_one_of_junk_damaged() -> None:
    assert getattr(read(tar({}), "a.tar")[2].outcome, "code", "") in ("empty", "damaged")
    assert getattr(read(b"\x1f\x8b\x08" + b"\xff" * 50, "a.gz")[2].outcome, "code", "") == "damaged"


@pytest.mark.parametrize("pack", [lambda n: gzip.compress(bytes(n)), lambda n: bz2.compress(bytes(n)), lambda n: lzma.compress(bytes(n)),
                                  lambda n: gzip.compress(tar({"big": bytes(n)}))])
def test_bomb_is_over_the_limit(pack: object) -> None:
    _, members, got = read(pack(64 << 20), "bomb.gz")  # type: ignore[operator]
    assert not contents(members) and set(codes(members).values()) <= {"over_limit"}
    assert codes(members) or "more than is allowed" in getattr(got.outcome, "note", getattr(got.outcome, "cause", ""))


def test_too_many_members_and_too_deep_archives_are_over_the_limit() -> None:
    files = {f"{n}": b"x" for n in range(20)}
    for content, name in ((tar(files), "a.tar"), (seven(files), "a.7z"), (zipped(files), "a.zip")):
        assert getattr(read(content, name, members=10)[2].outcome, "code", "") == "over_limit", name
        assert getattr(read(content, name, depth=16)[2].outcome, "code", "") == "over_limit", name


# ---------------------------------------------------------------- 7z

def test_members_of_a_7z_come_out_to_the_byte() -> None:
    found, members, got = read(seven(FILES), "a.7z")
    assert found == "7z" and contents(members) == FILES and isinstance(got.outcome, Done)


def test_7z_with_a_password_is_read_with_it_and_encrypted_without() -> None:
    locked = seven(FILES, "sesam")
    _, members, got = read(locked, "a.7z")
    assert codes(members) == dict.fromkeys(FILES, "encrypted") and getattr(got.outcome, "code", "") == "encrypted"
    assert contents(read(locked, "a.7z", ("wrong", "sesam"))[1]) == FILES
    hidden = seven(FILES, "sesam", names_too=True)
    assert getattr(read(hidden, "a.7z", ("wrong",))[2].outcome, "code", "") == "encrypted"
    assert contents(read(hidden, "a.7z", ("sesam",))[1]) == FILES


def test_damaged_7z_is_damaged() -> None:
    content = seven(FILES)
    assert getattr(read(content[:40], "a.7z")[2].outcome, "code", "") == "damaged"
    assert getattr(read(content[:-20], "a.7z")[2].outcome, "code", "") == "damaged"


def test_7z_bomb_is_over_the_limit() -> None:
    assert getattr(read(seven({"big": bytes(64 << 20)}), "a.7z")[2].outcome, "code", "") == "over_limit"


# ---------------------------------------------------------------- zip

def aes_zip(name: str, content: bytes, password: bytes, method: int = 8) -> bytes:
    """Return a zip with one member under AES-256 (WinZip AE-2), written by hand."""
    from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
    salt = bytes(range(16))
    keys = hashlib.pbkdf2_hmac("sha1", password, salt, 1000, 66)
    packed = zlib.compressobj(9, zlib.DEFLATED, -15)
    raw = packed.compress(content) + packed.flush() if method == 8 else content
    encryptor = Cipher(algorithms.AES(keys[:32]), modes.ECB()).encryptor()
    stream = encryptor.update(b"".join((n + 1).to_bytes(16, "little") for n in range(-(-len(raw) // 16))))
    body = bytes(a ^ b for a, b in zip(raw, stream, strict=False))
    data = salt + keys[-2:] + body + hmac.digest(keys[32:64], body, "sha1")[:10]
    extra = struct.pack("<HHH2sBH", 0x9901, 7, 2, b"AE", 3, method)
    said = struct.pack("<HHHHHIIIHH", 51, 1, 99, 0, 0x5872, 0, len(data), len(content), len(name), len(extra))
    local = b"PK\x03\x04" + said + name.encode() + extra + data
    entry = struct.pack("<4sHHHHHHIIIHHHHHII", b"PK\x01\x02", 51, 51, 1, 99, 0, 0x5872, 0, len(data), len(content), len(name), len(extra), 0, 0, 0, 0, 0)
    directory = entry + name.encode() + extra
    return local + directory + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(directory), len(local), 0)


@pytest.mark.parametrize("method", [0, 8])
def test_zip_under_aes_is_read_with_its_password(method: int) -> None:
    content = bytes(range(256)) * 700
    locked = aes_zip("a.bin", content, "sesäm".encode(), method)
    assert contents(read(locked, "a.zip", ("x", "sesäm"))[1]) == {"a.bin": content}
    for passwords in ((), ("wrong",)):
        _, members, got = read(locked, "a.zip", passwords)
        assert codes(members) == {"a.bin": "encrypted"} and getattr(got.outcome, "code", "") == "encrypted"
    broken = bytearray(locked)
    broken[80] ^= 1
    assert codes(read(bytes(broken), "a.zip", ("sesäm",))[1]) == {"a.bin": "encrypted"}


def test_zip_without_its_directory_is_read_member_by_member() -> None:
    whole = zipped(FILES)
    _, members, got = read(whole[:whole.index(b"PK\x01\x02")], "a.zip")
    assert contents(members) == FILES and "directory of the zip file is damaged" in getattr(got.outcome, "note", "")


def test_zip_cut_in_a_member_gives_the_members_before() -> None:
    whole = zipped({"a": b"alpha" * 100, "b": bytes(hashlib.sha256(b"%d" % n).digest()[0] for n in range(5000))})
    _, members, _ = read(whole[:whole.index(b"PK\x01\x02") - 1000], "a.zip")
    assert contents(members) == {"a": b"alpha" * 100} and codes(members) == {"b": "damaged"}


def test_zip_written_as_a_stream_is_recovered_too() -> None:
    class Stream(io.RawIOBase):
        def __init__(self) -> None:
            self.out = bytearray()

        def writable(self) -> bool:
            return True

        def write(self, content: object) -> int:
            self.out += bytes(content)  # type: ignore[call-overload]
            return len(bytes(content))  # type: ignore[call-overload]

    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[arg-type]
        for name, content in FILES.items():
            archive.writestr(name, content)
    whole = bytes(stream.out)
    assert contents(read(whole[:whole.index(b"PK\x01\x02")], "a.zip")[1]) == FILES


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_zip_is_read_by_any_method(method: int) -> None:
    assert contents(read(zipped(FILES, method), "a.zip")[1]) == FILES


def test_link_in_a_zip_is_named_and_left_alone() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        info = zipfile.ZipInfo("link")
        info.create_system, info.external_attr = 3, 0o120777 << 16
        archive.writestr(info, "/etc/passwd")
        archive.writestr("a", b"1")
    assert codes(read(out.getvalue(), "a.zip")[1]) == {"link": "unsupported"}


def test_junk_with_the_name_of_a_zip_is_damaged() -> None:
    assert isinstance(read(b"PK\x03\x04" + b"\0" * 40, "a.zip")[2].outcome, Failed)


def _deflate64(raw: bytes) -> bytes:
    from inflate64 import Deflater
    packer = Deflater()
    return bytes(packer.deflate(raw) + packer.flush())


@pytest.mark.parametrize(("method", "pack"), [(9, _deflate64), (93, _zstd), (95, lzma.compress)])
def test_zip_is_read_by_methods_that_the_standard_library_lacks(method: int, pack: object) -> None:
    content = bytes(range(256)) * 300
    data = pack(content)  # type: ignore[operator]
    said = struct.pack("<HHHHHIIIHH", 63, 0, method, 0, 0x5872, zlib.crc32(content), len(data), len(content), 5, 0)
    local = b"PK\x03\x04" + said + b"a.bin" + data
    entry = b"PK\x01\x02" + struct.pack("<H", 63) + said + struct.pack("<HHHII", 0, 0, 0, 0, 0) + b"a.bin"
    whole = local + entry + struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), len(local), 0)
    assert contents(read(whole, "a.zip")[1]) == {"a.bin": content}
    assert contents(read(local, "a.zip")[1]) == {"a.bin": content}
    broken = whole.replace(struct.pack("<I", zlib.crc32(content)), b"\1\2\3\4")
    assert codes(read(broken, "a.zip")[1]) == {"a.bin": "damaged"}
