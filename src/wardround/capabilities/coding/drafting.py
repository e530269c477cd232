"""From what was found to the draft: codes in the order of a claim, each with its words."""

from collections.abc import Sequence
from datetime import date

from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.guidelines import Guided
from wardround.capabilities.coding.level import VisitLevel
from wardround.capabilities.coding.model import NOTE, Code, Coded, Hint, Query, State
from wardround.capabilities.coding.visit import Visit
from wardround.engines.terminology import Tabular
from wardround.kernel import Evidence, TextSpan


def drafted(
    guided: Guided,
    visit: Visit,
    auto_accept: float,
    tabular: Tabular,
    level: VisitLevel | None = None,
) -> tuple[Coded, tuple[Evidence, ...]]:
    """Return the draft of a visit's codes, and where each code and question stands in the note."""
    codes = [
        _code(place, found, auto_accept, tabular, visit.day)
        for place, found in enumerate(guided.codes, start=1)
    ]
    queries = [
        Query(
            id=f"q{place}",
            about=query.about,
            question=query.question,
            options=tuple(query.options),
            why=query.why,
        )
        for place, query in enumerate(guided.queries, start=1)
    ]
    hints = [
        Hint(kind=one.kind, codes=tuple(one.codes), text=one.text, section=one.section)
        for one in guided.remarks
    ]
    evidence = [
        *(_evidence(f"/codes/{n}", found.spans) for n, found in enumerate(guided.codes)),
        *(
            _evidence(f"/queries/{n}", one.spans)
            for n, one in enumerate(guided.queries)
            if one.spans
        ),
    ]
    if level is not None and (said := _said(level)):
        evidence.append(_evidence("/level", said))
    coding = Coded(
        setting=visit.setting,
        date=visit.day,
        codes=tuple(codes),
        order=tuple(code.id for code in codes),
        queries=tuple(queries),
        hints=tuple(hints),
        level=level,
    )
    return settled(coding, tabular), tuple(evidence)


def settled(coding: Coded, tabular: Tabular) -> Coded:
    """Return a coding in its canonical form: titles of the code set, one first code, a headline."""
    ids = [code.id for code in coding.codes]
    known = list(dict.fromkeys(one for one in coding.order if one in ids))
    order = (*known, *(one for one in ids if one not in known))
    coding = coding.model_copy(update={"order": order})
    first = next((code.id for _, code in coding.standing), None)
    codes = tuple(
        code.model_copy(
            update={
                "principal": code.id == first,
                "display": title(tabular, code.code, coding.date) or code.display,
            }
        )
        for code in coding.codes
    )
    coding = coding.model_copy(update={"codes": codes})
    return coding.model_copy(update={"headline": headline(coding)})


def headline(coding: Coded) -> str:
    """Return the codes in a few words, for lists: the first ones, and how many are not taken."""
    standing = [code.code for _, code in coding.standing]
    more = f" and {len(standing) - 3} more" if len(standing) > 3 else ""
    left = f", {suggestions(len(coding.untaken))} not taken" if coding.untaken else ""
    return f"{', '.join(standing[:3]) or 'No codes'}{more}{left}"


def suggestions(many: int) -> str:
    """Return how many suggestions there are, in words."""
    return "1 suggestion" if many == 1 else f"{many} suggestions"


def title(tabular: Tabular, code: str, on: date | None) -> str:
    """Return what the code set calls a code; empty where it has none of that name."""
    concept = tabular.find(code, on)
    return "" if concept is None else concept.display


def _said(level: VisitLevel) -> list[Span]:
    """Return the words of all that counts towards a level, each once."""
    sheet = level.worksheet
    parts = [part for part in (sheet.problems, sheet.data, sheet.risk) if part is not None]
    spans = [span for part in parts for element in part.elements for span in element.spans]
    return [Span(*span) for span in dict.fromkeys(spans)]


def _code(place: int, found: Found, auto_accept: float, tabular: Tabular, day: date) -> Code:
    return Code(
        id=f"c{place}",
        code=found.code,
        display=title(tabular, found.code, day),
        score=round(min(max(found.score, 0.0), 1.0), 4),
        state=State.SUGGESTED,
        auto=found.score >= auto_accept,
        reasons=tuple(found.reasons),
    )


def _evidence(claim: str, spans: Sequence[Span]) -> Evidence:
    return Evidence(
        claim=claim,
        sources=tuple(TextSpan(input=NOTE, start=start, end=end) for start, end in spans),
    )
