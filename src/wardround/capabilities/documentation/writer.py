"""The writer: a transcript in, a note out, every sentence with the words it stands on."""

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.documentation.model import SECTIONS, Note, Section, Sentence, Transcript
from wardround.capabilities.documentation.writing.casing import Casing
from wardround.capabilities.documentation.writing.claims import Claim
from wardround.capabilities.documentation.writing.complaint import chief_complaint, presentation
from wardround.capabilities.documentation.writing.contradictions import settle
from wardround.capabilities.documentation.writing.examination import examine, report
from wardround.capabilities.documentation.writing.exchanges import pair
from wardround.capabilities.documentation.writing.history import merge, tell
from wardround.capabilities.documentation.writing.person import (
    Person,
    companion,
    person,
    sex_said,
)
from wardround.capabilities.documentation.writing.planning import agreement, plan
from wardround.capabilities.documentation.writing.rewriting import Rewriter
from wardround.capabilities.documentation.writing.segments import segment
from wardround.capabilities.documentation.writing.selection import select, surroundings
from wardround.capabilities.documentation.writing.sides import put_right
from wardround.capabilities.documentation.writing.statements import Told
from wardround.capabilities.documentation.writing.systems import Review
from wardround.engines.text import SectionTagger
from wardround.kernel import Evidence

Scores = NDArray[np.float64]


class Writer:
    """Writes notes with one text engine."""

    def __init__(self, tagger: SectionTagger) -> None:
        self._tagger = tagger

    def write(
        self, transcript: Transcript, sex: str | None = None
    ) -> tuple[Note, tuple[Evidence, ...]]:
        """Return the note of a visit and the evidence of each of its sentences.

        ``sex`` is the patient's FHIR administrative gender where the chart knows it; otherwise
        pronouns follow what is said, and where nothing is said there are none.
        """
        exchanges = settle(pair(put_right(segment(transcript, self._tagger.ends))))
        if not exchanges:
            return Note(), ()
        said = list(surroundings(exchanges))
        patient = person(sex if sex in {"male", "female"} else sex_said(transcript))
        addressed = _addressed(transcript) or patient
        rewriter = Rewriter(Casing(transcript, self._tagger.casing), patient, addressed)
        picked = select(exchanges, self._tagger.sections(said))
        complaint = chief_complaint(exchanges, rewriter)
        review = Review()
        for exchange in exchanges:
            review.hear(exchange)
        told = [item for exchange in picked["hpi"] for item in tell(exchange, rewriter)]
        history = merge(told, rewriter)
        opening = presentation(complaint, history) if complaint else []
        planned = plan(exchanges, picked["plan"], self._tagger.roles(said), rewriter)
        found = {
            "cc": [complaint] if complaint else [],
            "hpi": [*opening, *history],
            "ros": review.claims(),
            "exam": examine(picked["exam"], rewriter),
            "results": report(picked["results"], rewriter),
            "plan": [*planned, *agreement(exchanges, planned)],
        }
        return _assembled(found)


def _addressed(transcript: Transcript) -> Person | None:
    """Return who speaks for a patient that says nothing, ``None`` if the patient speaks."""
    others = [turn.speaker for turn in transcript.turns if turn.speaker != "doctor"]
    return companion(others[0]) if others and "patient" not in others else None


def _assembled(found: dict[str, list[Claim]]) -> tuple[Note, tuple[Evidence, ...]]:
    sections: list[Section] = []
    evidence: list[Evidence] = []
    for name, (code, title) in SECTIONS.items():
        told = Told()
        claims = [item for item in found[name] if item.text and told.is_new(item.text)]
        if not claims:
            continue
        sentences = tuple(Sentence(text=item.text) for item in claims)
        evidence += [
            Evidence(claim=f"/sections/{len(sections)}/sentences/{number}", sources=item.spans)
            for number, item in enumerate(claims)
        ]
        sections.append(Section(code=code, title=title, sentences=sentences))
    return Note(sections=tuple(sections)), tuple(evidence)
