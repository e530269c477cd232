"""What software knows fills blanks, and stands beside what people wrote."""

from tests.governance.made import predictions, validation
from wardround.governance.cards import (
    FILLED_BY_SOFTWARE,
    Answer,
    Card,
    Known,
    State,
    attributes_of,
    counted,
    filled,
    read_card,
)
from wardround.governance.validation import validate

BARE = read_card('name: sepsis\nversion: "1"\nlicence: MIT\nmade_by: hand\n')


def said(card: Card) -> dict[int, Answer]:
    return {one.number: one.answer for one in attributes_of(card)}


def everything() -> Known:
    found = validation()
    return Known(
        output="The probability of sepsis.",
        output_type="A prediction.",
        inputs=("age", "sex", "lactate", "household_income"),
        like=found,
        outside=found,
        local=found,
        validity_watch="CUSUM on outcomes, weekly.",
        fairness_watch="Gaps by sex, weekly.",
        updates="By release.",
        corrections="None yet.",
    )


def test_all_that_software_can_answer_is_filled_and_marked() -> None:
    card = filled(BARE, everything())
    answered = {number for number, one in said(card).items() if one.state is State.ANSWERED}
    assert answered == FILLED_BY_SOFTWARE
    assert all(said(card)[number].by_software for number in answered)
    assert counted(card) == (13, 0, 0, 18)


def test_nothing_known_fills_nothing() -> None:
    assert filled(BARE, Known()) == BARE


def test_what_people_wrote_stays() -> None:
    written = read_card(
        'name: sepsis\nversion: "1"\nlicence: MIT\nmade_by: hand\nperformance:\n'
        "  validity_like_data: AUROC .9.\n  fairness_like_data: {unknown: upstream undisclosed}\n"
        "  validity_outside: {not_applicable: one site}\n"
    )
    found = validation()
    card = said(filled(written, Known(like=found, outside=found)))
    assert card[21].says == "AUROC .9."
    assert card[22].state is State.UNKNOWN
    assert card[23].state is State.NOT_APPLICABLE
    auroc = f"{found.overall['auroc'].value:.3f}"
    for number in (21, 23):
        assert not card[number].by_software
        assert auroc in card[number].measured
    assert "By sex" in card[22].measured
    assert card[24].by_software


def test_figures_are_those_of_the_validation() -> None:
    found = validation()
    card = said(filled(BARE, Known(local=found)))
    for key in ("auroc", "brier", "slope", "o_to_e"):
        assert f"{found.overall[key].value:.3f}" in card[27].says
    assert f"On {found.n:,} patients, {found.events:,} with the outcome" in card[27].says
    assert found.digest[:12] in card[27].says
    gap = next(one for one in found.gaps if one.measure == "fnr")
    assert f"“{gap.more}”" in card[29].says
    assert f"{100 * gap.difference.value:.1f}" in card[29].says
    assert ("which may be chance" in card[29].says) == any(not one.clear for one in found.gaps)


def test_without_groups_fairness_says_so() -> None:
    data = predictions()
    alone = type(data).of(data.outcomes, data.risks)
    card = said(filled(BARE, Known(like=validate(alone, resamples=200))))
    assert card[22].says.startswith("No groups were given.")


def test_demographic_inputs_go_by_their_names() -> None:
    one = said(filled(BARE, everything()))[12].says
    assert "sex (sex), date of birth or age (age)" in one
    assert "social determinants of health (household_income)" in one
    assert "not race, ethnicity, language" in one
    none = said(filled(BARE, Known(inputs=("lactate", "stage"))))[12].says
    assert none == "By their names, none of the 2 inputs is of this kind."
