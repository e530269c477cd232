"""The card as a CHAI Applied Model Card, XML by the schema of version 0.2, or of 0.1.

What the schema asks for and nobody answered is written "not provided"; what is unknown, or does
not apply, is written so, with the reason. Of a metric ``ValueJson`` says which of these it is.
"""

from html import escape
from typing import Literal, NamedTuple

from wardround.governance.cards.answer import NOT_PROVIDED, Answer
from wardround.governance.cards.card import Attribute, Card, attributes_of
from wardround.governance.determination import Function, Result
from wardround.kernel import Json, Stage

Version = Literal["0.1", "0.2"]

_STAGES = {
    Stage.OFF: "Switched off at this site",
    Stage.SHADOW: "In shadow at this site: it drafts, and nobody is shown",
    Stage.LIMITED: "Limited at this site: named people are shown its drafts",
    Stage.LIVE: "Live at this site",
}


class _Metric(NamedTuple):
    """One of the three key metrics: its goal, and the attributes that hold results and the rest."""

    name: str
    goal: str
    results: tuple[int, ...]
    interpretation: int


_METRICS = (
    _Metric("UsefulnessUsabilityEfficacy", "Validity: that the output is right.", (21, 23, 27), 25),
    _Metric("FairnessEquity", "Fairness: that it is as right in each group.", (22, 24, 29), 16),
    _Metric("SafetyReliability", "That it stays right, and is corrected.", (26, 28, 31), 10),
)


def card_xml(
    card: Card,
    functions: tuple[Function, ...] = (),
    stage: Stage | None = None,
    version: Version = "0.2",
) -> bytes:
    """Return the card as XML; ``stage`` is how far the model is switched on here."""
    told = {one.number: one for one in attributes_of(card)}
    parts = [
        _of("BasicInfo", ("ModelName", card.name), *_developer(told)),
        _of("ReleaseInfo", *_release(card, functions, stage)),
        _summary(card, told),
        _of("UsesAndDirections", *_uses(card, told)),
        _of("Warnings", *_warnings(functions, told)),
        _trust(card, told),
        _metrics(told, version),
        _of(
            "Resources",
            ("PeerReviewedPublications", card.chai.publications.said),
            ("PatientConsentOrDisclosure", card.chai.consent.said),
        ),
        _line("Bibliography", card.chai.publications.said),
    ]
    root = f'<AppliedModelCard xmlns="https://mc.chai.org/v{version}/schema.xsd">'
    text = "\n".join(
        ['<?xml version="1.0" encoding="UTF-8"?>', root, *parts, "</AppliedModelCard>"]
    )
    return f"{text}\n".encode()


def _developer(told: dict[int, Attribute]) -> list[tuple[str, str]]:
    """Attribute 1 is the developer and the contact in one."""
    said = told[1].answer.said
    return [("ModelDeveloper", said), ("DeveloperContact", said)]


def _release(
    card: Card, functions: tuple[Function, ...], stage: Stage | None
) -> list[tuple[str, str]]:
    released = card.chai.released
    return [
        ("ReleaseStage", NOT_PROVIDED if stage is None else _STAGES[stage]),
        ("ReleaseDate", NOT_PROVIDED if released is None else released.isoformat()),
        ("ReleaseVersion", card.version),
        ("GlobalAvailability", card.chai.availability.said),
        ("RegulatoryApproval", " ".join(map(_standing, functions)) or NOT_PROVIDED),
    ]


def _standing(one: Function) -> str:
    approval = "" if one.result is Result.NOT_DEVICE else " No approval or clearance is stated."
    return f"{one.title}: {one.result}, by its developer's own determination.{approval}"


def _summary(card: Card, told: dict[int, Attribute]) -> str:
    words = _lines([("Keyword", word) for word in card.chai.keywords])
    summary = _line("Summary", _joined(told, 5, 3))
    return f"<ModelSummary>\n{summary}\n<Keywords>\n{words}\n</Keywords>\n</ModelSummary>"


