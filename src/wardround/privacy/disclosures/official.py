"""What an official asked to be put off, and until when (45 CFR 164.412, 164.528(a)(2)).

Both rules are the same: a written statement says for how long; one made by word of mouth is
documented, with who made it, and holds for 30 days at most.
"""

from datetime import date, timedelta

from wardround.kernel import InvalidInput, Noun, worded

MOST_ORAL_DAYS = 30
"""How long a statement by word of mouth holds (164.412(b), 164.528(a)(2)(ii)(C))."""


class OfficialRequest(Noun):
    """A statement of an official: who made it, on which day, how, and the last day it holds."""

    official: str
    day: date
    written: bool
    until: date

    def stands(self, day: date) -> bool:
        """Whether it holds on ``day``."""
        return self.day <= day <= self.until


def read_request(
    official: str, day: date, until: date | None, today: date, *, written: bool
) -> OfficialRequest:
    """Return what an official asked for.

    Raise ``InvalidInput`` where nobody is named, the day is to come, a written statement says no
    time, or one by word of mouth would hold for longer than 30 days.
    """
    if day > today:
        raise InvalidInput("This day is still to come.", where="day")
    most = day + timedelta(days=MOST_ORAL_DAYS)
    if until is None and written:
        raise InvalidInput("A written statement says until when.", where="until")
    until = until or most
    if until < day:
        raise InvalidInput("It would end before it was made.", where="until")
    if not written and until > most:
        raise InvalidInput(
            f"By word of mouth it holds for {MOST_ORAL_DAYS} days at most.",
            where="until",
            mend="Ask for it in writing.",
        )
    named = worded(official, "official", "Say who asked, and of which agency.")
    return OfficialRequest(official=named, day=day, written=written, until=until)
