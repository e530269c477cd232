"""Searches find what somebody would who reads every resource: no more and no less."""

import random
import unicodedata
from calendar import monthrange
from collections.abc import Callable
from datetime import UTC, datetime, timedelta, timezone
from functools import partial
from typing import Any, NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.record.conftest import body
from wardround.record import Chart

Predicate = Callable[["Read"], bool]

SYSTEMS = (None, "urn:a", "urn:b")
CODES = ("1", "2", "B", "b", "c|d", "e,f", "\\", "g\\,")
SUBJECTS = ("Patient/1", "Patient/2", "Group/1", "https://x.example/Patient/1")
LETTERS = "aAäÁbß ,\\|"
BEGINNING = datetime(1, 1, 2, tzinfo=UTC)
END = datetime(9999, 1, 1, tzinfo=UTC)


class Time(NamedTuple):
    """A date as it is written, and what it covers."""

    text: str
    low: datetime
    high: datetime


def time(*numbers: int, east: int | None = None) -> Time:
    """Write a date by its first numbers, with the hours its zone is east of Greenwich if given."""
    year, month, day, hour, minute, second = (*numbers, *(0, 1, 1, 0, 0, 0)[len(numbers) :])
    low = datetime(
        year, month, day, hour, minute, second, tzinfo=timezone(timedelta(hours=east or 0))
    )
    covers = {
        1: timedelta(days=337 + monthrange(year, 2)[1]),
        2: timedelta(days=monthrange(year, month)[1]),
        3: timedelta(days=1),
        5: timedelta(minutes=1),
        6: timedelta(seconds=1),
    }
    marks = zip("--T::", numbers[1:], strict=False)
    text = f"{year}" + "".join(f"{mark}{number:02}" for mark, number in marks)
    zone = "" if east is None else f"{east:+03}:00"
    return Time(text + zone, low, low + covers[len(numbers)])


TIMES = (
    time(2024), time(2025), time(2024, 2), time(2024, 12), time(2025, 1), time(2024, 2, 28),
    time(2024, 2, 29), time(2024, 12, 31), time(2025, 1, 1), time(2025, 1, 2),
    time(2024, 12, 31, 23, 30), time(2024, 12, 31, 23, 30, 0, east=-2),
    time(2025, 1, 1, 1, 30, 0, east=2), time(2025, 1, 1, 1, 30, 1, east=0),
    time(2025, 1, 1, 1, 30, east=0),
)  # fmt: skip

COMPARED: dict[str, Callable[[Time, Time], bool]] = {
    "eq": lambda it, asked: asked.low <= it.low and it.high <= asked.high,
    "ne": lambda it, asked: not (asked.low <= it.low and it.high <= asked.high),
    "gt": lambda it, asked: it.high > asked.high,
    "lt": lambda it, asked: it.low < asked.low,
    "ge": lambda it, asked: it.high > asked.low,
    "le": lambda it, asked: it.low < asked.high,
    "sa": lambda it, asked: it.low >= asked.high,
    "eb": lambda it, asked: it.high <= asked.low,
}


class Read(NamedTuple):
    """What somebody reads in a document."""

    id: str
    codings: list[tuple[str | None, str]]
    subject: str | None
    date: Time | None
    title: str | None

    def resource(self) -> bytes:
        codings = [{"code": c} | ({"system": s} if s else {}) for s, c in self.codings]
        members: dict[str, Any] = {"id": self.id}
        if codings:
            members["type"] = {"coding": codings}
        if self.subject:
            members["subject"] = {"reference": self.subject}
        if self.date:
            members["date"] = self.date.text
        if self.title is not None:
            members["title"] = self.title
        return body("Composition", **members)


def documents() -> list[Read]:
    """Make up documents, the same each time."""
    chance = random.Random(20260314)

    def word() -> str:
        return "".join(chance.choice(LETTERS) for _ in range(chance.randint(1, 4)))

    return [
        Read(
            id=f"d{number:03}",
            codings=[
                (chance.choice(SYSTEMS), chance.choice(CODES)) for _ in range(chance.randrange(3))
            ],
            subject=chance.choice([None, *SUBJECTS]),
            date=chance.choice([None, *TIMES]),
            title=chance.choice([None, word(), word(), word()]),
        )
        for number in range(120)
    ]


DOCUMENTS = documents()


def written(text: str) -> str:
    """Write what is looked for as FHIR wants it within a list."""
    return text.replace("\\", "\\\\").replace(",", "\\,").replace("|", "\\|")


def plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.casefold())
    letters = "".join(letter for letter in apart if not unicodedata.combining(letter))
    return " ".join(letters.replace(",", " ").replace("\\", " ").split())


