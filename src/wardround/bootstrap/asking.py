"""Questions from coding to clinicians: sent, listed, answered, and codes drafted anew from them."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

import orjson

from wardround.bootstrap.house import Wardround
from wardround.database import Transaction
from wardround.kernel import Actor, Draft, Part, TextSpan
from wardround.record import Chart, GuardedChart
from wardround.security import AuditTrail, purpose_of

if TYPE_CHECKING:
    from wardround.capabilities.coding import Question


def send_question(wardround: Wardround, draft: Draft, query_id: str, words: str, by: Actor) -> str:
    """Send a question of a draft to the clinician who signed the note; return its task.

    It is sent at once, not with the signature: codes wait for the answer, not the other way round.
    The task's id follows from the draft, so that sending twice is sending once.
    """
    from wardround.capabilities.coding import Coded, deciding, request_in, task_of

    coded = Coded.model_validate(draft.content)
    query = deciding.asked(coded, query_id)
    query = query.model_copy(update={"question": words or query.question})
    place = [one.id for one in coded.queries].index(query_id)
    note = _note(wardround, draft)
    quoted = [
        note[span.start : span.end]
        for item in draft.evidence
        if item.claim == f"/queries/{place}"
        for span in item.sources
        if isinstance(span, TextSpan)
    ]
    document = request_in(draft.inputs, wardround.rounds.context).note
    at = wardround.clock()
    with wardround.database.begin() as tx:
        chart = Chart(tx, wardround.clock)
        task = task_of(draft, query, chart.read(document).json(), quoted, by, at)
        chart.update(orjson.dumps(task))
        _told(tx, wardround, "ask", by, draft.subject, f"Task/{task['id']}")
    return f"Task/{task['id']}"


def open_questions(chart: GuardedChart, clinician: Actor) -> "Sequence[Question]":
    """Return the questions that wait for a clinician, the oldest first."""
    from wardround.capabilities.coding import Question

    found = chart.search("Task", {"status": "requested", "owner": clinician.reference})
    return sorted((Question.of(one.json()) for one in found), key=lambda one: one.at)


def answer_question(wardround: Wardround, task_id: str, answer: str, by: Actor) -> None:
    """Sign an answer: the task is done, the note has an addendum, and codes are drafted anew."""
    from wardround.capabilities.coding import Question, addendum_of, answered, settles

    at = wardround.clock()
    with wardround.database.begin() as tx:
        chart = Chart(tx, wardround.clock)
        task = chart.read(f"Task/{task_id}").json()
        question = Question.of(task)
        chart.update(orjson.dumps(answered(task, answer, at)))
        addendum = addendum_of(question, answer, by, at)
        chart.update(orjson.dumps(addendum))
        _told(tx, wardround, "answer", by, question.subject, f"Task/{task_id}")
    if settles(answer):
        _draft_anew(wardround, question, answer, f"DocumentReference/{addendum['id']}", by)


def _draft_anew(
    wardround: Wardround, question: "Question", answer: str, addendum: str, by: Actor
) -> None:
    """Order codes from the note with the answer behind it."""
    from wardround.capabilities.coding import NOTE, REQUEST, appended, request_in

    latest = [
        one
        for one in wardround.rounds.drafts(encounter=question.encounter)
        if one.capability == "coding"
    ][-1]
    asked = request_in(latest.inputs, wardround.rounds.context)
    more = {"addenda": (*asked.addenda, addendum)}
    text = appended(_note(wardround, latest), question, answer)
    wardround.rounds.order(
        "coding",
        question.subject,
        question.encounter,
        [
            Part(name=REQUEST, data=asked.model_copy(update=more).model_dump_json().encode()),
            Part(name=NOTE, data=text.encode()),
        ],
        by,
        order_id=str(uuid5(NAMESPACE_URL, f"urn:wardround:answer:{question.task}:codes")),
    )


def _note(wardround: Wardround, draft: Draft) -> str:
    from wardround.capabilities.coding import text_in

    return text_in(draft.inputs, wardround.rounds.context)


def _told(
    tx: Transaction, wardround: Wardround, did: str, by: Actor, subject: str, what: str
) -> None:
    AuditTrail(tx, wardround.clock).record(
        did, "success", actor=by, subject=subject, entity=what, purpose=purpose_of(by.role)
    )
