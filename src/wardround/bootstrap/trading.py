"""With whom claim files are traded, as the settings say, and the scrubber of billing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path

from wardround.bootstrap.terms import tables_of
from wardround.capabilities.billing import Billing, Trader
from wardround.kernel import Capability, InvalidInput, NotAllowed, Unavailable
from wardround.revenue import Fees, Scrubs, Trade, reason_of, remark_says
from wardround.settings import Settings


def scrubber_of(capabilities: Mapping[str, Capability]) -> Scrubs:
    """Return the scrubber of billing; raise ``Unavailable`` where no claims are made here."""
    billing = capabilities.get("billing")
    if not isinstance(billing, Billing):
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


def allowed_by(home: Path) -> Fees:
    """Return what payers allow, by schedules that were loaded under the payers' ids."""
    from wardround.engines.terminology import Fee

    tables = tables_of(home)

    def allowed(
        payer: str, procedure: str, modifiers: tuple[str, ...], day: date
    ) -> Decimal | None:
        found = tables.fee(procedure, modifiers, day, payer) if payer else None
        return found.amount if isinstance(found, Fee) else None

    return allowed


def reason_says(home: Path, code: str) -> str:
    """Return the words of a CARC: of the list that the clinic loaded, or our own."""
    from wardround.engines.terminology import Described

    found = tables_of(home).code("carc", code)
    return found.display if isinstance(found, Described) else reason_of(code).says


def remark_words(home: Path, code: str) -> str:
    """Return the words of a RARC: of the list that the clinic loaded, or our own, or none."""
    from wardround.engines.terminology import Described

    found = tables_of(home).code("rarc", code)
    return found.display if isinstance(found, Described) else remark_says(code)


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
