"""The pages that the top bar leads to, and who is shown which."""

from collections.abc import Callable
from typing import NamedTuple

from wardround.kernel import Role


class Page(NamedTuple):
    """A page of the top bar: its address, name, icon, the action it needs, and pages within it."""

    address: str
    name: str
    icon: str
    action: str
    within: tuple[str, ...] = ()

    def holds(self, path: str) -> bool:
        """Whether ``path`` is this page or one within it."""
        return any(
            path == root or path.startswith(f"{root}/") for root in (self.address, *self.within)
        )


PAGES = (
    Page("/visits", "Visits", "agenda", "READ_CHART"),
    Page("/inbox", "Inbox", "inbox", "READ_DRAFT", ("/drafts", "/queries")),
    Page("/patients", "Patients", "patients", "READ_CHART", ("/chart",)),
    Page("/billing", "Billing", "billing", "KEEP_CLAIMS"),
    Page("/people", "People", "person", "MANAGE_PEOPLE", ("/tokens",)),
    Page("/privacy", "Privacy", "shield", "KEEP_REGISTERS"),
    Page("/models", "Models", "models", "SEE_MODELS", ("/monitoring", "/adoption")),
    Page("/complaints", "Complaints", "flag", "KEEP_COMPLAINTS"),
    Page("/deidentify", "De-identify", "block", "DEIDENTIFY"),
)
"""In the order they are shown in; a person sees those whose action their role allows."""

GOVERNANCE = {"/models": "Models", "/monitoring": "Monitoring", "/adoption": "Adoption"}
"""The pages within Models that lead to one another."""


BEGIN = {Role.CODER: "/inbox", Role.BILLER: "/inbox"}
"""Where those begin whose work is not the day's visits."""


def first_page(role: Role, may: Callable[[str], bool]) -> str:
    """Return where a person begins: where their role's work is, or the first page they may see."""
    return BEGIN.get(role) or next((page.address for page in PAGES if may(page.action)), "/account")
