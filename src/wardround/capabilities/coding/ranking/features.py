"""What the ranker is told of each code that a text may mean."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from operator import attrgetter
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from wardround.capabilities.coding.finding.lexicon import Lexicon, Match
from wardround.capabilities.coding.finding.words import Word
from wardround.capabilities.coding.ranking.cues import FAR, KINDS, NOWHERE, Cues

GAP = 0.15
"""What a foreign word among a term's own takes from the term's share."""
SOUND = 0.6
"""The least share, as a part of the strongest mention's, with which a place is told."""
FEW = 6
"""Mentions of a code that are looked at one by one; the strongest come first."""


class Candidate(NamedTuple):
    """A code that a text may mean, and where it is said, the strongest mention first."""

    code: int
    spots: tuple[tuple[int, int], ...]


class _Mention(NamedTuple):
    share: float
    match: Match
    link: int


_by_share = attrgetter("share")


class Statistics:
    """What training counted of each link and each code.

    ``facts``: for each link the columns title, inclusion term, everyday name, part of a title,
    aligned mentions, piece of one; documents that say the term, of these those with the code; the
    same for documents where no longer term covers it. ``share`` and ``free``: the smoothed shares;
    ``within``: the first, for a term within a longer one, which is a little less than alone.
    """

    def __init__(self, content: Mapping[str, Any]) -> None:
        self.facts: list[list[float]] = content["facts"].astype(float).tolist()
        self.share: list[float] = content["share"].astype(float).tolist()
        self.within: list[float] = [share * 0.999 for share in self.share]
        self.rival: list[float] = _rivals(content["share"], content["starts"]).tolist()
        self.free: list[float] = content["free"].astype(float).tolist()
        self.seen: list[float] = content["seen"].astype(float).tolist()
        self.group_seen: list[float] = content["group_seen"].astype(float).tolist()
        self.group: list[int] = content["group"].tolist()
        self.billable: list[float] = content["billable"].astype(float).tolist()


class Describing:
    """Turns the matches of a text into candidates and one row of numbers for each."""

    def __init__(self, lexicon: Lexicon, statistics: Statistics) -> None:
        self._lexicon = lexicon
        self._of = statistics

    def describe(
        self, words: Sequence[Word], matches: Sequence[Match], least: float = -1.0
    ) -> tuple[list[Candidate], NDArray[np.float32]]:
        """Return the candidates and their rows, ``(candidates, features)``.

        A code whose best term has a share below ``least`` is passed over.
        """
        said = self._said(matches)
        page = _Page(words, said, self._of)
        candidates, rows = [], []
        for code, mentions in said.items():
            if mentions[0].share < least:
                continue
            spots = {(m.match.first, m.match.last) for m in mentions}
            candidates.append(Candidate(code, self._sound(mentions)))
            rows.append(self._row(code, mentions, spots, page))
        return candidates, np.array(rows, dtype=np.float32).reshape(len(rows), -1 if rows else 0)

    def _said(self, matches: Sequence[Match]) -> dict[int, list[_Mention]]:
        """Return the mentions of each code, the strongest first."""
        within, free = self._of.within, self._of.free
        links, starts = self._lexicon.links, self._lexicon.starts
        said: dict[int, list[_Mention]] = defaultdict(list)
        for match in matches:
            key = match.key
            share = within if match.inside else free
            taken = GAP if match.gap else 0.0
            for link in range(starts[key], starts[key + 1]):
                said[links[link]].append(_Mention(share[link] - taken, match, link))
        for mentions in said.values():
            if len(mentions) > 1:
                mentions.sort(key=_by_share, reverse=True)
        return said

    def _sound(self, mentions: Sequence[_Mention]) -> tuple[tuple[int, int], ...]:
        """Return the places that a reader would take for the code; without any the strongest.

        Training also learns that "24 hours" goes with fever. That helps to rank, and says nothing.
        """
        facts, enough = self._of.facts, SOUND * mentions[0].share
        sound = [
            (one.match.first, one.match.last)
            for one in mentions
            if one.share >= enough and _told(facts[one.link])
        ]
        first = mentions[0].match
        return tuple(dict.fromkeys(sound)) or ((first.first, first.last),)

    def _row(
        self,
        code: int,
        mentions: Sequence[_Mention],
        spots: AbstractSet[tuple[int, int]],
        page: "_Page",
    ) -> list[float]:
        of, lexicon = self._of, self._lexicon
        top = mentions[0]
        shares: dict[int, float] = {}
        for mention in mentions:
            shares.setdefault(mention.match.key, mention.share)
        missed = 1.0
        for share in shares.values():
            missed *= 1.0 - max(0.0, min(share, 0.99))
        kept = list(shares.values())
        group = of.group[code]
        begin, end = page.sentence(top.match.first)
        nearby = [page.cues_at(mention.match) for mention in mentions[:FEW]]
        return [
            top.share, *of.facts[top.link],
            lexicon.lengths[top.match.key], top.match.last - top.match.first,
            top.match.gap, top.match.inside, of.rival[top.link],
            len(shares), len(spots), sum(not mention.match.inside for mention in mentions),
            1.0 - missed, kept[1] if len(kept) > 1 else 0.0,
            min(first for first, _ in spots) / page.count, top.match.first / page.count,
            page.place[top.match.first], page.sentences, page.count,
            of.seen[code], of.group_seen[code], page.group_best[group] - top.share,
            page.candidates, page.mass, of.billable[code],
            *nearby[0],
            *_near(nearby),
            end - begin, top.match.first - begin,
            max(lexicon.lengths[key] for key in shares),
            max(of.facts[mention.link][4] for mention in mentions),
        ]  # fmt: skip


