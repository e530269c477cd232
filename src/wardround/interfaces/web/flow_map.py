"""The flows of health information as a picture: who is how far from Wardround, and on which side.

What sends to it stands at its left, what it sends to at its right, each as many columns away as
there are flows between. What touches it by no flow stands in the table alone.
"""

from collections.abc import Sequence

from wardround.kernel import Noun
from wardround.privacy.assets import Flow

CENTRE = "Wardround"
WIDE, HIGH = 212, 44
"""The size of a box."""
ACROSS, DOWN = 288, 62
"""From one box to the next."""
_LETTERS = 24


class Box(Noun):
    """One end of flows: where its box is, and its name as far as it has room."""

    name: str
    x: int
    y: int
    centre: bool


class Line(Noun):
    """One flow, as the path of an SVG from box to box."""

    path: str
    safe: bool


class FlowMap(Noun):
    """The picture: its size, its boxes, and the lines between."""

    wide: int = WIDE
    high: int = HIGH
    width: int
    height: int
    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]


def draw_flows(flows: Sequence[Flow]) -> FlowMap:
    """Return the picture of flows; the same two ends are one line, open where one flow is."""
    ends = {(flow.source, flow.target): True for flow in flows}
    for flow in flows:
        ends[flow.source, flow.target] &= flow.safe
    columns = _columns([end for end in ends if end[0] != end[1]])
    stacked: dict[int, list[str]] = {}
    for name, column in columns.items():
        stacked.setdefault(column, []).append(name)
    tallest = max(len(names) for names in stacked.values())
    order = sorted(stacked)
    places = {
        name: (
            order.index(column) * ACROSS,
            row * DOWN + (tallest - len(names)) * DOWN // 2,
        )
        for column, names in stacked.items()
        for row, name in enumerate(names)
    }
    boxes = [
        Box(name=_short(name), x=x, y=y, centre=name == CENTRE) for name, (x, y) in places.items()
    ]
    lines = [
        Line(path=_path(places[source], places[target]), safe=safe)
        for (source, target), safe in ends.items()
        if source in places and target in places and source != target
    ]
    return FlowMap(
        width=(len(order) - 1) * ACROSS + WIDE,
        height=(tallest - 1) * DOWN + HIGH,
        boxes=tuple(boxes),
        lines=tuple(lines),
    )


def _columns(ends: Sequence[tuple[str, str]]) -> dict[str, int]:
    """Return how many flows each end is away: below 0 where it sends, above where it receives."""
    found = {CENTRE: 0}
    for step in (-1, 1):
        reached = [CENTRE]
        while reached:
            near: dict[str, int] = {}
            for source, target in ends:
                here, there = (target, source) if step < 0 else (source, target)
                if here in reached and there not in found:
                    near[there] = found[here] + step
            found |= near
            reached = list(near)
    return found


def _path(source: tuple[int, int], target: tuple[int, int]) -> str:
    """Return a curve from the right edge of one box to the left edge of another."""
    x, y = source[0] + WIDE, source[1] + HIGH // 2
    to_x, to_y = target[0] - 7, target[1] + HIGH // 2
    bend = (to_x - x) // 2
    return f"M{x} {y}C{x + bend} {y} {to_x - bend} {to_y} {to_x} {to_y}"


def _short(name: str) -> str:
    return name if len(name) <= _LETTERS else f"{name[: _LETTERS - 1].rstrip()}…"
