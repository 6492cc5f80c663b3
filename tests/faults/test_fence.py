"""Files that hang, crash, burst or leave processes behind cost themselves and nothing else."""
from __future__ import annotations

import io
import os
import threading
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from archive.model.extracted import Extracted, Identified
from archive.model.outcome import Done, Failed, Outcome, Skipped
from archive.settings import Limits
from ingest.fence import ChildFound, Event, Fence, Finished, Job, warmed, wire
from ingest.fence.pool import JOBS_A_WORKER
from ingest.fence.worker import ITEMS_MAX
from ingest.given import Context, Given

HOSTILE = r'''
import ctypes, os, signal, subprocess, sys, time
from archive.model.extracted import Child, Extracted
from archive.model.outcome import Done
from ingest.extract.base import Extractor

def read(work):
    content = work.content.removeprefix(b"OggS\x00\x02")
    what, _, rest = content.partition(b" ")
    if what == b"sleep":
        time.sleep(600)
    elif what == b"spin":
        while True: pass
    elif what == b"segfault":
        os.kill(os.getpid(), signal.SIGSEGV)
    elif what == b"exit":
        os._exit(3)
    elif what == b"memory":
        bytearray(1 << 40)
    elif what == b"hoard":
        kept = []
        while True: kept.append(bytearray(8 << 20))
    elif what == b"nonsense":
        os.write(int(sys.argv[1]), b"\xff\xff\xff\xff" * 100)
        time.sleep(600)
    elif what == b"surrogate":
        yield Extracted(Done(), text="\ud800")
        return
    elif what == b"leave":
        left = subprocess.Popen(["sleep", "600"])
        yield Extracted(Done(), text=str(left.pid))
        return
    elif what == b"escape":
        left = subprocess.Popen(["sleep", "600"], start_new_session=True)
        yield Child("pid", str(left.pid).encode())
        time.sleep(600)
    elif what == b"members":
        for n in range(int(rest)):
            yield Child(str(n), b"x" * 1000)
    elif what == b"halfway":
        yield Child("one", b"1")
        os.kill(os.getpid(), signal.SIGKILL)
    elif what == b"secrets":
        yield Extracted(Done(), text=" ".join(sorted(os.environ)) + " " + os.getcwd())
        return
    yield Extracted(Done(), text=content.decode())

EXTRACTORS = (Extractor("hostile", "1", lambda i: 2.0 if i.format in ("txt", "audio") else 0.0, read),)
'''


@pytest.fixture
def hostile(tmp_path: Path) -> tuple[tuple[str, ...], tuple[str, ...]]:
    (tmp_path / "hostile_reader.py").write_text(HOSTILE)
    return ("hostile_reader",), (str(tmp_path),)


def text(key: str, content: bytes) -> Job:
    return Job(key, Given(f"{key}.txt", f"{key}.txt"), content)


def alone(key: str, content: bytes) -> Job:
    """Return a job that no reader but the hostile one takes."""
    return Job(key, Given(f"{key}.ogg"), b"OggS\x00\x02" + content)


def run(fence: Fence, jobs: list[Job], within_seconds: float = 60) -> tuple[dict[str, Finished], list[ChildFound]]:
    """Submit jobs as there is room and return what came of them."""
    waiting, finished, children, until = list(reversed(jobs)), dict[str, Finished](), list[ChildFound](), time.monotonic() + within_seconds
    while waiting or not fence.idle():
        assert time.monotonic() < until, f"no answer for {sorted({j.key for j in jobs} - set(finished))}"
        for _ in range(min(fence.room(), len(waiting))):
            fence.submit(waiting.pop())
        for event in fence.poll(1.0):
            if isinstance(event, Finished):
                assert event.key not in finished, "answered twice"
                finished[event.key] = event
            else:
                children.append(event)
    return finished, children


def code(outcome: Outcome) -> str:
    return outcome.code if isinstance(outcome, Failed | Skipped) else ""


