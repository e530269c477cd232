"""The tables of the report: calls, reliance, agreement, time, and what the variance is made of."""

from math import exp

from wardround.governance.readers.model import Compared, Rate, ReaderStudy
from wardround.governance.readers.wording import p_value
from wardround.governance.validation import Measured, Section, Table, number, share

_HEAD = ["Without the AI", "With the AI", "Difference", "p"]
_WIDTHS = [2.0, 1.6, 1.6, 1.6, 0.8]
_EACH = {"automation bias", "under-reliance"}


def shares_section(found: ReaderStudy) -> Section:
    """Return sensitivity and specificity at the threshold."""
    rows = []
    for what, one in (("Sensitivity", found.sensitivity), ("Specificity", found.specificity)):
        rows += [
            _row(
                f"{what}, {reader.reader}",
                reader.unaided,
                reader.aided,
                reader.difference,
                reader.p,
            )
            for reader in one.readers
        ]
        said = one.random or one.fixed
        rows.append(_row(f"{what}, all", one.unaided, one.aided, said.difference, said.p))
    alone = found.alone
    words = [f"A rating of {found.threshold:g} or more is a call of disease."]
    if alone.sensitivity and alone.specificity:
        words.append(
            f"The AI alone: sensitivity {share(alone.sensitivity.share)}, specificity "
            f"{share(alone.specificity.share)}."
        )
    return Section(
        "3. Sensitivity and specificity",
        words,
        table=Table(["", *_HEAD], rows, widths=_WIDTHS),
        after=[
            "Of a reader: Wilson's interval; Newcombe's of the paired difference; McNemar's p. "
            "Of all: Obuchowski and Rockette, as the area."
        ],
    )


def reliance_section(found: ReaderStudy) -> Section:
    """Return how the AI moved readers."""
    if not found.switches:
        return Section(
            "4. Reliance on the AI",
            ["Not measured: the file has no call of the AI for every case, and no threshold for "
             "its scores was given."],
        )  # fmt: skip
    rows = []
    for one in found.switches:
        rows.append([one.name, "all", *_rate(one.overall), f"{100 * one.of_all:.1f} %"])
        if one.name in _EACH:
            rows += [[one.name, who, *_rate(rate), ""] for who, rate in one.by_reader.items()]
    return Section(
        "4. Reliance on the AI",
        [
            "Automation bias: the AI wrong, the reader right without it, and wrong with it. "
            "Under-reliance: the AI right, the reader wrong without it, and still wrong with it.",
            "Readers change their minds without any AI too: the last row is a right answer that "
            "turned wrong though the AI was right.",
        ],
        table=Table(
            ["", "Reader", "Answers", "Share", "Of all answers"], rows, widths=[2.4, 1, 1, 1.6, 1]
        ),
        after=["Intervals of all allow for answers of one reader, and to one case, being alike."],
    )


def agreement_section(found: ReaderStudy) -> Section:
    """Return kappas and alpha."""
    said = found.agreement
    if said is None:
        return Section("5. Agreement", ["One reader agrees with nobody."])
    rows = [
        [f"Cohen's kappa, {' and '.join(one.readers)}", number(one.unaided), number(one.aided)]
        for one in said.pairs
    ]
    for name, both in (
        ("Fleiss' kappa, all", said.fleiss),
        ("Krippendorff's alpha of ratings, all", said.krippendorff),
    ):
        rows.append([name, *(number(one) for one in both.values())])
    return Section(
        "5. Agreement",
        ["Readers with one another, beyond chance: 1 is always, 0 as chance has it. With the AI "
         "they may agree on what is wrong."],
        table=Table(["", *_HEAD[:2]], rows, widths=[2, 1, 1]),
        after=["None: every call was the same, so that chance agrees too."],
    )  # fmt: skip


def time_section(found: ReaderStudy) -> Section:
    """Return how long reading took: geometric means, and the ratio."""
    if found.time is None:
        lacking = "Not measured: " + ("no times" if not found.timed else "times of one case alone")
        return Section("6. Time", [f"{lacking} known of every reader in both arms."])
    rows = [
        _timed(one.reader, one.unaided, one.aided, one.difference, one.p)
        for one in found.time.readers
    ]
    said = found.time.random or found.time.fixed
    rows.append(_timed("All", found.time.unaided, found.time.aided, said.difference, said.p))
    return Section(
        "6. Time",
        [f"Of the {found.timed:,} cases whose times are all known. Geometric means in seconds."],
        table=Table(["Reader", *_HEAD[:2], "With : without", "p"], rows, widths=_WIDTHS),
        after=["The logarithm of seconds is analysed as the area is; below 1 reading was faster."],
    )


def parts_section(found: ReaderStudy) -> Section:
    """Return how it was done, and what the variance is made of."""
    figures = {"AUC": found.auc, "sensitivity": found.sensitivity, "specificity": found.specificity}
    rows = [[name, *_parts(one)] for name, one in figures.items()]
    return Section(
        "8. How it was done",
        [
            "Obuchowski and Rockette 1995, with the degrees of freedom of Hillis 2007; covariances "
            f"of areas by {'DeLong' if found.method == 'delong' else 'the jackknife'}. Readers and "
            "cases are random; for these readers alone the readers are fixed. Every reader read "
            "every case in both arms.",
            f"SHA-256 of the data: {found.sha256}.",
        ],
        table=Table(
            ["", "MS(T)", "MS(T×R)", "Variance", "Cov1", "Cov2", "Cov3", "df"],  # noqa: RUF001
            rows,
            widths=[1.3, 1, 1, 1, 1, 1, 1, 0.8],
        ),
    )


def _parts(found: Compared) -> list[str]:
    one = found.components
    values = [one.ms_treatment, one.ms_interaction, one.variance, one.cov1, one.cov2, one.cov3]
    df = found.random.df if found.random else None
    return [
        *("none" if value is None else f"{value:.3g}" for value in values),
        "none" if df is None else f"{df:.1f}",
    ]


def _row(
    name: str, unaided: Measured, aided: Measured, difference: Measured, p: float | None
) -> list[str]:
    return [name, share(unaided), share(aided), share(difference), p_value(p)]


def _timed(
    name: str, unaided: Measured, aided: Measured, difference: Measured, p: float | None
) -> list[str]:
    return [name, _seconds(unaided), _seconds(aided), _ratio(difference), p_value(p)]


def _rate(rate: Rate) -> list[str]:
    return [f"{rate.hits} of {rate.n}", share(rate.share)]


def _seconds(found: Measured) -> str:
    return number(_powered(found), 1)


def _ratio(found: Measured) -> str:
    return number(_powered(found), 2)


def _powered(found: Measured) -> Measured:
    ends = (None if end is None else exp(end) for end in (found.low, found.high))
    low, high = ends
    return Measured(value=exp(found.value), low=low, high=high)
