"""The pages of billing: from the queue to the batch, from a payer's file to the last cent."""

import re
from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from itertools import count

import pytest

from tests.interfaces.web.house import House, Person
from tests.revenue.made import claim
from tests.revenue.payer import Asked, Payer, claims_of
from wardround.revenue import (
    Batches,
    ClaimState,
    Ledger,
    Postings,
    WorkList,
)

Somebody = Callable[[str | None], Person]
ROSA, PAGE = "rosa.delgado", "/billing"
PATIENT = "Patient/marisol-vega"
NUMBERS = count(1)


@pytest.fixture
def rosa(somebody: Somebody) -> Person:
    return somebody(ROSA)


def entered(house: House, *charges: str, **more: object) -> str:
    """Enter a claim of a visit of the last weeks, each of another day, and return its number."""
    serial = next(NUMBERS)
    number, day = f"P{serial:05}", house.today - timedelta(days=serial)
    one = claim(number, charges or ("150.00",), **more)
    lines = tuple(line.model_copy(update={"begins": day}) for line in one.lines)
    with house.wardround.database.begin() as tx:
        Ledger(tx).enter(one.model_copy(update={"lines": lines}), None, PATIENT, house.person(ROSA))
    return number


def state(house: House, number: str) -> ClaimState:
    with house.wardround.database.read() as tx:
        return Ledger(tx).find(number).listed.state


def sent(house: House, rosa: Person, *numbers: str) -> tuple[str, bytes]:
    """Make a batch, download it and say that it was sent; return its page and its file."""
    answer = rosa.submit(f"{PAGE}/batches", claim=list(numbers))  # type: ignore[arg-type]
    assert answer.status_code == 303, answer.text
    page = str(answer.headers["location"])
    file = rosa.submit(f"{page}/file")
    assert file.headers["content-disposition"].startswith('attachment; filename="837-')
    assert rosa.submit(f"{page}/file").content == file.content
    assert rosa.submit(f"{page}/sent").status_code == 303
    return page, file.content


def handed_in(rosa: Person, text: str) -> str:
    """Hand a payer's file in and return what the page says it would do."""
    form = {"csrf": rosa.csrf}
    answer = rosa.post(f"{PAGE}/answers", data=form, files={"file": ("answer.txt", text)})
    assert answer.status_code == 200, answer.text
    return answer.text


def confirmed(rosa: Person, shown: str) -> str:
    found = re.search(r'name="file" value="([^"]+)"', shown)
    assert found is not None
    answer = rosa.submit(f"{PAGE}/answers/post", file=found[1])
    assert answer.status_code == 303, answer.text
    return str(answer.headers["location"])


def test_from_the_queue_to_the_last_cent(house: House, rosa: Person) -> None:
    one, two = entered(house, "150.00", "50.00"), entered(house, "80.00")
    queue = rosa.get(PAGE).text
    assert queue.index(one) < queue.index(two)
    assert "Vega, Marisol" in queue
    page, file = sent(house, rosa, one, two)
    assert "Sent" in rosa.get(page).text
    assert one in rosa.get(f"{PAGE}?of=payer").text

    payer = Payer(4, refuses=0)
    shown = handed_in(rosa, payer.takes(file))
    assert "No claim changes" in shown
    assert confirmed(rosa, shown) == page
    shown = handed_in(rosa, payer.accepts(file, refused=[two]))
    assert state(house, two) is ClaimState.SENT  # shown, and not done
    confirmed(rosa, shown)
    assert (state(house, one), state(house, two)) == (ClaimState.ACCEPTED, ClaimState.REJECTED)
    assert "A3:21" in rosa.get(f"{PAGE}/claims/{two}").text

    asked = [each for each in claims_of(file) if each.id == one]
    text = payer.remits(asked, f"T-{one}")
    shown = handed_in(rosa, text)
    assert "It balances to the cent." in shown
    payment = confirmed(rosa, shown)
    assert "Vega, Marisol" in rosa.get(payment).text
    with house.wardround.database.read() as tx:
        balance = Ledger(tx).find(one).listed.balance
    assert balance.payer == 0
    again = rosa.post(f"{PAGE}/answers", data={"csrf": rosa.csrf}, files={"file": ("a.txt", text)})
    assert again.status_code == 409
    assert "posted before" in again.text


