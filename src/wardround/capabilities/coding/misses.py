"""Where lists of codes differ from those of coders, and of which kind each difference is.

A difference is of the first kind that holds, in the order of the tables. What can be told without
a person is counted; whether a coder's omission is an error of the gold is not.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from wardround.capabilities.coding.found import Found
from wardround.engines.assertion import assess
from wardround.kernel import Noun

MISSED = {
    "gold error": "the gold's code is of no edition since 2019, nor the beginning of one",
    "wrong specificity": "another code of its category is listed",
    "assertion": "found, and every place denies it or is of someone else",
    "guideline": "the Official Guidelines make it of what is listed",
    "missed term": "no words of it were found",
    "too unsure": "found, and below the threshold",
}
"""Kinds of codes of the gold that are not listed, and how each is told."""
WRONG = {
    "wrong specificity": "another code of its category is the gold's",
    "assertion": "every place denies it or is of someone else",
    "guideline": "the Official Guidelines leave it out beside what is listed",
    "named, not coded": "the report says it, and the gold has no code of its category",
}
"""Kinds of listed codes that the gold has not."""


class Miss(Noun):
    """How many differences are of a kind, and which part of all of theirs."""

    data: str
    kind: str
    codes: int
    share: float
    told_by: str


class Page(NamedTuple):
    """One document: its text, the gold's codes, and what is listed.

    ``found`` is all that was found, with its places; ``guided`` what the guidelines make of the
    list.
    """

    text: str
    right: frozenset[str]
    listed: frozenset[str]
    found: Mapping[str, Found]
    guided: frozenset[str]


def misses(pages: Sequence[Page], known: Callable[[str], bool], data: str) -> Iterator[Miss]:
    """Yield the kinds of what is missed, and of what is listed and not the gold's."""
    missed = Counter(
        _missed(code, page, known) for page in pages for code in page.right - page.listed
    )
    wrong = Counter(_wrong(code, page) for page in pages for code in page.listed - page.right)
    yield from _table(missed, MISSED, f"{data}: codes missed")
    yield from _table(wrong, WRONG, f"{data}: codes listed and not the gold's")


def _table(counts: Counter[str], kinds: Mapping[str, str], data: str) -> Iterator[Miss]:
    for kind, told in kinds.items():
        share = round(counts[kind] / max(counts.total(), 1), 3)
        yield Miss(data=data, kind=kind, codes=counts[kind], share=share, told_by=told)


def _missed(code: str, page: Page, known: Callable[[str], bool]) -> str:
    if not known(code):
        return "gold error"
    if _category_in(code, page.listed):
        return "wrong specificity"
    found = page.found.get(code)
    if found is not None and _denied(page.text, found):
        return "assertion"
    if code in page.guided:
        return "guideline"
    return "missed term" if found is None else "too unsure"


def _wrong(code: str, page: Page) -> str:
    if _category_in(code, page.right):
        return "wrong specificity"
    found = page.found.get(code)
    if found is not None and _denied(page.text, found):
        return "assertion"
    return "named, not coded" if code in page.guided else "guideline"


def _category_in(code: str, codes: frozenset[str]) -> bool:
    return any(other[:3] == code[:3] for other in codes)


def _denied(text: str, found: Found) -> bool:
    """Tell whether no place says it of the patient."""
    return all(
        one.polarity == "negated" or one.person != "patient"
        for one in assess(text, list(found.spans))
    )
