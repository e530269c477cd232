"""Whether the medicines of the note are the visit's and safe for this patient."""

import re
from collections.abc import Iterable

from wardround.capabilities.documentation.checks.check import Check
from wardround.capabilities.documentation.model import SECTIONS
from wardround.capabilities.documentation.reading import medicines
from wardround.capabilities.documentation.reading.patient import allergies_of, medicines_of
from wardround.capabilities.documentation.reading.review import Review, stem, words
from wardround.kernel import Context, Drafted, Finding, Order, Severity

_PLAN = SECTIONS["plan"][0]
_AVOIDED = re.compile(
    r"\b(?:no|not|avoid\w*|stop\w*|discontinu\w*|allerg\w*|intoleran\w*|never|without|instead of|"
    r"hold|held|reaction|hives|rash)\b",
    re.IGNORECASE,
)


class UnknownMedicine(Check):
    """A medicine that was neither spoken of nor in the chart may be given to the patient."""

    rule = "unknown-medicine"
    severity = Severity.BLOCK

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences that name a medicine of neither the visit nor the chart."""
        review = Review.of(drafted, order, context)
        known = {*words(review.spoken), *medicines_of(order, context)}
        known_stems = set(map(stem, known))
        for line in review.lines:
            unheard = [
                name
                for name in dict.fromkeys(
                    (*medicines.named(line.text), *medicines.ordered(line.text))
                )
                if stem(name) not in known_stems and not medicines.heard(name, known)
            ]
            if unheard:
                listed = ", ".join(f"“{name}”" for name in unheard)
                yield self.finding(
                    f"{listed} was not mentioned in the visit and is not in the chart.",
                    "Correct the name, or remove it.",
                    line=line,
                    own=line.own,
                )


class AllergyConflict(Check):
    """A medicine of a class the patient reacted to can kill; the prescriber must have seen it."""

    rule = "allergy-conflict"

    def check(self, drafted: Drafted, order: Order, context: Context) -> Iterable[Finding]:
        """Yield sentences of the plan with a medicine that a recorded allergy covers."""
        allergies = allergies_of(order, context)
        if not allergies:
            return
        for line in Review.of(drafted, order, context).lines:
            if line.section != _PLAN or _AVOIDED.search(line.text):
                continue
            for name in medicines.named(line.text):
                cover = next((c for a in allergies if (c := medicines.covers(a, name))), None)
                if cover:
                    yield self.finding(
                        f"The chart records an allergy or intolerance that covers “{name}”.",
                        "Choose another medicine, or acknowledge that this is intended.",
                        line=line,
                    )
                    break
