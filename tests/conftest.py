"""What all tests share: where ../shared is, a settings value for a temporary home, and the real servers (tests/servers)."""
from __future__ import annotations

from pathlib import Path

import pytest

SHARED = Path(__file__).resolve().parents[2] / "shared"

pytest_plugins = ["servers.fixtures"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Return ../shared, or skip by name where it is absent."""
    if not SHARED.is_dir():
        pytest.skip(f"corpora: {SHARED} is absent")
    return SHARED
