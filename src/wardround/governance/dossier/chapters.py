"""The chapters of a dossier in their order."""

from collections.abc import Sequence
from dataclasses import replace

from wardround.governance.dossier.asked import asked_chapter, others
from wardround.governance.dossier.category import TABLE, Significance
from wardround.governance.dossier.chapter import Answer, Chapter, Said, answered
from wardround.governance.dossier.declared import read_mapping
from wardround.governance.dossier.facts import Enclosed, Facts, Kind, Placed
from wardround.governance.dossier.tables import (
    hazards_chapter,
    soup_chapter,
    threats_section,
    trace_chapter,
)
from wardround.governance.validation.about import NOT_PROVIDED
from wardround.governance.validation.section import Section, Table

FDA = (
    "device",
    "labelling",
    "risk",
    "data",
    "model",
    "validation",
    "monitoring",
    "security",
    "summary",
)


def chapters_of(facts: Facts) -> list[Chapter]:
    """Return all chapters; each is there, whatever was not provided."""
    found = [asked_chapter(key, number, facts) for number, key in enumerate(FDA, 1)]
    found[7] = replace(found[7], sections=[*found[7].sections, threats_section(facts)])
    found[5] = _with_enclosed(found[5], facts, Kind.REPORT)
    found[4] = _with_enclosed(found[4], facts, Kind.CARD)
    found += [
        _category(10, facts),
        _practices(11, facts),
        hazards_chapter(12, facts),
        trace_chapter(13, facts),
        soup_chapter(14, facts),
        _plan(15, facts),
        _determination(16, facts),
        asked_chapter("qsub", 17, facts),
    ]
    return [*found, _annex(18, facts, found)]


def _with_enclosed(chapter: Chapter, facts: Facts, kind: Kind) -> Chapter:
    files = facts.of_kind(kind)
    if not files:
        return chapter
    return replace(chapter, sections=[*chapter.sections, _listed(files)])


def _listed(files: list[Enclosed]) -> Section:
    return Section("Enclosed", points=[f"{one.place}: {one.says}" for one in files])


def _category(number: int, facts: Facts) -> Chapter:
    places = _places(facts)
    said = [Said(f"{one.function}: category {one.category}, {one.says}.", by) for one, by in places]
    why = [Said(f"{one.function}: {one.why}", by) for one, by in places]
    answers = [
        Answer("Category of IMDRF N12", said, "the manufacturer"),
        Answer("Why this category", why, "the manufacturer"),
    ]
    words = ["IMDRF/SaMD WG/N12FINAL:2014, section 7.2. The category is no class of a device."]
    rows = [[situation.value, *row] for situation, row in TABLE.items()]
    head = ["State of the situation", *(one.value for one in Significance)]
    sections = [
        answered("Category", answers, words),
        Section("The framework's table", table=Table(head, rows, widths=[1, 1, 1, 1])),
    ]
    return Chapter(number, "category", "Risk category", sections, answers)


def _places(facts: Facts) -> list[tuple[Placed, str]]:
    """Return the place of each function with who says it: a determination before dossier.yaml."""
    found = [(place, one.place) for one in facts.enclosed for place in one.placed]
    written = facts.declared.written
    if found or not (written.category and written.reasoning):
        return found
    says = f"to {written.significance}, in a situation that is {written.situation}"
    why = " ".join(written.reasoning.split())
    return [(Placed(facts.title, written.category, says, why), "dossier.yaml")]


def _practices(number: int, facts: Facts) -> Chapter:
    rows, answers = [], []
    for one in others("practice"):
        met = facts.declared.written.practices.get(one["number"])
        how = " ".join(met.how.split()) if met else ""
        said = [Said(how, "dossier.yaml")] if met else []
        asked = f"{one['number']}. {one['asks']}"
        answers.append(Answer(f"Principle {asked}", said, "the developer"))
        proof = "; ".join(_proofs(met.evidence, facts)) if met and met.evidence else NOT_PROVIDED
        rows.append([asked, how or f"{NOT_PROVIDED}.", proof])
    table = Table(["Principle", "How it is met", "Evidence"], rows, widths=[2, 3, 2])
    words = [
        "IMDRF/AIML WG/N88 FINAL:2025, in our own short words. Evidence is a file of the source "
        f"tree at commit {facts.commit or NOT_PROVIDED}."
    ]
    title = "Good Machine Learning Practice"
    return Chapter(number, "gmlp", title, [Section("Ten principles", words, table=table)], answers)


def _proofs(evidence: Sequence[str], facts: Facts) -> list[str]:
    """Return evidence by name; what the source tree does not have is said to be lacking."""
    if facts.evidence is None:
        return list(evidence)
    return [
        one if one in facts.evidence else f"{NOT_PROVIDED} ({one} is not there)" for one in evidence
    ]


def _plan(number: int, facts: Facts) -> Chapter:
    files = facts.of_kind(Kind.PLAN)
    said = [Said(f"{one.says}: {one.place}", "enclosed") for one in files]
    why = "There is no pccp.yaml: each change of the model goes the whole way."
    answers = [Answer("Predetermined change control plan", said, "the manufacturer", why)]
    words = [
        "FDA, Marketing Submission Recommendations for a Predetermined Change Control Plan for "
        "AI-Enabled Device Software Functions, August 2025: modifications, protocol, impact "
        "assessment."
    ]
    sections = [answered("Plan", answers, words)]
    for one in files:
        rows = [[key, text] for key, text in read_mapping(one.data, one.name)]
        sections.append(Section(one.place, table=Table(["Key", "Says"], rows, widths=[2, 5])))
    return Chapter(number, "pccp", "Change control plan", sections, answers)


def _determination(number: int, facts: Facts) -> Chapter:
    files = facts.of_kind(Kind.DETERMINATION)
    said = [Said(f"{one.says}: {one.place}", "enclosed") for one in files]
    criteria = (
        "It does not acquire, process or analyse an image, a signal of an IVD, or a pattern.",
        "It shows, analyses or prints medical information.",
        "It supports or recommends to a health professional.",
        "The professional can independently review the basis, so as not to rely primarily on it.",
    )
    answers = [Answer("Determination by the four criteria", said, "the manufacturer")]
    words = [
        "Section 520(o)(1)(E) of the FD&C Act; FDA, Clinical Decision Support Software, January "
        "2026. Software that meets all four criteria is no device:"
    ]
    criteria_ = Section("Four criteria", words, points=list(criteria))
    sections = [answered("Determination", answers, []), criteria_]
    sections += [section for one in files for section in one.shown]
    return Chapter(number, "determination", "Decision support determination", sections, answers)


def _annex(number: int, facts: Facts, chapters: list[Chapter]) -> Chapter:
    titles = {one.key: one for one in chapters}
    rows, answers = [], []
    for one in others("heading"):
        found = [titles[key] for key in one["chapters"]]
        written = facts.declared.written.answers.get(f"annex-iv.{one['number']}")
        where = "; ".join(f"{each.file} ({each.counted()} answered)" for each in found) or written
        if not found:
            said = [Said(written, "dossier.yaml")] if written else []
            answers.append(
                Answer(f"{one['asks']} (Annex IV, {one['number']})", said, "the provider")
            )
        rows.append([f"{one['number']}. {one['asks']}", where or f"{NOT_PROVIDED}."])
    words = [
        "Regulation (EU) 2024/1689, Annex IV: which file of this dossier has what it asks for."
    ]
    table = Table(["Heading", "Where"], rows, widths=[2.5, 4.5])
    section = Section("Where each heading is answered", words, table=table)
    return Chapter(number, "annex-iv", "EU AI Act Annex IV", [section], answers)
