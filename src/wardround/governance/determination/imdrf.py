"""The risk category of software as a medical device: IMDRF/SaMD WG/N12 FINAL:2014, section 7.2."""

from enum import StrEnum
from typing import Literal

from wardround.governance.determination.criteria import Text
from wardround.kernel import Noun

Category = Literal["I", "II", "III", "IV"]


class Significance(StrEnum):
    """What the information is for."""

    TREAT = "treat or diagnose"
    DRIVE = "drive management"
    INFORM = "inform management"


class Situation(StrEnum):
    """How grave the patient's situation or condition is."""

    CRITICAL = "critical"
    SERIOUS = "serious"
    NOT_SERIOUS = "not serious"


TABLE: dict[Situation, dict[Significance, Category]] = {
    Situation.CRITICAL: {
        Significance.TREAT: "IV",
        Significance.DRIVE: "III",
        Significance.INFORM: "II",
    },
    Situation.SERIOUS: {
        Significance.TREAT: "III",
        Significance.DRIVE: "II",
        Significance.INFORM: "I",
    },
    Situation.NOT_SERIOUS: {
        Significance.TREAT: "II",
        Significance.DRIVE: "I",
        Significance.INFORM: "I",
    },
}


class Imdrf(Noun):
    """Where a function stands in the table, and why."""

    significance: Significance
    state: Situation
    why: Text

    @property
    def category(self) -> Category:
        """Its category: IV has the highest impact."""
        return TABLE[self.state][self.significance]

    @property
    def says(self) -> str:
        """The place in the table, in words."""
        return f"to {self.significance}, in a situation that is {self.state}"
