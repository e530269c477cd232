"""When no letter is drafted, and why: an appeal that cannot be made, or has nothing to say."""

from datetime import date, timedelta

from wardround.capabilities.appeal.facts import Known
from wardround.capabilities.appeal.grounds import Ground, ground_of, letters
from wardround.capabilities.appeal.model import Asked
from wardround.capabilities.appeal.sources import day
from wardround.kernel import Context, NotFound

_MISSING = {
    "diagnoses": "no words of the signed note stand behind a diagnosis of this service",
    "level": "no words of the note stand behind the level",
    "sendings": "the ledger knows no file in which the claim was sent",
    "authorization": "the claim carries no authorization number",
}


def unsuitable(asked: Asked, known: Known, on: date) -> str | None:
    """Return why no letter is drafted on a day; ``None`` where one is."""
    denial = asked.denial
    if on > denial.due:
        return f"The last day to appeal was {day(denial.due)}."
    if shut := [one.code for one in denial.remarks if one.code in letters().no_appeal]:
        return f"Remark {shut[0]} leaves no appeal. Mend the claim and send it anew."
    name = ground_of(denial)
    if name is None:
        return (
            f"Nothing in the note or the claim answers the reason {denial.group}-{denial.reason}"
            f" ({denial.says})."
        )
    return _lacks(asked, letters().grounds[name], known)


def of_another(asked: Asked, subject: str, context: Context) -> str | None:
    """Return what of the request belongs to another patient or visit; ``None``: nothing does."""
    for reference in (asked.note, *(one.source for one in asked.diagnoses)):
        if not reference:
            continue
        try:
            found = context.read(reference)
        except NotFound:
            return f"The chart holds no {reference.partition('/')[0]} that the claim rests on."
        if found.get("subject", {}).get("reference") != subject:
            return "The claim rests on the chart of another patient."
        visit = found.get("encounter", {}).get("reference")
        if visit and asked.encounter and visit != asked.encounter:
            return "The claim rests on the codes of another visit."
    return None


def _lacks(asked: Asked, ground: Ground, known: Known) -> str | None:
    if not any(known.has(one) for one in ground.needs):
        missing = " and ".join(_MISSING[one] for one in ground.needs)
        return f"Nothing supports this appeal: {missing}."
    if ground.modifiers and not set(asked.service.modifiers) & set(ground.modifiers):
        return (
            "Nothing supports this appeal: the service carries no modifier that says it stands"
            " by itself."
        )
    return _late(asked, ground)


def _late(asked: Asked, ground: Ground) -> str | None:
    """Return that a claim was late, where the limit is known and it was."""
    limit = ground.days.get(asked.filing)
    if limit is None or asked.service.day is None:
        return None
    last = asked.service.day + timedelta(days=limit)
    if min(one.day for one in asked.sent) > last:
        return f"Nothing supports this appeal: the claim was sent after {day(last)}."
    return None
