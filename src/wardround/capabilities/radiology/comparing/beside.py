"""Another study of the patient beside this one: which there are, and what each is to this one.

Which of two came first is told by when the images were taken, never by when they were handed in.
"""

from collections.abc import Iterable, Mapping
from typing import Any, Literal, NamedTuple

from wardround.capabilities.radiology.comparing.changes import (
    Comparison,
    changes,
    read_of,
    state_of,
)
from wardround.capabilities.radiology.headline import kind_of
from wardround.capabilities.radiology.model import Report
from wardround.capabilities.radiology.showing import page
from wardround.kernel import Draft, Status

Place = Literal["earlier", "later", "same day", "same study", "undated"]

LABELS: Mapping[Place, str] = {
    "earlier": "Earlier study",
    "later": "Later study",
    "same day": "Study of the same time",
    "same study": "The same study, handed in again",
    "undated": "Another study",
}
_WHY: Mapping[Place, str] = {
    "same day": "Both were taken at the same time, as far as their files say.",
    "same study": "Both are one study: there is nothing to compare.",
    "undated": "Which of the two was taken first is not known.",
}


class Other(NamedTuple):
    """One other study of the patient: what it is to this one, and what is said about it."""

    draft: Draft
    report: Report
    place: Place
    kind: str
    view: str
    says: str
    amending: bool
    """Whether a new version of its signed report is being made."""

    @property
    def label(self) -> str:
        """What it is to this study, in words."""
        return LABELS[self.place]

    @property
    def taken(self) -> str:
        """The day it was taken; empty where its files do not say."""
        return self.report.study.taken[:10]

    @property
    def signed(self) -> bool:
        """Whether its report is signed."""
        return self.draft.status is Status.SIGNED


class Beside(NamedTuple):
    """Another study as it is shown: its images with their regions, and each of its findings."""

    other: Other
    found: Mapping[str, Any]
    states: tuple[tuple[str, str, str], ...]
    """Of each finding: its name, what the report says of it, and in which words."""
    older: str
    newer: str
    """What the two columns of the comparison are called."""
    comparison: Comparison | None
    why: str
    """Why there is no comparison at all."""


def others(draft: Draft, known: Iterable[Draft]) -> tuple[Other, ...]:
    """Return the other studies among the drafts ``known``: earlier ones first, newest of all first.

    The same files are no other study. Of a signed report and its amendment the signed one counts.
    """
    drafts = [one for one in known if one.capability == draft.capability and one.content]
    amended = {one.supersedes for one in drafts if one.status is Status.DRAFTED}
    mine = _files(draft)
    found = [
        _other(draft, one, amending=one.id in amended)
        for one in drafts
        if one.id != draft.id
        and (one.status is Status.SIGNED or (one.status is Status.DRAFTED and not one.supersedes))
        and _files(one) != mine
    ]
    found.sort(key=lambda one: (one.report.study.taken, one.draft.created), reverse=True)
    return tuple(sorted(found, key=lambda one: list(LABELS).index(one.place)))


def beside(draft: Draft, other: Other) -> Beside:
    """Return another study as it is shown beside ``draft``, and what changed between the two."""
    found = _shown(other.draft)
    states = tuple((one.display, state_of(one), one.words) for one in other.report.findings)
    if not draft.content:
        why = "This study was not read: there is no report to compare."
        return Beside(other, found, states, "", "", None, why)
    is_newer = other.place == "later"
    older, newer = (draft, other.draft) if is_newer else (other.draft, draft)
    names = ("This study", other.label) if is_newer else (other.label, "This study")
    compared = changes(older, newer, signed=other.draft, why=_WHY.get(other.place, ""))
    return Beside(other, found, states, *names, compared, "")


def _shown(draft: Draft) -> dict[str, Any]:
    """Return a study's page with what its report says of each region, which may be: absent.

    Where an answer of its model rests is no region of a finding: its own page alone shows it.
    """
    found = page(draft)
    of = {number: row.finding for row in found["rows"] for number in row.regions}
    names = {number: f"{one.display}, {state_of(one)}" for number, one in of.items()}
    regions = [mark for mark in found["marks"] if not mark.rests]
    marks = [mark._replace(name=names[mark.number]) for mark in regions]
    return {**found, "marks": marks}


def _other(draft: Draft, one: Draft, *, amending: bool) -> Other:
    report = Report.model_validate(one.content)
    place = _place(_study(draft), (report.study.uid, report.study.taken))
    view = read_of(report).view
    return Other(one, report, place, kind_of(report.study), view, _says(one, report), amending)


def _place(this: tuple[str, str], other: tuple[str, str]) -> Place:
    """Tell what a study is to this one by ``(uid, taken)`` of each."""
    (uid, mine), (theirs, taken) = this, other
    if uid and uid == theirs:
        return "same study"
    if not mine or not taken:
        return "undated"
    if mine[:10] == taken[:10] and (len(mine) <= 10 or len(taken) <= 10):
        return "same day"
    if mine == taken:
        return "same day"
    return "earlier" if taken < mine else "later"


def _study(draft: Draft) -> tuple[str, str]:
    if not draft.content:
        return "", ""
    study = Report.model_validate(draft.content).study
    return study.uid, study.taken


def _says(draft: Draft, report: Report) -> str:
    if draft.status is not Status.SIGNED:
        return "draft, not signed"
    told = [f"{one.display.lower()} {state_of(one)}" for one in report.findings]
    return f"signed: {', '.join(told) or 'no finding'}"


def _files(draft: Draft) -> frozenset[str]:
    return frozenset(one.sha256 for one in draft.inputs)
