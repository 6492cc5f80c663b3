"""Clients that were written before any rule was fitted to them: what the archive concludes of them stays as good as it was, measure by measure.

Each folder of tests/cases is a set of the form of ../shared/cases with `floors.json`: the least that each measure of ../shared/evaluate must reach.
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


@pytest.mark.corpora
@pytest.mark.parametrize("root", SETS, ids=lambda p: p.name)
def test_unseen_clients_score_no_less_than_the_floors(root: Path, scorer: ModuleType, tmp_path: Path) -> None:
    archive, tally = InProcess(tmp_path / "home"), scorer.Tally()
    truths = {p.parent: json.loads(p.read_text("utf-8")) for p in sorted(root.glob("*/truth.json"))}
    archive.run("clients", "import", root / "directory.csv", expect_json=False)
    for folder in truths:
        archive.run("ingest", folder / "sources", expect_json=False)
    scorer.score_records(tally, [d for t in truths.values() for d in t["documents"]], archive.run("records", "--json"), root)
    texts: dict[str, str] = {}
    for folder, truth in truths.items():
        client = truth["client"]["id"]
        history = archive.run("history", client, "--json")
        scorer.score_history(tally, truth, history, root, folder.name)
        scorer.score_quotes(tally, archive, history, texts, folder.name)
        scorer.score_search(tally, archive, truth, root, folder.name)
        brief = json.dumps(archive.run("win-back", client, "--json"))
        for path in truth["win_back"]["must_not_disclose"]:
            assert path.rsplit("/", 1)[-1] not in brief
    figures = tally.figures()
    floors = json.loads((root / "floors.json").read_text("utf-8"))
    low = {name: (figures[name]["f1"], floor, tally.misses[name][:5]) for name, floor in floors.items() if figures[name]["f1"] < floor - 1e-9}
    assert not low
