"""Letters of appeal: from a signed note to a denial, and from there to a signed letter."""

import re
import time
from collections.abc import Callable, Mapping
from datetime import timedelta
from decimal import Decimal
from itertools import count

import orjson
import pytest

from tests.capabilities.billing.x12.test_checking import accepted_by_pyx12
from tests.interfaces.web.house import House, Person
from tests.interfaces.web.test_billing import PAGE, confirmed, entered, handed_in, sent, state
from tests.interfaces.web.test_codes import VISIT, coded, codes_of, do
from tests.revenue.made import subscriber
from tests.revenue.payer import Asked, Payer
from wardround.capabilities.appeal import Letter
from wardround.capabilities.billing import Billed
from wardround.capabilities.billing import Payer as Payee
from wardround.kernel import ChartPath, Draft, Json, Severity, Status
from wardround.record import Chart
from wardround.revenue import ClaimState, History, Ledger, WorkList
from wardround.rounds import State, following_id

Somebody = Callable[[str | None], Person]
ROSA = "rosa.delgado"
DAYS = count()


class Refusing(Payer):
    """A payer that refuses every service for one reason."""

    def __init__(self, seed: int, group: str, reason: str, *remarks: str) -> None:
        super().__init__(seed, refuses=1)
        self._said = group, reason, remarks

    def remits(self, asked: list[Asked], trace: str, **more: object) -> str:  # type: ignore[override]
        text = super().remits(asked, trace)
        group, reason, remarks = self._said
        text = re.sub(r"CAS\*CO\*\w+\*", f"CAS*{group}*{reason}*", text)
        for code in remarks:
            text = re.sub(r"(CAS\*.*~\n(?:REF\*6R\*\w+~\n)?)", rf"\1LQ*HE*{code}~\n", text)
        added = sum(text.count(f"LQ*HE*{code}~") for code in remarks)
        return re.sub(r"SE\*(\d+)\*", lambda m: f"SE*{int(m[1]) + added}*", text)


def settled(house: House, order: str) -> Draft:
    for _ in range(1200):
        if house.rounds.ordered(order).state in {State.DONE, State.FAILED}:
            break
        time.sleep(0.05)
    assert house.rounds.ordered(order).state is State.DONE, house.rounds.ordered(order)
    return house.rounds.draft(order)


def edited(person: Person, house: House, draft: Draft, path: str, value: dict[str, Json]) -> None:
    revision = str(house.rounds.draft(draft.id).revision)
    fields = {f"value.{name}": str(each) for name, each in value.items()}
    form = {"revision": revision, "op": "replace", "path": path, **fields}
    answer = person.submit(f"/drafts/{draft.id}/edits", **form)
    assert answer.status_code == 303, answer.text


def signed(person: Person, house: House, draft: Draft) -> Draft:
    for finding in house.rounds.draft(draft.id).open_findings:
        assert finding.severity is Severity.WARN, finding
        now = str(house.rounds.draft(draft.id).revision)
        path = f"/drafts/{draft.id}/acknowledgements"
        person.submit(path, revision=now, finding=finding.key)
    now = str(house.rounds.draft(draft.id).revision)
    answer = person.submit(f"/drafts/{draft.id}/signature", revision=now)
    assert answer.headers.get("location", "").endswith("/signed"), answer.text
    return house.rounds.draft(draft.id)


def drafted_claim(house: House, *beside: Mapping[str, object]) -> Draft:
    """Take a visit from its note to signed codes, and return the claim that is drafted of them.

    What is ``beside`` stands in the record as done in the visit.
    """
    visit = house.encounter()
    with house.wardround.database.begin() as tx:
        chart = Chart(tx)
        known = chart.read(f"Encounter/{visit}").json()
        clinic = {"reference": "Organization/harbour-lane"}
        day = str(house.today - timedelta(days=100 + next(DAYS)))
        period = {name: day + at[10:] for name, at in known["period"].items()}
        chart.update(orjson.dumps(known | {"serviceProvider": clinic, "period": period}))
        for each in beside:
            there = {"status": "completed", "encounter": {"reference": f"Encounter/{visit}"}}
            chart.update(orjson.dumps({**each, **there}))
    form = {"capability": "documentation", "order": following_id(visit, "note"), "pasted": VISIT}
    osei = house.at_a_client("amara.osei")
    assert osei.submit(f"/visits/{visit}/orders", **form).status_code == 303
    note = signed(osei, house, house.rounds.draft(house.settled(visit).order.id))
    coder, codes = house.at_a_client("lena.fischer"), codes_of(house, note)
    for one in coded(house, codes).codes:
        if one.state == "suggested":
            do(coder, house, codes, "accept", one.id)
    level = coded(house, codes).level
    assert level is not None
    do(coder, house, codes, "level", level.code)
    signed(coder, house, codes)
    return settled(house, following_id(codes.id, "billing"))


