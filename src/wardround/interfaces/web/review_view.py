"""What the review page shows: the draft, its sources, what stands in the way, and the patient."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from wardround.bootstrap import is_shipped, was_sent
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.agenda import Agenda, Visit
from wardround.interfaces.web.comparing import Comparing, comparing
from wardround.interfaces.web.lighting import Lighting
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Visitor
from wardround.kernel import (
    Draft,
    Finding,
    InvalidInput,
    NotFound,
    Severity,
    Status,
    resolve,
    resource_id,
)
from wardround.record import GuardedChart

_GRAVEST = (Severity.BLOCK, Severity.WARN, Severity.NOTE)


@dataclass(frozen=True)
class View:
    """The review page of one draft, as its templates read it.

    ``found`` is what the capability shows beside the draft. ``edit``, ``add`` and ``removed`` are
    places in the content where a form is open, or an undo stands.
    """

    draft: Draft
    title: str
    patient: facts.Patient
    allergies: list[facts.Allergy] | None
    visit: Visit | None
    found: dict[str, Any]
    lighting: Lighting
    names: Names
    today: date
    may_edit: bool
    may_sign: bool
    edit: str = ""
    add: str = ""
    removed: str = ""
    resources: list[tuple[str, str]] = field(default_factory=list)
    newer: Draft | None = None
    archive: bool = False
    sent: bool = False
    """Whether it goes to an image archive and there is one, and whether it went."""
    finder: Any = None
    """A search that its capability's page shows, where one was made."""
    comparing: Comparing = field(default_factory=Comparing)
    """The other studies of the patient, and the one that stands beside this one."""

    @property
    def open(self) -> bool:
        """Whether the draft still waits for a decision."""
        return self.draft.status is Status.DRAFTED

    @property
    def findings(self) -> list[Finding]:
        """The findings, what stands in the way first."""
        return sorted(self.draft.findings, key=lambda f: (not f.open, _GRAVEST.index(f.severity)))

    @property
    def to_mend(self) -> int:
        """How many findings must be edited away before signing."""
        return sum(f.severity is Severity.BLOCK for f in self.draft.open_findings)

    @property
    def to_acknowledge(self) -> int:
        """How many findings must be acknowledged before signing."""
        return sum(f.severity is Severity.WARN for f in self.draft.open_findings)

    @property
    def changed(self) -> int:
        """How many claims a person wrote or changed."""
        return sum(self.lighting.statement(item.claim) is not None for item in self.draft.evidence)

    def findings_at(self, claim: str) -> list[Finding]:
        """Return the findings about ``claim`` or something in it."""
        return [
            f
            for f in self.findings
            if f.claim and (f.claim == claim or f.claim.startswith(f"{claim}/"))
        ]

    def words(self, claim: str) -> str:
        """Return the text of a claim, where it has one."""
        try:
            said = resolve(self.draft.content, claim)
        except InvalidInput:
            return ""
        said = said.get("text") if isinstance(said, dict) else said
        return said if isinstance(said, str) else ""


def look_at(
    here: Visitor,
    draft: Draft,
    *,
    edit: str = "",
    add: str = "",
    removed: str = "",
    finder: Any = None,
    beside: str = "",
) -> View:
    """Return the review page of ``draft`` for whoever is asking; ``beside`` is another study."""
    wardround, work = here.wardround, here.work(draft.capability)
    with here.chart(about=f"draft/{draft.id}") as chart:
        patient = facts.patient(facts.parsed(chart.read(draft.subject)))
        allergies = _allergies(chart, draft.subject)
        made = _made(chart, draft)
        visit = _visit(chart, draft)
    return View(
        draft=draft,
        title=wardround.capabilities[draft.capability].title,
        patient=patient,
        allergies=allergies,
        visit=visit,
        found=wardround.rounds.review(draft),
        lighting=Lighting(draft),
        names=Names(wardround.database),
        today=here.today,
        may_edit=draft.status is Status.DRAFTED and here.may("EDIT", draft.subject, work),
        may_sign=draft.status is Status.DRAFTED and here.may("SIGN", draft.subject, work),
        edit=edit,
        add=add,
        removed=_removed(here, draft, removed),
        resources=made,
        newer=_newer(here, draft),
        archive=is_shipped(draft) and bool(wardround.settings.archive),
        sent=_sent(here, draft),
        finder=finder,
        comparing=comparing(here, draft, beside),
    )


def _allergies(chart: GuardedChart, patient: str) -> list[facts.Allergy] | None:
    """Return the allergies of a patient; ``None`` for whom they are not shown."""
    if not chart.sees("AllergyIntolerance"):
        return None
    known = chart.search("AllergyIntolerance", {"patient": patient})
    return facts.allergies([facts.parsed(item) for item in known])


def _visit(chart: GuardedChart, draft: Draft) -> Visit | None:
    if draft.encounter is None:
        return None
    return Agenda(chart).find(draft.encounter.rpartition("/")[2])


def _removed(here: Visitor, draft: Draft, path: str) -> str:
    """Return ``path`` if something stood there in the revision before this one."""
    before = [d for d in here.wardround.rounds.revisions(draft.id) if d.revision < draft.revision]
    if not path or not before:
        return ""
    try:
        resolve(before[-1].content, path)
    except InvalidInput:
        return ""
    return path


def _made(chart: GuardedChart, draft: Draft) -> list[tuple[str, str]]:
    """Return the resources of a signed draft: what each is, and its reference."""
    if draft.status not in {Status.SIGNED, Status.SUPERSEDED}:
        return []
    reference = f"Provenance/{resource_id(draft.id, 'provenance')}"
    try:
        provenance = chart.read(reference).json()
    except NotFound:
        return []
    targets = [target["reference"] for target in provenance["target"]]
    return [(target.partition("/")[0], target) for target in (*targets, reference)]


def _sent(here: Visitor, draft: Draft) -> bool:
    """Whether a signed report of an image went to the archive; nothing else ever does."""
    return is_shipped(draft) and was_sent(here.wardround, draft)


def _newer(here: Visitor, draft: Draft) -> Draft | None:
    """Return the version that replaces this one or is being made to."""
    if draft.status not in {Status.SIGNED, Status.SUPERSEDED}:
        return None
    drafts = here.wardround.rounds.drafts(subject=draft.subject, by=here.actor)
    replaced = {d.supersedes: d for d in drafts if d.status is not Status.REJECTED}
    return replaced.get(draft.id)