@pytest.mark.parametrize(("content", "expected"), [
    (b"sleep", "timeout"), (b"spin", "timeout"), (b"segfault", "crashed"), (b"exit", "crashed"), (b"memory", "over_limit"),
    (b"hoard", "over_limit"), (b"nonsense", "crashed"), (b"surrogate", "damaged")])
def test_hostile_item_costs_itself_alone(hostile: tuple[tuple[str, ...], tuple[str, ...]], content: bytes, expected: str) -> None:
    jobs = [text(f"good-{n}", b"fine") for n in range(20)]
    jobs.insert(7, alone("bad", content))
    limits = Limits(seconds=2 if expected == "timeout" else 60, memory_bytes=1 << 30)
    with Fence(1, Context(limits=limits), *hostile) as fence:
        finished, _ = run(fence, jobs)
    assert code(finished["bad"].extracted.outcome) == expected
    assert all(finished[f"good-{n}"].extracted.text == "fine" for n in range(20))


def test_bell_lets_a_poll_return_that_waits(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(limits=Limits(seconds=50)), *hostile) as fence:
        fence.submit(alone("a", b"sleep"))
        threading.Timer(0.2, fence.ring).start()
        began = time.monotonic()
        assert fence.poll(40) == [] and time.monotonic() - began < 30 and not fence.idle()


