"""PHI: finding it, removing it, and keeping it from leaving."""

from wardround.privacy.agreements.agreement import Agreement, Return, Standing, Terms
from wardround.privacy.agreements.papers import Paper, Papers
from wardround.privacy.agreements.register import Agreements, read_terms
from wardround.privacy.consent import (
    About,
    Answer,
    Consent,
    Obtained,
    make_consent,
    read_consent,
)
from wardround.privacy.dicom.cleaning import Cleaner as DicomCleaner
from wardround.privacy.dicom.files import clean_file as clean_dicom
from wardround.privacy.dicom.files import clean_files as clean_dicom_files
from wardround.privacy.dicom.files import dicom_files
from wardround.privacy.dicom.files import to_bytes as dicom_bytes
from wardround.privacy.dicom.option import Option as DicomOption
from wardround.privacy.egress.address import read_network
from wardround.privacy.egress.gate import Gate
from wardround.privacy.egress.ledger import Disclosure, Ledger
from wardround.privacy.egress.policy import Otherwise, Policy
from wardround.privacy.egress.recipient import Carries, Data, Purpose, Recipient, Service, carrying
from wardround.privacy.keyed import Secret
from wardround.privacy.kind import Kind
from wardround.privacy.removal.bulk import Deidentifier
from wardround.privacy.removal.mode import (
    MODES,
    Mode,
    Operator,
    limited_data_set,
    read_mode,
    safe_harbor,
)
from wardround.privacy.removal.remover import Cleaned, Remover
from wardround.privacy.removal.zips import three_digits
from wardround.privacy.span import Span
from wardround.privacy.text.detector import Detector, find_phi, load_detector

__all__ = [
    "MODES",
    "About",
    "Agreement",
    "Agreements",
    "Answer",
    "Carries",
    "Cleaned",
    "Consent",
    "Data",
    "Deidentifier",
    "Detector",
    "DicomCleaner",
    "DicomOption",
    "Disclosure",
    "Gate",
    "Kind",
    "Ledger",
    "Mode",
    "Obtained",
    "Operator",
    "Otherwise",
    "Paper",
    "Papers",
    "Policy",
    "Purpose",
    "Recipient",
    "Remover",
    "Return",
    "Secret",
    "Service",
    "Span",
    "Standing",
    "Terms",
    "carrying",
    "clean_dicom",
    "clean_dicom_files",
    "dicom_bytes",
    "dicom_files",
    "find_phi",
    "limited_data_set",
    "load_detector",
    "make_consent",
    "read_consent",
    "read_mode",
    "read_network",
    "read_terms",
    "safe_harbor",
    "three_digits",
]
