"""What a patient is asked before a call is made: to be written to, to be part of research.

The answers stand in the record, which privacy does not know: whoever puts the house together hands
in who is asked.
"""

from collections.abc import Callable

from sqlalchemy import Connection

from wardround.privacy.consent import About
from wardround.privacy.egress.policy import Decision, Verdict
from wardround.privacy.egress.recipient import Cargo, Purpose, Recipient

WhyNot = Callable[[Connection, About, str], str | None]
"""Returns why a patient does not agree to something, in words without PHI; none where they do."""


def asked(recipient: Recipient, cargo: Cargo) -> About | None:
    """Return what the patient must agree to before this call; none where it needs no consent.

    A message to a patient needs it whatever it says: that it comes from a clinic is health
    information. Data of several patients at once is asked for where it is put together.
    """
    if recipient.service.messages and cargo.to_patient:
        return About.MESSAGING
    research = recipient.purpose is Purpose.RESEARCH and cargo.subject is not None
    return About.RESEARCH if research else None


def refused(
    tx: Connection, recipient: Recipient, cargo: Cargo, why_not: WhyNot | None
) -> Decision | None:
    """Return the refusal of a call that the patient did not agree to; none where it may be made.

    Nobody to ask, or no patient to ask of, is no agreement.
    """
    about = asked(recipient, cargo)
    if about is None:
        return None
    why: str | None = f"The consent to {about} cannot be asked for"
    if why_not is not None and cargo.subject is not None:
        why = why_not(tx, about, cargo.subject)
    if why is None:
        return None
    return Decision(
        verdict=Verdict.REFUSE,
        basis="no-consent",
        why=why.rstrip("."),
        mend="Ask the patient, and enter the answer in the chart.",
    )
