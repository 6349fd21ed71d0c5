"""A file is written whole or stays as it was."""

import os
import threading

import pytest

from models.values.problems import UserFacingError
from ui.commands.output_file import write_whole


def test_a_file_is_written_and_replaced(tmp_path):
    file = tmp_path / "out.pdf"
    write_whole(file, b"one")
    write_whole(file, b"two")
    assert file.read_bytes() == b"two"
    assert list(tmp_path.iterdir()) == [file]


@pytest.mark.skipif(os.name == "nt", reason="links need rights there")
def test_a_link_stays_a_link(tmp_path):
    file, link = tmp_path / "out.pdf", tmp_path / "link.pdf"
    file.write_bytes(b"former")
    link.symlink_to(file)
    write_whole(link, b"new")
    assert link.is_symlink()
    assert file.read_bytes() == b"new"


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have no place in folders there")
def test_a_pipe_is_written_to_and_not_replaced(tmp_path):
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    read = []
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_whole(pipe, b"data")
    reader.join()
    assert read == [b"data"]
    assert pipe.is_fifo()


def test_a_failure_leaves_the_former_file_and_nothing_else(tmp_path, monkeypatch):
    file = tmp_path / "out.pdf"
    file.write_bytes(b"former")

    def fail(_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(UserFacingError, match=r"out\.pdf に書き込めません"):
        write_whole(file, b"new")
    assert file.read_bytes() == b"former"
    assert list(tmp_path.iterdir()) == [file]
