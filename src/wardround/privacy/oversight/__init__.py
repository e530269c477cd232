"""Access review: who saw whom, and what in it is unusual (45 CFR 164.308(a)(1)(ii)(D))."""

from wardround.privacy.oversight.case import Case, Cleared, Step, Suspect, Verdict
from wardround.privacy.oversight.cases import Cases
from wardround.privacy.oversight.habit import OpenHours, read_hours
from wardround.privacy.oversight.identity import Identity, identity_of
from wardround.privacy.oversight.known import Record
from wardround.privacy.oversight.looks import Look, Looks
from wardround.privacy.oversight.report import (
    PURPOSES,
    AccessReport,
    report_csv,
    report_of,
    report_pdf,
    what,
)
from wardround.privacy.oversight.rule import Reason, Rule, Rules, load_rules
from wardround.privacy.oversight.summary import Line, Stood, seen_by, stood, who_saw
from wardround.privacy.oversight.sweep import MOST_DAYS, Swept, sweep
from wardround.privacy.oversight.thing import Thing, thing_of
from wardround.privacy.oversight.watched import Watched, WatchedPatient

__all__ = [
    "MOST_DAYS",
    "PURPOSES",
    "AccessReport",
    "Case",
    "Cases",
    "Cleared",
    "Identity",
    "Line",
    "Look",
    "Looks",
    "OpenHours",
    "Reason",
    "Record",
    "Rule",
    "Rules",
    "Step",
    "Stood",
    "Suspect",
    "Swept",
    "Thing",
    "Verdict",
    "Watched",
    "WatchedPatient",
    "identity_of",
    "load_rules",
    "read_hours",
    "report_csv",
    "report_of",
    "report_pdf",
    "seen_by",
    "stood",
    "sweep",
    "thing_of",
    "what",
    "who_saw",
]
