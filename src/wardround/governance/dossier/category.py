"""The risk category of IMDRF/SaMD WG/N12FINAL:2014, section 7.2."""

from enum import StrEnum
from typing import Self


class Significance(StrEnum):
    """What the information is for in a decision about care (N12, section 5.1)."""

    TREAT = "treat or diagnose"
    DRIVE = "drive clinical management"
    INFORM = "inform clinical management"


class Situation(StrEnum):
    """The state of the healthcare situation or condition (N12, section 5.2)."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    NON_SERIOUS = "non-serious"


class Category(StrEnum):
    """The four categories; IV has the greatest impact on the patient."""

    I = "I"  # noqa: E741 - the number that the framework gives it
    II = "II"
    III = "III"
    IV = "IV"

    @classmethod
    def of(cls, significance: Significance, situation: Situation) -> Self:
        """Return the category where a column and a row of the framework's table meet."""
        return cls(TABLE[situation][list(Significance).index(significance)])


TABLE: dict[Situation, tuple[str, str, str]] = {
    Situation.CRITICAL: ("IV", "III", "II"),
    Situation.SERIOUS: ("III", "II", "I"),
    Situation.NON_SERIOUS: ("II", "I", "I"),
}
"""The table of section 7.2; its columns are those of ``Significance``, in their order."""
