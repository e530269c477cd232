"""The forms of the register of breaches: the words of its choices, and reading what was typed."""

from starlette.datastructures import FormData

from wardround.interfaces.web.forms import read_day, text
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import InvalidInput, NotFound
from wardround.privacy.breaches import (
    Associate,
    Bearing,
    Circumstances,
    Conclusion,
    Factor,
    Named,
    Stage,
    Weighed,
    read_circumstances,
    read_residents,
)
from wardround.privacy.egress import Agreements
from wardround.rounds import Consents

BADGES = {
    Stage.OPEN: "warn",
    Stage.NOT_A_BREACH: "",
    Stage.BREACH: "bad",
    Stage.NOTIFIED: "good",
    Stage.CLOSED: "",
}
FACTORS = {
    Factor.NATURE: (
        "Which PHI it was",
        "Kinds of identifiers and of information, and how easily somebody is told by them.",
    ),
    Factor.RECIPIENT: (
        "Who used it, or to whom it went",
        "Such as: another clinic, which is bound as we are; somebody who sells data.",
    ),
    Factor.ACQUIRED: (
        "Whether it was acquired or viewed",
        "Such as: the letter came back unopened; the logs show that no file was read.",
    ),
    Factor.MITIGATION: (
        "How far the risk was mitigated",
        "Such as: they confirm in writing that it is destroyed, and can be believed.",
    ),
}
BEARINGS = {
    Bearing.LOW: "Speaks for a low probability",
    Bearing.HIGH: "Speaks against it",
    Bearing.UNKNOWN: "Cannot be told",
}
CONCLUSIONS = {
    Conclusion.BREACH: (
        "A breach",
        "Those it is about are told. The four factors may be left out.",
    ),
    Conclusion.LOW: (
        "Not a breach: low probability that the PHI was compromised",
        "All four factors are weighed, and speak for it taken together (164.402(2)).",
    ),
    Conclusion.SECURED: (
        "Not a breach: the PHI was secured",
        "Encrypted or destroyed as the guidance says, and no key went with it (164.402).",
    ),
    Conclusion.UNINTENTIONAL: (
        "Not a breach: unintentional, by our own people",
        "In good faith, within their authority, and not passed on (164.402(1)(i)).",
    ),
    Conclusion.INADVERTENT: (
        "Not a breach: between two authorized persons of the same house",
        "And not passed on (164.402(1)(ii)).",
    ),
    Conclusion.NOT_RETAINED: (
        "Not a breach: whoever got it could not have kept it",
        "As is believed in good faith (164.402(1)(iii)).",
    ),
}


def read_known(here: Visitor, form: FormData) -> Circumstances:
    """Return the circumstances of a form; raise ``InvalidInput`` naming the field."""
    return read_circumstances(
        title=text(form, "title").strip(),
        discovered=read_day(form, "discovered"),
        happened=read_day(form, "happened") if text(form, "happened") else None,
        what=text(form, "what").strip(),
        phi=form.getlist("phi"),
        sort=text(form, "sort"),
        locations=form.getlist("locations"),
        unsecured=text(form, "secured") != "on",
        safeguards=text(form, "safeguards").strip(),
        residents=read_residents(text(form, "residents")),
        unreachable=text(form, "unreachable").strip() or 0,
        patients=_named(here, text(form, "numbers")),
        recipient=text(form, "recipient").strip(),
        recipient_address=text(form, "recipient_address").strip(),
        associate=_associate(here, form),
    )


def read_conclusion(form: FormData) -> Conclusion:
    """Return what an assessment concludes."""
    try:
        return Conclusion(text(form, "conclusion"))
    except ValueError:
        raise InvalidInput("Say what it comes to.", where="conclusion") from None


def read_factors(form: FormData) -> list[Weighed]:
    """Return the factors that were weighed: those with words."""
    found = []
    for factor in Factor:
        words, bearing = text(form, factor).strip(), text(form, f"{factor}-bearing")
        if bool(words) != bool(bearing):
            raise InvalidInput("A factor has words, and what it speaks for.", where=factor)
        if words:
            if bearing not in BEARINGS or len(words) > 2000:
                raise InvalidInput("This is too long, or no choice.", where=factor)
            found.append(Weighed(factor=factor, bearing=Bearing(bearing), words=words))
    return found


def _named(here: Visitor, written: str) -> list[Named]:
    """Return the patients of the record numbers, one a line; the error names no number."""
    found: dict[str, Named] = {}
    with here.wardround.database.read() as tx:
        consents = Consents(tx, here.wardround.clock)
        for line, number in enumerate(written.splitlines(), 1):
            if not number.strip():
                continue
            try:
                patient = consents.patient_of(number.strip())
            except NotFound as error:
                what = f"Line {line}: {error.what}"
                raise InvalidInput(what, where="numbers", mend=error.mend) from None
            found.setdefault(patient, Named(number=number.strip(), patient=patient))
    return list(found.values())


def _associate(here: Visitor, form: FormData) -> Associate | None:
    agreement = text(form, "agreement")
    if not agreement:
        return None
    with here.wardround.database.read() as tx:
        terms = Agreements(tx, here.wardround.clock).find(agreement).terms
    days = {
        name: read_day(form, f"party_{name}") if text(form, f"party_{name}") else None
        for name in ("discovered", "told")
    }
    return Associate(
        agreement=agreement,
        party=terms.party,
        days=terms.breach_days,
        agent=text(form, "agent") == "on",
        **days,
    )
