"""The chapters of a dossier in their order."""

from collections.abc import Sequence
from dataclasses import replace

from wardround.governance.determination import TABLE, Function, Significance
from wardround.governance.dossier.asked import asked_chapter, others
from wardround.governance.dossier.chapter import Answer, Chapter, Said, answered
from wardround.governance.dossier.declared import read_mapping
from wardround.governance.dossier.facts import Exhibit, ExhibitKind, Facts
from wardround.governance.dossier.tabled import (
    hazards_chapter,
    soup_chapter,
    threats_section,
    trace_chapter,
)
from wardround.governance.validation import NOT_PROVIDED, Section, Table

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


_DETERMINED = "determination.yaml"


def chapters_of(facts: Facts) -> list[Chapter]:
    """Return all chapters; each is there, whatever was not provided."""
    found = [asked_chapter(key, number, facts) for number, key in enumerate(FDA, 1)]
    found[7] = replace(found[7], sections=[*found[7].sections, threats_section(facts)])
    found[5] = _with_enclosed(found[5], facts, ExhibitKind.REPORT)
    found[4] = _with_enclosed(found[4], facts, ExhibitKind.CARD)
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


def _with_enclosed(chapter: Chapter, facts: Facts, kind: ExhibitKind) -> Chapter:
    files = facts.of_kind(kind)
    if not files:
        return chapter
    return replace(chapter, sections=[*chapter.sections, _listed(files)])


def _listed(files: list[Exhibit]) -> Section:
    return Section("Enclosed", points=[f"{one.place}: {one.says}" for one in files])


def _category(number: int, facts: Facts) -> Chapter:
    functions = facts.determination.functions if facts.determination else ()
    said = [
        Said(f"{one.title}: category {one.imdrf.category}, {one.imdrf.says}.", _DETERMINED)
        for one in functions
    ]
    why = [Said(f"{one.title}: {_line(one.imdrf.why)}", _DETERMINED) for one in functions]
    answers = [
        Answer("Category of IMDRF N12", said, "the manufacturer"),
        Answer("Why this category", why, "the manufacturer"),
    ]
    words = ["IMDRF/SaMD WG/N12FINAL:2014, section 7.2. The category is no class of a device."]
    rows = [[situation.value, *row.values()] for situation, row in TABLE.items()]
    head = ["State of the situation", *(one.value for one in Significance)]
    sections = [
        answered("Category", answers, words),
        Section("The framework's table", table=Table(head, rows, widths=[1, 1, 1, 1])),
    ]
    return Chapter(number, "category", "Risk category", sections, answers)


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
    files = facts.of_kind(ExhibitKind.PLAN)
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
    found = facts.determination
    said = [
        Said(f"{one.title}: {one.result}. {one.because}", _DETERMINED)
        for one in (found.functions if found else ())
    ]
    by = [Said(f"{found.determined}: {found.by}", _DETERMINED)] if found else []
    answers = [
        Answer("What each function is, by the four criteria", said, "the manufacturer"),
        Answer("When, and by whom", by, "the manufacturer"),
    ]
    words = [
        "Section 520(o)(1)(E) of the FD&C Act; FDA, Clinical Decision Support Software, January "
        "2026. Software that meets all four criteria is no device; what is used to act at once is."
    ]
    sections = [answered("Determination", answers, words)]
    sections += [_function(one) for one in (found.functions if found else ())]
    return Chapter(number, "determination", "Decision support determination", sections, answers)


def _function(one: Function) -> Section:
    rows = [[asked, reply.answer.value, _line(reply.evidence)] for asked, reply in one.replies]
    models = f"Models: {', '.join(one.models)}" if one.models else "Models: none by name"
    others = " and all others of the capability." if one.others else "."
    table = Table(["Asked", "Answer", "Evidence"], rows, widths=[2.2, 0.7, 4])
    return Section(one.title, [_line(one.intended_use), models + others], table=table)


def _line(text: str) -> str:
    return " ".join(text.split())


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
