"""The 31 source attributes of a predictive decision support intervention.

They are those of ONC's HTI-1 rule, 45 CFR 170.315(b)(11)(iv)(B), in its nine parts and its order.
"""

from pydantic import Field

from wardround.governance.cards.answer import BLANK, Written
from wardround.kernel import Noun


def _asked(title: str, asks: str) -> Written:
    """Return an attribute, blank unless it is answered."""
    found: Written = Field(default=BLANK, title=title, description=asks)
    return found


class Details(Noun):
    """Details and output."""

    developer: Written = _asked("Developer", "The developer's name, and how to reach them.")
    funding: Written = _asked("Funding", "Who paid for the technical implementation.")
    output: Written = _asked("Output", "What value it produces.")
    output_type: Written = _asked(
        "Type of output",
        "A prediction, classification, recommendation, evaluation, analysis, other.",
    )


class Purpose(Noun):
    """Purpose."""

    intended_use: Written = _asked("Intended use", "What it is meant to be used for.")
    intended_patients: Written = _asked("Intended patients", "For which patients it is meant.")
    intended_users: Written = _asked("Intended users", "Who is meant to use it.")
    decision_role: Written = _asked(
        "Role in the decision", "Whether it informs, augments or replaces clinical management."
    )


class Cautions(Noun):
    """Cautioned out-of-scope use."""

    out_of_scope: Written = _asked(
        "Out of scope", "Tasks, situations and populations it should not be applied to."
    )
    risks: Written = _asked(
        "Risks and limits", "Known risks, inappropriate settings and uses, known limitations."
    )


class Development(Noun):
    """Development details and input features."""

    inclusion: Written = _asked(
        "Data it was made from", "What was included in the training data, what was left out."
    )
    demographics: Written = _asked(
        "Demographic and social inputs",
        "Whether race, ethnicity, language, sexual orientation, gender identity, sex, date of "
        "birth, social determinants or assessments of health status are inputs.",
    )
    representativeness: Written = _asked(
        "Whom the data represent", "How far the training data represent people by those variables."
    )
    relevance: Written = _asked(
        "Relevance of the data", "How the training data relate to where it is to be used."
    )


class Fairness(Noun):
    """Process used to ensure fairness in development."""

    approach: Written = _asked("Approach to fairness", "What was done so that the output is fair.")
    bias_management: Written = _asked("Bias", "What was done to manage, reduce or eliminate bias.")


class ExternalValidation(Noun):
    """External validation process."""

    source: Written = _asked("Where", "Data, setting or place other than those it was made from.")
    party: Written = _asked("By whom", "Who did the external testing.")
    representativeness: Written = _asked(
        "Whom these data represent", "How far the external data represent people."
    )
    process: Written = _asked("How", "How the external validation was done.")


class Performance(Noun):
    """Quantitative measures of performance."""

    validity_like_data: Written = _asked(
        "Validity on like data", "In test data from the same source as the training data."
    )
    fairness_like_data: Written = _asked(
        "Fairness on like data", "In test data from the same source as the training data."
    )
    validity_outside: Written = _asked(
        "Validity outside", "In data from another source than the training data."
    )
    fairness_outside: Written = _asked(
        "Fairness outside", "In data from another source than the training data."
    )
    outcomes: Written = _asked(
        "Effect on outcomes",
        "Evaluations of what its use does to morbidity, mortality, length of stay or others.",
    )


class Maintenance(Noun):
    """Ongoing maintenance of implementation and use."""

    validity_monitoring: Written = _asked(
        "Watch over validity", "How and how often validity is monitored."
    )
    local_validity: Written = _asked("Validity here", "Validity in local data.")
    fairness_monitoring: Written = _asked(
        "Watch over fairness", "How and how often fairness is monitored."
    )
    local_fairness: Written = _asked("Fairness here", "Fairness in local data.")


class Updates(Noun):
    """Update and continued assessment."""

    process: Written = _asked("Updates", "How and how often it is updated.")
    correction: Written = _asked(
        "Corrections",
        "How often performance is corrected when a risk to validity or fairness shows.",
    )
