"""The forms about complaints: the words of their choices, and reading what was typed."""

from datetime import date
from enum import StrEnum
from typing import Any, TypeVar

from starlette.datastructures import FormData

from wardround.governance.complaints import (
    Complainant,
    ComplaintStage,
    DeviceNamed,
    Harm,
    MdrEvent,
    MdrHaste,
    MdrReporter,
    ProblemCategory,
    ProblemChannel,
    ProblemReport,
    read_noun,
)
from wardround.interfaces.web.forms import read_day, text
from wardround.kernel import InvalidInput

Choice = TypeVar("Choice", bound=StrEnum)

CATEGORIES = {
    ProblemCategory.WRONG: "Something in it is wrong",
    ProblemCategory.MISSING: "Something is missing",
    ProblemCategory.PATIENT: "It is about another patient",
    ProblemCategory.UNSAFE: "Acting on it would be unsafe",
    ProblemCategory.UNCLEAR: "It cannot be understood",
    ProblemCategory.SLOW: "It came too late or was too slow",
    ProblemCategory.OTHER: "Something else",
}
HARMS = {
    Harm.NONE: ("Nobody was harmed", ""),
    Harm.NEAR_MISS: ("Near miss", "It was noticed before it reached the patient."),
    Harm.HARM: ("The patient was harmed", ""),
    Harm.SERIOUS: (
        "Death or serious injury",
        "Life-threatening, permanent, or needing treatment to prevent permanent damage.",
    ),
}
CHANNELS = {
    ProblemChannel.TELEPHONE: "By telephone",
    ProblemChannel.WRITING: "In writing",
    ProblemChannel.PERSON: "In person",
}
BADGES = {
    ComplaintStage.RECEIVED: "warn",
    ComplaintStage.REVIEW: "accent",
    ComplaintStage.INVESTIGATED: "good",
    ComplaintStage.NOT_INVESTIGATED: "",
    ComplaintStage.CLOSED: "",
}
EVENTS = {
    MdrEvent.DEATH: "A death",
    MdrEvent.INJURY: "A serious injury",
    MdrEvent.MALFUNCTION: "A malfunction that would be likely to cause one if it happened again",
}
REPORTERS = {
    MdrReporter.FACILITY: "As a user facility, within 10 work days",
    MdrReporter.MANUFACTURER: "As the manufacturer, within 30 days",
}
HASTES = {
    MdrHaste.REMEDY: "Remedial action is needed against an unreasonable risk to public health",
    MdrHaste.REQUEST: "FDA asked for a report in writing",
}


def chosen(kind: type[Choice], written: str, where: str) -> Choice:
    """Return the choice that was made; raise ``InvalidInput`` where it is none."""
    try:
        return kind(written)
    except ValueError:
        raise InvalidInput("Choose one.", where=where) from None


def said(words: str) -> str:
    """Return what somebody told; raise ``InvalidInput`` where it is nothing."""
    found = words.strip()
    if not found:
        raise InvalidInput("Say it in a few words.", where="words")
    return found


def read_report(form: FormData) -> ProblemReport:
    """Return a complaint that came by telephone, in writing or in person."""
    return read_noun(
        ProblemReport,
        received=read_day(form, "received"),
        occurred=_day(form, "occurred"),
        channel=chosen(ProblemChannel, text(form, "channel"), "channel"),
        complainant=read_noun(
            Complainant,
            name=text(form, "name").strip(),
            address=text(form, "address").strip(),
            phone=text(form, "phone").strip(),
            role=text(form, "role").strip(),
        ),
        device=read_noun(
            DeviceNamed,
            name=text(form, "model").strip(),
            version=text(form, "model_version").strip(),
            udi=text(form, "udi").strip(),
        ),
        category=chosen(ProblemCategory, text(form, "category"), "category"),
        harm=chosen(Harm, text(form, "harm"), "harm"),
        words=said(text(form, "words")),
    )


def read_decision(form: FormData) -> dict[str, Any]:
    """Return the fields of a decision; those of a report only where there is to be one."""
    answer = text(form, "reportable")
    if answer not in {"yes", "no"}:
        raise InvalidInput("Say yes or no.", where="reportable")
    fields = {"reportable": answer == "yes", "reasons": text(form, "reasons").strip()}
    if answer == "no":
        return fields
    haste = text(form, "haste")
    return fields | {
        "event": chosen(MdrEvent, text(form, "event"), "event"),
        "reporters": [
            chosen(MdrReporter, str(one), "reporters") for one in form.getlist("reporters")
        ],
        "aware": read_day(form, "aware"),
        "haste": chosen(MdrHaste, haste, "haste") if haste else None,
        "haste_aware": _day(form, "haste_aware"),
    }


def read_investigation(form: FormData) -> dict[str, Any]:
    """Return the fields of an investigation, or of why there was none."""
    made = text(form, "made")
    if made not in {"yes", "no"}:
        raise InvalidInput("Say whether it was investigated.", where="made")
    return {
        "made": made == "yes",
        "words": said(text(form, "words")),
        "similar": text(form, "similar").strip(),
        "correction": text(form, "correction").strip(),
    }


def _day(form: FormData, name: str) -> date | None:
    return read_day(form, name) if text(form, name) else None
