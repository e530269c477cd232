"""What an event of the trail is to the patient it is about: which kind of thing was opened."""

from enum import StrEnum

from wardround.kernel import Role
from wardround.security import Glance


class Thing(StrEnum):
    """What was opened, or done, of a patient; in the words that are shown."""

    CHART = "chart"
    DOCUMENT = "document"
    DRAFT = "draft"
    LIST = "line of a list"
    FOUND = "found by name"
    EMERGENCY = "emergency access"
    EXPORT = "export"
    SENT = "sent outside"
    REGISTER = "privacy register"
    DENIED = "refused"

    @property
    def opens(self) -> bool:
        """Whether something of the chart itself was opened by it."""
        return self in _OPENS


_OPENS = frozenset({Thing.CHART, Thing.DOCUMENT, Thing.DRAFT, Thing.EXPORT})
_DOCUMENTS = frozenset({"Binary", "Composition", "DocumentReference"})
_EMERGENCY = frozenset({"break-glass", "end-emergency"})


def thing_of(event: Glance) -> Thing:  # noqa: PLR0911 (a table of kinds, each with its own sign)
    """Return which kind of thing an event that names a patient is about."""
    kind = (event.entity or "").partition("/")[0]
    if event.outcome == "failure":
        return Thing.DENIED
    if event.action == "egress":
        return Thing.SENT
    if event.action in _EMERGENCY:
        return Thing.EMERGENCY
    if event.action.startswith("export"):
        return Thing.REGISTER if _keeps_registers(event) else Thing.EXPORT
    if kind == "draft":
        return Thing.DRAFT
    if not kind[:1].isupper():
        return Thing.REGISTER  # what is ours, and no resource of the chart: a hold, a case
    if event.detail.get("as") == "found":
        return Thing.FOUND
    if "among" in event.detail:
        return Thing.LIST
    return Thing.DOCUMENT if kind in _DOCUMENTS else Thing.CHART


def _keeps_registers(event: Glance) -> bool:
    """Whether it was the privacy officer's work, such as the account for a patient who asks."""
    return event.purpose == "HCOMPL" or event.role == Role.PRIVACY_OFFICER
