"""Clients that were written before any rule was fitted to them: what the archive concludes of them stays as good as it was, measure by measure.

Each folder of tests/cases is a set of the form of ../shared/cases with `floors.json`: the least that each measure of ../shared/evaluate must reach.
A set is kept as files, or as a `write_cases.py` that writes them.
"""
from __future__ import annotations

import importlib.util
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from click.testing import CliRunner

from casetrail.main import cli

SETS = sorted(p.parent for p in (Path(__file__).parents[1] / "cases").glob("*/floors.json"))


class InProcess:
    """The command line as the scorer drives it, without a process for each call."""

    def __init__(self, home: Path) -> None:
        self.environment = {"CASETRAIL_HOME": str(home), "CASETRAIL_WORKERS": "1"}
        self.failures: list[str] = []

    def run(self, *arguments: object, expect_json: bool = True) -> Any:
        done = CliRunner().invoke(cli, [str(a) for a in arguments], env=self.environment)
        assert done.exit_code == 0, (arguments, done.output[-600:])
        if not expect_json:
            return done.stdout
        try:
            return json.loads(done.stdout)
        except ValueError:
            return [json.loads(line) for line in done.stdout.splitlines() if line.strip()]


@pytest.fixture(scope="module")
def scorer(shared: Path) -> ModuleType:
    at = shared / "evaluate" / "score_cases.py"
    spec = importlib.util.spec_from_file_location("score_cases", at)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def files_of(kept: Path, scratch: Path) -> Path:
    """Return the folder of a set: where it is kept, or where its program has written it."""
    program = kept / "write_cases.py"
    if not program.exists():
        return kept
    spec = importlib.util.spec_from_file_location(f"{kept.name}_cases", program)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.write(scratch)
    return scratch


@pytest.mark.corpora
@pytest.mark.parametrize("kept", SETS, ids=lambda p: p.name)
def test_unseen_clients_score_no_less_than_the_floors(kept: Path, scorer: ModuleType, tmp_path: Path) -> None:
    root = files_of(kept, tmp_path / "set")
    archive, tally = InProcess(tmp_path / "home"), scorer.Tally()
    truths = {p.parent: json.loads(p.read_text("utf-8")) for p in sorted(root.glob("*/truth.json"))}
    archive.run("clients", "import", root / "directory.csv", expect_json=False)
    for folder in truths:
        archive.run("ingest", folder / "sources" if (folder / "sources").is_dir() else folder, expect_json=False)
    scorer.score_records(tally, [d for t in truths.values() for d in t["documents"]], archive.run("records", "--json"), root)
    texts: dict[str, str] = {}
    for folder, truth in truths.items():
        if "history" not in truth:
            continue
        client = truth["client"]["id"]
        history = archive.run("history", client, "--json")
        scorer.score_history(tally, truth, history, root, folder.name)
        scorer.score_quotes(tally, archive, history, texts, folder.name)
        scorer.score_search(tally, archive, truth, root, folder.name)
        brief = json.dumps(archive.run("win-back", client, "--json"))
        for path in truth["win_back"]["must_not_disclose"]:
            tally.exact("privilege kept in win-back brief", True, path.rsplit("/", 1)[-1] not in brief, f"{folder.name} {path}")
    figures = tally.figures()
    floors = json.loads((kept / "floors.json").read_text("utf-8"))
    low = {name: (figures[name]["f1"], floor, tally.misses[name][:5]) for name, floor in floors.items() if figures[name]["f1"] < floor - 1e-9}
    assert not low
