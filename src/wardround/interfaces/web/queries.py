"""Questions from coding: what a clinician is asked about their notes, and the answers they sign."""

from fastapi import APIRouter, Request
from fastapi.responses import Response

from wardround.bootstrap import answer_question, open_questions
from wardround.capabilities.coding import Question
from wardround.interfaces.web import fhir_facts as facts
from wardround.interfaces.web.forms import SentForm, text
from wardround.interfaces.web.pages import go, render
from wardround.interfaces.web.signed_in import Here, Visitor
from wardround.kernel import Forbidden, Noun
from wardround.security import Action

router = APIRouter(prefix="/queries")


class Line(Noun):
    """One question, with the patient it is about."""

    question: Question
    patient: facts.Patient


@router.get("")
def show(request: Request, here: Here, done: str = "") -> Response:
    """Show the questions that wait for this person, the oldest first."""
    here.require(Action.SIGN)
    return render(
        request, "queries.html", lines=_lines(here), today=here.today, said=done == "answered"
    )


@router.post("/{resource_id}")
def answer(request: Request, here: Here, resource_id: str, form: SentForm) -> Response:
    """Sign an answer."""
    here.require(Action.SIGN)
    with here.chart() as chart:
        question = Question.of(chart.read(f"Task/{resource_id}").json())
    here.require(Action.SIGN, question.subject)
    if question.owner != here.actor.reference:
        raise Forbidden("This question is put to somebody else.", mend="They answer it.")
    said = [" ".join(text(form, name).split()) for name in ("option", "words")]
    answer_question(here.wardround, resource_id, ": ".join(filter(None, said)), here.actor)
    return go(request, "/queries?done=answered")


def waiting(here: Visitor) -> int:
    """Return how many questions wait for this person; none where they sign no notes."""
    if not here.may("SIGN"):
        return 0
    with here.chart(again=True) as chart:
        return len(open_questions(chart, here.actor)) if chart.sees("Task") else 0


def _lines(here: Visitor) -> list[Line]:
    with here.chart() as chart:
        if not chart.sees("Task"):
            return []
        return [
            Line(question=one, patient=facts.patient(facts.parsed(chart.read(one.subject))))
            for one in open_questions(chart, here.actor)
        ]
