"""The safeguards: every clause of the Security Rule, and how it stands at this moment."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.datastructures import FormData

from wardround import __version__
from wardround.bootstrap import probe_safeguards
from wardround.interfaces.web.forms import SentForm, number, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.people import Names
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import InvalidInput
from wardround.privacy.safeguards import (
    Clause,
    Fact,
    Judged,
    Statements,
    Verdict,
    count_verdicts,
    find_clause,
    judge_all,
    read_clauses,
    read_sections,
    report_pdf,
)
from wardround.security import Action, AuditTrail, PurposeOfUse

router = APIRouter(prefix="/privacy/safeguards")

VERDICTS = {
    Verdict.ATTENTION: ("bad", "Needs attention"),
    Verdict.NOT_SHOWN: ("", "Not shown yet"),
    Verdict.YOURS: ("accent", "Stated by the clinic"),
    Verdict.SHOWN: ("good", "Shown"),
}
"""The colour of each verdict's badge, and what is said of it."""

FIELDS = ("says", "document", "review", "applies")

REACH = {
    "/people": Action.MANAGE_PEOPLE,
    "/privacy/audit": Action.READ_AUDIT,
    "/privacy/calls": Action.READ_AUDIT,
    "/privacy/emergencies": Action.REVIEW_ACCESS,
    "/privacy/agreements": Action.KEEP_REGISTERS,
    "/privacy/assets": Action.SEE_SAFEGUARDS,
    "/privacy/safeguards": Action.SEE_SAFEGUARDS,
}
"""Where facts lead, and what somebody must be allowed to follow."""


@router.get("")
def show(request: Request, here: Here, only: str = "") -> Response:
    """Show every clause by section, or ``only`` those of one verdict; what is wrong comes first."""
    here.require(Action.SEE_SAFEGUARDS)
    judged = _judged(here)
    wanted = set(Verdict) if only not in set(Verdict) else {Verdict(only)}
    by_citation = {one.clause.citation: one for one in judged}
    sections = [
        (section, count_verdicts(by_citation[one.citation] for one in section.clauses))
        for section in read_sections()
    ]
    return _page(
        request,
        here,
        "safeguards.html",
        judged=by_citation,
        sections=sections,
        counts=count_verdicts(judged),
        wrong=_wrong(judged),
        wanted=wanted,
        shown_standards={
            standard.head.citation
            for section in read_sections()
            for standard in section.standards
            if any(by_citation[one.citation].verdict in wanted for one in standard.clauses)
        },
        now=here.wardround.clock(),
    )


@router.post("/report")
def report(here: Here, form: SentForm) -> Response:
    """Return the report that an auditor gets, as a PDF; that it was made is evidence itself."""
    del form
    here.require(Action.SEE_SAFEGUARDS)
    at, names = here.wardround.clock(), Names(here.wardround.database)
    data = report_pdf(_judged(here), at, __version__, names.of)
    with here.wardround.database.begin() as tx:
        AuditTrail(tx, here.wardround.clock).record(
            "export-safeguards",
            "success",
            actor=here.actor,
            detail={"as": "pdf"},
            purpose=PurposeOfUse.COMPLIANCE,
        )
    name = f'attachment; filename="safeguards-{here.today.isoformat()}.pdf"'
    headers = {"Content-Disposition": name}
    return Response(data, media_type="application/pdf", headers=headers)


@router.get("/{clause}")
def show_clause(request: Request, here: Here, clause: str) -> Response:
    """Show one clause: its evidence, what is written about it, and every earlier version."""
    here.require(Action.SEE_SAFEGUARDS)
    return _clause_page(request, here, clause)


@router.post("/{clause}")
def write(request: Request, here: Here, clause: str, form: SentForm) -> Response:
    """Write what the clinic does about a clause, or why it does not apply."""
    here.require(Action.KEEP_REGISTERS)
    version = number(form, "version")
    try:
        with here.wardround.database.begin() as tx:
            Statements(tx, here.wardround.clock).write(
                clause,
                version,
                says=text(form, "says"),
                document=text(form, "document"),
                review=_day(form),
                applies=text(form, "applies") != "no",
                by=here.actor,
            )
    except InvalidInput as error:
        return _clause_page(request, here, clause, error, form)
    return go(request, f"/privacy/safeguards#{clause}")


def _clause_page(
    request: Request,
    here: Visitor,
    slug: str,
    error: InvalidInput | None = None,
    form: FormData | None = None,
) -> Response:
    clause = find_clause(slug)
    with here.wardround.database.read() as tx:
        history = Statements(tx, here.wardround.clock).history(slug)
    shown = probe_safeguards(here.wardround, clause.probes)
    current = {one.clause: one for one in history[:1]}
    (judged,) = judge_all([clause], shown, current, here.today)
    typed = {} if form is None else {name: text(form, name) for name in FIELDS}
    return _page(
        request,
        here,
        "safeguard.html",
        status=200 if error is None else error.status,
        one=judged,
        history=history,
        error=error,
        typed=typed,
        next_review=_in_a_year(here.today),
    )


def _wrong(judged: list[Judged]) -> dict[Fact, list[Clause]]:
    """Return what is wrong, each once, with the clauses that it stands in the way of."""
    found: dict[Fact, list[Clause]] = {}
    for one in judged:
        for fact in one.asks:
            found.setdefault(fact, []).append(one.clause)
    return found


def _judged(here: Visitor) -> list[Judged]:
    """Return every clause as it stands now."""
    with here.wardround.database.read() as tx:
        written = Statements(tx, here.wardround.clock).current()
    clauses = [clause for clause in read_clauses() if clause.duty is not None]
    return judge_all(clauses, probe_safeguards(here.wardround), written, here.today)


def _page(
    request: Request, here: Visitor, name: str, *, status: int = 200, **context: Any
) -> Response:
    return render(
        request,
        name,
        status=status,
        verdicts=VERDICTS,
        today=here.today,
        names=Names(here.wardround.database),
        reach={address for address, action in REACH.items() if here.may(action.name)},
        **context,
    )


def _in_a_year(today: date) -> date:
    """Return the same day of the next year; the day before where there is none."""
    try:
        return today.replace(year=today.year + 1)
    except ValueError:
        return today.replace(year=today.year + 1, day=28)


def _day(form: FormData) -> date:
    try:
        return date.fromisoformat(text(form, "review"))
    except ValueError:
        raise InvalidInput("This is no date.", where="review", mend="Write 2027-11-24.") from None
