"""With whom claim files are traded, as the settings say, and the scrubber of billing."""

from collections.abc import Mapping
from typing import Protocol, runtime_checkable

from wardround.capabilities.billing import Trader
from wardround.kernel import Capability, InvalidInput, NotAllowed, Unavailable
from wardround.revenue import Scrubs, Trade
from wardround.settings import Settings


@runtime_checkable
class MakesClaims(Protocol):
    """A capability whose claims are scrubbed: billing."""

    @property
    def scrubber(self) -> Scrubs:
        """What finds what a claim would come back for."""
        ...


def scrubber_of(capabilities: Mapping[str, Capability]) -> Scrubs:
    """Return the scrubber of billing; raise ``Unavailable`` where no claims are made here."""
    billing = capabilities.get("billing")
    if not isinstance(billing, MakesClaims):
        raise Unavailable("No claims are made here.", mend="Switch billing on.")
    return billing.scrubber


def trade_of(settings: Settings, capabilities: Mapping[str, Capability]) -> Trade:
    """Return who sends and who receives; raise ``NotAllowed`` where a setting names nobody."""
    return Trade(
        sender=_trader(settings.claims_sender, "WARDROUND_CLAIMS_SENDER"),
        receiver=_trader(settings.claims_receiver, "WARDROUND_CLAIMS_RECEIVER"),
        scrubber=scrubber_of(capabilities),
        production=settings.claims_usage == "production",
    )


def _trader(said: str, where: str) -> Trader:
    if not said.strip():
        raise NotAllowed(
            "Nobody is named who sends and receives claim files.",
            where=where,
            mend="Set it as docs/settings.md says; no file was made.",
        )
    parts = [part.strip() for part in said.split(",")]
    if len(parts) > 4 or len(parts) < 2 or not 2 <= len(parts[0]) <= 15 or not parts[1]:
        raise InvalidInput("This is not ID, name, contact person, telephone.", where=where)
    return Trader(**dict(zip(("id", "name", "contact", "phone"), parts, strict=False)))
