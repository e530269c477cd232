"""What a person may ask Wardround to do, and what for."""

from enum import StrEnum

from wardround.kernel import Role


class Action(StrEnum):
    """What a person may ask Wardround to do."""

    READ_CHART = "read the chart"
    ORDER = "order a draft"
    READ_DRAFT = "read a draft"
    EDIT = "edit a draft"
    ACKNOWLEDGE = "acknowledge a finding"
    SIGN = "sign a draft"
    REJECT = "reject a draft"
    AMEND = "amend a signed draft"
    BREAK_GLASS = "open a chart in an emergency"
    FIND_PATIENT = "find a patient by name"
    DEIDENTIFY = "remove PHI from text and files"
    READ_AUDIT = "read the audit trail"
    REVIEW_ACCESS = "review who opened which chart"
    KEEP_REGISTERS = "keep the privacy registers"
    SEE_SAFEGUARDS = "see the safeguards"
    SEE_MODELS = "see the models"
    SWITCH_MODELS = "switch models on and off"
    REPORT_PROBLEM = "report a problem"
    KEEP_COMPLAINTS = "keep the complaints"
    KEEP_CLAIMS = "work the claims"
    MANAGE_PEOPLE = "manage the people of the clinic"
    MANAGE_SYSTEM = "manage keys, backups and settings"

    @property
    def of_patient(self) -> bool:
        """Whether it is done with one patient's data, so that the care relationship counts."""
        return self in _OF_PATIENT


_OF_PATIENT = frozenset(
    {
        Action.READ_CHART,
        Action.ORDER,
        Action.READ_DRAFT,
        Action.EDIT,
        Action.ACKNOWLEDGE,
        Action.SIGN,
        Action.REJECT,
        Action.AMEND,
        Action.BREAK_GLASS,
    }
)


class PurposeOfUse(StrEnum):
    """What for, as HL7's v3 PurposeOfUse codes it; the audit trail says it of each access."""

    TREATMENT = "TREAT"
    EMERGENCY = "ETREAT"
    PAYMENT = "HPAYMT"
    OPERATIONS = "HOPERAT"
    RESEARCH = "HRESCH"
    COMPLIANCE = "HCOMPL"
    SYSTEM = "HSYSADMIN"


_PURPOSES = {
    Role.CLINICIAN: PurposeOfUse.TREATMENT,
    Role.RESIDENT: PurposeOfUse.TREATMENT,
    Role.NURSE: PurposeOfUse.TREATMENT,
    Role.CODER: PurposeOfUse.PAYMENT,
    Role.BILLER: PurposeOfUse.PAYMENT,
    Role.SCHEDULER: PurposeOfUse.OPERATIONS,
    Role.RESEARCHER: PurposeOfUse.RESEARCH,
    Role.PRIVACY_OFFICER: PurposeOfUse.COMPLIANCE,
    Role.QUALITY_OFFICER: PurposeOfUse.OPERATIONS,
    Role.ADMINISTRATOR: PurposeOfUse.SYSTEM,
    Role.SERVICE: PurposeOfUse.OPERATIONS,
}


def purpose_of(role: Role) -> PurposeOfUse:
    """Return what somebody of this role works for; in an emergency it is another."""
    return _PURPOSES[role]
