from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from wardround.backup.archive import SEGMENT, Writer, read_header, read_members
from wardround.kernel import InvalidInput

KEY = b"k" * 32
MEMBERS = [("about", b"{}"), ("table/a", b"x" * (2 * SEGMENT + 7)), ("file/b", b""), ("end", b"!")]


def archive(members: list[tuple[str, bytes]] = MEMBERS) -> bytes:
    out = BytesIO()
    writer = Writer(out, KEY, {"locks": {"master": "closed"}})
    for name, data in members:
        writer.put(name, data)
    writer.finish()
    return out.getvalue()


def read(data: bytes, key: bytes = KEY) -> list[tuple[str, bytes]]:
    return [(member.name, member.data) for member in read_members(BytesIO(data), key)]


def test_what_was_put_comes_back_in_its_order() -> None:
    assert read(archive()) == MEMBERS
    assert read_header(BytesIO(archive()))["locks"] == {"master": "closed"}
    assert read(archive([])) == []


@settings(max_examples=30, deadline=None)
@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=300)), max_size=10))
def test_anything_comes_back(members: list[tuple[str, bytes]]) -> None:
    assert read(archive(members)) == members


WHOLE = archive()
SEALED = len(WHOLE) - 2 * (SEGMENT + 16)


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1), st.integers(1, 255))
def test_no_byte_can_be_changed(at: int, by: int) -> None:
    changed = bytearray(WHOLE)
    changed[at] ^= by
    with pytest.raises(InvalidInput):
        read(bytes(changed))


@settings(max_examples=60, deadline=None)
@given(st.integers(0, len(WHOLE) - 1))
def test_it_cannot_be_cut_off(at: int) -> None:
    with pytest.raises(InvalidInput):
        read(WHOLE[:at])


def test_segments_cannot_be_left_out_moved_or_added() -> None:
    size = SEGMENT + 16
    start = len(WHOLE) - (len(WHOLE) - WHOLE.index(b'"}') - 2)
    head, first, second, last = (
        WHOLE[:start],
        WHOLE[start : start + size],
        WHOLE[start + size : start + 2 * size],
        WHOLE[start + 2 * size :],
    )
    assert read(head + first + second + last) == MEMBERS
    for wrong in (first + last, second + first + last, first + second, WHOLE[start:] + last):
        with pytest.raises(InvalidInput, match="damaged, cut off, or sealed under another key"):
            read(head + wrong)
    with pytest.raises(InvalidInput):
        read(WHOLE, b"j" * 32)


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"WARDROUND BACKUP 1\n"])
def test_another_file_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidInput):
        read(data)
