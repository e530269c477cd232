"""Many notes at once: ``{"id", "text", "date"?, "setting"?}`` in, codes with their words out."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import lru_cache, partial
from typing import Any, NamedTuple

from wardround.capabilities.coding.drafting import title
from wardround.capabilities.coding.finding.covering import uncovered
from wardround.capabilities.coding.found import Found, Span, likely
from wardround.capabilities.coding.guidelines import Guided, Setting, apply
from wardround.capabilities.coding.ports import FindsCodes
from wardround.capabilities.coding.suitability import unsuitable
from wardround.engines.assertion import assess
from wardround.engines.terminology import Standing, Tabular
from wardround.kernel import InvalidInput, WardroundError

SYSTEM = "http://hl7.org/fhir/sid/icd-10-cm"
_TITLES = 10_000
"""Titles kept ready."""
LONGEST = 2_000_000
"""Characters of a text; more is no note."""


class Asked(NamedTuple):
    """One record: its text, the day of service and the setting, where it says them."""

    identity: object
    text: str
    on: date | None
    setting: Setting | None


class BulkCoding:
    """Answers records by the coder, and by the Official Guidelines where a setting is told.

    Without a setting nothing is known of whose rules hold: codes are then those that coders give
    what a text names. With one, what a note denies, suspects or says of a relative is left out as
    the guidelines say, codes are made specific and put in order, and questions are drafted.
    """

    def __init__(self, coder: FindsCodes, tabular: Tabular) -> None:
        self._coder = coder
        self._tabular = tabular
        self._title = lru_cache(_TITLES)(partial(title, tabular))

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return the answer to one record; raise ``InvalidInput`` for what cannot be read."""
        answer = self.batch_many([line])[0]
        if isinstance(answer, WardroundError):
            raise answer
        return answer

    def batch_many(
        self, lines: Sequence[Mapping[str, Any]]
    ) -> list[dict[str, Any] | WardroundError]:
        """Return for each record its answer, or the error that it costs."""
        read = [_read(line) for line in lines]
        why = [unsuitable(one.text) if isinstance(one, Asked) else None for one in read]
        asked = [
            one
            for one, not_this in zip(read, why, strict=True)
            if isinstance(one, Asked) and not not_this
        ]
        found = self._coder.find_many([one.text for one in asked], [one.on for one in asked])
        ready = iter(zip(asked, found, strict=True))
        answers: list[dict[str, Any] | WardroundError] = []
        for one, not_this in zip(read, why, strict=True):
            if isinstance(one, InvalidInput):
                answers.append(one)
            elif not_this:
                answers.append(_record(one, "abstained", reasons=[not_this]))
            else:
                answers.append(self._answer(*next(ready)))
        return answers

    def _answer(self, asked: Asked, found: Sequence[Found]) -> dict[str, Any]:
        bounds = self._coder.thresholds
        guided = Guided(tuple(likely(found, bounds.suggest)))
        if asked.setting is not None:
            own = uncovered(asked.text, guided.codes, bounds.suggest)
            guided = apply(asked.text, own, asked.on, asked.setting, self._tabular)
        stated = self._stated(asked, guided.codes)
        codes = [self._code(asked, one, stated) for one in guided.codes]
        queries = [
            {"about": one.about, "question": one.question, "options": list(one.options)}
            for one in guided.queries
        ]
        return _record(asked, "drafted", codes=codes, queries=queries)

    def _stated(self, asked: Asked, found: Sequence[Found]) -> frozenset[Span]:
        """Return the places that say a sure code of the patient, and not that it is absent.

        With a setting the guidelines have looked at all places already.
        """
        sure = [one for one in found if one.score >= self._coder.thresholds.auto_accept]
        spans = list(dict.fromkeys(span for one in sure for span in one.spans))
        if asked.setting is not None:
            return frozenset(spans)
        said = zip(spans, assess(asked.text, spans), strict=True)
        return frozenset(
            span for span, one in said if one.polarity == "present" and one.person == "patient"
        )

    def _code(self, asked: Asked, found: Found, stated: frozenset[Span]) -> dict[str, Any]:
        reasons = list(found.reasons)
        accepted, spans = found.score >= self._coder.thresholds.auto_accept, found.spans
        if accepted:
            spans = tuple(sorted(spans, key=lambda span: span not in stated))
            accepted = spans[0] in stated
            if not accepted:
                reasons.append("The note says only that this is absent, or of someone else.")
        if asked.on is not None:
            stands = self._tabular.valid(found.code, asked.on)
            if not stands.valid:
                reasons.append(stands.reason)
            accepted = accepted and stands.standing in (Standing.VALID, Standing.NO_EDITION)
        return {
            "system": SYSTEM,
            "code": found.code,
            "display": self._title(found.code, asked.on),
            "score": found.score,
            "accepted": accepted,
            "evidence": [{"start": span.start, "end": span.end} for span in spans],
            "reasons": reasons,
        }


def _read(line: Mapping[str, Any]) -> Asked | InvalidInput:
    text = line.get("text")
    if not isinstance(text, str):
        return InvalidInput(
            "A record has a text.", where="text", mend='Write {"id": "1", "text": "…"}.'
        )
    if len(text) > LONGEST:
        return InvalidInput(
            f"This text has {len(text):,} characters; the most is {LONGEST:,}.",
            where="text",
            mend="Send each note as its own record.",
        )
    try:
        return Asked(line.get("id"), text, _day(line.get("date")), _setting(line.get("setting")))
    except InvalidInput as error:
        return error


def _day(written: object) -> date | None:
    if written is None:
        return None
    try:
        return date.fromisoformat(written[:10] if isinstance(written, str) else "")
    except ValueError:
        raise InvalidInput(
            "This is no day of service.", where="date", mend="Write it as 2026-05-04."
        ) from None


def _setting(written: object) -> Setting | None:
    if written is None:
        return None
    known = [one.value for one in Setting]
    if written not in known:
        raise InvalidInput(
            "There is no such setting.", where="setting", mend=f"One of: {', '.join(known)}."
        )
    return Setting(str(written))


def _record(
    asked: Asked,
    status: str,
    *,
    codes: Sequence[Mapping[str, Any]] = (),
    queries: Sequence[Mapping[str, Any]] = (),
    reasons: Sequence[str] = (),
) -> dict[str, Any]:
    return {
        "id": asked.identity,
        "status": status,
        "codes": list(codes),
        "queries": list(queries),
        "reasons": list(reasons),
    }
