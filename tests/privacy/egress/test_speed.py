"""What the gate adds to a call; `make bench` prints it."""

from pytest_benchmark.fixture import BenchmarkFixture

from tests.privacy.egress.conftest import Wire
from tests.privacy.egress.house import House
from tests.privacy.egress.parties import OFFICER, recipient
from wardround.privacy.egress import Carries, carrying

AGREEMENTS = 50


def test_a_call_judged_and_put_on_record(
    house: House, wire: Wire, benchmark: BenchmarkFixture
) -> None:
    for number in range(AGREEMENTS):
        house.agree(party=f"Party {number}", hosts=(f"api.party{number}.example",))
    house.agree()
    phi = carrying(Carries.PHI, "Patient/ada", OFFICER)
    with house.gate().client(recipient()) as client:

        def call() -> int:
            return client.post("chat", json={"text": "well"}, extensions=phi).status_code

        assert benchmark(call) == 200
