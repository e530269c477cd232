import io
import os
import subprocess
import sys
import threading
import time
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.kernel import InvalidInput, NotFound, Unavailable
from wardround.record import Blobs

DATA = b"the sound of a visit" * 1000
DIGEST = sha256(DATA).hexdigest()


@pytest.fixture
def blobs(tmp_path: Path) -> Blobs:
    return Blobs(tmp_path / "a" / "blobs")


def files(blobs: Blobs) -> list[Path]:
    root = blobs.path(DIGEST).parents[1]
    return sorted(path for path in root.rglob("*") if path.is_file())


def test_what_is_put_is_got(blobs: Blobs) -> None:
    assert blobs.put(DATA) == DIGEST
    assert blobs.get(DIGEST) == DATA
    assert blobs.path(DIGEST).read_bytes() == DATA


@settings(deadline=None)
@given(data=st.binary())
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    blobs = Blobs(tmp_path_factory.getbasetemp() / "any")
    assert blobs.get(blobs.put(data)) == data


def test_a_stream(blobs: Blobs) -> None:
    large = os.urandom(3 * 1024 * 1024 + 1)
    digest = blobs.put(io.BytesIO(large))
    assert digest == sha256(large).hexdigest()
    assert blobs.get(digest) == large


def test_twice_is_once(blobs: Blobs) -> None:
    blobs.put(DATA)
    before = blobs.path(DIGEST).stat()
    assert blobs.put(io.BytesIO(DATA)) == DIGEST
    assert blobs.path(DIGEST).stat().st_ino == before.st_ino
    assert files(blobs) == [blobs.path(DIGEST)]


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


@pytest.mark.parametrize("damage", [b"", DATA[:-1], b"T" + DATA[1:], DATA + b"\0"])
def test_a_damaged_blob(blobs: Blobs, damage: bytes) -> None:
    blobs.put(DATA)
    blobs.path(DIGEST).write_bytes(damage)
    with pytest.raises(Unavailable, match=r"damaged.*backup"):
        blobs.get(DIGEST)
    blobs.put(DATA)
    assert blobs.get(DIGEST) == DATA


def test_a_source_that_fails_leaves_nothing(blobs: Blobs) -> None:
    class Fails(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError(104, "Connection reset by peer")

    with pytest.raises(Unavailable):
        blobs.put(Fails())
    assert files(blobs) == []


def test_a_place_that_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "blobs").write_text("")
    with pytest.raises(Unavailable, match="could not be kept"):
        Blobs(tmp_path / "blobs").put(DATA)
    with pytest.raises(Unavailable, match="could not be read"):
        Blobs(tmp_path / "blobs").get(DIGEST)


def test_many_at_once(blobs: Blobs) -> None:
    told: list[str] = []

    def put() -> None:
        told.extend(blobs.put(DATA) for _ in range(10))

    threads = [threading.Thread(target=put) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert told == [DIGEST] * 40
    assert files(blobs) == [blobs.path(DIGEST)]


def test_what_a_killed_process_left_goes_in_time(blobs: Blobs) -> None:
    blobs.put(b"first")
    root = blobs.path(DIGEST).parents[1]
    old, fresh = root / ".part-old", root / ".part-new"
    old.write_bytes(DATA)
    fresh.write_bytes(DATA)
    days_ago = time.time() - 2 * 24 * 60 * 60
    os.utime(old, (days_ago, days_ago))
    blobs.put(DATA)
    assert not old.exists()
    assert fresh.exists()


FULL = """
import resource, sys
from pathlib import Path
from wardround.kernel import Unavailable
from wardround.record import Blobs

blobs = Blobs(Path(sys.argv[1]))
print(blobs.put(b"small"))
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
try:
    blobs.put(b"x" * 1_000_000)
except Unavailable as error:
    print(error)
"""


def test_a_full_disk(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)], capture_output=True, text=True, check=True
    )
    digest, said = done.stdout.strip().split("\n")
    assert "could not be kept: File too large" in said
    assert "nothing was half-written" in said
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == [digest]
    assert Blobs(tmp_path).get(digest) == b"small"


READ_ONLY = """
import os, sys
from pathlib import Path
from wardround.kernel import Unavailable
from wardround.record import Blobs

blobs = Blobs(Path(sys.argv[1]))
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
        root = Path(folder) / "blobs"
        digest = Blobs(root).put(b"known")
        Blobs(root).path(digest).chmod(0o444)
        for path in (root, root.parent):
            path.chmod(0o555)
        done = subprocess.run(
            [sys.executable, "-c", READ_ONLY, str(root), digest],
            capture_output=True,
            text=True,
            check=True,
        )
        for path in (root, root.parent):
            path.chmod(0o755)
        assert [path.name for path in root.rglob("*") if path.is_file()] == [digest]
    known, said = done.stdout.strip().split("\n")
    assert known == "known"
    assert said.startswith("blobs: The blob could not be kept: Permission denied.")


KILLED = """
import os, sys
from pathlib import Path
from wardround.record import Blobs

blobs = Blobs(Path(sys.argv[1]))
while True:
    print(blobs.put(os.urandom(200_000)), flush=True)
"""


def test_killed_at_any_moment(tmp_path: Path) -> None:
    promised = []
    for after in (0.01, 0.02, 0.05):
        process = subprocess.Popen(
            [sys.executable, "-c", KILLED, str(tmp_path)], stdout=subprocess.PIPE, text=True
        )
        assert process.stdout is not None
        promised.append(process.stdout.readline().strip())
        time.sleep(after)
        process.kill()
        promised += [line.strip() for line in process.stdout if line.endswith("\n")]
        process.stdout.close()
        process.wait()
    blobs = Blobs(tmp_path)
    kept = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    for digest in [*promised, *(name for name in kept if not name.startswith(".part-"))]:
        assert len(blobs.get(digest)) == 200_000
