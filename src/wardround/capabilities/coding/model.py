"""The nouns of a visit's codes: each code with what a coder decided, and the order of the claim."""

from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from typing import Literal

from pydantic import Field

from wardround.capabilities.coding.level import VisitLevel
from wardround.capabilities.coding.visit import Setting
from wardround.kernel import Noun

NOTE = "note.txt"
"""The name of the input that codes come from; evidence counts its characters."""

REQUEST = "request.json"
"""The name of the input that says which note it is."""


class Request(Noun):
    """Which note is coded: its document in the chart, the draft it was, and the encounter."""

    note: str = Field(pattern=r"^DocumentReference/[A-Za-z0-9.\-]{1,64}$")
    draft: str = ""
    encounter: str = Field(default="", pattern=r"^(Encounter/[A-Za-z0-9.\-]{1,64})?$")
    addenda: tuple[str, ...] = ()
    """The documents of answers to questions, whose words stand behind the note's."""


class State(StrEnum):
    """What became of a code."""

    SUGGESTED = "suggested"
    """Nobody decided: it is taken where the engine is sure, and left out where it is not."""
    ACCEPTED = "accepted"
    ADDED = "added"
    REPLACED = "replaced"
    """It stands in the place of the code that ``replaces`` names."""
    REJECTED = "rejected"


class Code(Noun):
    """One code of ICD-10-CM, as it was suggested or as a coder put it.

    ``score`` is how sure the engine was, from 0 to 1; a code that a person added has none.
    ``auto`` says that the score reached the threshold from which the clinic takes codes as they
    are. ``why`` is a coder's reason. ``principal`` is the code that stands first on the claim.
    """

    id: str = Field(pattern=r"^[a-z0-9-]{1,40}$")
    code: str = Field(pattern=r"^[A-Z][0-9][0-9A-Z](\.[0-9A-Z]{1,4})?$")
    display: str = ""
    score: float | None = Field(default=None, ge=0, le=1)
    state: State = State.SUGGESTED
    auto: bool = False
    replaces: str = ""
    why: str = Field(default="", max_length=500)
    reasons: tuple[str, ...] = ()
    principal: bool = False

    @property
    def stands(self) -> bool:
        """Whether it goes onto the claim."""
        return not self.untaken and self.state is not State.REJECTED

    @property
    def untaken(self) -> bool:
        """Whether it is suggested, not sure enough to be taken, and nobody accepted it."""
        return self.state is State.SUGGESTED and not self.auto

    @property
    def suggested(self) -> str:
        """The code that the engine suggested here; empty where a person added it."""
        if self.state is State.ADDED:
            return ""
        return self.replaces or self.code


class Query(Noun):
    """A question to the clinician: what it is about, and what can be answered."""

    id: str
    about: str
    question: str = Field(min_length=1, max_length=2000)
    options: tuple[str, ...] = ()
    why: str = ""
    """For the coder; it is not sent."""
    state: Literal["open", "sent", "dropped"] = "open"
    task: str = Field(default="", pattern=r"^(Task/[A-Za-z0-9.\-]{1,64})?$")
    """The task that the clinician was sent."""


class Hint(Noun):
    """What the Official Guidelines say of these codes: one left out, a conflict, a hint."""

    kind: str
    codes: tuple[str, ...] = ()
    text: str
    section: str = ""


class Coded(Noun):
    """The codes of one visit, as the draft holds them.

    ``codes`` stay where they are, so that their evidence does; ``order`` names their ids in the
    order of the claim, those that are not on it too.
    """

    headline: str = ""
    setting: Setting = "outpatient"
    date: date
    codes: tuple[Code, ...] = ()
    order: tuple[str, ...] = ()
    queries: tuple[Query, ...] = ()
    hints: tuple[Hint, ...] = ()
    level: VisitLevel | None = None
    comment: str = Field(default="", max_length=2000)

    @property
    def ordered(self) -> Iterator[tuple[int, Code]]:
        """The codes in the order of the claim, each with its place in ``codes``."""
        places = {code.id: place for place, code in enumerate(self.codes)}
        for one in self.order:
            yield places[one], self.codes[places[one]]

    @property
    def standing(self) -> list[tuple[int, Code]]:
        """The codes that go onto the claim, the first-listed first, each with its place."""
        return [(place, code) for place, code in self.ordered if code.stands]

    @property
    def untaken(self) -> list[tuple[int, Code]]:
        """The suggestions that nobody accepted: signing leaves them out, and keeps them so."""
        return [(place, code) for place, code in self.ordered if code.untaken]

    def place(self, code_id: str) -> int | None:
        """Return where a code is, by its id."""
        return next((n for n, code in enumerate(self.codes) if code.id == code_id), None)
