"""Portable mode: the consultations lie beside the packaged program."""

import sys

import pytest

from models.stores.data_folder import PORTABLE_MARK, data_folder
from models.values.resources import package_folder


@pytest.fixture
def package(monkeypatch, tmp_path):
    """Make this look like a packaged program on a stick."""
    folder = tmp_path / "持ち運び 用"
    folder.mkdir()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "michishirube"))
    return folder


def test_a_mark_beside_the_program_makes_it_portable(package):
    (package / PORTABLE_MARK).touch()
    assert data_folder(None, {}) == package / "data"


def test_without_the_mark_the_package_uses_the_users_folder(package):
    assert package not in data_folder(None, {}).parents


def test_option_and_variable_count_before_the_mark(package, tmp_path):
    (package / PORTABLE_MARK).touch()
    assert data_folder(tmp_path / "a", {}) == tmp_path / "a"
    assert data_folder(None, {"MICHISHIRUBE_DATA_DIR": str(tmp_path / "b")}) == tmp_path / "b"


def test_from_source_there_is_no_portable_mode():
    assert package_folder() is None
