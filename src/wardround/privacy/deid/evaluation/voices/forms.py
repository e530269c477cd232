"""The forms in which people speak and write, and how each is laid out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Form:
    """Where a form's sentences come from, how it is laid out, and the styles it is met in."""

    name: str
    layout: str
    carriers: tuple[str, ...]
    clinical: tuple[str, ...]
    styles: tuple[str, ...]


_SPEECH = ("written", "recognised", "recognised", "raw", "raw", "unpointed")
_NOTE = ("written", "written", "plain", "typed", "capitals")
_TYPED = ("typed", "typed", "small", "small", "plain")

FORMS = (
    Form("dictation", "prose", ("tells", "commands", "rare_tells"), ("tells",), _SPEECH),
    Form("visit", "turns", ("ask", "ask", "says", "rare_says"), ("patient", "staff"), _SPEECH),
    Form("phone", "turns", ("ask", "says", "says", "rare_says"), ("patient", "staff"), _SPEECH),
    Form("voicemail", "prose", ("says", "rare_says"), ("patient",), _SPEECH[1:]),
    Form("portal", "message", ("says", "rare_says"), ("patient",), _TYPED),
    Form("letter", "letter", ("letter", "letter", "tells", "rare_tells"), ("tells",), _NOTE[:3]),
    Form("nursing", "entries", ("tells", "handover", "rare_tells"), ("tells", "handover"), _NOTE),
    Form("social", "prose", ("tells", "rare_tells"), ("tells",), _NOTE),
    Form("ems", "prose", ("ems", "rare_tells"), ("tells",), (*_NOTE, "capitals", "recognised")),
    Form("family", "minutes", ("tells", "tells", "letter", "rare_tells"), ("tells",), _NOTE),
    Form("chat", "chat", ("chat", "rare_tells"), ("chat",), _TYPED),
    Form("handover", "lines", ("handover", "rare_tells"), ("handover",), (*_TYPED, *_SPEECH[1:])),
    Form(
        "interp", "turns", ("interp", "interp", "ask", "rare_says"), ("patient", "staff"), _SPEECH
    ),
)

SPEAKERS = """
DOCTOR:|PATIENT:
Dr:|Pt:
Clinician:|Patient:
D:|P:
[Provider]|[Patient]
Speaker 1:|Speaker 2:
S1:|S2:
Staff -|Caller -
RN:|CALLER:
>>|>>
MD>|PT>
Q.|A.
{doc}:|{pt.first}:
{doc.last}:|{pt.last}:
{nurse.first}:|{pt.full}:
{doc.full}:|{pt.title}:
{nurse.full}:|{kin.first}:
{doc.initials}:|{pt.initials}:
""".strip().splitlines()
"""Labels of two who speak in turn; the bar parts them."""

SENDERS = """
{nurse.first}:
{doc.last}:
{agent.first}:
{nurse.full} (RN):
{doc.full}, MD:
{agent2.first}:
{nurse.initials}:
@{doc.last}
<{agent.first}>
{agent.full}, CM:
{doc.first}:
Charge RN:
Pharmacy:
Case Mgmt:
Front Desk:
{nurse.last}, RN:
""".strip().splitlines()
"""Labels of those who write in a chat."""

STAMPS = (
    "0715",
    "07:40",
    "[0900]",
    "10:05 -",
    "1130:",
    "12:20 pm",
    "(1345)",
    "2:10p",
    "1620 --",
    "6 PM:",
)
"""The hours of entries, in the order of a day."""
