"""How many live where, as somebody writes it."""

import pytest

from wardround.kernel import InvalidInput
from wardround.privacy.breaches import STATES, read_residents, write_residents


def test_there_are_fifty_states_and_the_jurisdictions() -> None:
    assert len(STATES) == 50 + 1 + 5 + 1


def test_lines_are_read_and_written() -> None:
    found = read_residents("ca 512\n\n NV  3, ?? 4\nCA 1")
    assert found == {"CA": 513, "NV": 3, "??": 4}
    assert read_residents(write_residents(found)) == found


@pytest.mark.parametrize("written", ["CA", "512", "XX 3", "CA -3", "CA 3 4", "CA three", "CA ²"])
def test_what_is_no_state_and_number_is_refused(written: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        read_residents(written)
    assert refused.value.where == "residents"
