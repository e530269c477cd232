"""What the report of a reader study says, section by section: first what was found, then how."""

from datetime import date

from wardround.governance.readers import plots
from wardround.governance.readers.model import Compared, Contrast, Rate, ReaderStudy
from wardround.governance.readers.tables import (
    agreement_section,
    parts_section,
    reliance_section,
    shares_section,
    time_section,
)
from wardround.governance.readers.wording import p_value, plainly
from wardround.governance.validation import Report, Section, Table, number, share

FEW_READERS, FEW_CASES = 5, 20
"""With fewer readers, or fewer cases with the disease or without it, little can be promised."""


def report_of(found: ReaderStudy, name: str, today: date) -> Report:
    """Return the report of a study."""
    who = f"{len(found.readers)} readers" if len(found.readers) > 1 else "1 reader"
    under = f"{who} · {found.cases:,} cases, {found.diseased:,} with the disease · "
    under += f"{today:%d %B %Y}".lstrip("0")
    sections = [_found(found), _limits(found), _areas(found), _curves(found)]
    sections += [shares_section(found), reliance_section(found)]
    sections += [agreement_section(found), time_section(found), _marks(found), parts_section(found)]
    return Report(f"Reader study: {name}", under, sections)


def _found(found: ReaderStudy) -> Section:
    area = found.auc
    words = [
        f"Without the AI the mean area under the ROC curve was {number(area.unaided)}, with it "
        f"{number(area.aided)}.",
        _verdict(area, found.readers),
    ]
    points = []
    for what, one in (("Sensitivity", found.sensitivity), ("Specificity", found.specificity)):
        said = one.random or one.fixed
        points.append(
            f"{what} at a rating of {found.threshold:g}: {share(one.unaided)} without, "
            f"{share(one.aided)} with the AI (difference {share(said.difference)}; "
            f"{p_value(said.p)})."
        )
    points += [
        f"{start} {one.overall.hits} of {one.overall.n} answers{_of(one.overall)}."
        for one in found.switches
        for name, start in _STARTS.items()
        if one.name == name and one.overall.n
    ]
    return Section("What was found", words, points, lead=True)


_STARTS = {
    "automation bias": "Automation bias: where the AI was wrong and the reader without it right, "
    "the reader with it was wrong in",
    "under-reliance": "Under-reliance: where the AI was right and the reader without it wrong, "
    "the reader with it stayed wrong in",
}


def _of(rate: Rate) -> str:
    return f", {share(rate.share)}" if rate.share else ""


def _verdict(area: Compared, readers: list[str]) -> str:
    said = area.random or area.fixed
    of = "readers and cases like these" if area.random else "this reader and cases like these"
    told = f"The difference is {number(said.difference)}; {p_value(said.p)}, for {of}."
    return f"{told} {plainly(said, len(readers))}"


def _limits(found: ReaderStudy) -> Section:
    points = [f"{one[:1].upper()}{one[1:]}." for one in found.left_out]
    if not found.threshold_given:
        points.append(
            f"No threshold was given: the middle of the ratings, {found.threshold:g}, was taken. "
            "Sensitivity, specificity, reliance and agreement hang on it."
        )
    if len(found.readers) < FEW_READERS:
        points.append(
            f"{len(found.readers)} of all possible readers say little of others: what is said of "
            "readers like these is a hint."
        )
    healthy = found.cases - found.diseased
    if min(found.diseased, healthy) < FEW_CASES:
        points.append(
            f"{found.diseased} cases with the disease and {healthy} without are few: intervals "
            "rest on an approximation that needs more."
        )
    points.append(
        "Nothing here says in what order the arms were read, how long apart, or how cases were "
        "chosen: the study's protocol must."
    )
    return Section("What to beware of", points=points, lead=True)


def _areas(found: ReaderStudy) -> Section:
    rows = [
        [one.reader, number(one.unaided), number(one.aided), number(one.difference), p_value(one.p)]
        for one in found.auc.readers
    ]
    for name, said in _questions(found.auc):
        mean = [number(found.auc.unaided), number(found.auc.aided)]
        rows.append([name, *mean, number(said.difference), p_value(said.p)])
    words = []
    if found.alone.auc:
        words.append(f"The AI alone, on the same cases: {number(found.alone.auc)}.")
    head = ["Reader", "Without the AI", "With the AI", "Difference", "p"]
    return Section(
        "1. Area under the ROC curve",
        words,
        table=Table(head, rows, widths=[1.6, 1.6, 1.6, 1.6, 0.8]),
        after=[
            "Trapezoidal area, ties as half; 95 % intervals. A figure without spread has none.",
            "The mean of an arm has its interval from this arm alone.",
        ],
    )


def _questions(found: Compared) -> list[tuple[str, Contrast]]:
    said = [] if found.random is None else [("All: readers and cases like these", found.random)]
    return [*said, ("All: these readers, cases like these", found.fixed)]


def _curves(found: ReaderStudy) -> Section:
    return Section("2. ROC curves", pictures=plots.rocs(found))


def _marks(found: ReaderStudy) -> Section:
    if found.located is None:
        return Section("7. Marks", ["No marks were handed in."])
    area = found.located.afroc
    rows = [
        [one.reader, number(one.unaided), number(one.aided), number(one.difference), p_value(one.p)]
        for one in area.readers
    ]
    for name, said in _questions(area):
        rows.append(
            [
                name,
                number(area.unaided),
                number(area.aided),
                number(said.difference),
                p_value(said.p),
            ]
        )
    return Section(
        "7. Marks",
        [f"{found.located.lesions:,} lesions. The area under AFROC, of each reader:"],
        table=Table(
            ["Reader", "Without the AI", "With the AI", "Difference", "p"],
            rows,
            widths=[1.6, 1.6, 1.6, 1.6, 0.8],
        ),
        pictures=plots.frocs(found.located),
        after=[
            "The chance that a lesion is rated above the surest mark of a case without disease."
        ],
    )
