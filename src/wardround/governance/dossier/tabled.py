"""The chapters that are lists: hazards, requirements with their tests, packages, threats."""

from wardround.governance.dossier.chapter import TREE, Answer, Chapter, Said
from wardround.governance.dossier.declared import Estimate, Hazard, Verification
from wardround.governance.dossier.facts import Facts
from wardround.governance.dossier.results import told
from wardround.governance.dossier.trace import by_file, tests_of
from wardround.governance.validation import NOT_PROVIDED, Section, Table

_ESTIMATED = (
    "Severity and probability are estimates of the developers, before and after the control, in "
    "words of ISO/TR 24971; none was measured. Whether a risk is acceptable is judged by the "
    "manufacturer's own criteria: not provided."
)


_HAND_IN = "Hand in what a run printed with --results."


def hazards_chapter(number: int, facts: Facts) -> Chapter:
    """Return the hazards, each with the tests that verify its control."""
    hazards = facts.declared.hazards
    if not hazards:
        words = [f"{NOT_PROVIDED}. The capability has no hazards.yaml."]
        owed = [Answer("Hazards of ISO 14971", [], "the developer", "There is no hazards.yaml.")]
        return Chapter(number, "hazards", "Hazards", [Section("Hazards", words)], owed)
    rows = [
        [one.id, one.hazard, one.harm, _rated(one.before), _rated(one.after)] for one in hazards
    ]
    head = ["Id", "Hazard", "Harm", "Before control", "After"]
    table = Table(head, rows, widths=[0.9, 2.2, 2.2, 1.1, 1.1])
    answers = [
        Answer(
            f"Tests of the control of {one.id}",
            [Said(test, "the tests") for test in _tests(one, facts)],
            "the developer",
            _why(facts),
        )
        for one in hazards
    ]
    sections = [Section("All hazards", [_ESTIMATED], table=table)]
    return Chapter(
        number,
        "hazards",
        "Hazards",
        [*sections, *(_hazard(one, facts) for one in hazards)],
        answers,
    )


def _hazard(one: Hazard, facts: Facts) -> Section:
    tests = _tests(one, facts)
    texts = {each.id: each.text for each in facts.declared.requirements}
    required = " ".join(f"{id_}: {texts[id_]}" for id_ in one.requirements)
    rows = [
        ["Hazardous situation", one.situation],
        ["Harm", one.harm],
        ["Before", _rated(one.before)],
        ["Control", one.control],
        ["Requirements", required],
        [
            "Verified by",
            by_file(tests) or f"{NOT_PROVIDED}. {TREE if facts.trace is None else ''}",
        ],
        ["After", _rated(one.after)],
        ["What remains", one.remains],
    ]
    return Section(f"{one.id} {one.hazard}", table=Table(["", ""], rows, headed=False))


def _tests(one: Hazard, facts: Facts) -> list[str]:
    found = [test for id_ in one.requirements for test in tests_of(id_, facts.trace or [])]
    return list(dict.fromkeys(found))


def _why(facts: Facts) -> str:
    """Return why no test is named, where the tests could not be read."""
    return TREE if facts.trace is None else ""


def _rated(one: Estimate) -> str:
    return f"{one.severity}, {one.probability}"


def trace_chapter(number: int, facts: Facts) -> Chapter:
    """Return each requirement with where it comes from and what verifies it."""
    words = [
        "The tests carry the number of the requirement that they verify; this table was read from "
        "them. How they came out is told where the results of a run were handed in (--results)."
    ]
    rows, answers = [], []
    for one in facts.declared.requirements:
        tests = tests_of(one.id, facts.trace or [])
        said = [Said(test, "the tests") for test in tests]
        why = _why(facts)
        if one.verified_by is Verification.PEOPLE:
            why = "Shown by people, not by a test."
        answer = Answer(f"Verification of {one.id}", said, "the developer", why)
        answers.append(answer)
        shown = by_file(tests) or f"{NOT_PROVIDED}. {why}"
        result = told(tests, facts.results) if facts.results is not None else ""
        rows.append([one.id, one.text, one.source, shown, result or NOT_PROVIDED])
    if not rows:
        rows = [["none", f"{NOT_PROVIDED}. There is no requirements.yaml.", "", "", ""]]
        answers = [Answer("Requirements", [], "the developer", "There is no requirements.yaml.")]
    answers.append(_run(facts))
    head = ["Id", "Requirement", "From", "Tests", "Result"]
    table = Table(head, rows, widths=[0.8, 2.4, 1.3, 2.8, 0.8])
    words += [f"{one.asks}: {text}" for one in answers[-1:] for _, text, _ in one.rows()]
    section = Section("Requirements, and the tests that verify them", words, table=table)
    return Chapter(number, "trace", "Requirements and tests", [section], answers)


def _run(facts: Facts) -> Answer:
    """Return how all tests of the requirements came out, of each test once."""
    tests = dict.fromkeys(
        test for one in facts.declared.requirements for test in tests_of(one.id, facts.trace or [])
    )
    said = told(tests, facts.results) if facts.results is not None else ""
    text = [Said(f"Of {len(tests)} tests: {said}.", "the results handed in")] if said else []
    return Answer("Results of the tests", text, "the developer", "" if said else _HAND_IN)


def soup_chapter(number: int, facts: Facts) -> Chapter:
    """Return the packages that run beside our own code, and what of IEC 62304 is still owed."""
    owed = [
        Answer("Packages with version and hash", _counted(facts), "the developer", TREE),
        Answer("Anomaly lists of the packages, judged (IEC 62304, 7.1.3)", [], "the manufacturer"),
        Answer("Interpreter, database, operating system and machine", [], "the site"),
    ]
    words = [
        "Software of unknown provenance, IEC 62304. soup.cdx.json has the same as CycloneDX 1.6, "
        "with the models that were shipped and every hash. A package is installed only if its file "
        "has one of its hashes. The command “make audit” asks for known weaknesses."
    ]
    if facts.packages is None:
        table = Table(["Package", "Version"], [[f"{NOT_PROVIDED}. {TREE}", ""]])
    else:
        rows = [
            [
                one.name,
                one.version,
                one.kind,
                one.licence or NOT_PROVIDED,
                f"{len(one.hashes)} {one.algorithm}",
                one.marker or "",
            ]
            for one in facts.packages
        ]
        head = ["Package", "Version", "From", "Licence, as it says", "Hashes", "Only when"]
        table = Table(head, rows, widths=[1.6, 1, 0.6, 2, 1, 1.6])
    section = Section("Packages", words, table=table)
    open_ = Section("What is owed", points=[f"{one.asks}: {NOT_PROVIDED}." for one in owed[1:]])
    title = "Software of unknown provenance"
    return Chapter(number, "soup", title, [section, open_], owed)


def _counted(facts: Facts) -> list[Said]:
    count = len(facts.packages or [])
    return [Said(f"{count} packages: soup.cdx.json", "the lock files")] if count else []


def threats_section(facts: Facts) -> Section:
    """Return the threats with their controls and tests."""
    if not facts.threats:
        return Section("Threats", [f"{NOT_PROVIDED}. {TREE}"])
    rows = [[one.kind, one.flow, one.threat, one.control, one.proof] for one in facts.threats]
    head = ["STRIDE", "Where", "Threat", "What stands against it", "Proof"]
    table = Table(head, rows, widths=[0.6, 1.3, 2, 2.4, 2])
    words = ["As docs/security.md has them, of the whole program and not of this capability alone."]
    return Section("Threats", words, table=table)
