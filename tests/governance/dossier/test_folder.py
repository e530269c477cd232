"""A dossier's folder appears whole or not at all, and nothing else is ever replaced by one."""

import errno
import os
from pathlib import Path
from typing import Any

import pytest

from wardround.governance.dossier.folder import appear
from wardround.kernel import Conflict, InvalidInput, Unavailable

FILES = {"README.md": b"new", "dossier.json": b"{}", "cards/one.yaml": b"card"}


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_it_appears_with_its_folders(tmp_path: Path) -> None:
    appear(tmp_path / "out", FILES)
    assert (tmp_path / "out" / "cards" / "one.yaml").read_bytes() == b"card"
    assert names_in(tmp_path) == ["out"]


def test_what_is_there_stays_unless_it_is_a_dossier_and_force_is_said(tmp_path: Path) -> None:
    out = tmp_path / "out"
    appear(out, {**FILES, "old.md": b"old"})
    with pytest.raises(Conflict, match="--force"):
        appear(out, FILES)
    assert (out / "old.md").exists()
    appear(out, FILES, force=True)
    assert not (out / "old.md").exists()
    assert names_in(tmp_path) == ["out"]


def test_force_empties_no_other_folder(tmp_path: Path) -> None:
    other = tmp_path / "thesis"
    other.mkdir()
    (other / "chapter.md").write_text("years of work")
    for place in (other, other / "chapter.md"):
        with pytest.raises(Conflict, match="no dossier"):
            appear(place, FILES, force=True)
    (tmp_path / "link").symlink_to(other)
    with pytest.raises(Conflict, match="no dossier"):
        appear(tmp_path / "link", FILES, force=True)
    assert (other / "chapter.md").read_text() == "years of work"


def test_a_parent_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="no such folder"):
        appear(tmp_path / "a" / "b", FILES)


@pytest.mark.parametrize("older", [False, True])
@pytest.mark.parametrize("failing", ["fsync", "rename"])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failing: str, older: bool
) -> None:
    out = tmp_path / "out"
    if older:
        appear(out, {"README.md": b"older", "dossier.json": b"{}"})

    def full(*_: Any) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    if failing == "fsync":
        monkeypatch.setattr(os, "fsync", full)
    else:
        real = Path.rename

        def rename(path: Path, target: Path) -> Path:
            if (path / "cards").exists():
                full()
            return real(path, target)

        monkeypatch.setattr(Path, "rename", rename)
    with pytest.raises(Unavailable, match="No space left"):
        appear(out, FILES, force=older)
    monkeypatch.undo()
    assert names_in(tmp_path) == (["out"] if older else [])
    if older:
        assert (out / "README.md").read_bytes() == b"older"
