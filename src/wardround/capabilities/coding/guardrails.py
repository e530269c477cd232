"""The checks on codes, on every draft and after every decision, each with its source."""

from wardround.capabilities.coding.checks.check import Check
from wardround.capabilities.coding.checks.codes import (
    NoEdition,
    NoEvidence,
    NotAsserted,
    NotBillable,
    NotFirst,
    NotValid,
)
from wardround.capabilities.coding.checks.pairs import Duplicate, Excludes, Laterality
from wardround.capabilities.coding.checks.whole import (
    LevelUndecided,
    NoCodes,
    NoteReplaced,
    NotTaken,
    OpenQuestion,
    ShortNote,
    Unanswered,
)
from wardround.engines.terminology import Tabular


def guardrails(tabular: Tabular) -> tuple[Check, ...]:
    """Return the checks, in the order they run and are listed."""
    return (
        NoteReplaced(),
        NotTaken(),
        LevelUndecided(),
        NoEdition(tabular),
        NotValid(tabular),
        NotBillable(tabular),
        NoEvidence(),
        NotAsserted(),
        NotFirst(),
        Excludes(tabular),
        Laterality(tabular),
        Duplicate(),
        NoCodes(),
        ShortNote(),
        OpenQuestion(),
        Unanswered(),
    )