def billed(house: House, rosa: Person) -> str:
    """Take a visit from its note to a signed claim, and return the claim's number."""
    draft = drafted_claim(house)
    claim = Billed.model_validate(draft.content).claim
    line = {"procedure": claim.lines[0].procedure, "charge": "150.00", "units": "1"}
    day = str(claim.lines[0].begins)
    more = {"pointers": "1 2", "begins": day, "number": "1", "source": claim.lines[0].source}
    edited(rosa, house, draft, "/claim/lines/0", {**line, **more})
    signed(rosa, house, draft)
    return claim.id


def denied(house: House, rosa: Person, number: str, reason: str, *remarks: str) -> str:
    """Have a payer refuse a claim, and return the item of work."""
    _, file = sent(house, rosa, number)
    payer = Refusing(7, "CO", reason, *remarks)
    confirmed(rosa, handed_in(rosa, payer.pays(file, f"R-{number}")))
    with house.wardround.database.read() as tx:
        return WorkList(tx).list(claim=number)[0].id


def asked(house: House, rosa: Person, item: str, **more: str) -> Draft:
    """Ask for the letter, wait for it, and return its draft."""
    page = f"{PAGE}/items/{item}/draft"
    answer = rosa.submit(page, **more)
    assert answer.headers.get("location") == page, answer.text
    for _ in range(200):
        answer = rosa.get(page)
        if answer.status_code == 303:
            break
        time.sleep(0.05)
    return house.rounds.draft(str(answer.headers["location"]).rpartition("/")[2])


@pytest.fixture(scope="module")
def rosa(house: House) -> Person:
    return house.at_a_client(ROSA)


@pytest.fixture(scope="module")
def denial(house: House, rosa: Person) -> tuple[str, str]:
    number = billed(house, rosa)
    return number, denied(house, rosa, number, "50", "N115")


@pytest.mark.requirement("APPEAL-01")
@pytest.mark.requirement("APPEAL-04")
def test_a_denial_becomes_a_signed_letter(
    house: House, rosa: Person, denial: tuple[str, str]
) -> None:
    number, item = denial
    assert "Draft an appeal" in rosa.get(f"{PAGE}/claims/{number}").text
    draft = asked(house, rosa, item)
    assert draft.status is Status.DRAFTED
    letter = Letter.model_validate(draft.content)
    assert (letter.claim, letter.ground) == (number, "necessity")
    said = letter.text
    assert "reason CO-50: Not medically necessary" in said
    assert "Remark N115 says: Decided by a local coverage determination" in said
    assert "\u201c" in said
    assert "hypertension" in said
    page = rosa.get(f"/drafts/{draft.id}").text
    assert "Signed note" in page
    assert f'href="/billing/claims/{number}"' in page
    assert f'href="/drafts/{draft.id}"' in rosa.get("/inbox").text
    assert asked(house, rosa, item).id == draft.id  # one letter, not two

    done = signed(rosa, house, draft)
    assert done.decided_by is not None
    assert done.decided_by.name == "Rosa Delgado"
    assert state(house, number) is ClaimState.APPEALED
    with house.wardround.database.read() as tx:
        assert WorkList(tx).list(claim=number) == []
        event = History(tx).of(number)[0]
        made = Chart(tx).search("DocumentReference", {"subject": draft.subject})
    assert (event.change, event.about, event.by) == ("appealed", draft.id, done.decided_by.id)
    texts = [one.json()["type"].get("text") for one in made]
    assert "Appeal to the payer" in texts
    assert f"/billing/items/{item}/draft" in rosa.get(f"{PAGE}/claims/{number}").text
    assert rosa.submit(f"{PAGE}/items/{item}/draft").status_code == 409


@pytest.mark.requirement("APPEAL-02")
def test_without_a_signed_note_nothing_is_drafted(house: House, rosa: Person) -> None:
    number = entered(house, "90.00")
    item = denied(house, rosa, number, "50")
    draft = asked(house, rosa, item)
    assert draft.status is Status.ABSTAINED
    assert "no words of the signed note" in str(draft.reason)
    assert "no words of the signed note" in rosa.get(f"{PAGE}/claims/{number}").text
    assert asked(house, rosa, item).id != draft.id  # once more, for more may be known now


