"""The only place where the parts of the house are put together."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from pathlib import Path
from uuid import NAMESPACE_URL, uuid5

from wardround.backup import (
    Belongs,
    Contents,
    Lock,
    MasterLock,
    PassphraseLock,
    back_up,
    restore,
    verify,
)
from wardround.clinic import Person, SampleClinic, load_sample
from wardround.database import Database
from wardround.kernel import (
    Actor,
    Capability,
    Clock,
    InvalidInput,
    Part,
    Role,
    system_clock,
)
from wardround.privacy.consent import About
from wardround.privacy.deid import find_phi
from wardround.privacy.egress import (
    Carries,
    Gate,
    Ledger,
    Otherwise,
    Policy,
    Purpose,
    Recipient,
    Service,
    read_network,
)
from wardround.record import Blobs, Chart, refresh_index
from wardround.rounds import ConsentRule, Rounds
from wardround.security import (
    AuditTrail,
    Client,
    Dial,
    Door,
    KeyFile,
    Limits,
    Master,
    People,
    Provider,
    Registration,
    Vault,
    has_keys,
)
from wardround.settings import Settings


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
        return Provider(known, _dial(Gate(egress_policy(settings))), self.clock)

    @cached_property
    def provided_roles(self) -> dict[str, Role]:
        """The role that each group of the identity provider gives, in the clinic's order."""
        where = "WARDROUND_OIDC_ROLES"
        pairs = (text.rpartition("=") for text in _listed(self.settings.oidc_roles))
        return {group.strip(): _role(role, where) for group, _, role in pairs}

    @cached_property
    def gate(self) -> Gate:
        """The way out, for calls about patients: each is judged by the register and audited."""
        return Gate(
            egress_policy(self.settings),
            Ledger(self.database, self.clock),
            find_phi,
            self.clock,
        )

    def stop(self) -> None:
        """Stop drafting and close the databases; what is unfinished goes on at the next start."""
        self.rounds.stop()
        self.database.dispose()


def _dial(gate: Gate) -> Dial:
    """Return what asks an identity provider, through the gate; nothing of a patient goes there."""

    def dial(address: str) -> AbstractContextManager[Client]:
        return gate.client(
            Recipient(
                name="identity-provider",
                address=address,
                service=Service.SIGN_IN,
                purpose=Purpose.INFRASTRUCTURE,
                carries=Carries.NOTHING,
                seconds=10,
                most=1024 * 1024,
            )
        )

    return dial


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _role(text: str, where: str) -> Role:
    try:
        return Role(text.strip())
    except ValueError:
        raise InvalidInput(
            "There is no such role.", where=where, mend=f"Roles are: {', '.join(Role)}."
        ) from None


def egress_policy(settings: Settings) -> Policy:
    """Return the clinic's choices for the egress gate; raise ``InvalidInput`` for no network.

    ``Gate(egress_policy(settings))`` calls what keeps the installation running (keys, sign-in):
    without a ledger it carries nothing about a patient.
    """
    networks = (text.strip() for text in settings.private_networks.split(","))
    return Policy(
        private=tuple(read_network(text) for text in networks if text),
        otherwise=Otherwise(settings.egress),
        authorities=settings.certificate_authorities,
    )


def consent_rule(settings: Settings) -> ConsentRule:
    """Return which capability needs which consent of the patient."""
    needs = {"documentation": About.RECORDING}
    return ConsentRule(needs, required=settings.recording_consent == "required")


def load_capabilities() -> dict[str, Capability]:
    """Return every capability by its name, with its models loaded; adding one is a line here."""
    from wardround.capabilities.documentation import load_documentation

    rooms: tuple[Capability, ...] = (load_documentation(),)
    return {room.name: room for room in rooms}


