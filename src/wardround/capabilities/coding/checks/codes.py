"""Checks on one code at a time: whether it may stand on a claim of that day, and on what."""

import re
from collections.abc import Iterator
from datetime import timedelta

from wardround.capabilities.coding.checks.check import Case, Check
from wardround.capabilities.coding.model import State
from wardround.engines.assertion import Assertion, assess
from wardround.engines.terminology import Standing, Tabular
from wardround.kernel import Finding, Severity

_A_YEAR = timedelta(days=366)
_EXTERNAL = re.compile(r"[V-Y]\d")
_MANIFESTATION = re.compile(r"\bclassified elsewhere\b", re.IGNORECASE)


class NotValid(Check):
    """A code that was not in force on the day of service is denied (45 CFR 162.1002)."""

    rule = "not-valid"

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield the codes that the edition of that day does not have."""
        for place, code in case.coded.standing:
            valid = self._tabular.valid(code.code, case.coded.date)
            absent = {Standing.RETIRED, Standing.NOT_YET, Standing.UNKNOWN}
            if (valid.nearest or valid.standing) in absent:
                near = f"{code.code} is not in the edition nearest to {case.coded.date}."
                reason = near if valid.nearest else valid.reason
                yield self.found(Severity.BLOCK, reason, "Choose another code.", place)


class NoEdition(Check):
    """Where no edition of the day is loaded, nobody can say which codes were in force."""

    rule = "no-edition"

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular

    def look(self, case: Case) -> Iterator[Finding]:
        """Say it once; it is to be acknowledged where the nearest edition is a year away."""
        day = case.coded.date
        if self._tabular.in_force(day) is not None:
            return
        near = self._tabular.nearest(day)
        away = max(near.start - day, day - near.end)
        yield self.found(
            Severity.NOTE if away < _A_YEAR else Severity.WARN,
            f"No edition of ICD-10-CM that is loaded covers {day}; codes are those of {near.name}.",
            "Load the CDC's files of that year: wardround terms load FILE.",
        )


class NotBillable(Check):
    """A category, or a code short of characters, is no code for a claim (Guidelines I.B.2)."""

    rule = "not-billable"

    def __init__(self, tabular: Tabular) -> None:
        self._tabular = tabular

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield the codes that need more characters, and which there are."""
        for place, code in case.coded.standing:
            valid = self._tabular.valid(code.code, case.coded.date)
            if Standing.INCOMPLETE in {valid.standing, valid.nearest}:
                message = f"{code.code} is not complete: a claim needs more characters."
                mend = valid.mend if valid.known else "Choose a code under it."
                yield self.found(Severity.BLOCK, message, mend, place)


class NoEvidence(Check):
    """A code that no words of the note support cannot be defended (Guidelines I.A.19)."""

    rule = "no-evidence"

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield codes that no words support; a coder's reason is shown instead of blocking."""
        for place, code in case.coded.standing:
            spans = case.spans(place)
            if any(end > len(case.text) for _, end in spans):
                mend = "Reject it, or mark the words anew."
                message = f"The words of {code.code} lead to no place in the note."
                yield self.found(Severity.BLOCK, message, mend, place)
            elif not spans and code.why:
                message = (
                    f"No words of the note support {code.code}. The coder's reason: {code.why}"
                )
                yield self.found(Severity.WARN, message, "Acknowledge it if that is enough.", place)
            elif not spans:
                message = f"No words of the note support {code.code}."
                yield self.found(
                    Severity.BLOCK, message, "Mark the words, or state why there are none.", place
                )


class NotFirst(Check):
    """Some codes never stand first: external causes and manifestations (I.C.20.a.6, I.A.13)."""

    rule = "not-first"

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield the first-listed code where it cannot be one."""
        for place, code in case.coded.standing[:1]:
            if _EXTERNAL.match(code.code):
                message = f"{code.code} is an external cause and never stands first."
            elif _MANIFESTATION.search(code.display):
                message = f"{code.code} is a manifestation; what causes it stands first."
            else:
                continue
            mend = "Make another code the first, or add the one that is missing."
            yield self.found(Severity.BLOCK, message, mend, place)


class NotAsserted(Check):
    """What is denied, suspected or a relative's is no diagnosis of the visit (IV.H, IV.J)."""

    rule = "not-asserted"

    def look(self, case: Case) -> Iterator[Finding]:
        """Yield codes all of whose words say that it is not, or not for sure, so."""
        for place, code in case.coded.standing:
            spans = [one for one in case.spans(place) if one[1] <= len(case.text)]
            said = [self._why_not(case, one) for one in assess(case.text, spans)] if spans else []
            if not said or not all(said) or _says_so(code.code):
                continue
            severity = Severity.WARN if code.state is not State.SUGGESTED else Severity.BLOCK
            yield self.found(
                severity,
                f"The words of {code.code} say that {said[0]}.",
                "Read them; reject the code, or mark the words that affirm it.",
                place,
            )

    @staticmethod
    def _why_not(case: Case, said: Assertion) -> str:
        """Return what the words say against a diagnosis; empty where they affirm it."""
        if said.polarity == "negated":
            return "it is not there"
        if said.person != "patient":
            return "somebody else has it"
        if said.hypothetical:
            return "it may come, not that it is there"
        if said.certainty == "possible" and case.coded.setting == "outpatient":
            return "it is suspected; an outpatient's visit is coded to what is certain (IV.H)"
        return ""


def _says_so(code: str) -> bool:
    """Whether a code itself may say that something is absent, past, or a relative's."""
    return code.startswith("Z")
