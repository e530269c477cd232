from datetime import timedelta
from typing import Any

import pytest

from tests.privacy.egress.parties import NOON, TODAY, terms
from wardround.kernel import InvalidInput
from wardround.privacy.egress import Agreement, Carries, Standing, read_terms


def agreement(terminated: Any = None, **more: Any) -> Agreement:
    return Agreement(
        id="a",
        version=1,
        terms=terms(**more),
        terminated=terminated,
        change="entered",
        at=NOON,
        by="p",
    )


@pytest.mark.parametrize(
    ("days", "standing", "reminder"),
    [
        (None, Standing.IN_FORCE, None),
        (91, Standing.IN_FORCE, None),
        (90, Standing.ENDING, 90),
        (61, Standing.ENDING, 90),
        (60, Standing.ENDING, 60),
        (30, Standing.ENDING, 30),
        (0, Standing.ENDING, 30),
        (-1, Standing.EXPIRED, None),
    ],
)
def test_standing_by_the_days_that_are_left(
    days: int | None, standing: Standing, reminder: int | None
) -> None:
    expires = None if days is None else TODAY + timedelta(days=days)
    found = agreement(expires=expires)
    assert found.standing(TODAY) is standing
    assert found.reminder(TODAY) == reminder
    assert found.standing(TODAY).holds is (days is None or days >= 0)


def test_standing_before_it_begins_and_after_it_was_terminated() -> None:
    assert agreement(effective=TODAY + timedelta(days=1)).standing(TODAY) is Standing.COMING
    assert agreement(effective=TODAY).standing(TODAY) is Standing.IN_FORCE
    assert agreement(terminated=TODAY).standing(TODAY) is Standing.TERMINATED
    assert agreement(terminated=TODAY + timedelta(days=1)).standing(TODAY).holds


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"expires": TODAY - timedelta(days=400)}, "ends on or after"),
        ({"level": Carries.NOTHING}, "PHI or about a limited data set"),
        ({"hosts": ("https://vendor.example",)}, "host"),
        ({"hosts": ("2130706433",)}, "host"),
        ({"breach_days": 61}, "60"),
        ({"party": ""}, "at least 1"),
        ({"surprise": 1}, "[Ee]xtra"),
    ],
)
def test_terms_that_cannot_be(fields: dict[str, Any], told: str) -> None:
    with pytest.raises(InvalidInput, match=told):
        read_terms(**(terms().model_dump() | fields))


def test_what_a_whole_agreement_lacks() -> None:
    assert terms().lacks == ()
    assert len(terms(flow_down=False, breach_days=None, at_end=None).lacks) == 3


def test_terms_name_hosts_in_one_form() -> None:
    assert terms(hosts=("API.Vendor.example.", "api.vendor.example")).hosts == (
        "api.vendor.example",
    )
