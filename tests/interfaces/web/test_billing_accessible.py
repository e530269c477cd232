"""axe looks at every page of billing, light and dark, in narrow and wide windows."""

import re

import pytest

from tests.interfaces.web.conftest import Desk
from tests.interfaces.web.house import House
from tests.interfaces.web.test_accessible import axe, violations
from tests.interfaces.web.test_billing import PAGE, ROSA, confirmed, entered, handed_in, sent
from tests.interfaces.web.test_billing_drafts import asked, billed, denied, signed
from tests.revenue.payer import Asked, Payer, claims_of

__all__ = ["axe"]

pytestmark = pytest.mark.browser


def test_billing(house: House, tabs: Desk, axe: str) -> None:
    rosa = house.at_a_client(ROSA)
    denied, waiting, wrong = entered(house, "90.00"), entered(house), entered(house, diagnoses=())
    batch, file = sent(house, rosa, denied)
    asked = list(claims_of(file))
    strange = Asked("SOMEBODY", asked[0].charge, asked[0].services)
    payer = Payer(5, refuses=1)
    payment = confirmed(rosa, handed_in(rosa, payer.remits([*asked, strange], f"A-{denied}")))
    lists = [f"{PAGE}?of={name}" for name in ("send", "payer", "rejected", "denials", "payments")]
    claims = [f"{PAGE}/claims/{one}" for one in (denied, waiting, wrong)]
    others = [f"{PAGE}/answers", f"{PAGE}/batches", batch, payment, f"{claims[2]}/correction"]
    for path in (*lists, *claims, *others):
        page = tabs.at(path, ROSA)
        page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
        assert violations(page, axe) == [], path


def test_a_payers_file_by_hand(house: House, tabs: Desk, axe: str) -> None:
    rosa = house.at_a_client(ROSA)
    number = entered(house, "70.00")
    _, file = sent(house, rosa, number)
    page = tabs.at(f"{PAGE}/answers", ROSA)
    text = Payer(6, refuses=0).pays(file, f"H-{number}")
    page.get_by_label("File").set_input_files(
        {"name": "remittance.835", "mimeType": "text/plain", "buffer": text.encode()}
    )
    page.get_by_role("button", name="Look at it").click()
    page.get_by_role("heading", name=re.compile("MEDICARE pays")).wait_for()
    assert violations(page, axe) == []
    page.get_by_role("button", name="Post it").click()
    page.get_by_role("heading", name=re.compile("from MEDICARE")).wait_for()
    assert tabs.complaints == []


def test_a_letter_of_appeal(house: House, tabs: Desk, axe: str) -> None:
    rosa = house.at_a_client(ROSA)
    number = billed(house, rosa)
    item = denied(house, rosa, number, "50", "N115")
    page = tabs.at(f"{PAGE}/claims/{number}", ROSA)
    page.get_by_role("button", name="Draft an appeal").click()
    page.get_by_role("heading", name="The service was needed").wait_for()
    assert violations(page, axe) == []
    draft = asked(house, rosa, item)
    late = entered(house, "92.00")
    none = asked(house, rosa, denied(house, rosa, late, "50"))
    for path in (f"{PAGE}/claims/{number}", f"{PAGE}/claims/{late}", f"/drafts/{none.id}"):
        assert violations(tabs.at(path, ROSA), axe) == [], path
    signed(rosa, house, draft)
    assert violations(tabs.at(f"/drafts/{draft.id}", ROSA), axe) == []
    assert tabs.complaints == []


def test_a_batch_by_hand(house: House, tabs: Desk) -> None:
    number = entered(house)
    page = tabs.at(PAGE, ROSA)
    page.get_by_label(f"Put {number} into the batch").check()
    page.get_by_role("button", name="Of those ticked alone").click()
    page.get_by_role("heading", name=re.compile("Batch \\d+")).wait_for()
    page.get_by_role("button", name="It was sent").click()
    page.get_by_text("Sent", exact=True).first.wait_for()
    assert tabs.complaints == []
