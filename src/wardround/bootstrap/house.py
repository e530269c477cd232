"""One running Wardround, with its parts put together as the settings say."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property, partial
from typing import TYPE_CHECKING

from wardround.bootstrap.choosing import let_choose
from wardround.bootstrap.following import Following
from wardround.bootstrap.opening import open_database
from wardround.bootstrap.outside import egress_policy, provider_dial
from wardround.bootstrap.registry import digest_of, keep_models
from wardround.bootstrap.retaining import retention_of
from wardround.bootstrap.rooms import Finders, load_capabilities, require_provider
from wardround.database import Database, Transaction
from wardround.kernel import Actor, Capability, Clock, InvalidInput, Role, system_clock
from wardround.privacy.consent import About
from wardround.privacy.deid import Finder, load_detector
from wardround.privacy.disclosures import note_disclosure
from wardround.privacy.egress import Gate, Ledger
from wardround.privacy.oversight import OpenHours, read_hours
from wardround.privacy.retention import Retention
from wardround.record import Blobs, CareRelations, GuardedChart
from wardround.rounds import ConsentRule, Rounds, Rules
from wardround.security import (
    Door,
    Guard,
    Limits,
    Policies,
    Provider,
    Registration,
    Relations,
    load_policies,
)
from wardround.settings import Settings

if TYPE_CHECKING:
    from wardround.governance.registry import Registry
    from wardround.revenue import Fees, Trade


@dataclass(frozen=True)
class Wardround:
    """One running Wardround: its parts, ready to be reached through an interface."""

    settings: Settings
    clock: Clock
    database: Database
    blobs: Blobs
    capabilities: Mapping[str, Capability]
    rounds: Rounds

    @property
    def limits(self) -> Limits:
        """When a session ends, as the clinic has set it."""
        return Limits(
            idle=timedelta(minutes=self.settings.session_idle_minutes),
            absolute=timedelta(hours=self.settings.session_hours),
        )

    @cached_property
    def door(self) -> Door:
        """The way in: who signs in, with what, and for how long."""
        demanding = frozenset(
            _role(text, "WARDROUND_SECOND_FACTOR_FOR")
            for text in _listed(self.settings.second_factor_for)
        )
        return Door(self.database, self.clock, self.limits, demanding)

    @cached_property
    def provider(self) -> Provider | None:
        """The clinic's identity provider, where it has one."""
        settings = self.settings
        if not settings.oidc_issuer:
            return None
        known = Registration(
            issuer=settings.oidc_issuer,
            client=settings.oidc_client,
            secret=settings.oidc_secret,
            username_claim=settings.oidc_username_claim,
            groups_claim=settings.oidc_groups_claim,
        )
        return Provider(known, provider_dial(Gate(egress_policy(settings))), self.clock)

    @cached_property
    def provided_roles(self) -> dict[str, Role]:
        """The role that each group of the identity provider gives, in the clinic's order."""
        where = "WARDROUND_OIDC_ROLES"
        pairs = (text.rpartition("=") for text in _listed(self.settings.oidc_roles))
        return {group.strip(): _role(role, where) for group, _, role in pairs}

    @cached_property
    def find_phi(self) -> Finder:
        """What finds PHI in text, the site's own record numbers too; loaded when first asked."""
        return load_detector(self.settings.record_numbers).find

    @cached_property
    def gate(self) -> Gate:
        """The way out, for calls about patients: each is judged by the register and audited."""
        return Gate(
            egress_policy(self.settings),
            Ledger(self.database, self.clock, note_disclosure, self._why_not),
            self.find_phi,
            self.clock,
        )

    @cached_property
    def trade(self) -> "Trade":
        """With whom claim files are traded; raise ``NotAllowed`` where nobody is named."""
        from wardround.bootstrap.trading import trade_of

        return trade_of(self.settings, self.capabilities)

    @cached_property
    def allowed(self) -> "Fees":
        """What payers allow, by the schedules of their contracts that the clinic loaded."""
        from wardround.bootstrap.trading import allowed_by

        return allowed_by(self.settings.home)

    @cached_property
    def retention(self) -> Retention:
        """How long each kind of thing is kept, and what is past its time."""
        return retention_of(self.settings, self.blobs, self.clock)

    @cached_property
    def policies(self) -> Policies:
        """Who may do what: our policies, and the clinic's own."""
        return load_policies(self.settings.policies)

    @cached_property
    def open_hours(self) -> OpenHours:
        """When the clinic is open, for the review of access."""
        return read_hours(self.settings.clinic_hours, "WARDROUND_CLINIC_HOURS")

    def guard(self, tx: Transaction, actor: Actor, known: Relations | None = None) -> Guard:
        """Return what decides about one person's access, within ``tx``; ``known`` as it has it."""
        care = CareRelations(tx, self.clock, self.settings.care_days)
        return Guard(tx, actor, self.policies, care, self.clock, known)

    def chart(self, tx: Transaction, actor: Actor, known: Relations | None = None) -> GuardedChart:
        """Return the chart as one person may read it, within ``tx``."""
        return GuardedChart(tx, self.guard(tx, actor, known), self.clock)

    def registry(self, tx: Transaction) -> "Registry":
        """Return the registry of models, within ``tx``."""
        from wardround.governance.registry import Registry

        return Registry(tx, partial(digest_of, self.settings.home), self.clock)

    def _why_not(self, tx: Transaction, about: About, patient: str) -> str | None:
        return consent_rule(self.settings).why_not(tx, self.clock, about, patient)

    def stop(self) -> None:
        """Stop drafting and close the databases; what is unfinished goes on at the next start."""
        self.rounds.stop()
        self.database.dispose()


