"""Calls over real sockets, to an endpoint on this machine."""

import asyncio

import pytest

from tests.privacy.egress.house import House
from tests.privacy.egress.parties import recipient
from wardround.kernel import NotAllowed, TooLarge, Unavailable
from wardround.privacy.deid import find_phi
from wardround.privacy.egress import Carries, Otherwise, Recipient, carrying


@pytest.fixture
def local(house: House, endpoint: tuple[str, list[bytes]]) -> tuple[House, Recipient]:
    house.addresses = ["127.0.0.1"]
    return house, recipient(endpoint[0], most=100_000)


def test_redirects_are_returned_not_followed(local: tuple[House, Recipient]) -> None:
    house, to = local
    with house.gate().client(to) as client:
        assert client.get("moved").status_code == 302
        with pytest.raises(NotAllowed, match="another address"):
            client.get("moved", follow_redirects=True)


def test_an_answer_has_bounds(local: tuple[House, Recipient]) -> None:
    house, to = local
    with house.gate().client(to) as client:
        with pytest.raises(TooLarge, match="larger"):
            client.get("endless")
        with pytest.raises(NotAllowed, match="compressed"):
            client.get("packed")
    hurried = to.model_copy(update={"seconds": 0.000001})
    with house.gate().client(hurried) as client, pytest.raises(Unavailable):
        client.get("slow")


def test_in_an_event_loop_all_is_the_same(local: tuple[House, Recipient]) -> None:
    house, to = local

    async def go() -> None:
        async with house.gate().async_client(to) as client:
            answer = await client.post("chat", json={"messages": [{"content": "hello"}]})
            assert "hello" in answer.text
            with pytest.raises(TooLarge):
                await client.get("endless")
            with pytest.raises(NotAllowed, match="compressed"):
                await client.get("packed")
        async with house.gate().async_client(recipient()) as client:
            house.addresses = ["169.254.169.254"]
            with pytest.raises(NotAllowed):
                await client.post("chat")

    asyncio.run(go())


def test_phi_is_taken_out_and_put_back(
    local: tuple[House, Recipient], endpoint: tuple[str, list[bytes]]
) -> None:
    house, to = local
    to = to.model_copy(update={"carries": Carries.DEIDENTIFIED})
    phi = carrying(Carries.PHI, "Patient/ada")
    asked = {"messages": [{"content": "Ada Lovelace, 1234567"}], "max_tokens": 100}
    with house.gate(otherwise=Otherwise.DEIDENTIFY).client(to) as client:
        answer = client.post("chat", json=asked, extensions=phi)
        assert answer.json()["choices"][0]["message"]["content"] == (
            'Dear "Ada Lovelace, 1234567", all is well.'
        )
        with pytest.raises(NotAllowed, match="address seems to hold PHI"):
            client.post("chat?mrn=1234567", json=asked, extensions=phi)
        with pytest.raises(NotAllowed, match="without streaming"):
            client.post("chat", json=asked | {"stream": True}, extensions=phi)
        with pytest.raises(NotAllowed, match="JSON and plain text"):
            client.post("chat", content=b"\xff\x00", extensions=phi)
    (heard,) = endpoint[1]
    assert b"Ada" not in heard
    assert b"1234567" not in heard
    assert b"[NAME-1], [MRN-1]" in heard
    decisions = [(e.detail["decision"], e.detail["basis"]) for e in reversed(house.events())]
    assert decisions[0] == ("deidentify", "this-machine")
    assert decisions[-1] == ("refuse", "not-deidentified")


def test_with_the_detector_itself(
    local: tuple[House, Recipient], endpoint: tuple[str, list[bytes]]
) -> None:
    house, to = local
    house.finder = find_phi
    words = "Mrs. Ada Lovelace, MRN: 48213377, seen 03/14/2026, phone (555) 201-4477. BP 120/80."
    to = to.model_copy(update={"carries": Carries.DEIDENTIFIED})
    with house.gate(otherwise=Otherwise.DEIDENTIFY).client(to) as client:
        answer = client.post(
            "chat",
            json={
                "model": "gpt-4o-2024-08-06",
                "max_tokens": 4096,
                "messages": [{"role": "user", "content": words}],
            },
            extensions=carrying(Carries.PHI, "Patient/ada"),
        )
    assert answer.json()["choices"][0]["message"]["content"] == f'Dear "{words}", all is well.'
    (heard,) = endpoint[1]
    for identifier in (b"Lovelace", b"48213377", b"03/14", b"201-4477"):
        assert identifier not in heard
    assert b"120/80" in heard
    for steering in (b'"model":"gpt-4o-2024-08-06"', b'"max_tokens":4096', b'"role":"user"'):
        assert steering in heard
