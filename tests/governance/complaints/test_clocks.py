"""By when what is due: undecided, decided, in haste, late; every harm asks and none answers."""

from datetime import timedelta
from typing import Any

import pytest

from tests.governance.complaints.made import NOW, TODAY, complaint, day
from wardround.governance.complaints import (
    Harm,
    MdrDecision,
    MdrEvent,
    MdrHaste,
    MdrReporter,
    Sent,
    is_mdr_overdue,
    mdr_duties,
    mdr_suggestion,
    next_mdr_duty,
    read_noun,
)
from wardround.kernel import InvalidInput

BOTH = frozenset(MdrReporter)


def decision(**more: Any) -> MdrDecision:
    said = {
        "reportable": True,
        "reasons": "So it is.",
        "event": MdrEvent.INJURY,
        "reporters": BOTH,
        "aware": TODAY,
        "by": "mei",
        "at": NOW,
    }
    return read_noun(MdrDecision, **said | more)


def due(**more: Any) -> dict[str, str]:
    return {one.key: one.due.isoformat() for one in mdr_duties(complaint(**more))}


def test_until_it_is_decided_the_days_count_from_receipt() -> None:
    assert due(harm=Harm.SERIOUS) == {"facility": "2026-12-07", "manufacturer": "2026-12-20"}
    assert due(harm=Harm.HARM) == due(harm=Harm.SERIOUS)
    assert due(harm=Harm.NEAR_MISS) == due(harm=Harm.NONE) == {"manufacturer": "2026-12-20"}


def test_what_is_decided_counts_from_the_day_of_awareness() -> None:
    earlier = decision(aware=day("2026-11-10"))
    assert due(decision=earlier) == {"facility": "2026-11-25", "manufacturer": "2026-12-10"}
    alone = decision(reporters=frozenset({MdrReporter.FACILITY}), event=MdrEvent.DEATH)
    (one,) = mdr_duties(complaint(decision=alone))
    assert one.to == "FDA, and the manufacturer if known, as a user facility"
    haste = decision(haste=MdrHaste.REMEDY, haste_aware=day("2026-11-19"))
    assert due(decision=haste)["five-day"] == "2026-11-27"
    no: dict[str, Any] = {"event": None, "reporters": frozenset(), "aware": None}
    assert due(decision=decision(reportable=False, **no)) == {}


def test_overdue_until_it_is_sent() -> None:
    one = complaint(harm=Harm.SERIOUS)
    assert not is_mdr_overdue(one, day("2026-12-07"))
    assert is_mdr_overdue(one, day("2026-12-08"))
    assert not is_mdr_overdue(one.model_copy(update={"closed": True}), day("2027-12-08"))
    late = Sent(duty="facility", day=day("2026-12-09"), by="mei", at=NOW)
    sent = complaint(decision=decision(), sent=(late,))
    assert [duty.days_late for duty in mdr_duties(sent)] == [2, 0]
    following = next_mdr_duty(sent)
    assert following is not None
    assert following.key == "manufacturer"
    assert following.days_left(TODAY) == 30


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"event": None}, "has an event"),
        ({"aware": None}, "has an event"),
        ({"reporters": frozenset()}, "has an event"),
        ({"reasons": " " * 0}, "at least 1"),
        ({"reportable": False}, "no event"),
        ({"event": MdrEvent.MALFUNCTION}, "803.30"),
        (
            {
                "reporters": frozenset({MdrReporter.FACILITY}),
                "haste": MdrHaste.REQUEST,
                "haste_aware": TODAY,
            },
            "803.53",
        ),
        ({"haste": MdrHaste.REQUEST}, "since when"),
        ({"haste_aware": TODAY - timedelta(days=1)}, "since when"),
    ],
)
def test_a_decision_is_whole(wrong: dict[str, Any], said: str) -> None:
    with pytest.raises(InvalidInput, match=said):
        decision(**wrong)


def test_a_harm_asks_a_question_and_decides_nothing() -> None:
    assert len({mdr_suggestion(harm) for harm in Harm}) == len(Harm)
    assert complaint(harm=Harm.SERIOUS).decision is None
