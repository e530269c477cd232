"""Whether drafts help: rates and times of a group of drafts, never of a person.

Where fewer than ``FEWEST_PEOPLE`` decided, what would tell of one of them is left out: how long
they take, when they work, and whether they read. Fewer than ``FEWEST`` drafts are counted only.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from statistics import quantiles

from pydantic import BaseModel, ConfigDict

from wardround.governance.adoption.course import Course
from wardround.governance.validation import Measured, wilson
from wardround.kernel import Status

FEWEST = 20
FEWEST_PEOPLE = 5

READING = 240
"""Words a minute: silent reading of English prose (Brysbaert 2019,
doi 10.1016/j.jml.2019.104047)."""

UNREAD = 4
"""A draft signed in a quarter of the time that reading it takes was not read."""

REASONS = (
    "Not accurate",
    "Something is missing",
    "Wrong patient or visit",
    "Not needed",
    "Not clear",
)
"""Why a draft is rejected, as it is asked; a person's own words come behind a colon."""

LONG = 120
"""Words from which a draft is too long to be taken in at a glance."""

BANDS = ((0, 100), (100, 300), (300, 100_000))
"""Words, by which times are told apart."""


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Rate(_Value):
    """A share of drafts with its interval; none of too few."""

    name: str
    says: str
    hits: int
    n: int
    share: Measured | None


class Time(_Value):
    """Minutes to the signature, of drafts of so many words."""

    words: str
    n: int
    quarter: float
    half: float
    three_quarters: float


class Section(_Value):
    """How much of a section was changed: words touched in a hundred, and of which kind."""

    name: str
    drafts: int
    words: int
    removed: int
    added: int
    replaced: int
    per_100: float


class Adoption(_Value):
    """One group of drafts: a model of a capability."""

    capability: str
    model: str
    version: str
    drafts: int
    people: int
    rates: tuple[Rate, ...]
    times: tuple[Time, ...]
    sections: tuple[Section, ...]
    rules: tuple[Rate, ...]
    """Of each guardrail that warned: how often it was signed over."""
    rejected: dict[str, int]
    alerts_per_100: float
    reports_per_100: float
    kept_back: str = ""
    """What is not told because too few people would be told apart."""


def adoption(courses: Iterable[Course], in_hours: Callable[[datetime], bool]) -> list[Adoption]:
    """Return the measures of each group; ``in_hours`` says whether the clinic is open."""
    groups: defaultdict[tuple[str, str, str], list[Course]] = defaultdict(list)
    for course in courses:
        if not course.now.shadow:
            groups[course.group].append(course)
    return [_of_group(*name, of, in_hours) for name, of in sorted(groups.items())]


def _of_group(
    capability: str,
    model: str,
    version: str,
    of: Sequence[Course],
    in_hours: Callable[[datetime], bool],
) -> Adoption:
    signed = [one for one in of if one.status is Status.SIGNED]
    people = {one.now.decided_by.id for one in of if one.now.decided_by is not None}
    told = len(people) >= FEWEST_PEOPLE
    return Adoption(
        capability=capability,
        model=model,
        version=version,
        drafts=len(of),
        people=len(people),
        rates=(*_rates(of, signed), *(_of_people(signed, in_hours) if told else ())),
        times=tuple(_times(signed)) if told else (),
        sections=tuple(_sections(signed)),
        rules=tuple(_rules(signed)),
        rejected=_reasons(of),
        alerts_per_100=_per_100(sum(one.alerts for one in of), len(of)),
        reports_per_100=_per_100(sum(one.reports for one in of), len(of)),
        kept_back=""
        if told
        else f"Times, hours and reading are told from {FEWEST_PEOPLE} people on: "
        f"{len(people)} decided so far.",
    )


def _rates(of: Sequence[Course], signed: Sequence[Course]) -> list[Rate]:
    decided = [one for one in of if one.status in {Status.SIGNED, Status.REJECTED}]
    unedited = sum(all(not part.distance for part in one.changed) for one in signed)
    abstained = sum(one.status is Status.ABSTAINED for one in of)
    rejected = sum(one.status is Status.REJECTED for one in of)
    again = sum(one.retries > 0 for one in of)
    warned = [over for one in signed for over in one.warned.values()]
    return [
        _rate("unedited", "Signed without a change", unedited, len(signed)),
        _rate("rejected", "Rejected, of those decided on", rejected, len(decided)),
        _rate("abstained", "Not drafted", abstained, len(of)),
        _rate("again", "Drafted again", again, len(of)),
        _rate("overridden", "Warnings signed over", sum(warned), len(warned)),
    ]


def _of_people(signed: Sequence[Course], in_hours: Callable[[datetime], bool]) -> list[Rate]:
    late = [one for one in signed if one.now.decided_at and not in_hours(one.now.decided_at)]
    long_ones = [one for one in signed if one.words >= LONG]
    return [
        _rate("after-hours", "Signed outside opening hours", len(late), len(signed)),
        _rate(
            "unread",
            f"Long drafts signed in less than a quarter of the time that reading takes, at "
            f"{READING} words a minute",
            sum(_unread(one) for one in long_ones),
            len(long_ones),
        ),
    ]


def _unread(one: Course) -> bool:
    took = one.took
    return took is not None and took.total_seconds() < one.words / READING * 60 / UNREAD


def _times(signed: Sequence[Course]) -> Iterable[Time]:
    for low, high in BANDS:
        minutes = sorted(
            one.took.total_seconds() / 60
            for one in signed
            if one.took is not None and low <= one.words < high
        )
        if len(minutes) >= FEWEST:
            quarter, half, three = quantiles(minutes, n=4)
            words = f"{low} to {high - 1}" if high < BANDS[-1][1] else f"{low} and more"
            yield Time(
                words=words,
                n=len(minutes),
                quarter=quarter,
                half=half,
                three_quarters=three,
            )


def _sections(signed: Sequence[Course]) -> Iterable[Section]:
    found: defaultdict[str, list[tuple[int, int, int, int]]] = defaultdict(list)
    for one in signed:
        for part in one.changed:
            row = (part.words, part.removed, part.added, part.replaced)
            found[part.section].append(row)
    for name, rows in found.items():
        words, removed, added, replaced = (sum(column) for column in zip(*rows, strict=True))
        touched = removed + added + replaced
        yield Section(
            name=name,
            drafts=len(rows),
            words=words,
            removed=removed,
            added=added,
            replaced=replaced,
            per_100=_per_100(touched, max(words, 1)),
        )


def _rules(signed: Sequence[Course]) -> Iterable[Rate]:
    over: Counter[str] = Counter()
    warned: Counter[str] = Counter()
    for one in signed:
        for rule, overridden in one.warned.items():
            warned[rule] += 1
            over[rule] += overridden
    for rule, n in warned.most_common():
        yield _rate(rule, rule, over[rule], n)


def _reasons(of: Sequence[Course]) -> dict[str, int]:
    """Count the kinds of reasons; what a person wrote behind the kind may name a patient."""
    said = [(one.now.reason or "") for one in of if one.status is Status.REJECTED]
    kinds = Counter(text.partition(":")[0] for text in said)
    known = {kind: n for kind, n in kinds.most_common() if kind in REASONS}
    others = len(said) - sum(known.values())
    return known | ({"In words alone": others} if others else {})


def _rate(name: str, says: str, hits: int, n: int) -> Rate:
    share = wilson(hits, n) if n >= FEWEST else None
    return Rate(name=name, says=says, hits=hits, n=n, share=share)


def _per_100(count: float, n: int) -> float:
    return round(100 * count / n, 1) if n else 0.0