@st.composite
def tokens(draw: st.DrawFn) -> tuple[str, Predicate]:
    system, code = draw(st.sampled_from(SYSTEMS)), draw(st.sampled_from(CODES))
    way = draw(st.sampled_from(["code", "both", "system"]))
    if way == "code":
        return written(code), lambda it: any(c == code for _, c in it.codings)
    if way == "both":
        return f"{system or ''}|{written(code)}", lambda it: (system, code) in it.codings
    system = system or "urn:a"
    return f"{system}|", lambda it: any(s == system for s, _ in it.codings)


@st.composite
def references(draw: st.DrawFn) -> tuple[str, Predicate]:
    subject = draw(st.sampled_from(SUBJECTS))
    if subject.startswith("https") or draw(st.booleans()):
        version = "" if subject.startswith("https") else draw(st.sampled_from(["", "/_history/1"]))
        return subject + version, lambda it: it.subject == subject
    one = subject.partition("/")[2]
    return one, lambda it: it.subject in {f"Patient/{one}", f"Group/{one}"}


@st.composite
def times(draw: st.DrawFn) -> tuple[str, Predicate]:
    prefix, asked = draw(st.sampled_from(["", *COMPARED])), draw(st.sampled_from(TIMES))
    compared = COMPARED[prefix or "eq"]
    return prefix + asked.text, lambda it: it.date is not None and compared(it.date, asked)


@st.composite
def titles(draw: st.DrawFn, way: str) -> tuple[str, Predicate]:
    text = draw(st.text(LETTERS, min_size=1, max_size=3))
    found: dict[str, Callable[[str], bool]] = {
        "": lambda title: bool(plain(text)) and plain(title).startswith(plain(text)),
        ":contains": lambda title: bool(plain(text)) and plain(text) in plain(title),
        ":exact": lambda title: bool(plain(text)) and title == text,
    }
    return written(text), lambda it: it.title is not None and found[way](it.title)


@st.composite
def parameters(draw: st.DrawFn) -> tuple[str, str, Predicate]:
    """Return a parameter, its value, and which documents it finds."""
    name = draw(st.sampled_from(["type", "type:not", "subject", "date", "title", "missing"]))
    if name == "missing":
        name = draw(st.sampled_from(["type", "subject", "date"]))
        field = {"type": "codings"}.get(name, name)
        there = draw(st.booleans())
        return (
            f"{name}:missing",
            str(not there).lower(),
            lambda it: bool(getattr(it, field)) is there,
        )
    ways = {"type": tokens, "type:not": tokens, "subject": references, "date": times}
    way = ways.get(name)
    if way is None:
        modifier = draw(st.sampled_from(["", ":contains", ":exact"]))
        name, way = f"title{modifier}", partial(titles, modifier)
    drawn = draw(st.lists(way(), min_size=1, max_size=2))
    asked = ",".join(value for value, _ in drawn)
    if name.endswith(":not"):
        return name, asked, lambda it: not any(finds(it) for _, finds in drawn)
    return name, asked, lambda it: any(finds(it) for _, finds in drawn)


@pytest.fixture
def full(chart: Chart) -> Chart:
    for document in DOCUMENTS:
        chart.update(document.resource())
    return chart


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(parameters(), min_size=1, max_size=3), st.integers(0, 9), st.integers(0, 9))
def test_what_is_found_is_what_one_reads(
    full: Chart, asked: list[tuple[str, str, Predicate]], offset: int, count: int
) -> None:
    query: dict[str, list[str]] = {}
    for name, value, _ in asked:
        query.setdefault(name, []).append(value)
    wanted = [it.id for it in DOCUMENTS if all(finds(it) for _, _, finds in asked)]
    found = full.search("Composition", {**query, "_sort": "_id"})
    assert [stored.id for stored in found] == wanted
    assert full.count("Composition", query) == len(wanted)
    page = {"_sort": "-_id", "_count": str(count), "_offset": str(offset)}
    found = full.search("Composition", {**query, **page})
    assert [stored.id for stored in found] == wanted[::-1][offset : offset + count]


def test_periods_that_are_found(chart: Chart) -> None:
    chance = random.Random(7)
    periods: dict[str, Time] = {}
    for number in range(60):
        start, end = chance.choice([None, *TIMES]), chance.choice([None, *TIMES])
        if (start is None and end is None) or (start and end and start.low >= end.high):
            continue
        said = {"start": start and start.text, "end": end and end.text}
        members = {name: text for name, text in said.items() if text}
        covers = (start.low if start else BEGINNING, end.high if end else END)
        periods[f"e{number}"] = Time("", *covers)
        chart.update(body("Encounter", id=f"e{number}", period=members))
    assert len(periods) > 30
    for prefix, compared in COMPARED.items():
        for asked in TIMES:
            wanted = {name for name, covers in periods.items() if compared(covers, asked)}
            found = chart.search("Encounter", {"date": prefix + asked.text})
            assert {stored.id for stored in found} == wanted, (prefix, asked.text)
