import io
import os
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.conftest import opened
from wardround.database import Database
from wardround.kernel import InvalidInput, NotFound, Unavailable
from wardround.record import Blobs

DATA = b"the sound of a visit" * 1000
DIGEST = sha256(DATA).hexdigest()
ADA, BEA = "Patient/ada", "Patient/bea"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return tmp_path / "a" / "blobs"


@pytest.fixture
def blobs(database: Database, root: Path) -> Blobs:
    return Blobs(root, database)


def files(root: Path) -> list[Path]:
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_what_is_put_is_got(blobs: Blobs) -> None:
    assert blobs.put(DATA) == DIGEST
    assert blobs.get(DIGEST) == DATA
    assert DIGEST not in str(blobs.path(DIGEST))
    assert DATA[:20] not in blobs.path(DIGEST).read_bytes()


def test_any_bytes(tmp_path: Path) -> None:
    with opened(f"sqlite:///{tmp_path / 'any.db'}", tmp_path) as database:
        blobs = Blobs(tmp_path / "any", database)

        @settings(deadline=None, max_examples=50)
        @given(data=st.binary())
        def same(data: bytes) -> None:
            assert blobs.get(blobs.put(data)) == data

        same()


def test_a_stream(blobs: Blobs) -> None:
    large = os.urandom(3 * 1024 * 1024 + 1)
    digest = blobs.put(io.BytesIO(large))
    assert digest == sha256(large).hexdigest()
    assert blobs.get(digest) == large


def test_twice_is_once(blobs: Blobs, root: Path) -> None:
    blobs.put(DATA)
    before = blobs.path(DIGEST).stat()
    assert blobs.put(io.BytesIO(DATA)) == DIGEST
    assert blobs.path(DIGEST).stat().st_ino == before.st_ino
    assert files(root) == [blobs.path(DIGEST)]


def test_each_owner_has_their_own(blobs: Blobs, root: Path) -> None:
    blobs.put(DATA, ADA)
    blobs.put(DATA, BEA)
    assert blobs.owners(DIGEST) == [ADA, BEA]
    assert blobs.owners("0" * 64) == []
    assert len(files(root)) == 2
    assert blobs.get(DIGEST, ADA) == blobs.get(DIGEST, BEA) == DATA
    with pytest.raises(NotFound):
        blobs.get(DIGEST, "Patient/cat")


def test_a_file_in_the_place_of_another(blobs: Blobs) -> None:
    other = blobs.path(blobs.put(b"another visit"))
    blobs.put(DATA)
    blobs.path(DIGEST).write_bytes(other.read_bytes())
    with pytest.raises(Unavailable, match="damaged"):
        blobs.get(DIGEST)


def test_only_its_owner_reads_it(blobs: Blobs) -> None:
    blobs.put(DATA)
    assert blobs.path(DIGEST).stat().st_mode & 0o077 == 0


def test_a_blob_that_is_not_there(blobs: Blobs) -> None:
    with pytest.raises(NotFound):
        blobs.get(DIGEST)


@pytest.mark.parametrize("digest", ["", "x", "../../etc/passwd", DIGEST.upper(), DIGEST + "\n"])
def test_what_is_no_digest(blobs: Blobs, digest: str) -> None:
    with pytest.raises(InvalidInput, match="sha256"):
        blobs.get(digest)


@pytest.mark.parametrize(
    "damage",
    [
        lambda _: b"",
        lambda kept: kept[:-1],
        lambda kept: b"T" + kept[1:],
        lambda kept: kept[:100] + b"T" + kept[101:],
        lambda kept: kept + b"\0",
        lambda kept: kept + kept,
        lambda _: DATA,
    ],
)
def test_a_damaged_blob(blobs: Blobs, damage: Callable[[bytes], bytes]) -> None:
    blobs.put(DATA)
    kept = blobs.path(DIGEST).read_bytes()
    blobs.path(DIGEST).write_bytes(damage(kept))
    with pytest.raises(Unavailable, match=r"damaged.*backup"):
        blobs.get(DIGEST)
    blobs.put(DATA)
    assert blobs.get(DIGEST) == DATA


