"""Whose an image is: what its files say, held against the chart."""

from io import BytesIO

from wardround.capabilities.radiology.model import Whose
from wardround.kernel import Resource

BORN = "the date of birth"
_TAGS = ["PatientID", "PatientBirthDate", "PatientSex"]
_SEXES = {"M": "male", "F": "female", "O": "other"}


def whose(file: bytes | str, source: str) -> Whose:
    """Return what the file of an image says of its patient; only a DICOM file says anything."""
    if source != "dicom":
        return Whose()
    from pydicom import dcmread

    opened = BytesIO(file) if isinstance(file, bytes) else file
    read = dcmread(opened, stop_before_pixels=True, specific_tags=_TAGS, force=True)
    number, born, sex = (str(read.get(tag, "") or "").strip() for tag in _TAGS)
    iso = f"{born[:4]}-{born[4:6]}-{born[6:8]}" if len(born) == 8 and born.isdigit() else ""
    return Whose(ids=(number,) if number else (), born=iso, sex=_SEXES.get(sex, ""))


def differs(of: Whose, patient: Resource) -> list[str]:
    """Return what of the files differs from the chart, in words; nothing where it agrees.

    A number counts only where none of the chart's is it; a year that is all that is known of a
    birth is held against the year.
    """
    wrong = []
    known = {str(one.get("value", "")).casefold() for one in patient.get("identifier", ())}
    known.add(str(patient.get("id", "")).casefold())
    if of.ids and not known & {one.casefold() for one in of.ids}:
        wrong.append("the patient number")
    born = str(patient.get("birthDate", ""))
    if of.born and born and not (born.startswith(of.born) or of.born.startswith(born)):
        wrong.append(BORN)
    sex = str(patient.get("gender", ""))
    if of.sex and sex and sex not in {"unknown", of.sex}:
        wrong.append("the sex")
    return wrong
