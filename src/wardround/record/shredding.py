"""Destroying a patient's chart: what was sealed for them is gone, and nothing is found by it."""

from sqlalchemy import Connection, delete, select, update

from wardround.kernel import Clock, NotFound, system_clock
from wardround.record.shelf import OF_VERSION
from wardround.record.tables import index, resources, versions
from wardround.security import shred


def shred_chart(tx: Connection, patient: str, clock: Clock = system_clock) -> int:
    """Destroy the keys of ``Patient/1`` and all that is sealed under them; return how many values.

    Their resources answer from then on as deleted ones do. Raise ``NotFound`` where there is
    nothing of this patient.
    """
    done = shred(tx, patient, clock)
    if not done:
        raise NotFound("Nothing of this patient is kept here.", where=patient[:80])
    emptied = (
        select(versions.c.id).where(OF_VERSION, versions.c.deleted).correlate(resources).exists()
    )
    tx.execute(update(resources).where(emptied).values(deleted=True))
    gone = (
        select(resources.c.id)
        .where(resources.c.kind == index.c.kind, resources.c.id == index.c.id, resources.c.deleted)
        .correlate(index)
        .exists()
    )
    tx.execute(delete(index).where(gone))
    return done
