"""Names of people: by what stands beside them, by how they are written, and by being known names."""

from collections.abc import Iterator

from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.eponyms import is_brand, is_eponym, is_lettered
from wardround.privacy.deid.text.find import ACTS, BORNE, LETTERS_AFTER, WITHIN, Find
from wardround.privacy.deid.text.lexicon import PARTICLES, Lexicon, worth
from wardround.privacy.deid.text.reading import Reading
from wardround.privacy.deid.text.words import ENDING, Word, cue_before, load_cues

_MOST_PARTICLES = 4
_TITLES = frozenset("dr mr mrs ms miss prof doctor mister mx".split())
"""Titles that are taken for a part of the name, as published annotations have it."""
_OF_PEOPLE = frozenset(
    "denies reports lives states complains endorses says thinks works grew".split()
)
_DETERMINERS = frozenset(("the a an your this that it these those any all").split())
_ARTICLES = frozenset(("a an the").split())
_HOUSEHOLDS = frozenset(
    ("family household twins baby girl boy brothers sisters residence home").split()
)
_NUMERALS = frozenset("ii iii iv".split())
_STOPS = frozenset((". ! ? : ;").split())


class Names:
    """Looks for names in one text."""

    def __init__(self, reading: Reading, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._cues = load_cues()
        self._flat = reading.flat
        self._cued: dict[int, str | None] = {}
        self._reading = reading
        self.words = reading.words

    def find(self) -> Iterator[Find]:
        """Yield the names."""
        words, passed = self.words, 0
        for at in self._capitals():
            if at < passed:
                continue
            word = words[at]
            if not self._could_begin(word) and (
                word.whole not in PARTICLES or not self._particle_begins(at)
            ):
                continue
            found = self._from(at)
            if found is None:
                continue
            end, score, reason = found
            last = words[end - 1]
            stop = last.end
            if last.text.endswith("."):
                stop -= len(last.text) > 2 and last.low not in {"jr", "sr"}
            possessive = ENDING.search(last.text)
            if possessive:
                stop = last.end - len(possessive[0])
            before = words[at - 1] if at else words[at]
            titled = before.low in _TITLES and (before.capital or self._flat)
            start = words[at - 1].start if titled else words[at].start
            yield Find(start, stop, Kind.NAME, score, reason)
            passed = end

    def _capitals(self) -> list[int]:
        """Return the words that a name could begin with, told by their case alone."""
        reading, passed = self._reading, self._lexicon.nameless
        lows = reading.lows
        if self._flat:
            return [at for at, low in enumerate(lows) if low not in passed and low[0].isalpha()]
        places = sorted({*reading.capitals, *reading.where(PARTICLES)})
        return [at for at in places if lows[at] not in passed]

    def _could_begin(self, word: Word) -> bool:
        """Whether a name could begin here: most words are told apart by this alone."""
        if len(word.low) == 1:
            return word.capital and word.text.endswith(".") and self._initial_of(word)
        return (word.capital or self._flat) and (
            word.low not in self._lexicon.common or word.low in self._lexicon.usual_names
        )

    def _particle_begins(self, at: int) -> bool:
        """Whether "van der Berg" begins here, in lower case as it is written."""
        words = self.words
        if words[at].whole not in PARTICLES:
            return False
        most = min(at + _MOST_PARTICLES, len(words))
        while at < most and words[at].whole in PARTICLES:
            at += 1
        return at < len(words) and words[at].capital and self._could_begin(words[at])

    def _from(self, at: int) -> tuple[int, float, str] | None:
        """Return where a name that begins at ``at`` ends, its score and the reason."""
        end = self._run(at)
        if end == at:
            return None
        cue = self._cue_before(at)
        if cue == "title" and not is_brand(self.words[at], self.words):
            return end, 0.97, "behind a title"
        strong = self._strength(at, end)
        if strong < 1 and self._determiner_after(end):
            return None
        if cue == "label" and (strong > -1 or self._any_unusual(at, end)):
            return end, 0.96, "behind a label"
        if self._credential_after(end) and strong > -1:
            return end, 0.96, LETTERS_AFTER
        if (cue == "relation" and strong > -1) or (cue == "spoken" and strong > 0):
            return end, 0.93, "behind who it is"
        if strong >= 2:
            return end, 0.9, BORNE
        if strong == 0 and end == at + 1 and self._speaks_after(end):
            return end, 0.8, "somebody who says or does something"
        if strong == 1 and (self._determiner_after(end) or self._is_thing(at, end)):
            return None
        if strong == 1 and (self._verb_after(end) or cue is not None):
            return end, 0.85, ACTS
        if strong == 1 and (not self._begins_sentence(at) or self._is_first_name(at, end)):
            return end, 0.75, WITHIN
        return None

    def _run(self, at: int) -> int:
        """Return the end of the words from ``at`` that could be one name."""
        words, end, real = self.words, at, 0
        cued = self._cue_before(at) in {"title", "label"}
        while end < len(words) and end - at < 6:
            word = words[end]
            nearby = end == at or word.start - words[end - 1].end <= 2
            if not word.text[0].isalpha():
                comma = word.text == "," and end == at + 1 and real == 1
                if comma and self._is_reversed(at, end):
                    end += 1
                    continue
                break
            if real and (not nearby or (end + 1 < len(words) and words[end + 1].text == ":")):
                break
            if self._could_be(word, cued, first=end == at):
                real += len(word.low) > 1
                end += 1
            elif self._particle_begins(end):
                end += 1
            else:
                break
            if word.text.endswith(".") and len(word.low) > 2 and word.low not in {"jr", "sr"}:
                break  # the full stop of a sentence
        while end > at and not words[end - 1].text[0].isalpha():
            end -= 1
        return end if real else at

    def _could_be(self, word: Word, cued: bool, *, first: bool) -> bool:
        lexicon, low = self._lexicon, word.low
        if low in self._cues.titles or (low in self._cues.credentials and word.text.isupper()):
            return False
        if len(low) == 1:
            if is_lettered(word.at, self.words):
                return False
            if first:
                return word.capital and word.text.endswith(".") and self._initial_of(word)
            dotted = word.text.endswith(".")
            return word.capital and (not self._flat or dotted or self._initial_of(word))
        if not word.capital:
            # In speech a name may be an ordinary word too: behind "doctor" it is the name.
            return self._flat and cued and low in lexicon.usual_names and low not in lexicon.common
        if (len(low) > 2 and low[1] == "-") or (low in lexicon.states and not cued):
            return low in lexicon.first and not first and low not in lexicon.states
        if low in {"north", "south", "west"} and f"{low} {self._following(word)}" in lexicon.states:
            return False
        if (
            not first
            and low in lexicon.usual_names
            and self.words[word.at - 1].low in lexicon.first
        ):
            return True  # "Alexis Black": behind a first name a colour is no colour
        if lexicon.is_medicine(low) or (
            low in lexicon.forms and not (cued and low in lexicon.usual_names)
        ):
            return False
        if word.text.isupper() and len(low) <= 5 and not cued:
            return not first and lexicon.is_name(low) and len(low) > 3
        if low in lexicon.common and not (cued and lexicon.is_name(low)):
            return low in lexicon.usual_names and not first
        return not is_eponym(word, self.words, self._lexicon)

    def _following(self, word: Word) -> str:
        """Return the word after another."""
        return self.words.low(word.at + 1)

    def _initial_of(self, word: Word) -> bool:
        """Whether a name follows an initial: "A. Muti", but not "A. Assessment"."""
        if word.at + 1 >= len(self.words) or is_lettered(word.at, self.words):
            return False
        after = self.words[word.at + 1]
        return after.capital and len(after.low) > 2 and after.low not in self._lexicon.known

    def _strength(self, at: int, end: int) -> int:
        """Return how much a run of words is like a name: 2 surely, 1 perhaps, 0 hardly, -1 not."""
        total, real = 0.0, 0
        lows = [word.low for word in self.words.between(at, end) if word.text[0].isalpha()]
        initials = sum(len(low) == 1 for low in lows)
        for low in lows:
            if len(low) == 1 or low in PARTICLES:
                continue
            real += 1
            total += worth(low)
        if not real:
            return -1
        if len(lows) > 1 and any(word.text == "," for word in self.words.between(at, end)):
            total += 0.5  # "Last, First" is how names are listed
        if real == 1:
            if initials and total >= 0.4:
                return 2
            return 1 if total >= 1.0 else 0 if total >= 0.3 else -1
        return 2 if total >= 1.6 else 1 if total >= 1.0 else 0 if total > 0 else -1

    def _cue_before(self, at: int) -> str | None:
        """Return what the words before ``at`` announce: asked for often, found once."""
        if at not in self._cued:
            self._cued[at] = cue_before(self._reading.lows, at - 1, self._cues)
        return self._cued[at]

    def _credential_after(self, end: int) -> bool:
        words = self.words
        at = end + 1 if end < len(words) and words[end].text == "," else end
        return (
            at < len(words)
            and words[at].low in self._cues.credentials
            and not (words[at].low in _NUMERALS and words[end - 1].text.isupper() != self._flat)
            and (
                words[at].text.isupper()
                or words[at].whole in {"jr.", "sr.", "jr", "sr", "phd", "ph.d.", "m.d."}
                or "-" in words[at].text
            )
            and words[at].text[0].isupper()
            and at - end <= 1
        )

    def _any_unusual(self, at: int, end: int) -> bool:
        """Whether two words or more stand behind a label, and prose does not have all of them."""
        real = [word.low for word in self.words.between(at, end) if len(word.low) > 1]
        return len(real) > 1 and any(low not in self._lexicon.common for low in real)

    def _is_first_name(self, at: int, end: int) -> bool:
        """Whether a sentence begins with a first name that is no other word."""
        low = self.words[at].low
        return end == at + 1 and low in self._lexicon.first and low not in self._lexicon.known

    def _determiner_after(self, end: int) -> bool:
        """Whether what follows makes a verb of the word: "Mark the site"."""
        return end < len(self.words) and self.words[end].whole in _DETERMINERS

    def _is_thing(self, at: int, end: int) -> bool:
        """Whether an article and a noun make a thing of it: "a King airway", "the Wood lamp"."""
        if at == 0 or end >= len(self.words) or self.words[at - 1].whole not in _ARTICLES:
            return False
        after = self.words[end]
        return after.whole in self._lexicon.known and after.whole not in _HOUSEHOLDS

    def _speaks_after(self, end: int) -> bool:
        """Whether what follows is said of people only."""
        return end < len(self.words) and self.words[end].low in _OF_PEOPLE

    def _verb_after(self, end: int) -> bool:
        return end < len(self.words) and self.words[end].low in self._cues.verbs

    def _begins_sentence(self, at: int) -> bool:
        if at == 0:
            return True
        before = self.words[at - 1]
        return (
            before.text[0] == "\n"
            or before.text in _STOPS
            or (before.text.endswith(".") and len(before.low) > 1)
        )

    def _is_reversed(self, at: int, comma: int) -> bool:
        """Whether "Last, First": both are names, and a label or a title part says so."""
        words = self.words
        if comma + 1 >= len(words):
            return False
        first, second = words[at], words[comma + 1]
        if not (second.text[0].isalpha() and second.capital and first.capital):
            return False
        low = second.low
        if (
            low in self._cues.credentials
            or low in self._lexicon.forms
            or low in self._lexicon.states
        ):
            return False
        if first.low in self._lexicon.common and first.low not in self._lexicon.usual_names:
            return False
        return low in self._lexicon.first or (
            self._cue_before(at) == "label" and low not in self._lexicon.known
        )