def test_a_source_that_fails_leaves_nothing(blobs: Blobs, root: Path) -> None:
    class Fails(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(Unavailable):
        blobs.put(Fails())
    assert files(root) == []


def test_a_place_that_is_no_folder(database: Database, tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("")
    blobs = Blobs(tmp_path / "blobs", database)
    with pytest.raises(Unavailable, match="could not be kept"):
        blobs.put(DATA)
    with pytest.raises(NotFound):
        blobs.get(DIGEST)
    (tmp_path / "blobs").unlink()
    blobs.put(DATA)
    blobs.path(DIGEST).unlink()
    with pytest.raises(Unavailable, match="damaged"):
        blobs.get(DIGEST)


def test_many_at_once(blobs: Blobs, root: Path) -> None:
    told: list[str] = []

    def put() -> None:
        told.extend(blobs.put(DATA) for _ in range(10))

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [DIGEST] * 40
    assert files(root) == [blobs.path(DIGEST)]


def test_what_a_killed_process_left_goes_in_time(blobs: Blobs, root: Path) -> None:
    blobs.put(b"first")
    old, fresh = root / ".part-old", root / ".part-new"
    old.write_bytes(DATA)
    fresh.write_bytes(DATA)
    days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (days_ago, days_ago))
    blobs.put(DATA)
    assert not old.exists()
    assert fresh.exists()


OPENED = """
import os, resource, sys, time
from pathlib import Path
from tests.keyed import keyed
from wardround.kernel import Unavailable
from wardround.record import Blobs

home = Path(sys.argv[1])
database = keyed(f"sqlite:///{home / 'wardround.db'}", home)
blobs = Blobs(home / "blobs", database)
"""

FULL = """
print(blobs.put(b"small"))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    blobs.put(b"x" * 1_000_000)
except Unavailable as error:
    print(error)
"""


@pytest.fixture
def on_disk(tmp_path: Path) -> Iterator[Blobs]:
    with opened(f"sqlite:///{tmp_path / 'wardround.db'}", tmp_path) as database:
        yield Blobs(tmp_path / "blobs", database)


def test_a_full_disk(tmp_path: Path, on_disk: Blobs) -> None:
    done = subprocess.run(
        [sys.executable, "-c", OPENED + FULL, str(tmp_path)],
        capture_output=True,
        text=True,
        check=True,
    )
    digest, said = done.stdout.strip().split("\n")
    assert "could not be kept: File too large" in said
    assert "nothing was half-written" in said
    assert files(tmp_path / "blobs") == [on_disk.path(digest)]
    assert on_disk.get(digest) == b"small"


READ_ONLY = """
if os.geteuid() == 0:  # who may write everywhere
    os.setuid(65534)
print(blobs.get(sys.argv[2]).decode())
try:
    blobs.put(b"new")
except Unavailable as error:
    print(error)
"""


def test_a_folder_that_nobody_may_write() -> None:
    # Not in pytest's own folder: that one is closed to other users.
    with TemporaryDirectory() as folder:
        home = Path(folder)
        with opened(f"sqlite:///{home / 'wardround.db'}", home) as database:
            blobs = Blobs(home / "blobs", database)
            digest = blobs.put(b"known")
            blobs.path(digest).chmod(0o444)
        for path in (home, home / "blobs"):
            path.chmod(0o555 if path.name == "blobs" else 0o777)
        if os.geteuid() == 0:
            for path in home.iterdir():
                os.chown(path, 65534, 65534)
        done = subprocess.run(
            [sys.executable, "-c", OPENED + READ_ONLY, str(home), digest],
            capture_output=True,
            text=True,
            check=True,
        )
        (home / "blobs").chmod(0o755)
        assert len(files(home / "blobs")) == 1
    known, said = done.stdout.strip().split("\n")
    assert known == "known"
    assert said.startswith("blobs: The blob could not be kept: Permission denied.")


KILLED = """
while True:
    print(blobs.put(os.urandom(200_000)), flush=True)
"""


def test_killed_at_any_moment(tmp_path: Path, on_disk: Blobs) -> None:
    promised = []
    for after in (0.01, 0.02, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", OPENED + KILLED, str(tmp_path)],
            stdout=subprocess.PIPE,
            text=True,
        )
        assert process.stdout is not None
        promised.append(process.stdout.readline().strip())
        time.sleep(after)
        process.kill()
        promised += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.stdout.close()
        process.wait()
    for digest in promised:
        assert len(on_disk.get(digest)) == 200_000
