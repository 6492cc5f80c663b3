"""What all tests share: where ../shared is, a settings value for a temporary home, and the real servers (tests/servers)."""
from __future__ import annotations

import os
from pathlib import Path

import pytest
from hypothesis import settings

# No deadline: how long an example takes says nothing of the code on a busy machine.  CI draws the same examples each time.
settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")

SHARED = Path(__file__).resolve().parents[2] / "shared"

pytest_plugins = ["servers.fixtures"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return ../shared, or skip by name where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"corpora: {SHARED} is absent")
    return SHARED
