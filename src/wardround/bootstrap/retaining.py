"""The clinic's retention: its schedule, what is past its time, and destroying it for good."""

from wardround.bootstrap.opening import open_database
from wardround.bootstrap.upkeep import alone
from wardround.kernel import Clock, system_clock
from wardround.privacy.retention import Due, Registers, Retention, read_schedule
from wardround.record import Blobs
from wardround.rounds import Recordings, Unsigned
from wardround.settings import Settings


def retention_of(settings: Settings, blobs: Blobs, clock: Clock = system_clock) -> Retention:
    """Return the clinic's schedule, with what keeps each kind of thing."""
    days = {
        "keep_recordings_days": settings.keep_recordings_days,
        "keep_unsigned_days": settings.keep_unsigned_days,
        "keep_registers_days": settings.keep_registers_days,
    }
    return Retention(read_schedule(days), (Recordings(blobs), Unsigned(blobs), Registers()), clock)


def survey_retention(settings: Settings, clock: Clock = system_clock) -> list[Due]:
    """Return how long each kind of thing is kept, and how many are past their time."""
    database = open_database(settings)
    try:
        retention = retention_of(settings, Blobs(settings.blobs, database), clock)
        with database.read() as tx:
            return retention.survey(tx)
    finally:
        database.dispose()


def retain(settings: Settings, clock: Clock = system_clock) -> dict[str, int]:
    """Destroy what is past its time and not held; return how many of each kind.

    Cut off anywhere, the next run goes on: it sees to the files that should be gone, and to the
    pages of the database that still hold what was deleted, even where nothing is due.
    """
    with alone(settings):
        database = open_database(settings)
        blobs = Blobs(settings.blobs, database, clock)
        retention = retention_of(settings, blobs, clock)
        try:
            done = retention.destroy(database)
            with database.read() as tx:
                unfinished = retention.is_unfinished(tx)
            blobs.clear_out()
            if unfinished:
                database.compact()
            retention.note_done(database, done)
        finally:
            database.dispose()
    return done
