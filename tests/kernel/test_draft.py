"""The status machine, by property: whatever is tried in whatever order, the rules hold."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from wardround.kernel import (
    MOVES,
    Actor,
    Conflict,
    Draft,
    Finding,
    Model,
    NotAllowed,
    Role,
    Severity,
    Status,
)

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)
SIGNER = Actor(id="p1", name="A. Osei", role=Role.CLINICIAN, reference="Practitioner/p1")
OTHER = Actor(id="p2", name="B. Lind", role=Role.CLINICIAN, reference="Practitioner/p2")
MODEL = Model(name="test", version="1", digest="0" * 64)


def draft(**changes: object) -> Draft:
    fields: dict[str, object] = {
        "id": "d1",
        "capability": "documentation",
        "subject": "Patient/1",
        "model": MODEL,
        "created": NOON,
        "updated": NOON,
    }
    return Draft.model_validate(fields | changes)


findings = st.lists(
    st.builds(
        Finding,
        rule=st.sampled_from(["number", "laterality", "negation"]),
        severity=st.sampled_from(list(Severity)),
        message=st.just("Check this."),
        claim=st.sampled_from([None, "/sections/0/sentences/0", "/sections/0/sentences/1"]),
    ),
    max_size=4,
    unique_by=lambda f: f.key,
).map(tuple)


class Round(RuleBasedStateMachine):
    """A draft that people edit, acknowledge, sign, reject and supersede in any order."""

    def __init__(self) -> None:
        super().__init__()
        self.draft = draft()
        self.trail = [Status.DRAFTED]
        self.now = NOON

    def tick(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now

    def become(self, after: Draft) -> None:
        if after.status is not self.draft.status:
            self.trail.append(after.status)
        self.draft = after

    @rule(found=findings)
    def edit(self, found: tuple[Finding, ...]) -> None:
        before = self.draft
        try:
            self.become(before.revised({"text": "x"}, (), found, self.tick()))
        except Conflict:
            assert before.status is not Status.DRAFTED
        else:
            assert self.draft.revision == before.revision + 1

    @precondition(lambda self: self.draft.findings)
    @rule(data=st.data())
    def acknowledge(self, data: st.DataObject) -> None:
        finding = data.draw(st.sampled_from(self.draft.findings))
        before = self.draft
        try:
            self.become(before.acknowledged(finding.key, SIGNER, self.tick()))
        except Conflict:
            assert before.status is not Status.DRAFTED

    @rule(who=st.sampled_from([SIGNER, OTHER]))
    def sign(self, who: Actor) -> None:
        before = self.draft
        try:
            self.become(before.signed(who, self.tick()))
        except Conflict:
            assert before.status is not Status.DRAFTED
        except NotAllowed:
            assert before.open_findings
        else:
            assert not before.open_findings
            assert self.draft.decided_by == who

    @rule(reason=st.sampled_from(["", "  ", "wrong patient"]))
    def reject(self, reason: str) -> None:
        before = self.draft
        try:
            self.become(before.rejected(SIGNER, self.tick(), reason))
        except Conflict:
            assert before.status is not Status.DRAFTED
        except NotAllowed:
            assert not reason.strip()
        else:
            assert self.draft.reason == reason.strip()

    @rule()
    def supersede(self) -> None:
        before = self.draft
        try:
            self.become(before.superseded(self.tick()))
        except Conflict:
            assert before.status is not Status.SIGNED
        else:
            assert self.draft.decided_by == before.decided_by

    @invariant()
    def only_known_moves(self) -> None:
        for before, after in zip(self.trail, self.trail[1:], strict=False):
            assert after in MOVES[before]

    @invariant()
    def decided_exactly_when_a_person_decided(self) -> None:
        decided = self.draft.status in {Status.SIGNED, Status.REJECTED, Status.SUPERSEDED}
        assert (self.draft.decided_by is not None) == decided

    @invariant()
    def nothing_signed_with_an_open_finding(self) -> None:
        if self.draft.status is Status.SIGNED:
            assert not self.draft.open_findings


TestRound = Round.TestCase


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.DRAFTED])
def test_only_a_drafted_draft_is_signed(status: Status) -> None:
    with pytest.raises(Conflict):
        draft(status=status).signed(SIGNER, NOON)


@given(found=findings)
def test_a_block_is_never_acknowledged_away(found: tuple[Finding, ...]) -> None:
    after = draft(findings=found)
    for finding in found:
        after = after.acknowledged(finding.key, SIGNER, NOON)
    blocks = [f for f in found if f.severity is Severity.BLOCK]
    assert [f.key for f in after.open_findings] == [f.key for f in blocks]


def test_an_acknowledged_finding_stays_so_while_it_stands() -> None:
    warning = Finding(rule="number", severity=Severity.WARN, message="40 is not in the visit.")
    seen = draft(findings=(warning,)).acknowledged(warning.key, SIGNER, NOON)
    again = seen.revised({}, (), (warning,), NOON)
    changed = warning.model_copy(update={"message": "50 is not in the visit."})
    assert not again.open_findings
    assert seen.revised({}, (), (changed,), NOON).open_findings


def test_acknowledging_what_is_gone_says_so() -> None:
    with pytest.raises(NotAllowed, match="no longer part"):
        draft().acknowledged("number@", SIGNER, NOON)


def test_a_draft_in_shadow_makes_no_move() -> None:
    one = draft(shadow=True)
    moves: list[Callable[[], Draft]] = [
        lambda: one.signed(SIGNER, NOON),
        lambda: one.rejected(SIGNER, NOON, "Wrong."),
        lambda: one.revised(one.content, (), (), NOON),
        lambda: one.acknowledged("x", SIGNER, NOON),
    ]
    for move in moves:
        with pytest.raises(NotAllowed, match="in shadow"):
            move()
    assert not one.is_shown_to(SIGNER.id)
