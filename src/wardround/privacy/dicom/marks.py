"""How a file says that it was de-identified, and by what (PS3.15 E.1.1)."""

from collections.abc import Collection

from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import UID

from wardround.privacy.dicom.option import BASIC, CODES, Option

IMPLEMENTATION = "2.25.281940672263411093518462709371604712845"
"""The UID by which Wardround names itself as a writer of files."""

VERSION = "WARDROUND"


def mark(dataset: Dataset, options: Collection[Option]) -> None:
    """Write into a cleaned dataset that it is one, and under which profile and options."""
    done = [BASIC, *(CODES[option] for option in Option if option in options)]
    dataset.PatientIdentityRemoved = "YES"
    dataset.DeidentificationMethod = ["DICOM PS3.15 2026d Annex E", *(code for code, _ in done)]
    dataset.DeidentificationMethodCodeSequence = Sequence(map(_code, done))
    if Option.RETAIN_FULL_DATES in options:
        dataset.LongitudinalTemporalInformationModified = "UNMODIFIED"
    elif Option.RETAIN_MODIFIED_DATES in options:
        dataset.LongitudinalTemporalInformationModified = "MODIFIED"
    else:
        dataset.LongitudinalTemporalInformationModified = "REMOVED"
    if Option.CLEAN_PIXELS in options and "PixelData" in dataset:
        dataset.BurnedInAnnotation = "NO"


def file_meta(dataset: Dataset, transfer_syntax: str) -> FileMetaDataset:
    """Return file meta information written anew: nothing of the sender's is in it."""
    meta = FileMetaDataset()
    meta.FileMetaInformationVersion = b"\0\1"
    meta.MediaStorageSOPClassUID = dataset.SOPClassUID
    meta.MediaStorageSOPInstanceUID = dataset.SOPInstanceUID
    meta.TransferSyntaxUID = UID(transfer_syntax)
    meta.ImplementationClassUID = UID(IMPLEMENTATION)
    meta.ImplementationVersionName = VERSION
    return meta


def _code(pair: tuple[str, str]) -> Dataset:
    item = Dataset()
    item.CodeValue, item.CodeMeaning = pair
    item.CodingSchemeDesignator = "DCM"
    return item