def test_an_incomplete_claim_is_shown_and_not_sent(house: House, rosa: Person) -> None:
    number = entered(house, diagnoses=())
    row = rosa.get(PAGE).text.split(f"/claims/{number}")[1].split("</tr>")[0]
    assert "to mend" in row
    assert f'value="{number}"' not in rosa.get(PAGE).text
    answer = rosa.submit(f"{PAGE}/batches", claim=number)
    assert answer.status_code == 422
    assert "Not complete" in answer.text
    shown = rosa.get(f"{PAGE}/claims/{number}").text
    assert "The claim has no diagnosis." in shown

    form = {
        "member_id": "1EG4TE5MK73",
        "diagnoses": "i10, e11.9",
        "place": "11",
        "procedure-1": "99213",
        "modifiers-1": "25",
        "units-1": "1",
        "charge-1": "$160.00",
        "pointers-1": "1 2",
    }
    page = f"{PAGE}/claims/{number}/correction"
    assert rosa.submit(page, **form).status_code == 400  # why is missing
    assert rosa.submit(page, **form, why="The visit's codes").status_code == 303
    with house.wardround.database.read() as tx:
        body = Ledger(tx).find(number).body
    assert body is not None
    assert [one.code for one in body.diagnoses] == ["I10", "E11.9"]
    assert (body.lines[0].modifiers, body.lines[0].charge) == (("25",), Decimal("160.00"))
    assert body.lines[0].begins is not None
    assert "2 to mend" not in rosa.get(f"{PAGE}/claims/{number}").text


@pytest.mark.parametrize(
    ("field", "typed"),
    [
        ("charge-1", "much"),
        ("pointers-1", "a b"),
        ("units-1", "1.234"),
        ("modifiers-1", "1 2 3 4 5"),
    ],
)
def test_what_cannot_stand_in_a_claim(house: House, rosa: Person, field: str, typed: str) -> None:
    number = entered(house)
    form = {"diagnoses": "I10", "procedure-1": "99213", "charge-1": "1.00", "why": "X"}
    answer = rosa.submit(f"{PAGE}/claims/{number}/correction", **(form | {field: typed}))
    assert answer.status_code == 400, answer.text


@pytest.mark.requirement("REV-05")
def test_denials_are_worked_by_people(house: House, rosa: Person) -> None:
    number = entered(house, "150.00", "50.00")
    _, file = sent(house, rosa, number)
    shown = handed_in(rosa, Payer(1, refuses=1).pays(file, f"D-{number}"))
    confirmed(rosa, shown)
    assert number in rosa.get(f"{PAGE}?of=denials").text
    with house.wardround.database.read() as tx:
        first, second = WorkList(tx).list(claim=number)
    page = f"{PAGE}/claims/{number}"
    to = house.person(ROSA).id
    assert rosa.submit(f"{PAGE}/items/{first.id}/assign", to=to).status_code == 303
    assert number in rosa.get(f"{PAGE}?of=denials&whose=mine").text
    assert rosa.submit(f"{PAGE}/items/{first.id}/assign", to="nobody-we-know").status_code == 400
    assert rosa.submit(f"{PAGE}/items/{first.id}", deed="write-off", why="").status_code == 400
    assert rosa.submit(f"{PAGE}/items/{first.id}", deed="magic", why="x").status_code == 400
    done = rosa.submit(f"{PAGE}/items/{first.id}", deed="appeal", why="Letter with the record")
    assert done.headers["location"] == page
    assert state(house, number) is ClaimState.APPEALED
    rosa.submit(f"{PAGE}/items/{second.id}", deed="patient", why="Notice was signed")
    assert rosa.submit(f"{page}/payments", amount="10.00", words="Card").status_code == 303
    assert rosa.submit(f"{page}/payments", amount="ten").status_code == 400
    rosa.submit(f"{page}/notes", words="Called the <b>payer</b>")
    shown = rosa.get(page).text
    assert "Called the &lt;b&gt;payer&lt;/b&gt;" in shown
    assert "Letter with the record" in shown

    answer = rosa.submit(f"{page}/replacement", why="Modifier 25")
    correction = str(answer.headers["location"])
    assert correction == f"{PAGE}/claims/{number}.2/correction"
    assert f"ICN{number}" in rosa.get(correction).text
    assert state(house, number) is ClaimState.REPLACED
    assert f"{number}.2" in rosa.get(page).text
    rosa.submit(f"{PAGE}/claims/{number}.2/write-off", why="Never mind")
    assert state(house, f"{number}.2") is ClaimState.WRITTEN_OFF