def consent_rule(settings: Settings) -> ConsentRule:
    """Return which capability needs which consent of the patient."""
    needs = {"documentation": About.RECORDING}
    chosen = {
        About.RECORDING: settings.recording_consent,
        About.RESEARCH: settings.research_consent,
        About.MESSAGING: settings.messaging_consent,
    }
    return ConsentRule(needs, [about for about, choice in chosen.items() if choice == "required"])


def assemble(settings: Settings, clock: Clock = system_clock) -> Wardround:
    """Open the databases, bring them up to date, load the models and start drafting."""
    require_provider(settings.onnx_provider)
    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database, clock)
    home = settings.home
    capabilities = load_capabilities(
        Finders.of(database, home, settings.onnx_provider), home, database=database
    )
    rounds = Rounds(
        database,
        blobs,
        capabilities,
        settings.workflows_url,
        clock,
        Rules(
            consent_rule(settings),
            keep_models(database, settings.home, capabilities, clock),
            Following(capabilities, clock),
        ),
    )
    wardround = Wardround(settings, clock, database, blobs, capabilities, rounds)
    let_choose(wardround)
    # What is set wrong about who may do what is told now, not to the first who tries.
    _ = wardround.door, wardround.provider, wardround.provided_roles, wardround.policies
    _ = wardround.open_hours
    rounds.start()
    return wardround


@contextmanager
def at_rest(settings: Settings, clock: Clock = system_clock) -> Iterator[Wardround]:
    """Open a Wardround that drafts nothing and loads no models, to read and count what is kept."""
    database = open_database(settings)
    blobs = Blobs(settings.blobs, database, clock)
    try:
        rounds = Rounds(database, blobs, {}, settings.workflows_url, clock)
        yield Wardround(settings, clock, database, blobs, {}, rounds)
    finally:
        database.dispose()


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _role(text: str, where: str) -> Role:
    try:
        return Role(text.strip())
    except ValueError:
        raise InvalidInput(
            "There is no such role.", where=where, mend=f"Roles are: {', '.join(Role)}."
        ) from None
