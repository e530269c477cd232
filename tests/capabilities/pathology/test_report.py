"""A slide's report: drafted with the place of each measure, decided by a person, checked."""

from dataclasses import replace
from math import inf, nan
from typing import Any

import pytest

from tests.capabilities.pathology.reports import (
    MODEL,
    SIZE,
    draft,
    edited,
    found,
    made,
    nuclei,
    worded,
)
from tests.capabilities.pathology.reports import report as of
from wardround.capabilities.pathology import Check, Region, Report, deciding, showing
from wardround.kernel import Drafted, ImageRegion, InvalidInput, Severity, Statement

WHOLE = ImageRegion(input="slide-0", x=0, y=0, width=SIZE[0], height=SIZE[1])


def decided() -> Drafted:
    """Return a draft with everything decided and a diagnosis."""
    whole = made()
    return worded(edited(whole, deciding.confirm_all(of(whole))), "Invasive carcinoma.\nGrade 2.")


def at(report: Report, code: str) -> Any:
    return next(one for one in report.measures if one.code == code)


def test_each_measure_has_its_place() -> None:
    drafted = made()
    report = of(drafted)
    assert drafted.model == MODEL
    assert report.headline == f"Slide: {len(report.measures)} measures to decide"
    values: dict[str, Any] = {one.code: (one.value, one.unit) for one in report.measures}
    assert values["nuclei"] == (600, "count")
    assert values["nuclear-area"] == (25, "um2")
    assert values["nuclei-per-area"] == (300, "/mm2")
    assert values["cellularity"] == (12.3, "%")
    assert values["labelling-index"] == (20, "%")
    assert values["hot-spot"] == (410, "/mm2")
    assert [one.claim for one in drafted.evidence] == [
        f"/measures/{place}" for place in range(len(report.measures))
    ]
    spot = at(report, "hot-spot")
    cut = Region(x=7500, y=0, width=1500, height=1997)
    assert spot.region == cut, "cut at the edges of the slide"
    sources = {one.claim: one.sources for one in drafted.evidence}
    assert sources[f"/measures/{report.place(spot.id)}"] == (deciding.source(cut),)
    assert sources["/measures/0"] == (WHOLE,)


def test_what_the_file_says_of_the_slide_stands_in_the_report() -> None:
    report = of(made(skipped=((3, "damaged"),), remarks=("1 of 12 tiles could not be decoded.",)))
    assert (report.slide.columns, report.slide.rows) == SIZE
    assert (report.slide.mpp, report.slide.magnification, report.slide.hidden) == (0.5, 20, 1)
    assert (report.looked, report.empty, report.skipped) == (12, 30, 1)
    assert report.remarks == (
        "The scanner is not named.",
        "1 of 12 tiles could not be decoded.",
        "120 of 600 nuclei are brown.",
    )


def test_a_slide_that_cannot_be_believed_is_not_drafted() -> None:
    blurred = Check("focus", passed=False, says="70% of the tiles are out of focus.", value=0.7)
    drafted = made(checks=(blurred,))
    assert drafted.abstained == "70% of the tiles are out of focus."
    assert drafted.content == {}


def test_a_slide_without_nuclei_has_a_count_of_none() -> None:
    report = of(made(nuclei=nuclei(0), index=None, spots=(), cellularity=None, tissue_mm2=None))
    assert [(one.code, one.value) for one in report.measures] == [("nuclei", 0)]
    assert report.headline == "Slide: 1 measure to decide"


@pytest.mark.requirement("PATH-07")
def test_without_a_resolution_there_are_pixels_and_a_warning() -> None:
    drafted = made(mpp=None, spots=(), tissue_mm2=None)
    report = of(drafted)
    assert at(report, "nuclear-area").unit == "{pixel}"
    assert "nuclei-per-area" not in {one.code for one in report.measures}
    assert [one.severity for one in found(drafted)["no-resolution"]] == [Severity.WARN]
    assert "no-resolution" not in found(made())


def test_a_measure_is_confirmed_corrected_left_out_and_decided_again() -> None:
    drafted = made()
    drafted = edited(drafted, deciding.correct(of(drafted), "read-0", 612, " Counted by hand "))
    one = of(drafted).measures[0]
    assert (one.state, one.value, one.read, one.why) == ("corrected", 612, 600, "Counted by hand")
    drafted = edited(drafted, deciding.confirm(of(drafted), "read-0"))
    one = of(drafted).measures[0]
    assert (one.state, one.value, one.why) == ("confirmed", 600, "")
    drafted = edited(drafted, deciding.reject(of(drafted), "read-0", "Debris"))
    one = of(drafted).measures[0]
    assert (one.state, one.stands, one.why) == ("rejected", False, "Debris")
    drafted = edited(drafted, deciding.restore(of(drafted), "read-0"))
    assert of(drafted).measures[0] == of(made()).measures[0]
    evidence = {one.claim: one.sources for one in drafted.evidence}
    assert isinstance(evidence["/measures/0"][-1], Statement), "who decided stays in the evidence"


def test_confirming_all_leaves_what_was_decided() -> None:
    drafted = made()
    drafted = edited(drafted, deciding.reject(of(drafted), "read-1"))
    drafted = edited(drafted, deciding.confirm_all(of(drafted)))
    states = [one.state for one in of(drafted).measures]
    assert states[1] == "rejected"
    assert {*states[:1], *states[2:]} == {"confirmed"}
    claims = {one.claim for one in drafted.evidence}
    assert {f"/measures/{place}" for place in range(len(states))} <= claims


@pytest.mark.parametrize("value", [-1.0, nan, inf, -inf])
def test_a_measure_is_a_number_from_0_on(value: float) -> None:
    with pytest.raises(InvalidInput, match="a number from 0 on"):
        deciding.correct(of(made()), "read-0", value)


