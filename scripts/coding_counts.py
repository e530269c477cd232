"""The dictionary's arrays: terms with their codes, and what the training texts say of each link."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scripts.coding_alignment import Aligned
from scripts.coding_terms import KINDS, Term

from wardround.capabilities.coding.finding.lexicon import Lexicon, company_of, numbers_of
from wardround.capabilities.coding.finding.words import Word

Links = dict[Term, dict[str, Counter[str]]]
_PRIOR = {
    "everyday": 0.6,
    "title": 0.4,
    "inclusion": 0.4,
    "aligned": 0.25,
    "part": 0.1,
    "piece": 0.1,
}
"""How often a term means its code, before a single text is seen."""
_WHOLE = 5
"""Words of an aligned term that is taken apart."""
_WORTH = 0.08
"""The share below which a part of a term is not kept."""
_TRUST = 2.0
"""How many texts that belief is worth."""


def links_of(*sources: Iterable[tuple[Term, str, str]]) -> Links:
    """Return for each term its codes, and how often each kind of source says so."""
    found: Links = defaultdict(lambda: defaultdict(Counter))
    for source in sources:
        for term, code, kind in source:
            found[term][code][kind] += 1
    return found


def borne_out(aligned: Mapping[str, Sequence[Aligned]]) -> dict[str, list[Aligned]]:
    """Return for each document its alignments but those that nothing else bears out.

    A mark whose own words the translation lacks is aligned with whatever stands there: one report
    says that "write" is a disorder of metabolism. Words that neither look like the mark nor are of
    the code's titles are believed where two documents agree.
    """
    agree = Counter(
        pair for own in aligned.values() for pair in {(one.term, one.code) for one in own}
    )
    return {
        name: [one for one in own if one.rooted or agree[one.term, one.code] > 1]
        for name, own in aligned.items()
    }


def pieces_of(aligned: Mapping[str, Iterable[tuple[Term, str]]]) -> list[tuple[Term, str]]:
    """Return parts of aligned terms that stand for a code in two documents or more.

    A coder marks "enlarged right testis"; another note says "enlarged testis" of the same code.
    """
    found: Counter[tuple[Term, str]] = Counter()
    for own in aligned.values():
        here = {
            (part, code)
            for term, code in own
            if len(term) <= _WHOLE
            for size in range(1, len(term))
            for part in combinations(term, size)
        }
        found.update(here)
    return sorted(piece for piece, count in found.items() if count > 1)


def content_of(links: Links) -> dict[str, Any]:
    """Return a dictionary's arrays, without counts."""
    vocabulary = sorted({word for term in links for word in term})
    number = dict(zip(vocabulary, numbers_of(len(vocabulary)), strict=True))
    codes = sorted({code for own in links.values() for code in own})
    place = {code: at for at, code in enumerate(codes)}
    total = {term: sum(number[word] for word in term) & ((1 << 64) - 1) for term in links}
    terms = sorted(links, key=lambda term: (total[term], term))
    starts, flat, facts = [0], [], []
    for term in terms:
        for code, kinds in sorted(links[term].items()):
            flat.append(place[code])
            facts.append([kinds[kind] for kind in KINDS])
        starts.append(len(flat))
    company = company_of([number[word] for word in term] for term in terms)
    return {
        "vocabulary": vocabulary,
        "company": np.array(
            [list(company.get(number[word], 0).to_bytes(32)) for word in vocabulary], dtype=np.uint8
        ).reshape(len(vocabulary), 32),
        "codes": codes,
        "sums": np.array([total[term] for term in terms], dtype=np.uint64),
        "lengths": np.array([len(term) for term in terms], dtype=np.uint8),
        "starts": np.array(starts, dtype=np.int32),
        "links": np.array(flat, dtype=np.int32),
        "facts": np.array(facts, dtype=np.float32),
    }


def counted(
    content: Mapping[str, Any],
    texts: Mapping[str, Sequence[Word]],
    gold: Mapping[str, Collection[str]],
) -> dict[str, Any]:
    """Return a dictionary's arrays with what ``texts`` and their codes say of each link."""
    lexicon = Lexicon(content)
    keys, links = len(lexicon.lengths), len(lexicon.links)
    said: NDArray[np.float64] = np.zeros((2, keys))
    coded: NDArray[np.float64] = np.zeros((2, links))
    for name, words in texts.items():
        matches = [match for match in lexicon.find(words) if not match.gap]
        for row, here in enumerate(
            ({m.key for m in matches}, {m.key for m in matches if not m.inside})
        ):
            for key in here:
                said[row, key] += 1
                for link in range(lexicon.starts[key], lexicon.starts[key + 1]):
                    coded[row, link] += lexicon.codes[lexicon.links[link]] in gold[name]
    width = np.diff(content["starts"])
    any_said, free_said = np.repeat(said[0], width), np.repeat(said[1], width)
    facts = np.column_stack([content["facts"], any_said, coded[0], free_said, coded[1]])
    belief = _belief(content["facts"]) / np.sqrt(np.repeat(width, width))
    share = (coded[0] + _TRUST * belief) / (any_said + _TRUST)
    free = (coded[1] + _TRUST * share) / (free_said + _TRUST)
    return {**content, "facts": facts.astype(np.float32), "share": share, "free": free,
            **_codes(lexicon.codes, [gold[name] for name in texts])}  # fmt: skip


def without_weak_pieces(
    links: Links, pieces: Collection[tuple[Term, str]], content: Mapping[str, Any]
) -> Links:
    """Return the links but for those pieces that the counted texts do not bear out."""
    lexicon = Lexicon(content)
    place = {code: at for at, code in enumerate(lexicon.codes)}
    for term, code in pieces:
        key = lexicon.key_of(term)
        if key is None:
            continue
        own = range(lexicon.starts[key], lexicon.starts[key + 1])
        link = next(at for at in own if lexicon.links[at] == place[code])
        if content["share"][link] < _WORTH:
            del links[term][code]
            if not links[term]:
                del links[term]
    return links


def _belief(facts: NDArray[np.float32]) -> NDArray[np.float64]:
    kinds = dict(zip(KINDS, facts.T, strict=True))
    found = np.full(len(facts), _PRIOR["part"])
    for kind in ("aligned", "inclusion", "title", "everyday"):
        found[kinds[kind] > 0] = _PRIOR[kind]
    return found


def _codes(codes: Sequence[str], gold: Sequence[Collection[str]]) -> dict[str, Any]:
    seen = Counter(code for own in gold for code in set(own))
    groups = Counter(code[:3] for own in gold for code in set(own))
    names = sorted({code[:3] for code in codes})
    place = {name: at for at, name in enumerate(names)}
    return {
        "seen": np.array([seen[code] for code in codes], dtype=np.float32),
        "group_seen": np.array([groups[code[:3]] for code in codes], dtype=np.float32),
        "group": np.array([place[code[:3]] for code in codes], dtype=np.int32),
    }
