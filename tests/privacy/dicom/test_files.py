"""Folders: what can be cleaned is, what cannot is named, nothing is written over."""

from io import BytesIO
from pathlib import Path

import pydicom
import pytest
from pydicom.dataset import FileMetaDataset
from pydicom.uid import DeflatedExplicitVRLittleEndian, MediaStorageDirectoryStorage
from typer.testing import CliRunner

from tests.privacy.dicom.study import plain, written
from wardround.engines.images import inflating
from wardround.interfaces.cli.app import app
from wardround.kernel import InvalidInput
from wardround.privacy.deid import Secret
from wardround.privacy.dicom import DicomCleaner, DicomOption, clean_dicom


@pytest.fixture
def study(tmp_path: Path) -> Path:
    folder = tmp_path / "Kowalczyk_Jan"
    folder.mkdir()
    (folder / "Kowalczyk.dcm").write_bytes(written(plain()))
    (folder / "readme.txt").write_text("no DICOM")
    (folder / "cut.dcm").write_bytes(written(plain())[:200])
    return folder


def run(*words: object) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["deid", "dicom", *map(str, words)])
    return result.exit_code, result.stdout + result.stderr


def test_a_folder_is_cleaned_beside_its_bad_files(study: Path, tmp_path: Path) -> None:
    code, said = run(study, tmp_path / "out", "--key", tmp_path / "study.key")
    made = [path for path in (tmp_path / "out").rglob("*") if path.is_file()]
    assert (code, len(made)) == (1, 1)
    assert "1 cleaned, 2 left out." in said
    assert "readme.txt: This is no DICOM file." in said
    assert "Kowalczyk" not in str(made[0].relative_to(tmp_path))
    assert pydicom.dcmread(made[0]).SOPInstanceUID == made[0].stem


def test_nothing_is_written_over(study: Path, tmp_path: Path) -> None:
    key = ("--key", tmp_path / "study.key")
    one = study / "Kowalczyk.dcm"
    assert run(one, tmp_path / "one.dcm", *key)[0] == 0
    before = (tmp_path / "one.dcm").read_bytes()
    code, said = run(one, tmp_path / "one.dcm", *key)
    assert code == 1
    assert "There is a file of this name" in said
    assert (tmp_path / "one.dcm").read_bytes() == before
    assert run(one, tmp_path / "two.dcm", *key)[0] == 0
    assert (tmp_path / "two.dcm").read_bytes() == before, "the same key, the same UIDs"


def deflated(more: int) -> bytes:
    """Return a deflated file of a few kB that unpacks to ``more`` bytes and some."""
    dataset = plain()
    dataset.file_meta = FileMetaDataset()
    dataset.file_meta.TransferSyntaxUID = DeflatedExplicitVRLittleEndian
    dataset.add_new(0x00420011, "OB", bytes(more))
    return written(dataset)


def test_a_deflated_file_is_measured_before_it_is_unpacked(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(inflating, "MOST", 4 * 2**20)
    cleaner = DicomCleaner(Secret.new(), [])
    bomb = deflated(8 * 2**20)
    assert len(bomb) < 32 * 2**10
    with pytest.raises(InvalidInput, match="unpacks to more than 4 MB"):
        clean_dicom(BytesIO(bomb), cleaner)
    cleaned = clean_dicom(BytesIO(deflated(2 * 2**20)), cleaner)
    assert cleaned.file_meta.TransferSyntaxUID


def test_an_unknown_option_is_named(study: Path, tmp_path: Path) -> None:
    code, said = run(study, tmp_path / "out", "--option", "retain-names")
    assert code == 2
    assert "retain-names" in said


def test_a_dicomdir_is_refused(tmp_path: Path) -> None:
    directory = plain()
    directory.SOPClassUID = MediaStorageDirectoryStorage
    path = tmp_path / "DICOMDIR"
    path.write_bytes(written(directory))
    with pytest.raises(InvalidInput, match="DICOMDIR"):
        clean_dicom(path, DicomCleaner(Secret.new()))


@pytest.mark.parametrize(
    "options",
    [
        [DicomOption.CLEAN_FACES],
        [DicomOption.CLEAN_DESCRIPTORS],
        [DicomOption.RETAIN_FULL_DATES, DicomOption.RETAIN_MODIFIED_DATES],
    ],
)
def test_what_cannot_be_done_is_refused(options: list[DicomOption]) -> None:
    with pytest.raises(InvalidInput):
        DicomCleaner(Secret.new(), options)


@pytest.mark.parametrize("content", ["", "zz", "00" * 8])
def test_a_bad_key_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.write_text(content)
    with pytest.raises(InvalidInput, match="key"):
        Secret.read(path)
