"""Another study of the patient beside the one under review: which there are, and the one chosen.

Its pictures come by the address of its own draft, and are read as that draft may be read. The
address of the page carries the number of that draft and nothing of the patient.
"""

from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

from fastapi import Request

from wardround.capabilities.radiology import Beside, Other, beside, others
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import Draft, NotFound
from wardround.security import Action


class Comparing(NamedTuple):
    """The other studies that can be chosen, and the chosen one as it stands beside this one."""

    others: tuple[Other, ...] = ()
    beside: Beside | None = None

    def require(self, asked: str) -> None:
        """Raise ``NotFound`` where a study was asked for and none stands beside this one."""
        if asked and self.beside is None:
            raise NotFound(
                "This study cannot be compared with that one.",
                where="beside",
                mend="Choose another study of the patient on the review page.",
            )


def comparing(here: Visitor, draft: Draft, asked: str) -> Comparing:
    """Return the other studies of the patient that they may read, and the one asked for by id.

    That it is shown is told to the audit trail, as reading its own page would be.
    """
    work = here.work(draft.capability)
    if draft.capability != "radiology" or not here.may("READ_DRAFT", draft.subject, work):
        return Comparing()
    known = others(draft, here.wardround.rounds.drafts(subject=draft.subject, by=here.actor))
    chosen = next((one for one in known if one.draft.id == asked), None)
    if chosen is None:
        return Comparing(known)
    here.draft(chosen.draft.id, Action.READ_DRAFT)
    with here.chart(about=f"draft/{chosen.draft.id}") as chart:
        chart.read(draft.subject)
    return Comparing(known, beside(draft, chosen))


def beside_of(request: Request) -> str:
    """Return what stood beside this study on the page that a part is drawn anew of, or nothing."""
    try:
        asked = parse_qs(urlsplit(request.headers.get("hx-current-url", "")).query)
    except ValueError:  # what a browser sends is an address; others may send anything
        return ""
    return asked.get("beside", [""])[0]
