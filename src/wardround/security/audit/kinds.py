"""What each action of the trail is in FHIR: its codes, and the IHE BALP profile it follows.

An action is looked up whole, then by its first word, so that ``add-person`` is a creation; what is
known neither way is an operation. The codes are those of the BALP 1.1.3 profiles (create, read,
update, delete, query, disclosure) and of DICOM PS3.15 A.5 for what BALP has no profile of
(signing in, refused access, emergency access, use of the trail itself).
"""

from typing import Literal, NamedTuple

from wardround.kernel import Json

REST = "http://terminology.hl7.org/CodeSystem/audit-event-type"
INTERACTION = "http://hl7.org/fhir/restful-interaction"
DCM = "http://dicom.nema.org/resources/ontology/DCM"
LIFECYCLE = "http://terminology.hl7.org/CodeSystem/iso-21089-lifecycle"
AUTHZ = "https://profiles.ihe.net/ITI/BALP/CodeSystem/AuthZsubType"

PURPOSES = frozenset(
    {
        "BTG",
        "CAREMGT",
        "ETREAT",
        "FAMRQT",
        "HCOMPL",
        "HLEGAL",
        "HOPERAT",
        "HPAYMT",
        "HQUALIMP",
        "HRESCH",
        "HSYSADMIN",
        "PATRQT",
        "PUBHLTH",
        "TREAT",
    }
)
"""Codes of v3 PurposeOfUse that an event may carry."""

Shape = Literal["data", "query", "disclosure", "plain"]
"""Which entities a profile wants."""

Ends = Literal["in", "out", "custody"]
"""Which way the data flows, which gives the client and the server their codes."""


class Kind(NamedTuple):
    """One kind of event: FHIR action letter, type, subtype, and the profile's name where any."""

    letter: str
    type: tuple[str, str]
    subtype: tuple[str, str]
    profile: str | None = None
    shape: Shape = "plain"
    ends: Ends = "in"

    @property
    def writes(self) -> bool:
        """Whether the person is the author of what the event tells of."""
        return self.letter in {"C", "U", "D"}


def coding(system: str, code: str) -> dict[str, Json]:
    """Return a FHIR ``Coding``; without its display, which its system gives."""
    return {"system": system, "code": code}


def kind_of(action: str) -> Kind:
    """Return what ``action`` is."""
    return _KINDS.get(action) or _KINDS.get(action.partition("-")[0]) or _OPERATION


def _rest(letter: str, code: str, profile: str, **more: str) -> Kind:
    return Kind(letter, (REST, "rest"), (INTERACTION, code), profile, **more)  # type: ignore[arg-type]


def _alert(code: str) -> Kind:
    return Kind("E", (DCM, "110113"), (DCM, code))


_OPERATION = Kind("E", (REST, "rest"), (INTERACTION, "operation"))
_CREATE = _rest("C", "create", "Create", shape="data")
_READ = _rest("R", "read", "Read", shape="data", ends="out")
_UPDATE = _rest("U", "update", "Update", shape="data")
_DELETE = _rest("D", "delete", "Delete", shape="data", ends="custody")
_QUERY = _rest("E", "search", "Query", shape="query")
_DISCLOSE = Kind(
    "R",
    (DCM, "110106"),
    (LIFECYCLE, "disclose"),
    "PrivacyDisclosure.Source",
    "disclosure",
    "out",
)
_EXPORT = Kind("R", (DCM, "110106"), (LIFECYCLE, "extract"), ends="out")
_TRAIL = Kind("R", (DCM, "110101"), (INTERACTION, "read"), ends="out")
_PEOPLE = _alert("110137")
_SECURITY = _alert("110129")

_KINDS: dict[str, Kind] = {
    "acknowledge": _UPDATE,
    "add": _CREATE,
    "add-outcomes": _OPERATION,
    "add-person": _PEOPLE,
    "add-second-factor": _PEOPLE,
    "amend": _CREATE,
    "answer": _UPDATE,
    "approve": _UPDATE,
    "ask": _CREATE,
    "break-glass": _alert("110127"),
    "change": _UPDATE,
    "change-password": _PEOPLE,
    "change-role": _PEOPLE,
    "create": _CREATE,
    "delete": _DELETE,
    "destroy": _DELETE,
    "denied": Kind("E", (DCM, "110113"), (AUTHZ, "AuthZ-Role")),
    "disable-person": _PEOPLE,
    "disclose": _DISCLOSE,
    "edit": _UPDATE,
    "egress": _EXPORT,
    "enable-person": _PEOPLE,
    "end-emergency": _alert("110127"),
    "end-session": Kind("E", (DCM, "110114"), (DCM, "110123")),
    "export": _EXPORT,
    "export-audit": _TRAIL,
    "import": _CREATE,
    "link-person": _PEOPLE,
    "list": _READ,
    "load": _CREATE,
    "make-recovery-codes": _PEOPLE,
    "make-token": _PEOPLE,
    "open": _READ,
    "order": _CREATE,
    "prove-password": Kind("E", (DCM, "110114"), (DCM, "110122")),
    "prune-audit": _TRAIL,
    "read": _READ,
    "read-audit": _TRAIL,
    "register": _CREATE,
    "reject": _UPDATE,
    "remove": _DELETE,
    "rotate-keys": _SECURITY,
    "remove-person": _PEOPLE,
    "remove-second-factor": _PEOPLE,
    "reset-person": _PEOPLE,
    "retry": _UPDATE,
    "review-access": _TRAIL,
    "revoke-token": _PEOPLE,
    "roll": _UPDATE,
    "rotate": _SECURITY,
    "search": _QUERY,
    "send-report": _EXPORT,
    "set": _UPDATE,
    "shred": _DELETE,
    "sign": _UPDATE,
    "sign-in": Kind("E", (DCM, "110114"), (DCM, "110122")),
    "sign-out": Kind("E", (DCM, "110114"), (DCM, "110123")),
    "start": Kind("E", (DCM, "110100"), (DCM, "110120")),
    "stop": Kind("E", (DCM, "110100"), (DCM, "110121")),
    "sweep-access": _TRAIL,
    "switch": _UPDATE,
    "unlock-person": _PEOPLE,
    "update": _UPDATE,
    "verify-audit": _TRAIL,
    "watch-models": _OPERATION,
}
