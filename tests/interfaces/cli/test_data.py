import hashlib
import json
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from tests.interfaces.cli.running import call
from wardround.interfaces.cli import datasets, download
from wardround.interfaces.cli.datasets import DataSet, PublishedFile, data_set, data_sets
from wardround.kernel import InvalidInput, NotAllowed, NotFound, Unavailable

CONTENT = b"id,dialogue\n1,hello\n"
SHA = hashlib.sha256(CONTENT).hexdigest()


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *arguments: Any) -> None:  # noqa: A002
        return

    def do_GET(self) -> None:
        if self.path == "/moved":
            self.send_response(302)
            self.send_header("Location", "http://publisher.example/train.csv")
            self.end_headers()
        else:
            super().do_GET()


@pytest.fixture
def published(tmp_path: Path) -> Path:
    folder = tmp_path / "published"
    (folder / "set" / "sub").mkdir(parents=True)
    for name in ("train.csv", "sub/test.csv"):
        (folder / "set" / name).write_bytes(CONTENT)
    return folder


@pytest.fixture
def server(published: Path) -> Iterator[str]:
    handler = partial(Quiet, directory=str(published / "set"))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}/"
        http.shutdown()


@pytest.fixture
def known(server: str, monkeypatch: pytest.MonkeyPatch) -> DataSet:
    made = DataSet(
        name="set",
        title="A set",
        licence="CC BY 4.0",
        publisher="https://publisher.example",
        files=tuple(
            PublishedFile(path=path, url=server + path, sha256=SHA, size=len(CONTENT))
            for path in ("train.csv", "sub/test.csv")
        ),
    )
    monkeypatch.setattr(datasets, "data_sets", lambda: {"set": made})
    return made


def test_a_set_is_fetched_and_checked(known: DataSet, tmp_path: Path) -> None:
    done = call("data", "get", "set", "--to", str(tmp_path / "data"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.decode().strip() == str(tmp_path / "data" / "set")
    assert b"CC BY 4.0" in done.stderr
    for file in known.files:
        assert (tmp_path / "data" / "set" / file.path).read_bytes() == CONTENT
    assert not list((tmp_path / "data").rglob(".unfinished*"))


def test_what_is_there_is_kept(known: DataSet, tmp_path: Path, published: Path) -> None:
    target = tmp_path / "set" / "train.csv"
    target.parent.mkdir()
    target.write_bytes(CONTENT)
    written = target.stat().st_mtime_ns
    (published / "set" / "train.csv").unlink()
    assert call("data", "get", "set", "--to", str(tmp_path)).returncode == 0
    assert target.stat().st_mtime_ns == written


@pytest.mark.parametrize("content", [CONTENT + b"x", CONTENT[:-1], b"y" * len(CONTENT), b""])
def test_what_was_not_published_is_not_kept(
    known: DataSet, tmp_path: Path, published: Path, content: bytes
) -> None:
    (published / "set" / "train.csv").write_bytes(content)
    done = call("data", "get", "set", "--to", str(tmp_path / "data"))
    assert done.returncode == 1
    assert b"train.csv" in done.stderr
    assert b"digest" in done.stderr
    assert not [path for path in (tmp_path / "data").rglob("*") if path.is_file()]


def test_a_copy_does_as_well(known: DataSet, tmp_path: Path, published: Path) -> None:
    for source in (published, published / "set"):
        to = tmp_path / source.name
        done = call("data", "get", "set", "--to", str(to), "--from", str(source))
        assert done.returncode == 0, done.stderr
        assert (to / "set" / "train.csv").read_bytes() == CONTENT
    done = call("data", "get", "set", "--to", str(tmp_path / "x"), "--from", str(tmp_path))
    assert done.returncode == 1
    assert b"lacks this file" in done.stderr


def test_publishers_that_do_not_answer(server: str, tmp_path: Path) -> None:
    fetch = partial(download.fetch, target=tmp_path / "f", sha256=SHA, size=3, told=lambda _: None)
    with pytest.raises(Unavailable, match="404"):
        fetch(server + "nothing.csv")
    with pytest.raises(Unavailable, match="cannot be reached"):
        fetch("http://127.0.0.1:9/train.csv")
    with pytest.raises(NotAllowed, match="https"):
        fetch("http://192.0.9.1/x")
    for url in ("file:///etc/hostname", "ftp://publisher.example/x"):
        with pytest.raises(InvalidInput, match="https"):
            fetch(url)
    with pytest.raises(NotAllowed, match="leads elsewhere"):
        fetch(server + "moved")
    assert not (tmp_path / "f").exists()


def test_the_sets_are_pinned() -> None:
    assert {"aci-bench", "mts-dialog", "primock57"} == set(data_sets())
    for known in data_sets().values():
        assert known.licence
        assert len({file.path for file in known.files}) == len(known.files)
        for file in known.files:
            assert file.url.startswith("https://raw.githubusercontent.com/")
            assert len(file.url.split("/")[5]) == 40, "a commit, not a branch"
            assert len(file.sha256) == 64
            assert ".." not in file.path
    with pytest.raises(NotFound, match="aci-bench"):
        data_set("nothing")


def test_the_sets_are_listed() -> None:
    lines = call("data", "list").stdout.decode().splitlines()
    assert [line.split("\t")[0] for line in lines] == list(data_sets())


@pytest.mark.data
@pytest.mark.parametrize("name", list(data_sets()))
def test_published_sets_are_as_listed(name: str, tmp_path: Path) -> None:
    import os

    if "WARDROUND_DATA" not in os.environ:
        pytest.skip("WARDROUND_DATA names no folder of published data")
    copy = os.environ["WARDROUND_DATA"]
    done = call("data", "get", name, "--to", str(tmp_path), "--from", copy)
    assert done.returncode == 0, done.stderr
    assert json.dumps(sorted(p.name for p in (tmp_path / name).iterdir()))