@pytest.mark.requirement("APPEAL-03")
def test_past_its_last_day_nothing_is_drafted(house: House, rosa: Person) -> None:
    number = entered(house, "91.00")
    item = denied(house, rosa, number, "29")
    late = asked(house, rosa, item, due=str(house.today - timedelta(days=1)))
    assert late.status is Status.ABSTAINED
    assert "The last day to appeal was" in str(late.reason)
    draft = asked(house, rosa, item, due=str(house.today))
    assert draft.status is Status.DRAFTED
    assert "The claim was sent on" in Letter.model_validate(draft.content).text
    assert rosa.submit(f"{PAGE}/items/{item}/draft", due="soon").status_code == 400


@pytest.mark.requirement("BILL-07")
def test_what_the_record_holds_besides_is_looked_at_by_who_bills(
    house: House, rosa: Person
) -> None:
    cpt = "http://www.ama-assn.org/go/cpt"
    patient = {"reference": "Patient/marisol-vega"}
    shot = {
        "resourceType": "Immunization",
        "id": "done-shot",
        "vaccineCode": {"coding": [{"system": cpt, "code": "90686"}]},
        "patient": patient,
    }
    test = {
        "resourceType": "ServiceRequest",
        "id": "done-test",
        "intent": "order",
        "code": {"coding": [{"system": cpt, "code": "87880"}]},
        "subject": patient,
    }
    draft = drafted_claim(house, shot, test)
    lines = Billed.model_validate(draft.content).claim.lines
    assert [one.procedure for one in lines[1:]] == ["87880", "90686"]
    page = rosa.get(f"/drafts/{draft.id}")
    assert page.status_code == 200, page.text
    for one in ("90686 comes from the record", "87880 comes from the record"):
        assert one in page.text
    assert "not in the chart" not in page.text
    shown = {one.claim: one.sources for one in draft.evidence}["/claim/lines/2"]
    assert shown == (ChartPath(resource="Immunization/done-shot", path="vaccineCode"),)


def test_only_who_bills_asks_for_a_letter(
    house: House, somebody: Somebody, denial: tuple[str, str]
) -> None:
    _, item = denial
    osei = somebody("amara.osei")
    assert osei.get(f"{PAGE}/items/{item}/draft").status_code == 403
    assert osei.submit(f"{PAGE}/items/{item}/draft").status_code == 403
    assert somebody(ROSA).get(f"{PAGE}/items/nothing/draft").status_code == 404


def test_no_address_or_log_of_a_letter_tells_of_the_patient(
    house: House, rosa: Person, denial: tuple[str, str]
) -> None:
    for event in house.events(actor=house.person(ROSA).id):
        assert "Marisol" not in event.model_dump_json()


@pytest.mark.requirement("REV-09")
def test_the_next_insurer_is_asked_by_a_claim_that_is_drafted_and_signed(
    house: House, rosa: Person
) -> None:
    other = subscriber(
        responsibility="S", member_id="ZX-7", filing="CI", payer=Payee(name="Acme", id="60054")
    )
    number = entered(house, "93.00", subscribers=(subscriber(), other))
    _, file = sent(house, rosa, number)
    payer = Refusing(7, "PR", "2")
    confirmed(rosa, handed_in(rosa, payer.pays(file, f"P-{number}")))
    with house.wardround.database.read() as tx:
        (item,) = WorkList(tx).list(claim=number)
    assert "Draft the claim to the next insurer" in rosa.get(f"{PAGE}/claims/{number}").text
    draft = asked(house, rosa, item.id)
    assert draft.capability == "billing"
    page = rosa.get(f"/drafts/{draft.id}").text
    assert "What the insurer before decided" in page
    assert "PR-2 $93.00" in page
    then = Billed.model_validate(signed(rosa, house, draft).content).claim
    with house.wardround.database.read() as tx:
        first, second = (Ledger(tx).find(one).listed for one in (number, then.id))
    assert (first.state, first.balance.open) == (ClaimState.CLOSED, Decimal(0))
    assert (second.follows, second.balance.payer) == (number, second.charge)
    assert then.id in rosa.get(f"{PAGE}/claims/{number}").text
    assert number in rosa.get(f"{PAGE}/claims/{then.id}").text
    _, file = sent(house, rosa, then.id)
    rows = file.decode().replace("\n", "").split("~")
    assert [row[:5] for row in rows if row.startswith("SBR")] == ["SBR*S", "SBR*P"]
    assert "SVD*00831*0*HC:99214**1" in rows
    assert accepted_by_pyx12(file.decode())
