"""Nothing of a patient stands in any file that was written, on either database."""

import base64
import logging
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sealing.conftest import ADA, PLANTED, live
from wardround.bootstrap import Wardround
from wardround.record import Chart
from wardround.settings import Settings


def forms(word: str) -> Iterator[bytes]:
    """Yield a word in every form that it might stand in somewhere."""
    for text in {word, word.lower(), word.upper(), word.replace("-", ""), word.replace(" ", "")}:
        yield text.encode()
        yield text.encode("utf-16-le")
        yield text.encode().hex().encode()
        for shift in range(3):  # base64, whatever stands before it
            whole = base64.b64encode(b"x" * shift + text.encode())
            yield whole[4:-4] if len(whole) > 16 else whole


def dumped(url: str) -> bytes:
    dump = shutil.which("pg_dump") or max(Path("/usr/lib/postgresql").glob("*/bin/pg_dump"))
    return subprocess.run([dump, "--inserts", url], check=True, capture_output=True).stdout


def test_the_forms_would_be_found() -> None:
    said = b"of Wilhelmina Thistlewaite."
    for text in (said, base64.b64encode(said), said.decode().encode("utf-16-le"), said.upper()):
        assert any(form in text for form in forms("Thistlewaite"))


@pytest.mark.requirement("SEC-04")
def test_nothing_of_a_patient_is_left_in_clear(
    house: Wardround,
    settings: Settings,
    tmp_path: Path,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    caplog.set_level(logging.DEBUG)
    live(house)
    with house.database.read() as tx:
        chart = Chart(tx)
        for query in (
            {"name": "thistle"},
            {"family:exact": "Thistlewaite"},
            {"name:contains": "helmin"},
            {"identifier": "urn:mrn|MRN-4471823"},
            {"birthdate": "1951-03-09"},
            {"birthdate": "lt1960", "_sort": "-birthdate"},
            {"telecom": "+1 608 555 0143"},
            {"address": "14 quarry"},
        ):
            assert [one.reference for one in chart.search("Patient", query)] == [ADA], query
        assert b"heliotrope" in chart.search("Composition", {"patient": ADA})[0].body
    written = {
        str(path): path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()
    }  # while the server runs: the write-ahead logs are still there
    if house.database.is_sqlite:
        assert any(name.endswith("workflows.db") for name in written)
        assert any(name.endswith("-wal") for name in written)
    else:
        written["dump"] = dumped(settings.database_url)
        assert b"record_version" in written["dump"]
    written["log"] = caplog.text.encode()
    for word in PLANTED:
        for form in forms(word):
            assert [name for name, data in written.items() if form in data] == [], (word, form)


def test_nobody_else_may_read_the_files(house: Wardround, settings: Settings) -> None:
    live(house)
    wide = [
        path for path in settings.home.rglob("*") if path.is_file() and path.stat().st_mode & 0o077
    ]
    assert wide == []