def test_workers_that_were_started_before_are_used_and_those_left_over_end(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with warmed(3, Limits()) as started:
        pids = {process.pid for process in started}
        with Fence(1, Context(), *hostile, started=started) as fence:
            finished, _ = run(fence, [text("a", b"fine")])
        assert finished["a"].extracted.text == "fine" and len(started) == 2
    assert len(pids) == 3 and not any(psutil.pid_exists(pid) for pid in pids)


def test_next_reader_gets_what_the_first_died_on(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(limits=Limits(seconds=5)), *hostile) as fence:
        finished, children = run(fence, [text("a", b"halfway there")])
    read = finished["a"].extracted
    assert read.text == "halfway there" and read.extractor == "text/1"
    assert isinstance(read.outcome, Done) and "hostile died on it" in read.outcome.note
    assert [c.part.inner for c in children] == ["one"]


def _alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _ends(pid: int) -> bool:
    until = time.monotonic() + 5
    while _alive(pid) and time.monotonic() < until:
        time.sleep(0.02)
    return not _alive(pid)


def test_process_left_behind_is_ended(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(limits=Limits(seconds=5)), *hostile) as fence:
        finished, _ = run(fence, [text("a", b"leave"), text("b", b"fine")])
        assert finished["b"].extracted.text == "fine"
        assert _ends(int(finished["a"].extracted.text))


def test_process_in_a_session_of_its_own_is_ended_with_its_worker(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(limits=Limits(seconds=1)), *hostile) as fence:
        _, children = run(fence, [alone("a", b"escape")])
        part = children[0].part
        assert _ends(int(getattr(part, "content", b"0")))


def test_workers_end_with_the_fence(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(2, Context(), *hostile) as fence:
        run(fence, [text(str(n), b"fine") for n in range(4)])
        pids = [w.process.pid for w in fence._slots if w is not None]
    assert pids and all(_ends(pid) for pid in pids)


def test_folders_of_workers_whose_parent_was_killed_are_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    for name in ("casetrail-worker-999999999-old", f"casetrail-worker-{os.getpid()}-live", "casetrail-worker-999999999-young", "other"):
        (tmp_path / name).mkdir()
        os.utime(tmp_path / name, (0, 0) if not name.endswith("young") else None)
    with Fence(1, Context()):
        assert {p.name for p in tmp_path.iterdir()} == {f"casetrail-worker-{os.getpid()}-live", "casetrail-worker-999999999-young", "other"}


def test_workers_see_no_secrets_and_no_folder_of_ours(hostile: tuple[tuple[str, ...], tuple[str, ...]], monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_SECRET_ACCESS_KEY", "CASETRAIL_CATALOGUE_URL", "PGPASSWORD"):
        monkeypatch.setenv(name, "secret")
    with Fence(1, Context(), *hostile) as fence:
        finished, _ = run(fence, [text("a", b"secrets")])
    names, _, folder = finished["a"].extracted.text.rpartition(" ")
    assert not {"AWS_SECRET_ACCESS_KEY", "CASETRAIL_CATALOGUE_URL", "PGPASSWORD"} & set(names.split())
    assert "DO_NOT_TRACK" in names.split() and folder != os.getcwd() and not Path(folder).exists()


def test_more_members_than_sockets_hold_arrive_while_jobs_are_sent(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    jobs = [alone("box", b"members 20000"), *(text(str(n), b"y" * 100_000) for n in range(60))]
    with Fence(1, Context(), *hostile) as fence:
        finished, children = run(fence, jobs)
    assert len(children) == 20_000 and len(finished) == 61


def test_results_of_one_worker_come_in_order(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(), *hostile) as fence:
        finished, _ = run(fence, [text(str(n), b"fine") for n in range(200)])
    assert list(finished) == [str(n) for n in range(200)]


def test_worker_is_replaced_after_its_share_of_items(hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    with Fence(1, Context(), *hostile) as fence:
        run(fence, [text("first", b"fine")])
        before = [w.process.pid for w in fence._slots if w is not None]
        finished, _ = run(fence, [text(str(n), b"fine") for n in range(ITEMS_MAX + 100)])
        assert len(finished) == ITEMS_MAX + 100 and [w.process.pid for w in fence._slots if w is not None] != before


def test_room_is_bounded_in_number_and_size() -> None:
    with Fence(2, Context()) as fence:
        assert fence.room() == 2 * JOBS_A_WORKER
        for n in range(40):
            fence.submit(text(str(n), b"x" * (1 << 20)))
        assert fence.room() == 0


def test_containers_leave_one_worker_free(tmp_path: Path, hostile: tuple[tuple[str, ...], tuple[str, ...]]) -> None:
    box = b"From a@x.example Mon Mar 18 09:12:44 2024\nSubject: x\n\nBody\n\n" * 50
    with Fence(2, Context(), *hostile) as fence:
        for n in range(10):
            fence.submit(Job(f"box-{n}", Given(f"{n}.mbox"), box))
        fence.submit(text("note", b"fine"))
        fence._deal()
        loads = [[f.job.key for f in w.flights] if w else [] for w in fence._slots]
        assert loads[1] == ["note"] and len(loads[0]) == 10
        finished, children = run(fence, [])
    assert len(finished) == 11 and len(children) == 500


def test_item_that_was_read_before_is_only_learned_from_anew() -> None:
    read = Extracted(Done(), text="Dear Sir, this is what was read.")
    job = Job("a", Given("a.txt"), kind="enrich", extracted=read, identified=Identified("txt", "text/plain", "name"))
    with Fence(1, Context()) as fence:
        finished, children = run(fence, [job])
    assert finished["a"].extracted == read and children == [] and set(finished["a"].outcomes) == {"identify", "extract", "enrich"}


def test_missing_file_is_unreadable(tmp_path: Path) -> None:
    with Fence(1, Context()) as fence:
        finished, _ = run(fence, [Job("a", Given("gone.pdf"), file=str(tmp_path / "gone.pdf"))])
    assert code(finished["a"].extracted.outcome) == "unreadable"


def test_file_name_that_is_no_unicode_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(b"Gesch\xe4ft.txt")
    (tmp_path / name).write_bytes(b"words")
    with Fence(1, Context()) as fence:
        finished, _ = run(fence, [Job("a", Given(name, str(tmp_path / name)), file=str(tmp_path / name))])
    assert finished["a"].extracted.text == "words"


def test_frame_larger_than_allowed_is_refused_before_it_is_read() -> None:
    assert wire.largest(Limits(item_bytes=1 << 20, text_chars=1000)) < 1 << 28


# ---------------------------------------------------------------- bombs through the real readers

def _zip(name: str, size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive, archive.open(name, "w", force_zip64=True) as member:
        block = bytes(1 << 20)
        for _ in range(size >> 20):
            member.write(block)
    return out.getvalue()


def _docx_of(size: int) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as member:
            member.write(b'<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>')
            block = b"<w:p><w:r><w:t>xxxxxxxxxxxxxxxxxxxxxxxxx</w:t></w:r></w:p>" * 20_000
            for _ in range(size // len(block)):
                member.write(block)
            member.write(b"</w:body></w:document>")
    return out.getvalue()


@pytest.fixture(scope="module")
def bombs() -> Iterator[dict[str, Event]]:
    """Read all bombs through one fence of one worker."""
    nested = b"".join(b'Content-Type: multipart/mixed; boundary="%d"\r\n\r\n--%d\r\n' % (n, n) for n in range(5000))
    xxe = io.BytesIO()
    with zipfile.ZipFile(xxe, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", '<!DOCTYPE d [<!ENTITY x SYSTEM "file:///etc/passwd"><!ENTITY l "lol"><!ENTITY m "&l;&l;">]>'
                         '<w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>safe &x;&m;</w:t>'
                         "</w:r></w:p></w:body></w:document>")
    jobs = [
        Job("zip", Given("bomb.zip"), _zip("zeros", 512 << 20)), Job("docx", Given("huge.docx"), _docx_of(300 << 20)),
        Job("mime", Given("deep.eml"), b"Subject: S\r\nMIME-Version: 1.0\r\n" + nested + b"end"),
        Job("header", Given("long.eml"), b"From: a@x.example\r\nTo: " + b"a@x.example, " * 70_000 + b"\r\nSubject: " + b"x" * 900_000 + b"\r\n\r\nbody"),
        Job("html", Given("deep.html"), b"<html><body>" + b"<div>" * 200_000 + b"bottom" + b"</div>" * 200_000),
        Job("quotes", Given("quotes.html"), b"<html>" + b"<a href=\"'>x" * 50_000), Job("xxe", Given("xxe.docx"), xxe.getvalue()),
        Job("after", Given("after.txt"), b"fine"),
    ]
    with Fence(1, Context(limits=Limits(seconds=20))) as fence:
        finished, children = run(fence, jobs, 120)
    yield {**finished, **{f"member {c.part.inner}": c for c in children}}


def _read(bombs: dict[str, Event], key: str) -> Finished:
    event = bombs[key]
    assert isinstance(event, Finished)
    return event


def test_zip_bomb_is_listed_and_its_member_refused(bombs: dict[str, Event]) -> None:
    assert _read(bombs, "zip").extracted.text == "zeros (536870912 bytes)"
    member = bombs["member zeros"]
    assert isinstance(member, ChildFound) and code(getattr(member.part, "outcome", Done())) == "over_limit"


def test_document_with_huge_xml_is_refused(bombs: dict[str, Event]) -> None:
    assert code(_read(bombs, "docx").extracted.outcome) == "over_limit"


def test_message_nested_5000_deep_is_read_as_far_as_allowed(bombs: dict[str, Event]) -> None:
    outcome = _read(bombs, "mime").extracted.outcome
    assert isinstance(outcome, Done) and "nested" in outcome.note


def test_header_of_900_kilobytes_is_read(bombs: dict[str, Event]) -> None:
    assert _read(bombs, "header").extracted.text == "body"


def test_page_with_200000_nested_elements_is_read(bombs: dict[str, Event]) -> None:
    assert _read(bombs, "html").extracted.text == "bottom"


def test_page_with_lost_quotes_is_read(bombs: dict[str, Event]) -> None:
    assert isinstance(_read(bombs, "quotes").extracted.outcome, Done)


def test_entities_are_not_followed(bombs: dict[str, Event]) -> None:
    assert "root:" not in _read(bombs, "xxe").extracted.text


def test_worker_goes_on_after_all_of_them(bombs: dict[str, Event]) -> None:
    assert _read(bombs, "after").extracted.text == "fine"