def test_a_measure_that_is_not_there_is_told() -> None:
    report = of(made())
    for deed in (deciding.confirm, deciding.reject, deciding.restore):
        with pytest.raises(InvalidInput, match="no such measure"):
            deed(report, "read-99")
    with pytest.raises(InvalidInput, match="no such region"):
        deciding.unmark(report, "marked-0")


def test_a_region_is_drawn_and_taken_away() -> None:
    drafted, region = made(), Region(x=8990, y=10, width=10, height=20)
    drafted = edited(drafted, deciding.mark(of(drafted), "  Tumour   bed ", region))
    (marked,) = of(drafted).marked
    assert (marked.display, marked.region) == ("Tumour bed", region)
    evidence = {one.claim: one.sources for one in drafted.evidence}
    assert deciding.source(region) in evidence["/marked/0"]
    drafted = edited(drafted, deciding.unmark(of(drafted), marked.id))
    assert of(drafted).marked == ()
    assert "/marked/0" not in {one.claim for one in drafted.evidence}


@pytest.mark.parametrize(
    ("name", "region", "says"),
    [
        ("x", Region(x=8991, y=0, width=10, height=10), "leaves the slide"),
        ("x", Region(x=0, y=6991, width=10, height=10), "leaves the slide"),
        ("  ", Region(x=0, y=0, width=10, height=10), "A region has a name"),
        ("x" * 201, Region(x=0, y=0, width=10, height=10), "cannot stand in a report"),
    ],
)
def test_a_region_that_is_none_is_refused(name: str, region: Region, says: str) -> None:
    with pytest.raises(InvalidInput, match=says):
        deciding.mark(of(made()), name, region)


def test_nothing_is_signed_before_a_person_decided_and_wrote_the_diagnosis() -> None:
    drafted = made()
    whole = found(drafted)
    (undecided,), (diagnosis,) = whole["undecided"], whole["no-diagnosis"]
    assert undecided.severity is diagnosis.severity is Severity.BLOCK
    assert undecided.message == f"{len(of(drafted).measures)} measures are not decided yet."
    assert (undecided.claim, diagnosis.claim) == ("/measures/0", "/diagnosis")
    report = of(drafted)
    for one in report.measures[:-1]:
        drafted = edited(drafted, deciding.confirm(of(drafted), one.id))
    (last,) = found(drafted)["undecided"]
    assert last.message == "1 measure is not decided yet."
    assert last.claim == f"/measures/{len(report.measures) - 1}"
    assert set(found(worded(drafted, " \n "))) >= {"undecided", "no-diagnosis"}
    assert list(found(decided())) == ["investigational"]


def test_what_was_doubtful_or_unread_is_pointed_out() -> None:
    ink = Check("ink", passed=False, says="Ink covers 2%.", value=0.02, stops=False)
    whole = found(made(checks=(*made_checks(), ink), skipped=((3, "damaged"), (4, "damaged"))))
    (doubtful,), (unread,) = whole["slide-quality"], whole["not-read"]
    assert (doubtful.message, doubtful.claim) == ("Ink covers 2%.", "/checks/1")
    assert unread.severity is Severity.WARN
    assert "2 of " in unread.message


def made_checks() -> tuple[Check, ...]:
    return (Check("tissue", passed=True, says="Tissue covers 40% of the slide.", value=0.4),)


def test_the_headline_says_what_was_decided() -> None:
    from wardround.capabilities.pathology.drafting import headline

    assert headline(of(decided())) == "Slide: Invasive carcinoma."
    assert headline(of(worded(decided(), ""))) == "Slide: measures decided"


def test_the_page_shows_each_measure_and_region_once() -> None:
    drafted = made()
    region = Region(x=5, y=6, width=7, height=8)
    drafted = edited(drafted, deciding.mark(of(drafted), "Tumour", region))
    drafted = edited(drafted, deciding.correct(of(drafted), "read-0", 1612))
    page = showing.page(draft(drafted))
    assert page["address"] == "/drafts/d1/slide"
    rows = {row.measure.code: row for row in page["rows"]}
    assert (rows["nuclei"].value, rows["nuclei"].read) == ("1 612", "600")
    assert rows["nuclear-area"].value == "25 µm²"
    assert rows["hot-spot"].value == "410 per mm²"
    assert rows["cellularity"].value == "12.3 %"
    assert [(m.name, m.x, m.width) for m in page["marks"]] == [
        ("Nuclei in a square of 1 mm²", 7500, 1500),
        ("Tumour", 5, 7),
    ]
    claims = [one.claim for one in drafted.evidence]
    assert [claims[mark.claim] for mark in page["marks"]] == [
        f"/measures/{rows['hot-spot'].place}",
        "/marked/0",
    ]
    assert rows["hot-spot"].regions == [0]
    assert rows["nuclei"].regions == []
    assert [(place, one.display, number) for place, one, number in page["drawn"]] == [
        (0, "Tumour", 1)
    ]
    assert not page["failed"]


def test_the_page_of_an_abstained_draft_is_its_slide() -> None:
    blurred = Check("focus", passed=False, says="Out of focus.", value=0.7)
    page = showing.page(draft(made(checks=(blurred,))))
    assert page["report"] is None
    assert page["address"] == "/drafts/d1/slide"


def test_a_large_slide_may_have_no_index() -> None:
    from tests.capabilities.pathology.reports import read

    index = read().index
    assert index is not None
    few = replace(index, percent=None, says="Fewer than 500 nuclei: no index.")
    report = of(made(index=few))
    assert "labelling-index" not in {one.code for one in report.measures}
    assert report.remarks[-1] == "Fewer than 500 nuclei: no index."