def test_what_is_paid_for_a_strange_claim_is_held(house: House, rosa: Person) -> None:
    number = entered(house, "90.00")
    _, file = sent(house, rosa, number)
    (asked,) = claims_of(file)
    strange = Asked("SOMEBODY", asked.charge, asked.services)
    shown = handed_in(rosa, Payer(2, refuses=0).remits([strange], f"S-{number}"))
    assert "will be unapplied" in shown
    payment = confirmed(rosa, shown)
    assert "SOMEBODY" in rosa.get(f"{PAGE}?of=payments").text
    refused = rosa.submit(f"{payment}/held", serial="1", claim="Marisol Vega")
    assert refused.status_code == 404
    assert "Marisol" not in refused.text
    assert rosa.submit(f"{payment}/held", serial="1", claim=number).status_code == 303
    assert "was posted to" in rosa.get(payment).text
    with house.wardround.database.read() as tx:
        assert Ledger(tx).find(number).listed.balance.payer == 0


def test_a_file_that_does_not_balance_is_not_posted(house: House, rosa: Person) -> None:
    number = entered(house, "90.00")
    _, file = sent(house, rosa, number)
    text = Payer(2, refuses=0).pays(file, f"U-{number}")
    wrong = re.sub(r"CLP\*(\w+)\*1\*90\*[\d.]+", r"CLP*\1*1*90*1.11", text)
    assert wrong != text
    answer = rosa.post(
        f"{PAGE}/answers", data={"csrf": rosa.csrf}, files={"file": ("a.txt", wrong)}
    )
    assert answer.status_code == 400
    assert f"claim {number}: " in answer.text
    with house.wardround.database.read() as tx:
        assert not [one for one in Postings(tx).list() if one.trace == f"U-{number}"]


@pytest.mark.parametrize("text", ["", "not X12", "ISA*00*"])
def test_what_is_no_file_of_a_payer(rosa: Person, text: str) -> None:
    form = {"csrf": rosa.csrf}
    answer = rosa.post(f"{PAGE}/answers", data=form, files={"file": ("answer.txt", text)})
    assert answer.status_code == 400
    assert rosa.post(f"{PAGE}/answers", data=form).status_code == 400
    assert rosa.submit(f"{PAGE}/answers/post", file="%%%").status_code == 400


def test_all_complete_claims_at_once_and_a_batch_taken_back(house: House, rosa: Person) -> None:
    one, wrong = entered(house), entered(house, diagnoses=())
    answer = rosa.submit(f"{PAGE}/batches", all="professional")
    page = str(answer.headers["location"])
    assert one in rosa.get(page).text
    assert wrong not in rosa.get(page).text
    assert rosa.submit(f"{page}/back").status_code == 303
    assert state(house, one) is ClaimState.READY
    assert rosa.submit(f"{page}/sent").status_code == 409
    assert rosa.submit(f"{PAGE}/batches", all="institutional").status_code == 400
    with house.wardround.database.read() as tx:
        assert Batches(tx).list()[0].state == "taken back"


def test_filters_and_what_is_not_there(house: House, rosa: Person) -> None:
    number = entered(house)
    assert number not in rosa.get(f"{PAGE}?of=send&days=30").text
    assert number in rosa.get(f"{PAGE}?of=send&payer=00831&sort=amount&page=99").text
    assert number not in rosa.get(f"{PAGE}?of=send&payer=60054").text
    for path in ("claims/x1", "batches/x1", "batches/999999", "payments/x1", "claims/A%00B"):
        assert rosa.get(f"{PAGE}/{path}").status_code == 404, path


def test_who_looked_at_a_claim_is_in_the_trail(house: House, rosa: Person) -> None:
    number = entered(house)
    rosa.get(f"{PAGE}/claims/{number}")
    (event, *_) = house.events(action="read", actor=house.person(ROSA).id, subject=PATIENT)
    assert (event.entity, event.purpose) == (f"claim/{number}", "HPAYMT")


def test_others_have_no_billing(somebody: Somebody) -> None:
    osei = somebody("amara.osei")
    assert osei.get(PAGE).status_code == 403
    assert "/billing" not in osei.get("/visits").text
