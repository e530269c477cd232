"""With whom claim files are traded, as the settings say, and the scrubber of billing."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from functools import partial
from pathlib import Path
from tomllib import TOMLDecodeError, loads

from wardround.bootstrap.terms import tables_of
from wardround.capabilities.billing import Beside, Billing, OnFile, Trader
from wardround.database import Database
from wardround.kernel import Capability, InvalidInput, NotAllowed, Unavailable
from wardround.revenue import Fees, Ledger, Scrubs, Trade, reason_of, remark_says
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


LIMITS = "filing-limits.toml"
"""The file of the house with the days in which payers want claims, by their ids."""


def filing_limits(path: Path) -> Mapping[str, int]:
    """Return the filing limits of a file, such as ``"60054" = 180``; none where it is not there.

    Raise ``InvalidInput`` where it says something else.
    """
    if not path.is_file():
        return {}
    try:
        read = loads(path.read_text("utf-8"))
    except (TOMLDecodeError, UnicodeDecodeError) as error:
        raise InvalidInput(f"This is no TOML: {error}.", where=str(path)) from None
    for payer, days in read.items():
        if isinstance(days, bool) or not isinstance(days, int) or days < 1:
            raise InvalidInput(
                f"The limit of {payer} is no number of days.", where=str(path), mend='"60054" = 180'
            )
    return read


def beside_of(database: Database, home: Path) -> Beside:
    """Return what is known beside a claim: the patient's claims in the ledger, payers' limits."""

    def on_file(subject: str, number: str) -> OnFile:
        with database.read() as tx:
            ledger = Ledger(tx)
            asking, numbers = ledger.on_file(subject)
            strange = number not in numbers and bool(ledger.known([number]))
        return OnFile(asking, numbers, strange)

    return Beside(on_file, partial(filing_limits, home / LIMITS))


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
