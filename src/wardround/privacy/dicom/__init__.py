"""DICOM files without PHI, by PS3.15 Annex E."""

from wardround.privacy.dicom.cleaning import Cleaner as DicomCleaner
from wardround.privacy.dicom.files import clean_file as clean_dicom
from wardround.privacy.dicom.files import clean_files as clean_dicom_files
from wardround.privacy.dicom.files import to_bytes as dicom_bytes
from wardround.privacy.dicom.option import Option as DicomOption

__all__ = [
    "DicomCleaner",
    "DicomOption",
    "clean_dicom",
    "clean_dicom_files",
    "dicom_bytes",
]