def assemble(settings: Settings, clock: Clock = system_clock) -> Wardround:
    """Open the databases, bring them up to date, load the models and start drafting."""
    settings.home.mkdir(parents=True, exist_ok=True)
    database = open_database(settings)
    blobs = Blobs(settings.blobs)
    capabilities = load_capabilities()
    rounds = Rounds(
        database, blobs, capabilities, settings.workflows_url, clock, consent_rule(settings)
    )
    wardround = Wardround(settings, clock, database, blobs, capabilities, rounds)
    # What is set wrong about signing in is told now, not to the first who tries.
    _ = wardround.door, wardround.provider, wardround.provided_roles
    rounds.start()
    return wardround


def open_database(settings: Settings) -> Database:
    """Open the record's database, brought up to date."""
    settings.home.mkdir(parents=True, exist_ok=True)
    bare = Database(settings.database_url)
    bare.migrate()
    # A key is made for a database that has none yet, and never beside one that lost its own.
    take = KeyFile if has_keys(bare) else KeyFile.make
    bare.dispose()
    vault = Vault(take(settings.master_key))
    database = Database(settings.database_url, vault)
    vault.prepare(database)
    refresh_index(database)
    return database


def take_backup(settings: Settings, out: Path, passphrase: str | None = None) -> Contents:
    """Write a backup to ``out`` while the server may go on; a passphrase opens it as well.

    With a passphrase the master key goes along: the backup is then all that is needed.
    """
    database = open_database(settings)
    locks: tuple[Lock, ...] = (MasterLock(open_master(settings)),)
    belongs = Belongs(before=("audit",), after=("blobs",))
    if passphrase is not None:
        locks = (*locks, PassphraseLock(passphrase))
        belongs = Belongs(before=("audit",), after=("blobs", "keys"))
    try:
        contents = back_up(database, settings.home, belongs, out, locks)
        with database.begin() as tx:
            AuditTrail(tx).record("backup", "success", detail={"database": contents.version})
    finally:
        database.dispose()
    return contents


def restore_backup(settings: Settings, archive: Path, passphrase: str | None = None) -> Contents:
    """Put a backup back into the empty place that the settings name."""
    database = Database(settings.database_url)
    try:
        contents = restore(archive, _lock(settings, passphrase), database, settings.home)
    finally:
        database.dispose()
    opened = open_database(settings)
    with opened.begin() as tx:
        AuditTrail(tx).record("restore", "success", detail={"database": contents.version})
    opened.dispose()
    return contents


def check_backup(settings: Settings, archive: Path, passphrase: str | None = None) -> Contents:
    """Read a backup to its end, and return what it holds."""
    return verify(archive, _lock(settings, passphrase))


def open_master(settings: Settings) -> Master:
    """Return the master key, which must be there."""
    return KeyFile(settings.master_key)


def _lock(settings: Settings, passphrase: str | None) -> Lock:
    return MasterLock(open_master(settings)) if passphrase is None else PassphraseLock(passphrase)


def load_clinic(wardround: Wardround, day: date, password: str) -> SampleClinic:
    """Load the sample clinic for ``day``: charts, people who sign in, and recorded visits.

    Loading it twice on one day changes nothing but the password.
    """
    clinic = load_sample(day)
    with wardround.database.begin() as tx:
        Chart(tx, wardround.clock).transaction(clinic.bundle)
        actors = {
            person.reference: _welcome(People(tx, wardround.clock), person, password)
            for person in clinic.people
        }
        AuditTrail(tx, wardround.clock).record("load-sample", "success")
    for visit in clinic.visits:
        if visit.parts:
            wardround.rounds.order(
                "documentation",
                visit.patient,
                visit.encounter,
                [Part(name=name, data=data) for name, data in visit.parts],
                actors[visit.practitioner],
                order_id=str(uuid5(NAMESPACE_URL, f"urn:wardround:sample:{visit.encounter}")),
            )
    return clinic


def _welcome(people: People, person: Person, password: str) -> Actor:
    known = people.actor(person.username)
    if known is None:
        return people.add(person.username, person.name, person.role, person.reference, password)
    people.set_password(known, password)
    return known
