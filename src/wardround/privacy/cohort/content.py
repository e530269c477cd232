"""What a report of a cohort's risk says, for the expert to weigh, complete and sign.

It holds counts, and no value of a row. 164.514(b)(1)(ii): the expert documents the methods and
results that justify the determination.
"""

from datetime import date
from typing import NamedTuple

from wardround.privacy.cohort.reading import Cohort
from wardround.privacy.cohort.risk import SMALL_CELL, Risk, coarsened, measure_risk

TITLE = "Risk of re-identification"


class Section(NamedTuple):
    """A part of the report; names of columns stand in backquotes.

    ``blanks`` are lines for the expert to write on.
    """

    heading: str
    words: tuple[str, ...] = ()
    points: tuple[str, ...] = ()
    table: tuple[tuple[str, ...], ...] = ()
    blanks: tuple[str, ...] = ()


def sections(
    cohort: Cohort, risk: Risk, today: date, name: str, sensitive: str | None = None
) -> list[Section]:
    """Return the report, part by part; the first has no heading."""
    return [
        Section(
            "",
            words=(
                f"{name}, measured on {today:%Y-%m-%d} by Wardround, for an Expert Determination "
                "by 45 CFR 164.514(b)(1).",
            ),
            points=(
                f"People in the cohort: {risk.people:,}",
                f"Taken as known to others (quasi-identifiers): {_listed(risk.quasi)}",
                f"Sensitive column: {_code(sensitive) if sensitive else 'none was named'}",
                f"Population it is a sample of: {_counted(risk.population)}",
            ),
        ),
        Section("What was measured", table=(("measure", "value"), *_measures(risk))),
        _coarser(cohort, risk, sensitive),
        Section("What it means", points=_meaning(risk)),
        Section(
            "Determination",
            words=(
                "This report determines nothing. The expert states here the methods, who receives "
                "the data and what else they may know, and whether the risk is very small.",
            ),
            blanks=(
                "Methods and principles applied",
                "Who receives the data, and what else they may know",
                "Conditions, and until when it holds",
                "The risk is very small: yes / no",
                "Name and qualification",
                "Date and signature",
            ),
        ),
        Section(
            "Sources",
            words=(
                "Sweeney 2002; Machanavajjhala et al. 2007; Franconi and Polettini 2004; HHS, "
                "Guidance Regarding Methods for De-identification of PHI (2012); CMS cell size "
                "suppression policy.",
            ),
        ),
    ]


def _meaning(risk: Risk) -> tuple[str, ...]:
    return (
        "Somebody who knows that a person is in the cohort picks them out with the highest risk, "
        f"{_share(1 / risk.k)}, where the class is smallest. Often asked: at most {_share(1 / 11)} "
        f"(classes of {SMALL_CELL}), for data given to everybody; more where access is controlled.",
        "The risk in the population takes the cohort for a random sample of it. One chosen by a "
        "rare disease is none: there, use the measures of the cohort.",
        "k-anonymity says nothing of what a whole class shares: see the diversity of the "
        "sensitive column.",
        "Free text, images and dates that are not among these columns are not measured here.",
    )


def _measures(risk: Risk) -> list[tuple[str, str]]:
    people = risk.people
    found = [
        ("Classes of people who cannot be told apart", f"{risk.classes:,}"),
        ("k-anonymity (smallest class)", f"{risk.k:,}"),
        ("Highest risk in the cohort (1/k)", _share(1 / risk.k)),
        ("Mean risk in the cohort", _share(risk.average)),
        ("Alone in their class", f"{risk.unique:,} ({_share(risk.unique / people)})"),
        (
            f"In classes of fewer than {SMALL_CELL}",
            f"{risk.small:,} ({_share(risk.small / people)})",
        ),
    ]
    if risk.diversity is not None and risk.entropy is not None:
        found += [
            ("l-diversity, distinct values", f"{risk.diversity:,}"),
            ("l-diversity, by entropy", f"{risk.entropy:.2f}"),
        ]
    if risk.expected is not None and risk.population_unique is not None:
        found += [
            (
                "Expected to be matched rightly against the population",
                f"{risk.expected:,.1f} ({_share(risk.expected / people)})",
            ),
            ("Expected to be alone in the population", f"{risk.population_unique:,.1f}"),
        ]
    return found


def _coarser(cohort: Cohort, risk: Risk, sensitive: str | None) -> Section:
    """Return how the risk falls where one column is coarser, or left out."""
    rows = [("change", "k", "alone", "in small classes")]
    for name in risk.quasi:
        changes: list[tuple[str, Cohort | None, list[str]]] = [
            (f"{_code(name)} coarser", coarsened(cohort, name), list(risk.quasi)),
            (f"without {_code(name)}", cohort, [one for one in risk.quasi if one != name]),
        ]
        for what, changed, quasi in changes:
            if changed is not None and quasi:
                now = measure_risk(changed, quasi, sensitive)
                rows.append((what, f"{now.k:,}", f"{now.unique:,}", f"{now.small:,}"))
    if len(rows) == 1:
        return Section("Coarser columns", words=("There is nothing to coarsen or leave out.",))
    return Section("Coarser columns", table=tuple(rows))


def _listed(names: tuple[str, ...]) -> str:
    return ", ".join(_code(name) for name in names)


def _code(name: str) -> str:
    return "`" + name.replace("`", "'").replace("\n", " ").replace("|", "/")[:64] + "`"


def _counted(people: int | None) -> str:
    return "not said" if people is None else f"{people:,}"


def _share(share: float) -> str:
    return f"{share:.2%}"
