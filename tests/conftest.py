"""What holds for every test: no screen, no deadlines of the machine, the real catalog."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from models.stores.catalog_store import load_catalog

if TYPE_CHECKING:
    from models.values.catalog import Catalog

# Before any test module imports Qt.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

# A shared machine may stall for a second; how long an example takes is measured in benchmarks/.
settings.register_profile("michishirube", deadline=None)
settings.load_profile("michishirube")

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the real catalog, as the program loads it."""
    return load_catalog(ROOT / "data.sqlite")
