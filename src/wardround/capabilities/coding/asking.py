"""Questions to the clinician as FHIR R4: a Task that asks, its answer, an addendum to the note.

An answer is part of the record as the clinician signed it: a document that appends the note, from
which codes are drafted anew (AHIMA and ACDIS 2022, Guidelines for Achieving a Compliant Query
Practice: the query and its answer are kept).
"""

from base64 import b64encode
from datetime import datetime
from typing import Any, NamedTuple, Self
from uuid import NAMESPACE_URL, uuid5

from wardround.capabilities.coding.model import Query
from wardround.kernel import Actor, Draft, InvalidInput, Resource, resource_id

ASKED = "urn:wardround:question"
"""The code system of our tasks, of one code: ``question``."""

UNDETERMINED = "Unable to determine"
"""The option by which a clinician says that nothing more can be said."""

_ADDENDUM = {"system": "http://loinc.org", "code": "55107-7", "display": "Addendum Document"}
_OPTION, _WORDS, _ANSWER = "option", "words of the note", "answer"


class Question(NamedTuple):
    """A question as its clinician reads it."""

    task: str
    subject: str
    encounter: str
    note: str
    owner: str
    asked_by: str
    at: str
    text: str
    options: tuple[str, ...]
    words: tuple[str, ...]
    answer: str
    open: bool

    @classmethod
    def of(cls, task: Resource) -> Self:
        """Return what a task of ours asks; raise ``InvalidInput`` for another task."""
        codings = task.get("code", {}).get("coding", [])
        if not any(one.get("system") == ASKED for one in codings):
            raise InvalidInput("This task is no question from coding.")
        given = [(one["type"]["text"], one["valueString"]) for one in task.get("input", [])]
        said = [one["valueString"] for one in task.get("output", [])]
        return cls(
            task=str(task["id"]),
            subject=task["for"]["reference"],
            encounter=task["encounter"]["reference"],
            note=task["focus"]["reference"],
            owner=task["owner"]["reference"],
            asked_by=task["requester"].get("display", ""),
            at=task["authoredOn"],
            text=task["description"],
            options=tuple(value for kind, value in given if kind == _OPTION),
            words=tuple(value for kind, value in given if kind == _WORDS),
            answer=said[-1] if said else "",
            open=task["status"] == "requested",
        )


def task_of(
    draft: Draft, query: Query, note: Resource, words: list[str], by: Actor, at: datetime
) -> dict[str, Any]:
    """Return the task that asks the clinician who signed the note."""
    author = (note.get("author") or [{}])[0]
    if draft.encounter is None or "reference" not in author:
        raise InvalidInput("Nobody can be asked: the note names no clinician.", where="author")
    given = [(_WORDS, one) for one in words] + [(_OPTION, one) for one in query.options]
    return {
        "resourceType": "Task",
        "id": resource_id(draft.id, f"question-{query.id}"),
        "status": "requested",
        "intent": "order",
        "code": {"coding": [{"system": ASKED, "code": "question"}], "text": "Question from coding"},
        "description": query.question,
        "focus": {"reference": f"DocumentReference/{note['id']}"},
        "for": {"reference": draft.subject},
        "encounter": {"reference": draft.encounter},
        "authoredOn": at.isoformat(),
        "lastModified": at.isoformat(),
        "requester": {"reference": by.reference, "display": by.name},
        "owner": author,
        "input": [{"type": {"text": kind}, "valueString": value} for kind, value in given],
    }


def answered(task: Resource, answer: str, at: datetime) -> dict[str, Any]:
    """Return a task with its answer; raise ``InvalidInput`` where it has one, or none is given."""
    if not Question.of(task).open:
        raise InvalidInput("This question was answered.", mend="Reload the page.")
    if not answer.strip():
        raise InvalidInput("An answer is needed.", where="answer", mend="Choose one, or write it.")
    return {
        **task,
        "status": "completed",
        "lastModified": at.isoformat(),
        "output": [{"type": {"text": _ANSWER}, "valueString": answer.strip()}],
    }


def addendum_of(question: Question, answer: str, by: Actor, at: datetime) -> dict[str, Any]:
    """Return the document of a signed answer, which appends the note."""
    text = f"Question from coding: {question.text}\nAnswer: {answer.strip()}".encode()
    name = f"urn:wardround:answer:{question.task}"
    return {
        "resourceType": "DocumentReference",
        "id": str(uuid5(NAMESPACE_URL, name)),
        "status": "current",
        "docStatus": "final",
        "type": {"coding": [_ADDENDUM]},
        "subject": {"reference": question.subject},
        "date": at.isoformat(),
        "author": [{"reference": by.reference, "display": by.name}],
        "authenticator": {"reference": by.reference, "display": by.name},
        "relatesTo": [{"code": "appends", "target": {"reference": question.note}}],
        "content": [
            {
                "attachment": {
                    "contentType": "text/plain; charset=utf-8",
                    "title": "Addendum to the visit note",
                    "data": b64encode(text).decode(),
                }
            }
        ],
        "context": {
            "encounter": [{"reference": question.encounter}],
            "related": [{"reference": f"Task/{question.task}"}],
        },
    }


def appended(note: str, question: Question, answer: str) -> str:
    """Return a note's text with an answer behind it, beside the words that it is about.

    What was asked does not stand there: it is no finding of the clinician's.
    """
    about = f"{question.words[0]}: " if question.words else ""
    return f"{note.rstrip()}\n\nADDENDUM\n\n{about}{answer.strip().rstrip('.')}.\n"


def settles(answer: str) -> bool:
    """Whether an answer says more than the note did."""
    return answer.strip().lower() != UNDETERMINED.lower()
