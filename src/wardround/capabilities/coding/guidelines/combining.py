"""Codes that say two things at once, and links that are presumed (I.A.15, I.B.9)."""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines.codeset import CodeSet, codes
from wardround.capabilities.coding.guidelines.note import pattern
from wardround.capabilities.coding.guidelines.rules import Rule, rules
from wardround.capabilities.coding.guidelines.sheet import Sheet

_RULES = rules("combinations")
_DIABETES = codes("E08-E13")
_DIABETIC = r"diabet\w+|t?[12]?dm|type (?:1|2)|hyperglyc\w+"
_OTHER_CAUSE = (
    r"\s*[,(]?\s*(?:is |was |likely )?"
    r"(?:due to|secondary to|caused by|because of|2/2|resulting from)\s+"
)
_UNRELATED = r"(?:not (?:due|related|secondary|attributable)|unrelated) to (?:\w+ ){{0,3}}(?:{0})"
_NON = r"non-?(?:{0})|non-?diabetic|non-?hypertensive"


def _table(rule: Rule) -> dict[str, str]:
    if "map" in rule:
        return dict(rule["map"])
    return {str(code): str(rule["to"]) for code in rule["of"]}


_COMBINATIONS = [(rule, _table(rule)) for rule in _RULES["rule"]]


def combine(sheet: Sheet) -> None:
    """Put one code where the classification has one for what several say."""
    _say_twice(sheet)
    for rule, table in _COMBINATIONS:
        if sheet.has_any(table):
            _combine(sheet, rule, table)
    if sheet.among(_DIABETES):
        for place in sorted({place for found in sheet for place in _links_of(found.code)}):
            _link(sheet, _RULES["diabetes"][place])
        _control(sheet)
    _say_twice(sheet)


@lru_cache(maxsize=16_384)
def _links_of(code: str) -> tuple[int, ...]:
    """Return which links of diabetes a code is an effect of."""
    return tuple(
        place for place, rule in enumerate(_RULES["diabetes"]) if code in codes(*rule["effect"])
    )


@lru_cache(maxsize=16_384)
def _may_be_said(code: str) -> bool:
    return any(code in codes(*rule["of"]) for rule in _RULES["within"])


def _say_twice(sheet: Sheet) -> None:
    """Leave out what another code says as well."""
    if not any(_may_be_said(found.code) for found in sheet):
        return
    for rule in _RULES["within"]:
        for old in sheet.among(codes(*rule["of"])):
            there = [one for one in sheet.among(codes(*rule["beside"])) if one.code != old.code]
            if there:
                by = [one.code for one in there]
                sheet.drop(old.code, rule["why"], rule["section"], by=by)


def _combine(sheet: Sheet, rule: Rule, table: Mapping[str, str]) -> None:
    for old in [found for found in sheet if found.code in table]:
        beside = [_linked(sheet, rule, codes(*wanted)) for wanted in rule["beside"]]
        if not all(beside) or sheet.among(codes(*rule.get("without", ()))):
            continue
        to = table[old.code]
        words = [span for some in beside for one in some for span in one.spans[:1]]
        others = ", ".join(dict.fromkeys(one.code for some in beside for one in some))
        least = min(one.score for some in beside for one in some[:1])
        kind = "is coded too" if rule.get("add") else "is one code"
        why = f"{rule['name'][0].upper()}{rule['name'][1:]} ({old.code} with {others}) {kind}"
        if rule.get("add"):
            if to not in sheet:
                reason = f"{why}. {rule['section']}"
                sheet.add(
                    Found(to, min(old.score, least), (*old.spans, *words), (reason,)),
                    after=old.code,
                )
        elif sheet.book.billable(to):
            sheet.replace(old, to, f"{why}. {rule['section']}", words, least)
            _absorb(sheet, codes(*rule.get("absorbed", ())), to, rule["section"])


def _linked(sheet: Sheet, rule: Rule, wanted: CodeSet) -> list[Found]:
    """Return the codes beside which are not said to have another cause."""
    cause = rule.get("cause")
    there = [found for found in sheet if found.code in wanted]
    return [one for one in there if not cause or not other_cause(sheet, one, cause)]