def _uses(card: Card, told: dict[int, Attribute]) -> list[tuple[str, str]]:
    return [
        ("IntendedUseAndWorkflow", _joined(told, 5, 8)),
        ("PrimaryIntendedUsers", told[7].answer.said),
        ("HowToUse", card.chai.how_to_use.said),
        ("TargetedPatientPopulation", told[6].answer.said),
        ("CautionedOutOfScopeSettings", told[9].answer.said),
    ]


def _warnings(functions: tuple[Function, ...], told: dict[int, Attribute]) -> list[tuple[str, str]]:
    risk = [f"{one.title}: IMDRF N12 category {one.imdrf.category}." for one in functions]
    return [
        ("KnownRisksAndLimitations", told[10].answer.said),
        ("KnownBiasesOrEthicalConsiderations", _joined(told, 15, 13)),
        ("ClinicalRiskLevel", " ".join(risk) or NOT_PROVIDED),
    ]


def _trust(card: Card, told: dict[int, Attribute]) -> str:
    facts = _of(
        "AISystemFacts",
        ("OutcomesAndOutputs", told[3].answer.said),
        ("ModelType", told[4].answer.said),
        ("InputDataSource", card.chai.input_data.said),
        ("OutputAndInputDataTypes", _joined(told, 4, 12)),
        ("DevelopmentDataCharacterization", _joined(told, 11, 13, 14)),
        ("BiasMitigationApproaches", _joined(told, 15, 16)),
        ("OngoingMaintenance", _joined(told, 26, 28, 30, 31)),
    )
    clear = _of(
        "TransparencyInformation",
        ("FundingSource", told[2].answer.said),
        ("ThirdPartyInformation", card.chai.third_parties.said),
        ("StakeholdersConsulted", card.chai.stakeholders.said),
    )
    return f"<TrustIngredients>\n{facts}\n{clear}\n</TrustIngredients>"


def _metrics(told: dict[int, Attribute], version: Version) -> str:
    found = "\n".join(_metric(one, told, version) for one in _METRICS)
    return f"<KeyMetrics>\n{found}\n</KeyMetrics>"


def _metric(one: _Metric, told: dict[int, Attribute], version: Version) -> str:
    after = [
        ("Interpretation", told[one.interpretation].answer.said),
        ("TestType", told[18].answer.said),
        ("TestingDataDescription", _joined(told, 17, 19)),
        ("ValidationProcessAndJustification", told[20].answer.said),
    ]
    if version == "0.1":
        results = _line("Result", _joined(told, *one.results))
    else:
        each = (
            _of("MetricResult", ("Label", told[at].title), ("ValueJson", _json(told[at].answer)))
            for at in one.results
        )
        results = "\n".join(["<Results>", *each, "</Results>"])
    return (
        f"<{one.name}>\n{_line('MetricGoal', one.goal)}\n{results}\n{_lines(after)}\n</{one.name}>"
    )


def _json(answer: Answer) -> str:
    import json

    value: dict[str, Json] = {"state": answer.state.value, "says": answer.said}
    if answer.by_software:
        value["by"] = "software"
    if answer.measured:
        value["measured"] = answer.measured
    return json.dumps(value, ensure_ascii=False)


def _joined(told: dict[int, Attribute], *numbers: int) -> str:
    """Return several answers, each under its title, so that none is taken for another."""
    return " ".join(f"{told[at].title}: {told[at].answer.told.rstrip('.')}." for at in numbers)


def _of(name: str, *lines: tuple[str, str]) -> str:
    return f"<{name}>\n{_lines(list(lines))}\n</{name}>"


def _lines(lines: list[tuple[str, str]]) -> str:
    return "\n".join(_line(name, said) for name, said in lines)


def _line(name: str, said: str) -> str:
    return f"<{name}>{escape(said, quote=False)}</{name}>"
