"""The dossier of a capability: what a regulatory person starts from, its blanks written out."""

import json
from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

from wardround.governance.dossier.asked import check_answers
from wardround.governance.dossier.chapter import Chapter
from wardround.governance.dossier.chapters import chapters_of
from wardround.governance.dossier.facts import Facts
from wardround.governance.dossier.folder import MANIFEST, appear
from wardround.governance.dossier.markdown import markdown
from wardround.governance.dossier.soup import bill
from wardround.governance.dossier.trace import tests_of
from wardround.governance.validation import NOT_PROVIDED, Report, Section, Table, page, paper
from wardround.kernel import InvalidInput, Noun

BILL = "soup.cdx.json"


class Dossier(Noun):
    """What a dossier came to: its files, and how many of its questions are answered."""

    files: list[str]
    asked: int
    answered: int


def write_dossier(out: Path, facts: Facts, *, force: bool = False) -> Dossier:
    """Write the dossier to the folder ``out``, as a whole or not at all, and return what it holds.

    Raise ``Conflict`` where there is something of this name and it is not to be replaced.
    """
    files, chapters = dossier_files(facts)
    appear(out, files, force=force)
    asked = sum(len(one.answers) for one in chapters)
    lacking = sum(len(one.lacking) for one in chapters)
    return Dossier(files=sorted(files), asked=asked, answered=asked - lacking)


def dossier_files(facts: Facts) -> tuple[dict[str, bytes], list[Chapter]]:
    """Return the files of a dossier by name, and its chapters."""
    check_answers(facts)
    chapters = chapters_of(facts)
    title = f"Dossier: {facts.title}"
    files = {one.place: one.data for one in facts.enclosed}
    if len(files) < len(facts.enclosed):
        raise InvalidInput("Two files that are enclosed have the same name.", where="enclosed")
    for card in facts.cards:
        files[f"cards/{card.card.name}.yaml"] = card.path.read_bytes()
    for chapter in chapters:
        heading = f"{chapter.number} {chapter.title}"
        files[chapter.file] = markdown(heading, title, chapter.sections)
    if facts.packages is not None:
        files[BILL] = bill(facts.packages, facts.cards, facts.version, facts.made)
    named = sorted([*files, "README.md", "dossier.html", "dossier.pdf", MANIFEST])
    first = _contents(facts, chapters, [name for name in named if not name.endswith(".md")])
    report = Report(title, _under(facts), [*first, *_bound(chapters)])
    files["README.md"] = markdown(title, _under(facts), first)
    files["dossier.html"] = page(report)
    files["dossier.pdf"] = paper(report)
    files[MANIFEST] = _manifest(facts, chapters, files)
    return files, chapters


def _under(facts: Facts) -> str:
    day = f"{facts.made:%d %B %Y}".removeprefix("0")
    return f"Wardround {facts.version} · commit {facts.commit or NOT_PROVIDED} · made {day}"


def _contents(facts: Facts, chapters: list[Chapter], others: Sequence[str]) -> list[Section]:
    """Return the index: what is in it, what is answered, what people still owe."""
    asked = sum(len(one.answers) for one in chapters)
    lacking = [(chapter, one) for chapter in chapters for one in chapter.lacking]
    about = [
        f"{asked - len(lacking)} of {asked} questions are answered; {len(lacking)} are "
        f"{NOT_PROVIDED}. What is answered was quoted from the model cards, from what people "
        "declared beside the code, and from the code itself; nothing was made up to fill a blank.",
        "It is where a submission begins and is none: a manufacturer judges it, completes it and "
        "answers for it.",
    ]
    rows = [[f"{one.number}. {one.title}", one.counted(), one.file] for one in chapters]
    index = Table(["Chapter", "Answered", "File"], rows, widths=[3, 1, 3])
    blanks = [
        [f"{chapter.number}. {chapter.title}", one.asks, one.owed_by, one.why]
        for chapter, one in lacking
    ]
    owed = Table(["Chapter", "Asked", "Owed by", "Why"], blanks, widths=[1.6, 3, 1.2, 1.8])
    standing = [f"{one.label}, licence {one.card.licence}" for one in facts.cards]
    return [
        Section("What this is", about),
        Section("Chapters", table=index),
        Section("Models", points=standing or [f"Models with a card: {NOT_PROVIDED}."]),
        Section("Other files", points=[*others, "cards/: the cards as they are in the code"]),
        Section(f"What is {NOT_PROVIDED}", table=owed),
    ]


def _bound(chapters: list[Chapter]) -> list[Section]:
    """Return all chapters' sections as one document, each under its number."""
    return [
        Section(
            f"{chapter.number}.{at} {chapter.title + ': ' if at == 1 else ''}{section.heading}",
            section.words,
            section.points,
            section.table,
            section.pictures,
            after=section.after,
            listed=f"{chapter.number} {chapter.title}" if at == 1 else "",
        )
        for chapter in chapters
        for at, section in enumerate(chapter.sections, 1)
    ]


def _manifest(facts: Facts, chapters: list[Chapter], files: dict[str, bytes]) -> bytes:
    """Return what the dossier holds, for programs: each file with its SHA-256, each blank."""
    return json.dumps(
        {
            "capability": facts.capability,
            "wardround": facts.version,
            "commit": facts.commit,
            "made": facts.made.isoformat(),
            "chapters": [
                {
                    "key": one.key,
                    "file": one.file,
                    "asked": len(one.answers),
                    "not_provided": [
                        {"asks": each.asks, "owed_by": each.owed_by} for each in one.lacking
                    ],
                }
                for one in chapters
            ],
            "requirements": {
                one.id: {
                    "tests": tests_of(one.id, facts.trace or []),
                    "hazards": [
                        each.id for each in facts.declared.hazards if one.id in each.requirements
                    ],
                }
                for one in facts.declared.requirements
            },
            "files": {name: sha256(data).hexdigest() for name, data in sorted(files.items())},
        },
        ensure_ascii=False,
        indent=1,
    ).encode()
