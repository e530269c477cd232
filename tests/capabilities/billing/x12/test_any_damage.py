"""Files that are damaged anywhere: read, or refused with a place; never anything else."""

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.capabilities.billing.x12.made import Maker
from tests.capabilities.billing.x12.texts import CLAIMS, FOREIGN, REJECTED, REMITTANCE, file
from tests.capabilities.billing.x12.words import ENVELOPE
from wardround.capabilities.billing.x12 import (
    check,
    read_835,
    read_837,
    read_acknowledgements,
    unbalanced,
    write_837,
)
from wardround.kernel import InvalidInput


def remitted(text: str) -> None:
    for one in read_835(text):
        unbalanced(one)


READERS: list[tuple[str, Callable[[str], object]]] = [
    (file("837P", FOREIGN), read_837),
    (write_837(Maker(8).claims(3), ENVELOPE), read_837),
    (file("835", REMITTANCE), remitted),
    (file("999", REJECTED), read_acknowledgements),
    (file("277", CLAIMS), read_acknowledgements),
]
INSERTED = st.text(alphabet="*~:^\n0AZ.- \u00e9", max_size=4)


@st.composite
def damages(draw: st.DrawFn) -> Callable[[str], str]:
    """Draw how a text is damaged within its segments, its counts being kept right."""
    cuts = draw(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 30), INSERTED), max_size=4))

    def damaged(text: str) -> str:
        for share, length, inserted in cuts:
            at = int(share * len(text))
            text = text[:at] + inserted + text[at + length :]
        return text

    return damaged


@st.composite
def garbled(draw: st.DrawFn) -> Callable[[str], str]:
    """Draw elements that are emptied, swapped or made another, with the envelopes left whole."""
    picks = draw(st.lists(st.tuples(st.floats(0, 0.999), st.integers(1, 12), st.text(
        alphabet="0129AZ.:- ", max_size=8)), min_size=1, max_size=5))  # fmt: skip

    def damaged(text: str) -> str:
        lines = text.splitlines()
        inner = [
            at for at, one in enumerate(lines)
            if one[:3].rstrip("*") not in {"ISA", "GS", "ST", "SE", "GE", "IEA"}
        ]  # fmt: skip
        for share, element, value in picks:
            at = inner[int(share * len(inner))]
            parts = lines[at].rstrip("~").split("*")
            if element < len(parts):
                parts[element] = value
            lines[at] = "*".join(parts) + "~"
        return "\n".join(lines) + "\n"

    return damaged


def refusal(read: Callable[[str], object], text: str) -> InvalidInput | None:
    """Return what a reader refuses a text with; anything else that it raises is a fault."""
    try:
        read(text)
    except InvalidInput as refused:
        return refused
    return None


@pytest.mark.parametrize(("text", "read"), READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(damage=damages())
def test_a_damaged_file_is_read_or_refused(
    text: str, read: Callable[[str], object], damage: Callable[[str], str]
) -> None:
    refused = refusal(read, damage(text))
    assert refused is None or refused.where or "empty" in refused.what


@pytest.mark.requirement("BILL-05")
@pytest.mark.parametrize(("text", "read"), READERS)
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(damage=garbled())
def test_a_garbled_element_is_read_or_refused(
    text: str, read: Callable[[str], object], damage: Callable[[str], str]
) -> None:
    refused = refusal(read, damage(text))
    assert refused is None or refused.where


@pytest.mark.parametrize("text", [text for text, _ in READERS])
@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(damage=garbled())
def test_a_garbled_element_is_checked(text: str, damage: Callable[[str], str]) -> None:
    refused = refusal(lambda one: [fault.says for fault in check(one)], damage(text))
    assert refused is None or refused.where
