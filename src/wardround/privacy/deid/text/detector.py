"""The detector: every finder over a text, and which of their finds stand."""

from collections.abc import Iterable
from functools import cache

from wardround.privacy.deid.span import Span
from wardround.privacy.deid.text.casing import is_flat, recased
from wardround.privacy.deid.text.columns import find_in_tables
from wardround.privacy.deid.text.consistency import find_again
from wardround.privacy.deid.text.contacts import find_contacts
from wardround.privacy.deid.text.dates import find_dates
from wardround.privacy.deid.text.facilities import find_facilities
from wardround.privacy.deid.text.find import Find
from wardround.privacy.deid.text.lexicon import Lexicon, load_lexicon
from wardround.privacy.deid.text.names import Names
from wardround.privacy.deid.text.numbers import find_numbers
from wardround.privacy.deid.text.own_numbers import OwnNumbers
from wardround.privacy.deid.text.places import find_places
from wardround.privacy.deid.text.spoken import find_spoken


class Detector:
    """Finds PHI in texts; made once, it holds its words and no text."""

    def __init__(self, lexicon: Lexicon, own: OwnNumbers) -> None:
        self._lexicon = lexicon
        self._own = own

    def find(self, text: str) -> list[Span]:
        """Return the PHI of ``text`` in order, none overlapping; offsets are those of ``text``."""
        lowered = text.lower()
        if len(lowered) != len(text):  # some letters have no lower case of the same length
            lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
        flat = is_flat(text)
        cased = recased(text, self._lexicon) if flat else text
        names = Names(cased, self._lexicon, flat=flat)
        found = [
            *find_contacts(text, lowered),
            *find_dates(text, lowered),
            *find_numbers(text, lowered),
            *self._own.find(text),
            *find_spoken(text, lowered),
            *find_in_tables(text),
            *find_places(cased, lowered, self._lexicon),
            *find_facilities(cased, self._lexicon),
            *names.find(),
        ]
        found.extend(find_again(cased, names.words, found, self._lexicon))
        return [
            Span.model_construct(
                start=find.start, end=find.end, kind=find.kind, score=find.score, reason=find.reason
            )
            for find in settled(found)
        ]


def settled(found: Iterable[Find]) -> list[Find]:
    """Return the finds that stand: of those that overlap the surest, and what it leaves of others."""
    kept: list[Find] = []
    for find in sorted(found, key=lambda find: (find.start, -find.end)):
        if kept and find.start < kept[-1].end:
            last = kept[-1]
            if find.end <= last.end:
                if find.score > last.score + 0.04 and find.kind is not last.kind:
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
    return Detector(load_lexicon(), OwnNumbers(record_numbers))


def find_phi(text: str) -> list[Span]:
    """Return the PHI of ``text`` in order, none overlapping."""
    return load_detector().find(text)
