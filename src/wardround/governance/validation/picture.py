"""A plot as a list of shapes, drawn once and shown as SVG on a page or on the paper of a PDF.

A shape says what it is (its role), not its colour: the page has its colours for light and dark,
paper has others.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

Point = tuple[float, float]


@dataclass(frozen=True)
class Line:
    """A line through points; its role says what of."""

    points: Sequence[Point]
    role: str
    dashes: str = ""


@dataclass(frozen=True)
class Area:
    """A filled outline: an interval, a bar."""

    points: Sequence[Point]
    role: str


@dataclass(frozen=True)
class Dot:
    """A point that was measured."""

    at: Point
    role: str


@dataclass(frozen=True)
class Words:
    """A text; ``anchor`` is start, middle or end; ``up`` is read from below."""

    at: Point
    text: str
    role: str = "soft"
    anchor: str = "start"
    up: bool = False


Shape = Line | Area | Dot | Words


@dataclass
class Picture:
    """Shapes on a canvas, with the title over it and what it shows in a sentence."""

    title: str
    says: str
    width: float
    height: float
    shapes: list[Shape] = field(default_factory=list)


def svg(picture: Picture) -> str:
    """Return the picture as SVG; its colours are those of the page it stands on."""
    size = f"0 0 {picture.width:g} {picture.height:g}"
    label = escape(f"{picture.title}. {picture.says}")
    inside = "".join(_drawn(shape) for shape in picture.shapes)
    return f'<svg class="plot" viewBox="{size}" role="img" aria-label="{label}">{inside}</svg>'


def _drawn(shape: Shape) -> str:
    match shape:
        case Line(points, role, dashes):
            dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
            return f'<polyline class="line {role}" points="{_points(points)}"{dashed}/>'
        case Area(points, role):
            return f'<polygon class="area {role}" points="{_points(points)}"/>'
        case Dot((x, y), role):
            return f'<circle class="dot {role}" cx="{x:.1f}" cy="{y:.1f}" r="3.2"/>'
        case Words((x, y), text, role, anchor, up):
            turned = f' transform="rotate(-90 {x:.1f} {y:.1f})"' if up else ""
            place = f'x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}"{turned}'
            return f'<text class="words {role}" {place}>{escape(text)}</text>'


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
