"""The options of the Basic Profile, as PS3.15 E.3 names and CID 7050 codes them."""

from collections.abc import Collection
from enum import StrEnum

from wardround.kernel import InvalidInput


class Option(StrEnum):
    """An option that may be added to the Basic Application Level Confidentiality Profile."""

    CLEAN_PIXELS = "clean-pixels"
    CLEAN_FACES = "clean-faces"
    CLEAN_GRAPHICS = "clean-graphics"
    CLEAN_STRUCTURED = "clean-structured"
    CLEAN_DESCRIPTORS = "clean-descriptors"
    RETAIN_FULL_DATES = "retain-full-dates"
    RETAIN_MODIFIED_DATES = "retain-modified-dates"
    RETAIN_PATIENT = "retain-patient"
    RETAIN_DEVICE = "retain-device"
    RETAIN_UIDS = "retain-uids"
    RETAIN_SAFE_PRIVATE = "retain-safe-private"
    RETAIN_INSTITUTION = "retain-institution"


BASIC = ("113100", "Basic Application Confidentiality Profile")

CODES: dict[Option, tuple[str, str]] = {
    Option.CLEAN_PIXELS: ("113101", "Clean Pixel Data Option"),
    Option.CLEAN_FACES: ("113102", "Clean Recognizable Visual Features Option"),
    Option.CLEAN_GRAPHICS: ("113103", "Clean Graphics Option"),
    Option.CLEAN_STRUCTURED: ("113104", "Clean Structured Content Option"),
    Option.CLEAN_DESCRIPTORS: ("113105", "Clean Descriptors Option"),
    Option.RETAIN_FULL_DATES: (
        "113106",
        "Retain Longitudinal Temporal Information Full Dates Option",
    ),
    Option.RETAIN_MODIFIED_DATES: (
        "113107",
        "Retain Longitudinal Temporal Information Modified Dates Option",
    ),
    Option.RETAIN_PATIENT: ("113108", "Retain Patient Characteristics Option"),
    Option.RETAIN_DEVICE: ("113109", "Retain Device Identity Option"),
    Option.RETAIN_UIDS: ("113110", "Retain UIDs Option"),
    Option.RETAIN_SAFE_PRIVATE: ("113111", "Retain Safe Private Option"),
    Option.RETAIN_INSTITUTION: ("113112", "Retain Institution Identity Option"),
}
"""Code and meaning of each in CID 7050, scheme DCM."""


def check(options: Collection[Option], *, reads_text: bool) -> None:
    """Refuse what cannot be done, rather than mark a file with what was not done."""
    if Option.CLEAN_FACES in options:
        raise InvalidInput(
            "Recognizable visual features are not removed here.",
            where=Option.CLEAN_FACES,
            mend="Deface the volumes with a tool for it first.",
        )
    if {Option.RETAIN_FULL_DATES, Option.RETAIN_MODIFIED_DATES} <= set(options):
        raise InvalidInput(
            "Dates are kept or moved, not both.", mend="Choose full or modified dates."
        )
    if Option.CLEAN_DESCRIPTORS in options and not reads_text:
        raise InvalidInput(
            "Descriptions can be cleaned only with the text engine.",
            where=Option.CLEAN_DESCRIPTORS,
            mend="Leave the option out: descriptions are then removed.",
        )
