"""What holds for every test: no screen, no deadlines that depend on the machine."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import settings

# A shared machine may stall for a second; how long an example takes is measured in benchmarks/.
settings.register_profile("michishirube", deadline=None)
settings.load_profile("michishirube")

import pytest

if TYPE_CHECKING:
    from models.values.catalog import Catalog

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="session")
def catalog() -> Catalog:
    """Return the real catalog, as the program loads it."""
    from models.catalog_build.assemble import assemble
    from models.catalog_build.findings import check_catalog

    found = check_catalog(ROOT / "resources" / "catalog")
    assert not found.blocking, [p.text() for p in found.blocking][:10]
    return assemble(found.draft)
