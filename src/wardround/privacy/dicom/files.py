"""DICOM files without PHI: bytes in, bytes out, and whole folders of them."""

from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

import pydicom
from pydicom.dataset import Dataset
from pydicom.uid import MediaStorageDirectoryStorage

from wardround.engines.images import require_bounded
from wardround.kernel import Conflict, InvalidInput
from wardround.privacy.deid import files_of, write_new
from wardround.privacy.dicom.cleaning import Cleaner
from wardround.privacy.dicom.marks import file_meta, mark
from wardround.privacy.dicom.native import fit_pixels
from wardround.privacy.dicom.ocr import program
from wardround.privacy.dicom.option import Option
from wardround.privacy.dicom.pixels import clean_pixels


def clean_file(source: Path | BytesIO, cleaner: Cleaner) -> Dataset:
    """Return what may be written of one file, marked; preamble and file meta are made anew."""
    original = _read(source)
    cleaned = cleaner.clean(original)
    for keyword in ("SOPClassUID", "SOPInstanceUID"):
        if not cleaned.get(keyword):
            raise InvalidInput(
                f"The file has no {keyword}.", mend="It is no composite object; leave it out."
            )
    syntax = str(original.file_meta.get("TransferSyntaxUID") or pydicom.uid.ImplicitVRLittleEndian)
    cleaned.file_meta = file_meta(cleaned, syntax)
    cleaned.set_original_encoding(
        original.is_implicit_VR, original.is_little_endian, original.original_character_set
    )
    if "PixelData" in cleaned:
        _fit(cleaned, original)
        if Option.CLEAN_PIXELS in cleaner.options:
            program()
            clean_pixels(cleaned)
    mark(cleaned, cleaner.options)
    cleaned.preamble = b"\0" * 128
    return cleaned


def to_bytes(cleaned: Dataset) -> bytes:
    """Return a cleaned dataset as the bytes of a file."""
    out = BytesIO()
    try:
        pydicom.dcmwrite(out, cleaned, enforce_file_format=True)
    except Exception:  # noqa: BLE001 - the words of pydicom's errors may quote values
        raise InvalidInput(
            "The file cannot be written as DICOM.", mend="Check it with a validator."
        ) from None
    return out.getvalue()


def place(cleaned: Dataset) -> Path:
    """Return where a file belongs in a folder: study, series, instance, all by their new UIDs."""
    parts = (cleaned.get("StudyInstanceUID"), cleaned.get("SeriesInstanceUID"))
    return Path(*(str(part) for part in parts if part), f"{cleaned.SOPInstanceUID}.dcm")


def clean_files(source: Path, out: Path, cleaner: Cleaner) -> Iterator[tuple[Path, str | None]]:
    """Clean a file or a folder into ``out``; yield each path with what kept it from being done."""
    whole_folder = source.is_dir()
    for path in files_of(source):
        try:
            cleaned = clean_file(path, cleaner)
            write_new(out / place(cleaned) if whole_folder else out, to_bytes(cleaned))
        except (InvalidInput, Conflict) as error:
            yield path, error.what
        else:
            yield path, None


def _fit(cleaned: Dataset, original: Dataset) -> None:
    try:
        fit_pixels(cleaned, original)
    except Exception:  # noqa: BLE001 - pixels that do not fit their own header break in many ways
        raise InvalidInput(
            "The pixel data does not fit its header.", mend="Check the file with a validator."
        ) from None


@contextmanager
def _opened(source: Path | BytesIO) -> Iterator[BinaryIO]:
    if isinstance(source, Path):
        with source.open("rb") as file:
            yield file
    else:
        yield source
        source.seek(0)


def _read(source: Path | BytesIO) -> pydicom.FileDataset:
    where = str(source) if isinstance(source, Path) else None
    try:
        with _opened(source) as file:
            require_bounded(file)
        original = pydicom.dcmread(source)
    except InvalidInput:
        raise
    except Exception:  # noqa: BLE001 - a broken file breaks pydicom in many ways
        raise InvalidInput("This is no DICOM file.", where=where, mend="Leave it out.") from None
    if original.file_meta.get("MediaStorageSOPClassUID") == MediaStorageDirectoryStorage:
        raise InvalidInput(
            "This is a DICOMDIR: it lists patients and the names of files.",
            where=where,
            mend="Leave it out; make a new one of the cleaned files.",
        )
    return original