def _near(nearby: Sequence[Sequence[float]]) -> list[float]:
    """Return in which part of the mentions a cue of each kind stands in the sentence."""
    counts = [0] * KINDS
    for distances in nearby:
        if distances is NOWHERE:
            continue
        for kind, distance in enumerate(distances):
            if distance < FAR:
                counts[kind] += 1
    return [count / len(nearby) for count in counts]


def _told(facts: Sequence[float]) -> bool:
    """Tell whether a term is published or written down for a code, or was marked for it twice."""
    title, inclusion, everyday, _, aligned = facts[:5]
    return title > 0 or inclusion > 0 or everyday > 0 or aligned > 1


def _rivals(
    share: NDArray[np.floating[Any]], starts: NDArray[np.integer[Any]]
) -> NDArray[np.float64]:
    """Return how far each link's share is above that of the term's best other code."""
    own = share.astype(np.float64)
    width = np.diff(starts)
    best = np.maximum.reduceat(own, starts[:-1])
    place = np.arange(len(own))
    leads = np.maximum.reduceat(np.where(own == np.repeat(best, width), place, -1), starts[:-1])
    others = own.copy()
    others[leads] = 0.0
    second = np.repeat(np.maximum.reduceat(others, starts[:-1]), width)
    rival = np.repeat(best, width)
    rival[own >= rival] = second[own >= rival]
    return np.asarray(own - rival)


class _Page:
    """What is the same for every candidate of one text."""

    def __init__(
        self, words: Sequence[Word], said: Mapping[int, Sequence[_Mention]], of: Statistics
    ) -> None:
        self.count = max(len(words), 1)
        self.place: list[int] = []
        self._begins: list[int] = []
        for place, word in enumerate(words):
            if word.begins:
                self._begins.append(place)
            self.place.append(len(self._begins) - 1)
        self.sentences = len(self._begins)
        self._begins.append(len(words))
        self._cues = Cues(words)
        self._known: dict[tuple[int, int], list[float]] = {}
        self.candidates = len(said)
        tops = {code: mentions[0].share for code, mentions in said.items()}
        self.mass = sum(tops.values())
        self.group_best: dict[int, float] = defaultdict(float)
        for code, share in tops.items():
            group = of.group[code]
            self.group_best[group] = max(self.group_best[group], share)

    def sentence(self, place: int) -> tuple[int, int]:
        """Return the first word of the sentence of word ``place``, and the first behind it."""
        number = self.place[place]
        return self._begins[number], self._begins[number + 1]

    def cues_at(self, match: Match) -> list[float]:
        """Return the distances of the cues around one mention."""
        spot = (match.first, match.last)
        if spot not in self._known:
            self._known[spot] = self._cues.distances(*spot, *self.sentence(match.first))
        return self._known[spot]
