"""Drafts of questions to the clinician, as AHIMA and ACDIS ask of a compliant query (2022)."""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from wardround.capabilities.coding.found import Span
from wardround.capabilities.coding.guidelines.codeset import codes
from wardround.capabilities.coding.guidelines.model import Query
from wardround.capabilities.coding.guidelines.note import pattern
from wardround.capabilities.coding.guidelines.rules import Rule, rules
from wardround.capabilities.coding.guidelines.sheet import Sheet
from wardround.capabilities.coding.guidelines.variants import SIDES, variants

_RULES = rules("queries")
_CLOSING = tuple(_RULES["closing"])
_MOST = 6
_SUPPORTED = 2


def ask(sheet: Sheet) -> None:
    """Draft a question for each detail that is missing and worth it, and for each contradiction."""
    asked = frozenset().union(*(_asked_of(found.code) for found in sheet))
    for rule in _RULES["query"]:
        if not rule["about"] or rule["name"] in asked:
            _missing(sheet, rule)
    _sides(sheet)
    _incomplete(sheet)
    _conflicts(sheet)


def _missing(sheet: Sheet, rule: Rule) -> None:
    about = [found for found in sheet if rule["name"] in _asked_of(found.code)]
    if rule["about"] and not about:
        return
    if not sheet.note.hints(rule.get("hint", ("",))):
        return
    if "without" in rule and sheet.among(codes(*rule["without"])):
        return
    beside = sheet.among(codes(*rule["beside"])) if "beside" in rule else []
    if "beside" in rule and not beside:
        return
    places = sheet.note.around(rule["hint"]) if "hint" in rule else [sheet.note.whole]
    if "needs" in rule and not any(sheet.note.said(rule["needs"], place) for place in places):
        return
    mentions = [found.spans[0] for found in (*about[:1], *beside)]
    spans = _quoted(sheet, rule["indicators"], places, mentions)
    if not spans:
        return
    supported = [
        option["text"]
        for option in rule["options"]
        if "when" not in option or sheet.note.said(option["when"], sheet.note.whole)
    ]
    options = tuple(supported) if len(supported) >= _SUPPORTED else ()
    code = about[0].code if about else ""
    sheet.queries.append(_query(sheet, code, rule["question"], options, spans, rule["why"]))


@lru_cache(maxsize=16_384)
def _asked_of(code: str) -> frozenset[str]:
    """Return the names of the questions that are about a code."""
    return frozenset(rule["name"] for rule in _RULES["query"] if _is_about(code, rule["about"]))


def _is_about(code: str, wanted: Sequence[str]) -> bool:
    if code in codes(*(one for one in wanted if "?" not in one)):
        return True
    open_ones = (one.replace(".", r"\.").replace("?", ".") for one in wanted if "?" in one)
    return any(re.fullmatch(one, code) for one in open_ones)


def _quoted(
    sheet: Sheet, indicators: str, places: Iterable[Span], mentions: Iterable[Span]
) -> tuple[Span, ...]:
    """Return the mention and the indicators that the note holds, in its order."""
    words, text = pattern(indicators), sheet.note.text
    found = [
        Span(*match.span())
        for place in places
        for match in words.finditer(text, place.start, place.end)
    ]
    return tuple(sorted(dict.fromkeys((*mentions, *found[:_MOST]))))


def _sides(sheet: Sheet) -> None:
    rule = _RULES["side"]
    for found in sheet.among(codes(*rule["about"])):
        if "unspecified" not in sheet.book.display(found.code).lower():
            continue
        by_side = variants(sheet.book, found.code, SIDES)
        if not by_side or found.code in by_side.values():
            continue
        options = tuple(rule["options"]) if "bilateral" in by_side else tuple(rule["options"][:2])
        query = _query(
            sheet, found.code, rule["question"], options, found.spans[:_MOST], rule["why"]
        )
        sheet.queries.append(query)


def _incomplete(sheet: Sheet) -> None:
    """Ask which of the codes below it is meant, of a code that lacks characters."""
    rule = _RULES["incomplete"]
    for found in sheet:
        below = sheet.book.children(found.code)
        if not below:
            continue
        titles = tuple(child.display for child in below)
        options = titles if len(titles) <= rule["most"] else ()
        query = _query(
            sheet, found.code, rule["question"], options, found.spans[:_MOST], rule["why"]
        )
        sheet.queries.append(query)


def _conflicts(sheet: Sheet) -> None:
    for remark in sheet.remarks:
        if remark.kind != "contradiction":
            continue
        said = tuple(dict.fromkeys(sheet.note.words(span) for span in remark.spans))
        options = said if len(said) >= _SUPPORTED else ()
        why = f"{remark.text} {remark.section}"
        question = _RULES["conflict"]["question"]
        sheet.queries.append(_query(sheet, remark.codes[0], question, options, remark.spans, why))


def _query(
    sheet: Sheet,
    about: str,
    question: str,
    options: tuple[str, ...],
    spans: tuple[Span, ...],
    why: str,
) -> Query:
    quoted = ", ".join(f'"{sheet.note.words(span).strip()}"' for span in spans)
    return Query(
        about,
        f"The note says {quoted}. {question}",
        (*options, *_CLOSING) if options else (),
        spans,
        why,
    )
