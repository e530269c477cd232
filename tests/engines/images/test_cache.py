"""Tiles on disk: within a bound, whole or not at all, and for their owner alone."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from wardround.engines.images import TileCache

TILE = b"x" * 1000


def files(folder: Path) -> list[Path]:
    return [path for path in folder.glob("??/*") if path.is_file()]


@pytest.mark.requirement("IMG-11")
def test_what_was_put_is_there(tmp_path: Path) -> None:
    cache = TileCache(tmp_path / "tiles")
    assert cache.get(("a", 1, 2, 3)) is None
    cache.put(("a", 1, 2, 3), TILE)
    assert cache.get(("a", 1, 2, 3)) == TILE
    assert cache.get(("a", 12, 3)) is None
    assert TileCache(tmp_path / "tiles").get(("a", 1, 2, 3)) == TILE


@pytest.mark.requirement("IMG-11")
def test_a_tile_is_made_once(tmp_path: Path) -> None:
    cache, made = TileCache(tmp_path), []

    def make() -> bytes:
        made.append(1)
        return TILE

    assert cache.get_or_make(("a", 1), make) == cache.get_or_make(("a", 1), make) == TILE
    assert len(made) == 1


@pytest.mark.requirement("IMG-11")
def test_only_the_owner_reads_and_names_tell_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "tiles"
    cache = TileCache(folder)
    cache.put(("MRN-4711", 1, 2, 3), TILE)
    assert folder.stat().st_mode & 0o777 == 0o700
    for path in folder.rglob("*"):
        assert path.stat().st_mode & 0o077 == 0
        assert "4711" not in path.name
    other = TileCache(tmp_path / "other")
    other.put(("MRN-4711", 1, 2, 3), TILE)
    assert files(folder)[0].name != files(tmp_path / "other")[0].name


@pytest.mark.requirement("IMG-11")
def test_it_stays_within_its_bound_and_the_oldest_go_first(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, most=50_000)
    for at in range(40):
        cache.put(("a", at), TILE)
        for path in files(tmp_path):
            if path.stat().st_mtime > 10**9:
                os.utime(path, (at, at))
    assert cache.get(("a", 0)) == TILE
    for at in range(40, 60):
        cache.put(("a", at), TILE)
        assert cache.size() <= 50_000
    assert cache.get(("a", 0)) == TILE
    assert cache.get(("a", 1)) is None
    assert cache.get(("a", 59)) == TILE


@pytest.mark.requirement("IMG-11")
def test_a_tile_larger_than_the_bound_is_not_kept(tmp_path: Path) -> None:
    cache = TileCache(tmp_path, most=500)
    cache.put(("a", 1), TILE)
    assert cache.get(("a", 1)) is None


@pytest.mark.requirement("IMG-11")
def test_a_damaged_tile_is_none_and_made_again(tmp_path: Path) -> None:
    cache = TileCache(tmp_path)
    cache.put(("a", 1), TILE)
    (path,) = files(tmp_path)
    path.write_bytes(path.read_bytes()[:-1])
    assert cache.get(("a", 1)) is None
    assert not path.exists()
    assert cache.get_or_make(("a", 1), lambda: TILE) == TILE


@pytest.mark.requirement("IMG-11")
def test_a_disk_that_refuses_costs_time_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    cache = TileCache(tmp_path)

    def refuse(*_: object) -> None:
        raise OSError("full")

    monkeypatch.setattr(Path, "replace", refuse)
    assert cache.get_or_make(("a", 1), lambda: TILE) == TILE
    assert not files(tmp_path)


@pytest.mark.requirement("IMG-11")
def test_clearing_forgets_all(tmp_path: Path) -> None:
    cache = TileCache(tmp_path)
    cache.put(("a", 1), TILE)
    cache.clear()
    assert cache.get(("a", 1)) is None
    assert cache.size() == 0


WORKER = """
import sys
from pathlib import Path
from wardround.engines.images import TileCache

cache = TileCache(Path(sys.argv[1]), most=60_000)
for at in range(300):
    name = at % 90
    tile = bytes([name]) * 1000
    found = cache.get(("a", name))
    assert found in (None, tile), name
    cache.put(("a", name), tile)
"""


@pytest.mark.requirement("IMG-11")
def test_two_processes_share_a_folder(tmp_path: Path) -> None:
    folder = tmp_path / "tiles"
    command = [sys.executable, "-c", WORKER, str(folder)]
    both = [subprocess.Popen(command, stderr=subprocess.PIPE, text=True) for _ in range(2)]
    for one in both:
        _, said = one.communicate(timeout=120)
        assert one.returncode == 0, said
    assert TileCache(folder, most=60_000).size() <= 60_000 * (1 + 2 / 16)
    assert not [path for path in files(folder) if path.name.startswith(".")]
