"""A probe: it looks at one thing of the running system and tells what it finds, as facts."""

from collections.abc import Callable, Iterator
from datetime import datetime, timedelta

from wardround.bootstrap.house import Wardround
from wardround.kernel import WardroundError
from wardround.privacy.safeguards import Fact
from wardround.security import AuditTrail, Event

Probe = Callable[[Wardround], Iterator[Fact]]
"""Looks, changes nothing, and yields at least one fact."""

MONTH = timedelta(days=30)
WEEK = timedelta(days=7)


def look(probe: Probe, wardround: Wardround) -> tuple[Fact, ...]:
    """Return what a probe finds; one that fails has found something wrong, and says what."""
    try:
        return tuple(probe(wardround))
    except WardroundError as error:
        return (_failed(error.what, error.mend or ""),)
    except Exception as error:  # noqa: BLE001 (whatever it was, it must not pass for silence)
        return (_failed(type(error).__name__, "Look into the server's log, and report it."),)


def wrong(says: str, mend: str, address: str = "") -> Fact:
    """Return a fact that something is not as it should be."""
    return Fact(says=says, state="wrong", mend=mend, address=address)


def last_event(wardround: Wardround, action: str) -> Event | None:
    """Return the newest event of the trail that tells of ``action``."""
    with wardround.database.read() as tx:
        found = AuditTrail(tx).list(action=action, limit=1)
    return found[0] if found else None


def counted(number: int, noun: str, plural: str | None = None) -> str:
    """Return ``1 event``, ``2,000 events``, ``no events``."""
    words = noun if number == 1 else plural or f"{noun}s"
    return f"{number:,} {words}" if number else f"no {words}"


def on(moment: datetime) -> str:
    """Return ``24 November 2026, 08:30``, by the clinic's clock."""
    here = moment.astimezone()
    return f"{here.day} {here:%B %Y, %H:%M}"


def few(names: list[str], most: int = 5) -> str:
    """Return names as a list, the first few of many."""
    more = len(names) - most
    # A sentence ends with one full stop, also after Inc.
    return (", ".join(names[:most]) + (f" and {more} more" if more > 0 else "")).rstrip(".")


def _failed(what: str, mend: str) -> Fact:
    return wrong(f"This could not be looked at: {what.rstrip('.')}.", mend)
