"""The recorded visits can be read, each in its own format, and sound like the visits they are."""

from datetime import UTC, date

import pytest

from wardround.capabilities.documentation import load_documentation
from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.transcript import read_transcript
from wardround.clinic import SampleVisit, load_sample
from wardround.kernel import Part, draft_once

CLINIC = load_sample(date(2026, 11, 23), UTC)
SPOKEN = [visit for visit in CLINIC.visits if visit.title != "Shoulder injection follow-up"]
SILENT = next(visit for visit in CLINIC.visits if visit not in SPOKEN)


def transcript(visit: SampleVisit) -> Transcript:
    return read_transcript(visit.parts or visit.upload)


def parts(visit: SampleVisit) -> list[Part]:
    return [Part(name=name, data=data) for name, data in visit.parts or visit.upload]


@pytest.mark.parametrize("visit", SPOKEN, ids=lambda visit: visit.title)
def test_a_visit_is_a_conversation(visit: SampleVisit) -> None:
    said = transcript(visit)
    words = sum(len(turn.text.split()) for turn in said.turns)
    assert 400 <= words <= 1600
    assert {"doctor", "patient"} <= {turn.speaker for turn in said.turns}
    assert {turn.speaker for turn in said.turns} <= {"doctor", "patient", "guest"}


def test_one_is_long_and_in_some_a_third_person_speaks() -> None:
    visits = [transcript(visit) for visit in SPOKEN]
    assert max(sum(len(turn.text.split()) for turn in said.turns) for said in visits) >= 1400
    assert sum(any(turn.speaker == "guest" for turn in said.turns) for said in visits) >= 2


@pytest.mark.parametrize("visit", SPOKEN, ids=lambda visit: visit.title)
def test_recorded_times_go_forward(visit: SampleVisit) -> None:
    starts = [turn.start for turn in transcript(visit).turns if turn.start is not None]
    timed = (visit.parts or visit.upload)[0][0].rpartition(".")[2] != "txt"
    assert bool(starts) is timed
    assert starts == sorted(starts)


@pytest.mark.parametrize("visit", SPOKEN, ids=lambda visit: visit.title)
def test_no_calendar_date_is_spoken(visit: SampleVisit) -> None:
    said = " ".join(turn.text for turn in transcript(visit).turns).lower()
    months = "january february april june july august september october november december".split()
    assert not any(month in said for month in months)


@pytest.mark.parametrize("visit", SPOKEN, ids=lambda visit: visit.title)
def test_a_spoken_visit_is_drafted(visit: SampleVisit) -> None:
    _, drafted = draft_once(load_documentation(), load_documentation().accept(parts(visit)))
    assert drafted.abstained is None
    assert drafted.evidence


def test_noise_alone_abstains() -> None:
    _, drafted = draft_once(load_documentation(), load_documentation().accept(parts(SILENT)))
    assert drafted.abstained
    assert not drafted.content
