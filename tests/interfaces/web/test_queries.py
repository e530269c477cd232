"""A question to the clinician: sent by the coder, answered and signed, and codes drafted anew."""

import re
import time
from collections.abc import Callable

import pytest

from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_codes import CODER, coded, codes_of, do
from wardround.kernel import Draft, Severity, Status
from wardround.record import Chart

Somebody = Callable[[str | None], Person]
VISIT = """[doctor] Good morning to you.
[patient] I am tired and they told me that I have anemia again.
[doctor] Your hemoglobin was 9.4 last week and we start ferrous sulfate.
[doctor] Come back in four weeks and we look at it again then."""


@pytest.fixture
def coder(somebody: Somebody) -> Person:
    return somebody(CODER)


def asked(house: House, coder: Person) -> tuple[Draft, str]:
    """Return a draft of codes one question of which was sent, and the id of its task."""
    note = house.draft(VISIT)
    clinician = house.at_a_client("amara.osei")
    clinician.submit(f"/drafts/{note.id}/signature", revision="1")
    draft = codes_of(house, house.rounds.draft(note.id))
    (query,) = coded(house, draft).queries
    answer = do(coder, house, draft, "ask", query.id, question="Can the type be stated?")
    assert answer.status_code == 200, answer.text
    return draft, coded(house, draft).queries[0].task.partition("/")[2]


def task(house: House, task_id: str) -> dict[str, object]:
    with house.wardround.database.read() as tx:
        return dict(Chart(tx).read(f"Task/{task_id}").json())


def test_a_question_goes_to_who_signed_the_note(house: House, coder: Person) -> None:
    draft, task_id = asked(house, coder)
    sent = task(house, task_id)
    assert (sent["status"], sent["description"]) == ("requested", "Can the type be stated?")
    assert sent["owner"] == {
        "reference": house.person("amara.osei").reference,
        "display": "Dr Amara Osei",
    }
    page = house.at_a_client("amara.osei").get("/queries").text
    assert "Can the type be stated?" in page
    inbox = house.at_a_client("amara.osei").get("/inbox").text
    assert re.search(r"\d+ questions? from coding", inbox)  # the house is shared: others may wait
    assert "Sent" in coder.get(f"/drafts/{draft.id}").text
    rules = {f.rule: f.severity for f in house.rounds.draft(draft.id).findings}
    assert rules["unanswered"] is Severity.WARN
    assert len(house.events(action="ask", entity=f"Task/{task_id}")) == 1


@pytest.mark.requirement("CODE-13")
def test_an_answer_is_signed_and_brings_codes_of_its_own(house: House, coder: Person) -> None:
    draft, task_id = asked(house, coder)
    clinician = house.at_a_client("amara.osei")
    answer = clinician.submit(f"/queries/{task_id}", option="Iron deficiency anemia")
    assert answer.headers["location"] == "/queries?done=answered"
    assert task(house, task_id)["status"] == "completed"
    assert f"question-{task_id}" not in clinician.get("/queries").text
    with house.wardround.database.read() as tx:
        found = Chart(tx).search("DocumentReference", {"encounter": str(draft.encounter)})
    (addendum,) = [one.json() for one in found if "relatesTo" in one.json()]
    assert addendum["author"][0]["display"] == "Dr Amara Osei"
    for _ in range(1200):
        drafts = house.rounds.drafts(encounter=draft.encounter)
        if len(drafts) == 3:
            break
        time.sleep(0.05)
    new = drafts[-1]
    assert "D50.9" in [code.code for code in coded(house, new).codes]
    revision = house.rounds.draft(draft.id).revision
    refused = coder.submit(f"/drafts/{draft.id}/signature", revision=str(revision))
    assert refused.status_code >= 400
    assert house.rounds.draft(draft.id).status is Status.DRAFTED
    assert "Answered: Iron deficiency anemia" in coder.get(f"/drafts/{draft.id}").text
    assert len(house.events(action="answer", entity=f"Task/{task_id}")) == 1


def test_who_cannot_say_more_says_so_and_nothing_is_drafted(house: House, coder: Person) -> None:
    draft, task_id = asked(house, coder)
    clinician = house.at_a_client("amara.osei")
    clinician.submit(f"/queries/{task_id}", option="Unable to determine")
    assert task(house, task_id)["status"] == "completed"
    orders = house.rounds.orders(encounter=draft.encounter)
    assert [one.order.capability for one in orders] == ["documentation", "coding"]


@pytest.mark.requirement("CODE-13")
def test_an_answer_is_given_once_by_who_was_asked(house: House, coder: Person) -> None:
    _, task_id = asked(house, coder)
    other = house.at_a_client("ingrid.halvorsen")
    assert other.submit(f"/queries/{task_id}", option="x").status_code == 403
    assert coder.submit(f"/queries/{task_id}", option="x").status_code == 403
    clinician = house.at_a_client("amara.osei")
    assert "An answer is needed" in clinician.submit(f"/queries/{task_id}").text
    assert clinician.submit(f"/queries/{task_id}", words="Of iron").status_code == 303
    assert "This question was answered" in clinician.submit(f"/queries/{task_id}", words="x").text


def test_a_question_that_is_not_asked_stays_unasked(house: House, coder: Person) -> None:
    note = house.draft(VISIT)
    house.at_a_client("amara.osei").submit(f"/drafts/{note.id}/signature", revision="1")
    draft = codes_of(house, house.rounds.draft(note.id))
    (query,) = coded(house, draft).queries
    assert "Not asked" in do(coder, house, draft, "drop", query.id).text
    again = do(coder, house, draft, "ask", query.id)
    assert "no such question" in again.text
    assert coded(house, draft).queries[0].task == ""
