"""The detector: every finder over a text, and which of their finds stand."""

from collections.abc import Iterable
from functools import cache

from wardround.privacy.deid.span import Span
from wardround.privacy.deid.text.ages import find_ages
from wardround.privacy.deid.text.columns import find_in_tables
from wardround.privacy.deid.text.consistency import find_again
from wardround.privacy.deid.text.contacts import find_contacts
from wardround.privacy.deid.text.dates import find_dates
from wardround.privacy.deid.text.facilities import find_facilities
from wardround.privacy.deid.text.figures import Figures, load_figures
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.growing import Growing, load_growing
from wardround.privacy.deid.text.initials import find_initials
from wardround.privacy.deid.text.learned import DOUBTS, Learned, load_learned
from wardround.privacy.deid.text.lettered import find_lettered
from wardround.privacy.deid.text.lexicon import Lexicon, load_lexicon
from wardround.privacy.deid.text.messages import find_in_messages
from wardround.privacy.deid.text.names import Names
from wardround.privacy.deid.text.numbers import find_numbers
from wardround.privacy.deid.text.own_numbers import OwnNumbers
from wardround.privacy.deid.text.places import find_places
from wardround.privacy.deid.text.reading import Reading
from wardround.privacy.deid.text.spelled import find_spelled
from wardround.privacy.deid.text.spoken import find_spoken
from wardround.privacy.deid.text.streets import find_streets
from wardround.privacy.deid.text.whole_names import (
    find_speakers,
    find_titled,
    find_users,
    joined,
)


class Detector:
    """Finds PHI in texts; made once, it holds its words and no text."""

    def __init__(
        self,
        lexicon: Lexicon,
        learned: Learned,
        growing: Growing | None = None,
        figures: Figures | None = None,
        own: OwnNumbers | None = None,
    ) -> None:
        self._lexicon = lexicon
        self._learned = learned
        self._growing = growing
        self._figures = figures
        self._own = own or OwnNumbers("")

    def find(self, text: str) -> list[Span]:
        """Return the PHI of ``text`` in order, none overlapping; offsets are those of ``text``."""
        reading = Reading(text, self._lexicon)
        found = self.parts(reading)
        if self._growing is not None:
            found = list(self._growing.grown(reading, found))
        found.extend(find_again(reading, found, self._lexicon))
        return [
            Span.model_construct(
                start=find.start, end=find.end, kind=find.kind, score=find.score, reason=find.reason
            )
            for find in settled(found)
        ]

    def parts(self, reading: Reading) -> list[Find]:
        """Return what the rules find and what was learned, in order and not overlapping."""
        kept = [
            find
            for find in settled(self.rules(reading))
            if find.reason not in DOUBTS or self._learned.agrees(reading, find, DOUBTS[find.reason])
        ]
        kept.extend(self._learned.find(reading, self._lexicon, kept))
        if self._figures is not None:
            kept = sorted(kept)
            kept.extend(self._figures.find(reading, kept))
        return settled(joined(reading, sorted(kept)))

    def rules(self, reading: Reading) -> list[Find]:
        """Return what each finder finds by its rules, in no order and overlapping."""
        text = reading.text
        return [
            *find_contacts(reading),
            *find_dates(reading),
            *find_ages(reading, self._lexicon),
            *find_numbers(reading),
            *self._own.find(text),
            *find_spoken(reading),
            *find_spelled(reading),
            *find_in_tables(text),
            *find_in_messages(text),
            *find_streets(reading, self._lexicon),
            *find_places(reading, self._lexicon),
            *find_facilities(reading, self._lexicon),
            *Names(reading, self._lexicon).find(),
            *find_users(reading, self._lexicon),
            *find_speakers(text, self._lexicon),
            *find_lettered(reading, self._lexicon),
            *find_initials(reading, self._lexicon),
            *find_titled(reading, self._lexicon),
        ]


def settled(found: Iterable[Find]) -> list[Find]:
    """Return the finds that stand: of those that overlap the surest, and what it leaves of others."""
    kept: list[Find] = []
    for find in sorted(found, key=lambda find: (find.start, -find.end)):
        if kept and find.start < kept[-1].end:
            last = kept[-1]
            if find.end <= last.end:
                if find.kind is last.kind and find.score > last.score:
                    kept[-1] = last._replace(score=find.score, reason=find.reason)
                elif find.score > last.score + 0.04 and find.kind is not last.kind:
                    kept[-1] = last._replace(kind=find.kind, reason=find.reason)
                continue
            surer = find if find.score > last.score else last
            kept[-1] = surer._replace(start=last.start, end=find.end)
        else:
            kept.append(find)
    return kept


@cache
def load_detector(record_numbers: str = "") -> Detector:
    """Return the detector with its words in memory; the first time takes some 0.5 s.

    ``record_numbers`` are the shapes of a site's own (``OwnNumbers``); raise ``InvalidInput`` where
    they are none.
    """
    own = OwnNumbers(record_numbers)
    return Detector(load_lexicon(), load_learned(), load_growing(), load_figures(), own)


def find_phi(text: str) -> list[Span]:
    """Return the PHI of ``text`` in order, none overlapping."""
    return load_detector().find(text)
