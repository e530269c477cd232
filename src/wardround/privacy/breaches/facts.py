"""The facts that the Secretary asks for (45 CFR 164.408), and the log of a year's breaches.

The Secretary's form at ocrportal.hhs.gov is filled in by hand; this sheet has what it asks, in
the words that it uses. Nothing is sent.
"""

import csv
from collections.abc import Iterable
from datetime import date
from io import StringIO

from wardround.privacy.breaches.duties import DutyKind, Stage, duties_of, stage_of
from wardround.privacy.breaches.incident import Incident
from wardround.privacy.breaches.letters import written
from wardround.privacy.breaches.states import STATES
from wardround.security import inert

COLUMNS = (
    "title",
    "discovered",
    "happened",
    "individuals",
    "type",
    "locations",
    "kinds of information",
    "stands",
    "individuals notified",
    "secretary notified",
)
"""The columns of the log."""

_GAP = "[to be written]"


def facts_of(incident: Incident, today: date) -> list[tuple[str, str]]:
    """Return what is asked and what is known, in the order of the form."""
    known, other = incident.circumstances, incident.circumstances.associate
    residents = "; ".join(f"{STATES[state]} {count}" for state, count in known.residents.items())
    facts = [
        ("Covered entity", "[name, address, contact]"),
        ("Business associate", other.party if other else "None was involved"),
        ("Individuals affected", f"{known.individuals}"),
        ("Where they live", residents or _GAP),
        ("Date of the breach", written(known.happened) if known.happened else "Not known"),
        ("Date of discovery", written(known.discovered)),
        ("Type of breach", known.sort.value),
        ("Location of the information", "; ".join(sorted(known.locations)) or _GAP),
        ("Kinds of information", "; ".join(known.kinds) or _GAP),
        ("What happened", known.what),
        ("Safeguards before the breach", known.safeguards or _GAP),
    ]
    for duty in duties_of(incident, today):
        if duty.kind is not DutyKind.SECRETARY:
            given = duty.given
            facts.append((duty.to, written(given.day) if given else "Not notified yet"))
    facts += [
        (f"Put off by {delay.official}", f"{written(delay.day)} to {written(delay.until)}")
        for delay in incident.delays
    ]
    return [*facts, ("Actions taken in response", _GAP)]


def breach_log(incidents: Iterable[Incident], year: int) -> bytes:
    """Return the breaches discovered in a year as CSV, as 164.408(c) has a clinic keep them.

    What is not assessed yet is presumed to be a breach, and is among them.
    """
    text = StringIO()
    lines = csv.writer(text)
    lines.writerow(COLUMNS)
    found = [one for one in incidents if one.circumstances.discovered.year == year]
    for one in sorted(found, key=lambda one: one.circumstances.discovered):
        duties = {duty.kind: duty.given for duty in duties_of(one, one.at.date())}
        if not duties:
            continue
        known, stage = one.circumstances, stage_of(one)
        told = [duties[DutyKind.INDIVIDUALS], duties[DutyKind.SECRETARY]]
        values = [
            known.title,
            known.discovered.isoformat(),
            known.happened.isoformat() if known.happened else "",
            known.individuals,
            known.sort.value,
            "; ".join(sorted(known.locations)),
            "; ".join(known.kinds),
            "presumed" if stage is Stage.OPEN else stage.value,
            *(given.day.isoformat() if given else "" for given in told),
        ]
        lines.writerow([inert(value) for value in values])
    return text.getvalue().encode()