def other_cause(sheet: Sheet, effect: Found, cause: str) -> bool:
    """Whether the note says that ``effect`` has another cause than the one with these words."""
    return any(_other(sheet, span, cause) for span in effect.spans)


def _other(sheet: Sheet, span: Span, cause: str) -> bool:
    sentence = sheet.note.words(sheet.note.sentence(span))
    if pattern(_UNRELATED.format(cause)).search(sentence):
        return True
    if pattern(_NON.format(cause)).search(sentence):
        return True
    said = re.compile(_OTHER_CAUSE, re.IGNORECASE).match(sheet.note.text, span.end)
    if said is None:
        return False
    rest = sheet.note.text[said.end() : sheet.note.sentence(span).end]
    return pattern(cause).search(rest) is None


def _absorb(sheet: Sheet, wanted: CodeSet, into: str, section: str) -> None:
    for found in sheet:
        if found.code in wanted and found.code != into:
            sheet.tell(into, f"It takes in {found.code}.", found.spans)
            sheet.drop(found.code, f"It is part of {into}.", section, by=(into,))


def _link(sheet: Sheet, rule: Rule) -> None:
    """Link diabetes with a complication: "with" presumes it (I.A.15)."""
    effects = [
        found for found in sheet.among(codes(*rule["effect"])) if _effect(sheet, found, rule)
    ]
    if not effects:
        return
    diabetes = sheet.among(_DIABETES)
    category = diabetes[0].code[:3]
    same = tuple(f"{category}.{rest}" for rest in rule["same"])
    target = f"{category}.{rule['to']}"
    spans = [effect.spans[0] for effect in effects]
    there = next((found.code for found in diabetes if found.code.startswith(same)), None)
    if there is None:
        if not sheet.book.billable(target):
            return
        why = f"Diabetes with {effects[0].code}: the classification presumes the link"
        least = min(effect.score for effect in effects[:1])
        _into(sheet, target, f"{why}. I.A.15, I.C.4.a", spans, least)
        there = target
    if rule.get("absorbed"):
        taken = rule["effect"] if rule["absorbed"] is True else rule["absorbed"]
        for effect in effects:
            if effect.code in codes(*taken):
                _absorb(sheet, codes(effect.code), there, "I.A.15")


def _effect(sheet: Sheet, found: Found, rule: Rule) -> bool:
    words = " ".join(sheet.note.words(sheet.note.sentence(span)) for span in found.spans)
    if "said" in rule and not pattern(rule["said"]).search(words):
        return False
    if "unless" in rule and pattern(rule["unless"]).search(words):
        return False
    return not other_cause(sheet, found, _DIABETIC)


def _into(sheet: Sheet, target: str, why: str, spans: Sequence[Span], score: float = 1.0) -> None:
    """Turn diabetes without complications into ``target``; beside other complications add it."""
    diabetes = sheet.among(_DIABETES)
    plain = next((found for found in diabetes if found.code[4:] in {"9", "8"}), None)
    if plain is not None:
        sheet.replace(plain, target, why, spans, score)
        return
    first = diabetes[0]
    new = Found(target, min(first.score, score), (first.spans[0], *spans), (why,))
    sheet.add(new, after=diabetes[-1].code)


def _control(sheet: Sheet) -> None:
    rule = _RULES["uncontrolled"]
    for found in sheet.among(_DIABETES):
        for span in found.spans:
            said = sheet.note.said(rule["said"], sheet.note.sentence(span))
            target = f"{found.code[:3]}.{rule['to']}"
            acute = any(one.code[4:6] in {"00", "01", "10", "11", "64"} for one in sheet)
            if not said or target in sheet or acute or not sheet.book.billable(target):
                continue
            word = sheet.note.words(said[0])
            why = f'Diabetes that is "{word}" is indexed as with hyperglycemia. {rule["section"]}'
            _into(sheet, target, why, said[:1])
            return
