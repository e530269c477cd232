"""Whose file it is, and the words by which its people are known."""

import re

from pydicom.dataset import Dataset

WHO = (
    "PatientName",
    "PatientID",
    "OtherPatientIDs",
    "OtherPatientNames",
    "PatientBirthName",
    "PatientMotherBirthName",
    "PatientTelephoneNumbers",
    "AccessionNumber",
    "ReferringPhysicianName",
    "PerformingPhysicianName",
    "NameOfPhysiciansReadingStudy",
    "OperatorsName",
    "ResponsiblePerson",
)
"""Whose words are looked for in all text that is kept."""

SHORTEST = 4
"""Letters of a word of a name that is looked for; shorter ones stand in every other word."""


def patient_of(dataset: Dataset) -> str:
    """Return what tells a file's patient from all others, in any file of the patient."""
    words = ("PatientID", "IssuerOfPatientID")
    named = [str(dataset.get(word) or "").strip() for word in words]
    if not named[0]:
        named = [
            str(dataset.get(word) or "").strip() for word in ("PatientName", "PatientBirthDate")
        ]
    return "|".join(named) if any(named) else str(dataset.get("StudyInstanceUID", ""))


def words_of(dataset: Dataset) -> re.Pattern[str] | None:
    """Return a pattern of the names and numbers of a file's people; nothing where it has none."""
    words: set[str] = set()
    for keyword in WHO:
        try:
            words.update(re.split(r"[\s^=\\,]+", str(dataset.get(keyword) or "").lower()))
        except Exception:  # noqa: BLE001, S112 - an identifier that cannot be read is not kept
            continue
    long = sorted(re.escape(word) for word in words if len(word) >= SHORTEST)
    return re.compile("|".join(long), re.IGNORECASE) if long else None
