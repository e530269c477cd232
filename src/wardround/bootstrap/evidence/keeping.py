"""What is shown of how things are kept: sealed, under which keys, backed up, checked."""

from collections.abc import Iterator
from datetime import timedelta

from wardround.bootstrap.evidence.probe import Probe, counted, few, last_event, on, wrong
from wardround.bootstrap.house import Wardround
from wardround.privacy.safeguards import Fact
from wardround.security import count_clear, key_status

BACKUP = timedelta(hours=48)
"""How old the last backup may be: what 90 FR 898 proposes; daily is what we advise."""
CHECK = timedelta(days=31)
"""How long ago one was last proven whole: what 90 FR 898 proposes."""


def sealing(wardround: Wardround) -> Iterator[Fact]:
    """Whether anything that is to be sealed is not."""
    clear = count_clear(wardround.database)
    open_columns = [name for name, number in clear.items() if number]
    files = len(wardround.blobs.in_clear())
    if open_columns or files:
        yield wrong(
            f"Kept in clear: {counted(sum(clear.values()), 'value')} ({few(open_columns) or '-'}), "
            f"{counted(files, 'file')}.",
            "Restart the server: it seals them as it opens. If they come back, report it.",
        )
    else:
        yield Fact(says=f"Sealed columns: {len(clear)}; no value and no file is kept in clear.")


def keys(wardround: Wardround) -> Iterator[Fact]:
    """Tell what keys there are, and who keeps the one above them all."""
    found, settings = key_status(wardround.database), wardround.settings
    yield Fact(
        says=f"Keys: {counted(found.current, 'data key')} in use, {found.destroyed:,} destroyed; "
        f"the oldest was made on {on(found.oldest)}."
        if found.oldest
        else "No data key was needed yet."
    )
    if found.retired:
        yield wrong(
            f"A change of keys was cut off: {counted(found.retired, 'key')} not replaced.",
            "Run: wardround keys rotate --data.",
        )
    if settings.master != "file":
        yield Fact(says=f"The master key is kept by {settings.master.partition(':')[0]}.")
        return
    mode = settings.master_key.stat().st_mode & 0o077
    if mode:
        yield wrong(
            "Others on this machine may read the file of the master key.",
            "Run: chmod 600 keys/master.key, in the home folder.",
        )
    else:
        yield Fact(says="The master key is in a file that only the server's own user may read.")


def backups(wardround: Wardround) -> Iterator[Fact]:
    """When the last backup was made, and how much it held."""
    last = last_event(wardround, "backup")
    mend = "Run: wardround backup FILE, every day."
    if last is None:
        yield wrong("No backup was made yet.", mend)
        return
    size = int(last.detail.get("bytes", 0))
    held = f", {size / 1e6:,.1f} MB" if size else ""
    says = f"The last backup was made on {on(last.at)}{held}."
    if wardround.clock() - last.at > BACKUP:
        yield wrong(says, mend)
    else:
        yield Fact(says=says)


def backup_checks(wardround: Wardround) -> Iterator[Fact]:
    """When a backup was last read to its end, and whether it was whole."""
    last = last_event(wardround, "check-backup")
    mend = "Run: wardround restore FILE --check, every week."
    if last is None:
        yield wrong("No backup was checked here yet.", mend)
    elif last.outcome == "failure":
        yield wrong(f"On {on(last.at)} a backup could not be proven whole.", mend)
    elif wardround.clock() - last.at > CHECK:
        yield wrong(f"A backup was last checked on {on(last.at)}.", mend)
    else:
        yield Fact(says=f"A backup was checked on {on(last.at)}, and was whole.")


PROBES: dict[str, Probe] = {
    "sealing": sealing,
    "keys": keys,
    "backups": backups,
    "backup-checks": backup_checks,
}
