"""What software answers by itself: attributes 3, 4, 12, 21 to 24 and 26 to 31.

What people wrote stays as they wrote it. Where the system knows something too, that is put beside
it, and said to be the system's.
"""

import re

from wardround.governance.cards.answer import Answer, State
from wardround.governance.cards.card import Card, attributes_of
from wardround.governance.validation import MEASURES, Gap, Validation, number, share
from wardround.kernel import Noun

FILLED_BY_SOFTWARE = frozenset({3, 4, 12, 21, 22, 23, 24, 26, 27, 28, 29, 30, 31})
"""Numbers of the attributes that software can answer."""

_VARIABLES = {
    "race": {"race"},
    "ethnicity": {"ethnicity", "ethnic"},
    "language": {"language"},
    "sexual orientation": {"orientation"},
    "gender identity": {"gender"},
    "sex": {"sex"},
    "date of birth or age": {"age", "birth", "born", "dob"},
    "social determinants of health": {
        "deprivation", "education", "edu", "employment", "housing", "income", "insurance", "sdi",
    },
    "assessments of health status": {"adl", "adls", "adlp", "disability", "frailty", "phq"},
}  # fmt: skip
"""The variables of 170.315(b)(11)(iv)(A)(5) to (13), and the words that an input of one has."""


class Known(Noun):
    """What the system knows of a model: from its file, its validations, the watch, the registry."""

    output: str = ""
    output_type: str = ""
    inputs: tuple[str, ...] = ()
    like: Validation | None = None
    """On data from where the training data came from."""
    outside: Validation | None = None
    local: Validation | None = None
    validity_watch: str = ""
    fairness_watch: str = ""
    updates: str = ""
    corrections: str = ""


def filled(card: Card, known: Known) -> Card:
    """Return the card with what is known: in blanks, or beside what people wrote."""
    found = {place: says for place, says in _found(known).items() if says}
    parts: dict[str, dict[str, Answer]] = {}
    for one in attributes_of(card):
        if one.number in found:
            parts.setdefault(one.part, {})[one.key] = _with(one.answer, found[one.number])
    changed = {
        name: getattr(card, name).model_copy(update=answers) for name, answers in parts.items()
    }
    return card.model_copy(update=changed)


def _with(answer: Answer, found: str) -> Answer:
    if answer.state is State.BLANK:
        return Answer(state=State.ANSWERED, says=found, by_software=True)
    return answer.model_copy(update={"measured": found})


def _found(known: Known) -> dict[int, str]:
    return {
        3: known.output,
        4: known.output_type,
        12: _demographic(known.inputs),
        21: _validity(known.like),
        22: _fairness(known.like),
        23: _validity(known.outside),
        24: _fairness(known.outside),
        26: known.validity_watch,
        27: _validity(known.local),
        28: known.fairness_watch,
        29: _fairness(known.local),
        30: known.updates,
        31: known.corrections,
    }


def _demographic(inputs: tuple[str, ...]) -> str:
    """Say which of the rule's variables are inputs, as far as the inputs' names tell."""
    if not inputs:
        return ""
    named = {one: set(re.split(r"[^a-z]+", one.lower())) for one in inputs}
    used = {
        variable: [one for one, words in named.items() if words & known]
        for variable, known in _VARIABLES.items()
    }
    yes = [f"{variable} ({', '.join(those)})" for variable, those in used.items() if those]
    no = [variable for variable, those in used.items() if not those]
    said = f"By their names, {', '.join(yes)} {'is' if len(yes) == 1 else 'are'} among the inputs"
    if not yes:
        said = f"By their names, none of the {len(inputs)} inputs is of this kind"
    return f"{said}; not {', '.join(no)}." if yes and no else f"{said}."


def _validity(found: Validation | None) -> str:
    if found is None:
        return ""
    keys = ("auroc", "brier", "slope", "o_to_e")
    told = [
        f"{MEASURES[key][0]} {number(found.overall[key])}" for key in keys if key in found.overall
    ]
    return f"{'; '.join(told)}. {_on(found)}"


def _fairness(found: Validation | None) -> str:
    if found is None:
        return ""
    columns = list(dict.fromkeys(one.column for one in found.groups))
    if not columns:
        return f"No groups were given. {_on(found)}"
    told = [_gap(one) for one in found.gaps if one.measure in {"fnr", "calibration_gap"}]
    if not told:
        return f"Groups by {', '.join(columns)} are too small to compare. {_on(found)}"
    return f"{'; '.join(told)}. {_on(found)}"


def _gap(gap: Gap) -> str:
    name = MEASURES[gap.measure][0].lower()
    apart = share(gap.difference)
    clear = "" if gap.clear else ", which may be chance"
    return f"By {gap.column}, {name}: “{gap.more}” {apart} above “{gap.less}”{clear}"


def _on(found: Validation) -> str:
    return (
        f"On {found.n:,} patients, {found.events:,} with the outcome; 95 % intervals; data "
        f"{found.digest[:12]}."
    )
