"""A month of a clinic: every planted snooper is found; what else is a case is counted."""

import pytest

from tests.privacy.oversight.conftest import Clinic
from tests.privacy.oversight.month import END, SPAN
from wardround.bootstrap import OpenRecord
from wardround.privacy.oversight import Cases, Swept, Verdict, read_hours, sweep

pytestmark = pytest.mark.slow

FALSE_IN_1000 = 5.0


def swept(clinic: Clinic) -> Swept:
    with clinic.database.read() as tx:
        record = OpenRecord(tx, 90)
        return sweep(tx, record, clinic.people, END, SPAN, read_hours("07:00-19:00"))


@pytest.fixture(scope="module")
def found(clinic: Clinic) -> Swept:
    return swept(clinic)


def test_every_planted_snooper_is_a_case_by_the_rule_that_tells(
    clinic: Clinic, found: Swept
) -> None:
    known = {
        (one.person, one.patient, reason.rule) for one in found.suspects for reason in one.reasons
    }
    assert len(clinic.month.planted) == 12
    assert [one for one in clinic.month.planted if tuple(one) not in known] == []


def test_few_others_are(clinic: Clinic, found: Swept) -> None:
    planted = {(one.person, one.patient) for one in clinic.month.planted}
    others = [one for one in found.suspects if (one.person, one.patient) not in planted]
    rate = 1000 * len(others) / found.accesses
    print(
        f"\n{len(planted)} planted, all found; {len(others)} other cases in {found.accesses:,} "
        f"accesses of {len(clinic.people)} people in {SPAN} days: {rate:.1f} in 1,000"
    )
    assert found.accesses > 4000
    assert rate < FALSE_IN_1000


def test_each_case_names_events_of_its_own(clinic: Clinic, found: Swept) -> None:
    from wardround.security import AuditTrail

    with clinic.database.read() as tx:
        for one in found.suspects:
            for reason in one.reasons:
                events = AuditTrail(tx).named(reason.events)
                assert events
                assert {event.actor for event in events} == {one.person}
                if one.patient is not None:
                    assert {event.subject for event in events} == {one.patient}
                assert "{" not in reason.says


def test_what_was_reviewed_is_no_case_again(clinic: Clinic, found: Swept) -> None:
    with clinic.database.begin() as tx:
        register = Cases(tx)
        assert register.keep(found.suspects) == len(found.suspects)
        assert register.keep(found.suspects) == 0
        assert register.count() == len(found.suspects)
        by = next(one for one in clinic.people if one.id == "lindqvist")
        for case in register.waiting(1000):
            assert case.person != by.id, "another reviews"
            register.judge(case.id, Verdict.APPROPRIATE, "", by)
    assert swept(clinic).suspects == ()
