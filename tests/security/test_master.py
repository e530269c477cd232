import os
from pathlib import Path

import pytest

from wardround.kernel import Unavailable
from wardround.security import KeyFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "master.key"


def test_a_key_is_made_once_and_only_its_owner_may_read_it(path: Path) -> None:
    first = KeyFile.make(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert KeyFile.make(path).name == first.name == KeyFile(path).name
    assert [file.name for file in path.parent.iterdir()] == ["master.key"]


def test_it_unwraps_what_it_wrapped_about_the_same(path: Path, tmp_path: Path) -> None:
    master = KeyFile.make(path)
    wrapped = master.wrap(b"k" * 32, b"about")
    assert KeyFile(path).unwrap(wrapped, b"about") == b"k" * 32
    for key, data, about in (
        (KeyFile.make(tmp_path / "other"), wrapped, b"about"),
        (master, wrapped, b"another"),
        (master, wrapped[:-1], b"about"),
        (master, b"", b"about"),
    ):
        with pytest.raises(Unavailable, match="does not open this database"):
            key.unwrap(data, about)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"x",
        b"wardround master key 1\n",
        b"wardround master key 1\nAAAA\n",
        b"\xff\xfe",
        b"a\nb\nc\n",
    ],
)
def test_a_damaged_file_is_refused(path: Path, content: bytes) -> None:
    path.parent.mkdir()
    path.touch(0o600)
    path.write_bytes(content)
    with pytest.raises(Unavailable, match=r"damaged|cannot be read"):
        KeyFile(path)


def test_a_missing_file_is_not_made_anew(path: Path) -> None:
    with pytest.raises(Unavailable, match="There is no master key"):
        KeyFile(path)
    assert not path.exists()


def test_a_file_that_others_may_read_is_refused(path: Path) -> None:
    KeyFile.make(path)
    path.chmod(0o644)
    with pytest.raises(Unavailable, match="chmod 600"):
        KeyFile(path)


def test_a_full_disk_leaves_no_key(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(Unavailable, match="No space left"):
        KeyFile.make(path)
    assert not any(path.parent.iterdir())
