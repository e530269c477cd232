"""Who is called: a recipient, what it is for, and the most that it may be handed."""

from enum import IntEnum, StrEnum
from functools import cached_property
from typing import Any

from pydantic import Field, field_validator

from wardround.kernel import Actor, Noun
from wardround.privacy.egress.address import Origin, base_path, read_origin


class Carries(IntEnum):
    """How much of a patient a call carries; a higher one includes those below it."""

    NOTHING = 0
    """Nothing about a patient: wrapped keys, sign-in, published data."""
    DEIDENTIFIED = 1
    """What 45 CFR 164.514(b) no longer counts as PHI."""
    LIMITED = 2
    """A limited data set (164.514(e)), under an agreement on its use."""
    PHI = 3
    """Anything."""

    @property
    def words(self) -> str:
        """The level as it is shown and audited, such as ``limited-data-set``."""
        return ("nothing", "deidentified", "limited-data-set", "phi")[self]


class Service(StrEnum):
    """What a recipient does for the clinic; an agreement names those that it covers."""

    LANGUAGE = "language"
    SPEECH = "speech"
    MAIL = "mail"
    TEXT_MESSAGES = "text-messages"
    FHIR = "fhir"
    IMAGING = "imaging"
    STORAGE = "storage"
    KEYS = "keys"
    SIGN_IN = "sign-in"
    PUBLISHED_DATA = "published-data"

    @property
    def messages(self) -> bool:
        """Whether it writes to people."""
        return self in {Service.MAIL, Service.TEXT_MESSAGES}


class Data(StrEnum):
    """Kinds of patient data; an agreement names those that it covers."""

    TEXT = "text"
    """Notes, transcripts, letters, messages."""
    AUDIO = "audio"
    """Recordings of visits."""
    IMAGES = "images"
    """X-rays, slides, photographs."""
    RECORDS = "records"
    """Structured resources of the chart."""
    CONTACTS = "contacts"
    """Names, addresses and telephone numbers."""


class Purpose(StrEnum):
    """Why a recipient is called."""

    TREATMENT = "treatment"
    PAYMENT = "payment"
    OPERATIONS = "operations"
    AUTHORIZED = "authorized"
    """By the patient's own authorization (164.508)."""
    RESEARCH = "research"
    PUBLIC_HEALTH = "public-health"
    LAW = "law"
    INFRASTRUCTURE = "infrastructure"
    """The running of this installation; it carries nothing about a patient."""

    @property
    def code(self) -> str:
        """The purpose of use, as a code of HL7 v3."""
        return _CODES[self]

    @property
    def accounted(self) -> bool:
        """Whether a patient may ask for an account of it (45 CFR 164.528(a)(1))."""
        return self in {Purpose.RESEARCH, Purpose.PUBLIC_HEALTH, Purpose.LAW}


_CODES = {
    Purpose.TREATMENT: "TREAT",
    Purpose.PAYMENT: "HPAYMT",
    Purpose.OPERATIONS: "HOPERAT",
    Purpose.AUTHORIZED: "PATRQT",
    Purpose.RESEARCH: "HRESCH",
    Purpose.PUBLIC_HEALTH: "PUBHLTH",
    Purpose.LAW: "HLEGAL",
    Purpose.INFRASTRUCTURE: "HSYSADMIN",
}


PROTOCOL = frozenset(
    {
        "frequency_penalty",
        "max_completion_tokens",
        "max_tokens",
        "model",
        "n",
        "presence_penalty",
        "role",
        "seed",
        "temperature",
        "top_k",
        "top_p",
        "type",
    }
)
"""Fields by which chat endpoints are steered."""


class Recipient(Noun):
    """One address that is called, for one service and one purpose.

    A call goes to the scheme, host and port of ``address`` and to paths under its own, nowhere
    else. ``seconds`` bounds a call and ``most`` the bytes of an answer. ``plain`` names fields
    that steer the call and tell of no patient: when it is de-identified, their single words and
    numbers stay as they are.
    """

    name: str = Field(pattern=r"^[a-z][a-z0-9-]{0,62}$")
    address: str
    service: Service
    purpose: Purpose
    carries: Carries
    data: frozenset[Data] = frozenset({Data.TEXT})
    plain: frozenset[str] = frozenset()
    seconds: float = Field(default=120, gt=0, le=3600)
    most: int = Field(default=32 * 1024 * 1024, gt=0)

    @field_validator("address")
    @classmethod
    def _readable(cls, address: str) -> str:
        read_origin(address)
        return address

    @property
    def steering(self) -> frozenset[str]:
        """The fields that steer the call: its own, and those of a chat endpoint."""
        return self.plain | PROTOCOL if self.service is Service.LANGUAGE else self.plain

    @cached_property
    def origin(self) -> Origin:
        """The scheme, host and port that calls go to."""
        return read_origin(self.address)

    @cached_property
    def path(self) -> str:
        """The path that calls stay under; it ends in ``/``."""
        return base_path(self.address)


class Cargo(Noun):
    """What one call carries: how much, about whom, sent by whom.

    A message is taken to go to the patient whom it is about, unless it says otherwise.
    """

    carries: Carries
    subject: str | None = None
    actor: Actor | None = None
    to_patient: bool = True


EXTENSION = "wardround.cargo"
"""The name under which a request carries its ``Cargo`` to the gate."""


def carrying(
    carries: Carries,
    subject: str | None = None,
    actor: Actor | None = None,
    *,
    to_patient: bool = True,
) -> dict[str, Any]:
    """Return the ``extensions`` of a request that carries no more than ``carries``.

    ``client.post("chat", json=…, extensions=carrying(Carries.PHI, "Patient/1"))``. A request that
    says nothing is taken to carry all that its recipient may be handed. A message to somebody else
    than the patient says ``to_patient=False``.
    """
    cargo = Cargo(carries=carries, subject=subject, actor=actor, to_patient=to_patient)
    return {EXTENSION: cargo}
