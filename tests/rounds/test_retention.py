"""What the clinic no longer keeps is destroyed, and what a signed note stands on is not."""

from datetime import UTC, datetime, timedelta

import pytest

from tests.rounds.conftest import OSEI, drafted, order, settled
from wardround.database import Database
from wardround.kernel import Draft, NotFound, Part, Status, resource_id
from wardround.privacy.holds import LegalHolds
from wardround.privacy.retention import Kept, Retention, read_schedule
from wardround.record import Blobs, Chart
from wardround.rounds import Recordings, Rounds, State, Unsigned
from wardround.rounds.tables import drafts, orders, revisions
from wardround.security import AuditTrail

ADA = "Patient/ada"
DAYS = 30
SET = {"keep_recordings_days": DAYS, "keep_unsigned_days": DAYS}
SOUND = Part(name="visit.wav", data=b"RIFF sound", media_type="audio/wav")
TEXT = Part(name="visit.txt", data=b"Feels well.", media_type="text/plain")


def retention(blobs: Blobs, days: float = DAYS + 1, **settings: int) -> Retention:
    """The clinic's retention, as it is some days from now."""
    keepers = (Recordings(blobs), Unsigned(blobs))

    def clock() -> datetime:
        return datetime.now(UTC) + timedelta(days=days)

    return Retention(read_schedule(settings or SET), keepers, clock)


def counts(database: Database, of: Retention, name: str) -> tuple[int, int, int]:
    with database.read() as tx:
        due = next(one for one in of.survey(tx) if one.kept.name == name)
    return due.ready, due.held, due.needed


def rows(database: Database) -> list[int]:
    with database.read() as tx:
        return [len(tx.execute(table.select()).all()) for table in (orders, drafts, revisions)]


def files(blobs: Blobs) -> int:
    return sum(path.is_file() for path in blobs._root.glob("*/*"))


def ordered(rounds: Rounds, *parts: Part) -> Draft:
    made = rounds.order("lines", ADA, "Encounter/e1", parts, OSEI)
    assert settled(rounds, made.id) is State.DONE
    return rounds.draft(made.id)


def test_what_nobody_signed_goes(database: Database, blobs: Blobs, rounds: Rounds) -> None:
    rejected = drafted(rounds, "Feels unwell.")
    rounds.reject(rejected.id, rejected.revision, "Another patient.", OSEI)
    assert drafted(rounds, "").status is Status.ABSTAINED
    assert settled(rounds, failed := order(rounds, "fail")) is State.FAILED
    waiting, signed = drafted(rounds, "Sleeps badly."), drafted(rounds, "Feels well.")
    rounds.sign(signed.id, signed.revision, OSEI)
    assert (rows(database), files(blobs)) == ([5, 4, 4], 5)

    early = retention(blobs, DAYS - 1)
    assert counts(database, early, "unsigned") == (0, 0, 0)
    assert early.destroy(database) == {}
    late = retention(blobs)
    assert counts(database, late, "unsigned") == (3, 0, 0)
    assert late.destroy(database) == {"unsigned": 3}
    assert (rows(database), blobs.clear_out(), files(blobs)) == ([2, 2, 2], 3, 2)
    assert {one.id for one in rounds.drafts()} == {waiting.id, signed.id}
    with pytest.raises(NotFound):
        rounds.draft(rejected.id)
    assert blobs.get(signed.inputs[0].sha256, ADA) == b"Feels well."
    with database.read() as tx:
        events = AuditTrail(tx).list(action="destroy-unsigned")
        assert Chart(tx).read(f"Provenance/{resource_id(signed.id, 'provenance')}")
    assert {event.subject for event in events} == {ADA}
    assert {f"draft/{rejected.id}", f"draft/{failed}"} < {event.entity for event in events}
    assert late.destroy(database) == {}


def test_nothing_goes_unless_the_clinic_says_so(
    database: Database, blobs: Blobs, rounds: Rounds
) -> None:
    draft = drafted(rounds, "")
    unset = Retention(read_schedule({}), (Recordings(blobs), Unsigned(blobs)))
    assert unset.destroy(database) == {}
    assert rounds.draft(draft.id) == draft


@pytest.mark.parametrize("on", [ADA, None])
def test_a_hold_keeps_it(database: Database, blobs: Blobs, rounds: Rounds, on: str | None) -> None:
    drafted(rounds, "")
    with database.begin() as tx:
        LegalHolds(tx).place("Patient/bea", "Of another", OSEI)
        hold = LegalHolds(tx).place(on, "Claim 12/7", OSEI)
    late = retention(blobs)
    assert counts(database, late, "unsigned") == (0, 1, 0)
    assert late.destroy(database) == {}
    assert rows(database) == [1, 1, 1]
    with database.begin() as tx:
        LegalHolds(tx).lift(hold, "Settled", OSEI)
    assert late.destroy(database) == {"unsigned": 1}


