"""How times, ages and counts are written for clinicians: plain and exact, by the clinic's clock."""

from datetime import UTC, date, datetime


def moment(value: datetime | str) -> datetime:
    """Return a moment by the clinic's clock, from a datetime or a FHIR dateTime."""
    found = datetime.fromisoformat(value) if isinstance(value, str) else value
    if found.tzinfo is None:
        found = found.replace(tzinfo=UTC) if isinstance(value, datetime) else found.astimezone()
    return found.astimezone()


def clock(value: datetime | str) -> str:
    """``08:30``."""
    return moment(value).strftime("%H:%M")


def day(value: date | datetime | str) -> str:
    """``24 Nov 2026``; a FHIR date that is only a year or a month stays so."""
    if isinstance(value, str):
        if len(value) == 4:
            return value
        if len(value) == 7:
            return datetime.strptime(value, "%Y-%m").replace(tzinfo=UTC).strftime("%b %Y")
        value = date.fromisoformat(value) if len(value) == 10 else moment(value)
    elif isinstance(value, datetime):
        value = moment(value)
    return value.strftime("%-d %b %Y")


def weekday(value: date) -> str:
    """``Tuesday 24 November 2026``."""
    return value.strftime("%A %-d %B %Y")


def when(value: datetime | str) -> str:
    """``24 Nov 2026, 08:30``; only the day where no time is known."""
    if isinstance(value, str) and len(value) <= 10:
        return day(value)
    return f"{day(moment(value))}, {clock(value)}"


def age(born: str | None, today: date) -> str:
    """``58 y``; months below two years of age, days below two months; empty where unknown."""
    if not born:
        return ""
    if len(born) < 10:
        return f"about {today.year - int(born[:4])} y"
    birth = date.fromisoformat(born)
    months = (today.year - birth.year) * 12 + today.month - birth.month - (today.day < birth.day)
    if months >= 24:
        return f"{months // 12} y"
    return f"{months} months" if months >= 2 else count((today - birth).days, "day")


def count(number: int, noun: str, plural: str | None = None) -> str:
    """``1 finding``, ``2 findings``."""
    return f"{number} {noun if number == 1 else plural or noun + 's'}"


def timecode(seconds: float) -> str:
    """``12:05`` into a recording; ``1:02:03`` from the first hour on."""
    minutes, rest = divmod(int(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
