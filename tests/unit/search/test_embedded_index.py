"""What only the embedded index has to prove: several processes on one directory, and death at any moment."""
from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from archive.adapters.embedded_query import arrangements
from archive.adapters.index_embedded import EmbeddedIndex
from archive.errors import BadRequest, Unavailable
from archive.model.query import In, MatchAll, SearchRequest

ROOT = Path(__file__).resolve().parents[3]


def run(script: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen([sys.executable, "-c", "import sys; from pathlib import Path\n"
                             "from archive.adapters.index_embedded import EmbeddedIndex\n"
                             "from archive.model.query import *\n"
                             "index = EmbeddedIndex(Path(sys.argv[1]))\n" + script, *map(str, arguments)],
                            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)


def entries(first: int, count: int) -> list[dict[str, object]]:
    return [{"record_id": f"{n:020x}", "kind": "email"} for n in range(first, first + count)]


@pytest.fixture
def index(tmp_path: Path) -> EmbeddedIndex:
    made = EmbeddedIndex(tmp_path / "index", wait_seconds=0.3)
    made.create("v1")
    made.switch("v1")
    return made


def test_reader_in_another_process_sees_commits_and_switches_at_its_next_search(index: EmbeddedIndex, tmp_path: Path) -> None:
    reader = run("for line in sys.stdin: print(index.count(MatchAll()), flush=True)", tmp_path / "index")
    assert reader.stdin and reader.stdout

    def count() -> int:
        assert reader.stdin and reader.stdout
        reader.stdin.write("\n")
        reader.stdin.flush()
        return int(reader.stdout.readline())

    assert count() == 0
    index.upsert("v1", entries(0, 3))  # type: ignore[arg-type]
    index.commit("v1")
    assert count() == 3
    index.create("v2")
    index.upsert("v2", entries(0, 5))  # type: ignore[arg-type]
    index.commit("v2")
    assert count() == 3
    index.switch("v2")
    index.drop("v1")
    assert count() == 5
    reader.stdin.close()
    assert reader.wait(20) == 0


def test_second_writer_waits_and_then_says_who_is_in_the_way(index: EmbeddedIndex, tmp_path: Path) -> None:
    other = run("index.upsert('v1', [{'record_id': 'f' * 20}])\nprint('writing', flush=True)\nsys.stdin.readline()\nindex.commit('v1')\n"
                "print('done', flush=True)", tmp_path / "index")
    assert other.stdin and other.stdout
    assert other.stdout.readline() == "writing\n"
    with pytest.raises(Unavailable, match="Another process"):
        index.upsert("v1", entries(0, 1))  # type: ignore[arg-type]
    other.stdin.write("\n")
    other.stdin.flush()
    assert other.stdout.readline() == "done\n"
    index.upsert("v1", entries(0, 1))  # type: ignore[arg-type]
    index.commit("v1")
    assert index.count(MatchAll()) == 2
    other.wait(20)


def test_commit_gives_the_lock_to_whoever_comes_next(index: EmbeddedIndex, tmp_path: Path) -> None:
    index.upsert("v1", entries(0, 1))  # type: ignore[arg-type]
    index.commit("v1")
    other = run("index.upsert('v1', [{'record_id': 'f' * 20}])\nindex.commit('v1')", tmp_path / "index")
    assert other.wait(30) == 0
    assert index.count(MatchAll()) == 2


def test_killed_writer_loses_nothing_that_was_committed_and_leaves_no_lock(index: EmbeddedIndex, tmp_path: Path) -> None:
    script = ("n = int(sys.argv[2])\nwhile True:\n"
              "    index.upsert('v1', [{'record_id': f'{n + k:020x}', 'kind': 'email'} for k in range(20)])\n"
              "    index.commit('v1')\n    n += 20\n    print(n, flush=True)")
    committed = 0
    for delay in (0.0, 0.013, 0.031):
        writer = run(script, tmp_path / "index", committed)
        assert writer.stdout
        committed = int(writer.stdout.readline())
        time.sleep(delay)
        os.kill(writer.pid, signal.SIGKILL)
        committed = max([committed, *(int(line) for line in writer.stdout)])
        writer.wait(20)
        held = list(index.ids(MatchAll()))
        assert held[:committed] == [f"{n:020x}" for n in range(committed)]
        assert len(held) in (committed, committed + 20)
    index.upsert("v1", entries(committed, 20))  # type: ignore[arg-type]
    index.commit("v1")
    assert index.count(In("kind", ("email",))) == committed + 20


def test_half_made_and_half_dropped_versions_are_no_versions(index: EmbeddedIndex, tmp_path: Path) -> None:
    (tmp_path / "index" / ".making-v2-1" / "engine").mkdir(parents=True)
    (tmp_path / "index" / ".dropped-v0-1").mkdir()
    (tmp_path / "index" / "v3").mkdir()
    assert index.versions() == ["v1"]


def test_damaged_engine_files_are_unavailable_with_a_remedy(index: EmbeddedIndex, tmp_path: Path) -> None:
    (tmp_path / "index" / "v1" / "engine" / "meta.json").write_text("{")
    fresh = EmbeddedIndex(tmp_path / "index")
    with pytest.raises(Unavailable, match="casetrail reindex"):
        fresh.search(SearchRequest(MatchAll()))
    assert not fresh.health().ready


def test_what_was_not_committed_is_gone_after_close(index: EmbeddedIndex, tmp_path: Path) -> None:
    index.upsert("v1", entries(0, 1))  # type: ignore[arg-type]
    index.close()
    again = EmbeddedIndex(tmp_path / "index")
    assert again.count(MatchAll()) == 0
    again.upsert("v1", entries(0, 1))  # type: ignore[arg-type]
    again.commit("v1")
    assert again.count(MatchAll()) == 1


def test_arrangements_of_a_phrase_are_those_within_the_slop() -> None:
    assert arrangements(("a", "b"), 1) == [((0, "a"), (1, "b")), ((0, "a"), (2, "b"))]
    assert ((0, "b"), (1, "a")) in arrangements(("a", "b"), 2)
    assert arrangements(("a", "a"), 1) == [((0, "a"), (1, "a")), ((0, "a"), (2, "a"))]
    with pytest.raises(BadRequest):
        arrangements(("a", "b", "c", "d", "e"), 20)