def test_what_another_order_needs_stays(database: Database, blobs: Blobs, rounds: Rounds) -> None:
    signed, first, second = (drafted(rounds, "The same.") for _ in range(3))
    rounds.sign(signed.id, 1, OSEI)
    rounds.reject(first.id, 1, "Twice.", OSEI)
    rounds.reject(second.id, 1, "Twice.", OSEI)
    assert retention(blobs).destroy(database) == {"unsigned": 2}
    assert blobs.clear_out() == 0
    assert blobs.get(signed.inputs[0].sha256, ADA) == b"The same."


def test_what_is_handed_in_twice_goes_with_the_last(
    database: Database, blobs: Blobs, rounds: Rounds
) -> None:
    for draft in [drafted(rounds, "The same.") for _ in range(2)]:
        rounds.reject(draft.id, 1, "Twice.", OSEI)
    assert retention(blobs).destroy(database) == {"unsigned": 2}
    assert (blobs.clear_out(), files(blobs)) == (1, 0)


def test_what_is_handed_in_meanwhile_is_not_lost(
    database: Database, blobs: Blobs, rounds: Rounds
) -> None:
    """Between what is handed in and its order, only the file knows that somebody needs it."""
    draft = drafted(rounds, "The same.")
    rounds.reject(draft.id, 1, "Wrong.", OSEI)
    late = retention(blobs)
    again = Blobs(blobs._root, database, lambda: datetime.now(UTC) + timedelta(days=DAYS))
    again.put(b"The same.", ADA)
    assert late.destroy(database) == {}
    assert rounds.draft(draft.id).status is Status.REJECTED
    assert blobs.get(draft.inputs[0].sha256, ADA) == b"The same."


def test_an_amendment_goes_alone(database: Database, blobs: Blobs, rounds: Rounds) -> None:
    signed = drafted(rounds, "Feels well.")
    rounds.sign(signed.id, 1, OSEI)
    amendment = rounds.amend(signed.id, OSEI)
    rounds.reject(amendment.id, 1, "No need.", OSEI)
    assert retention(blobs).destroy(database) == {"unsigned": 1}
    assert rows(database) == [1, 1, 1]
    assert rounds.draft(signed.id).status is Status.SIGNED
    assert blobs.get(signed.inputs[0].sha256, ADA)


def test_a_failed_order_tried_again_stays(database: Database, blobs: Blobs, rounds: Rounds) -> None:
    failed = order(rounds, "fail")
    assert settled(rounds, failed) is State.FAILED
    keeper = Unsigned(blobs)
    before = datetime.now(UTC) + timedelta(days=1)
    with database.read() as tx:
        (item,) = keeper.due(tx, before)
    rounds.stop()
    with pytest.raises(Exception, match="saved"):
        rounds.retry(failed, OSEI)
    with database.begin() as tx:
        assert not keeper.destroy(tx, item, before)
    assert rows(database)[0] == 1


def test_a_recording_goes_and_the_note_stays(
    database: Database, blobs: Blobs, rounds: Rounds
) -> None:
    draft = ordered(rounds, TEXT, SOUND)
    late = retention(blobs)
    assert counts(database, late, "recordings") == (0, 0, 0)  # nobody signed
    signed = rounds.sign(draft.id, draft.revision, OSEI)
    text, sound = (item.sha256 for item in draft.inputs)
    with database.read() as tx:
        before = [Chart(tx).read(one).body for one in signed.resources]
    assert counts(database, retention(blobs, DAYS - 1), "recordings") == (0, 0, 0)
    assert counts(database, late, "recordings") == (1, 0, 0)
    amendment = rounds.amend(draft.id, OSEI)
    assert counts(database, late, "recordings") == (0, 0, 0)  # somebody may want to hear it
    rounds.reject(amendment.id, amendment.revision, "No need.", OSEI)
    assert late.destroy(database)["recordings"] == 1
    assert blobs.clear_out() == 1
    assert (blobs.owners(text), blobs.owners(sound)) == ([ADA], [])
    with database.read() as tx:
        assert [Chart(tx).read(one).body for one in signed.resources] == before
        (event,) = AuditTrail(tx).list(action="destroy-recordings")
    assert (event.subject, event.entity) == (ADA, f"draft/{draft.id}")
    assert rounds.draft(draft.id) == signed.draft
    assert late.destroy(database) == {}


def test_a_recording_that_alone_proves_a_sentence_stays(
    database: Database, blobs: Blobs, rounds: Rounds
) -> None:
    draft = ordered(rounds, SOUND)
    rounds.sign(draft.id, draft.revision, OSEI)
    late = retention(blobs)
    assert counts(database, late, "recordings") == (0, 0, 1)
    assert late.destroy(database) == {}
    assert blobs.get(draft.inputs[0].sha256, ADA) == SOUND.data


def test_the_schedule_says_the_rule_of_every_kind() -> None:
    schedule = read_schedule(SET)
    assert len({kept.name for kept in schedule}) == len(schedule)
    said = {kept.name: kept.says for kept in schedule}
    assert said["recordings"] == "30 days after the signature"
    assert {keeper.name for keeper in (Recordings, Unsigned)} <= said.keys()
    assert all(kept.rule and kept.then for kept in schedule)
    one = Kept(name="x", title="X", kept="-", rule="-", then="-", days=1, after="after it")
    assert one.says == "1 day after it"
