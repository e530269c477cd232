"""The risk that somebody is told from the others, by what others may know of them.

Rows that agree in every quasi-identifier are one class. k-anonymity: Sweeney 2002, doi
10.1142/S0218488502001648. l-diversity (distinct and entropy): Machanavajjhala et al. 2007, doi
10.1145/1217299.1217302. The risk in the population, of which the cohort is a sample: Franconi and
Polettini 2004, doi 10.1007/978-3-540-25955-8_20, after Benedetti and Franconi 1998.
"""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from wardround.kernel import InvalidInput
from wardround.privacy.cohort.reading import Cohort

SMALL_CELL = 11
"""The fewest people of a cell that CMS lets be published (its cell size suppression policy)."""

_LIBRARY = 20
"""The largest class for which the library's function is asked."""

_DATE = re.compile(r"(\d{4})-\d{2}(-\d{2})?(T.*)?")
_ZIP = re.compile(r"(\d{3})\d{2}(-\d{4})?")
_NUMBER = re.compile(r"\d{1,3}")


@dataclass(frozen=True)
class Risk:
    """What was measured; shares are of all rows, from 0 to 1."""

    quasi: tuple[str, ...]
    people: int
    classes: int
    k: int
    """The size of the smallest class."""
    unique: int
    """Rows that are alone in their class."""
    small: int
    """Rows in classes of fewer than ``SMALL_CELL``."""
    average: float
    """The mean risk if somebody knows that their target is in the cohort: classes a row."""
    diversity: int | None = None
    """The fewest values of the sensitive column in a class (distinct l-diversity)."""
    entropy: float | None = None
    """The l of entropy l-diversity: e to the smallest entropy of a class."""
    population: int | None = None
    expected: float | None = None
    """Rows expected to be matched rightly against the population: the sum of each row's risk."""
    population_unique: float | None = None
    """Rows expected to be alone in the population as well."""


def measure_risk(
    cohort: Cohort,
    quasi: Sequence[str],
    sensitive: str | None = None,
    population: int | None = None,
) -> Risk:
    """Return the risk of a cohort by the columns that others may know.

    ``population`` is how many people the cohort is a sample of. Raise ``InvalidInput`` for a column
    there is none of, or a population smaller than the cohort.
    """
    if not quasi or len(set(quasi)) != len(quasi):
        raise InvalidInput("Name one or more columns, each once.", where="quasi-identifiers")
    cohort.require([*quasi, *([sensitive] if sensitive is not None else [])])
    people = len(cohort.rows)
    if population is not None and population < people:
        raise InvalidInput("The population is smaller than the cohort.", where="population")
    classes: dict[tuple[str, ...], Counter[str]] = defaultdict(Counter)
    for row in cohort.rows:
        value = row.get(sensitive, "") if sensitive is not None else ""
        classes[tuple(row.get(name, "") for name in quasi)][value] += 1
    sizes = Counter(values.total() for values in classes.values())
    return Risk(
        quasi=tuple(quasi),
        people=people,
        classes=len(classes),
        k=min(sizes),
        unique=sizes[1],
        small=sum(size * count for size, count in sizes.items() if size < SMALL_CELL),
        average=len(classes) / people,
        diversity=None if sensitive is None else min(map(len, classes.values())),
        entropy=None if sensitive is None else min(map(_perplexity, classes.values())),
        population=population,
        expected=None if population is None else _expected(sizes, people / population),
        population_unique=None if population is None else sizes[1] * people / population,
    )


def coarsened(cohort: Cohort, name: str) -> Cohort | None:
    """Return the cohort with one column coarser, or None where we know no coarser form.

    Dates become years, ZIP codes their first three digits, numbers up to 999 bands of ten.
    """
    values = {row.get(name, "") for row in cohort.rows} - {""}
    for pattern, coarse in (
        (_DATE, lambda text: text[:4]),
        (_ZIP, lambda text: text[:3]),
        (_NUMBER, _band),
    ):
        if values and all(pattern.fullmatch(value) for value in values):
            changed = {value: coarse(value) for value in values} | {"": ""}
            return _with(cohort, name, changed)
    return None


def _with(cohort: Cohort, name: str, changed: Mapping[str, str]) -> Cohort:
    rows = [{**row, name: changed[row.get(name, "")]} for row in cohort.rows]
    return Cohort(cohort.columns, rows)


def _band(text: str) -> str:
    first = int(text) // 10 * 10
    return f"{first}-{first + 9}"


def _perplexity(values: Counter[str]) -> float:
    shares: Iterable[float] = (count / values.total() for count in values.values())
    return math.exp(-sum(share * math.log(share) for share in shares))


def _expected(sizes: Mapping[int, int], fraction: float) -> float:
    """Return the sum over rows of E[1/F | f]: F people of the population share f rows' values."""
    if fraction >= 1:
        return float(sum(sizes.values()))
    return sum(size * count * _match(size, fraction) for size, count in sizes.items())


def _match(size: int, fraction: float) -> float:
    """Return E[1/F | f] for F - f negative binomial: ``p^f / f · 2F1(f, f; f + 1; 1 - p)``.

    By Euler's transformation, ``p / f · 2F1(1, 1; f + 1; 1 - p)``, which does not underflow. For
    large classes its series is added up, for there the library has no number.
    """
    if size <= _LIBRARY:
        from scipy.special import hyp2f1

        return float(fraction / size * hyp2f1(1, 1, size + 1, 1 - fraction))
    total = term = 1.0
    number = 0
    while term > total * 1e-15:
        term *= (number + 1) / (size + 1 + number) * (1 - fraction)
        total += term
        number += 1
    return fraction / size * total
