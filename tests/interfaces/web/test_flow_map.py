"""The picture of flows: everything in its column, nothing on top of another."""

import re

from wardround.interfaces.web.flow_map import ACROSS, CENTRE, HIGH, WIDE, draw_flows
from wardround.privacy.assets import Flow


def flow(source: str, target: str, *, safe: bool = True) -> Flow:
    return Flow(source=source, target=target, what="PHI", protected="TLS", safe=safe)


FLOWS = [
    flow("Lab", "Interface"),
    flow("Interface", CENTRE),
    flow("Browsers", CENTRE),
    flow(CENTRE, "Record"),
    flow(CENTRE, "Backups"),
    flow("Backups", "Vault in another town"),
    flow("Copier", "Folder"),
]


def test_who_sends_stands_left_and_who_receives_right() -> None:
    drawn = {box.name: box for box in draw_flows(FLOWS).boxes}
    steps = {name: (box.x - drawn[CENTRE].x) // ACROSS for name, box in drawn.items()}
    assert steps == {
        "Lab": -2,
        "Interface": -1,
        "Browsers": -1,
        CENTRE: 0,
        "Record": 1,
        "Backups": 1,
        "Vault in another town": 2,
    }
    assert [box.name for box in drawn.values() if box.centre] == [CENTRE]


def test_no_box_lies_on_another_and_all_are_in_the_picture() -> None:
    drawn = draw_flows([*FLOWS, *(flow(CENTRE, f"Party {n}") for n in range(20))])
    places = [(box.x, box.y) for box in drawn.boxes]
    for x, y in places:
        assert 0 <= x <= drawn.width - WIDE
        assert 0 <= y <= drawn.height - HIGH
    for here in places:
        near = [one for one in places if one[0] == here[0] and abs(one[1] - here[1]) < HIGH]
        assert near == [here]


def test_two_ends_are_one_line_open_where_one_flow_is() -> None:
    drawn = draw_flows([flow("A", CENTRE), flow("A", CENTRE, safe=False), flow("B", CENTRE)])
    assert sorted(line.safe for line in drawn.lines) == [False, True]
    assert all(re.fullmatch(r"M\d+ \d+C( ?-?\d+){6}", line.path) for line in drawn.lines)


def test_flows_in_a_ring_and_to_itself_are_drawn_once() -> None:
    drawn = draw_flows([flow(CENTRE, "A"), flow("A", CENTRE), flow(CENTRE, CENTRE)])
    assert len(drawn.boxes) == 2
    assert len(drawn.lines) == 2


def test_a_long_name_has_its_end_cut_off() -> None:
    (box, *_) = [box for box in draw_flows([flow("x" * 99, CENTRE)]).boxes if not box.centre]
    assert box.name == "x" * 23 + "…"
