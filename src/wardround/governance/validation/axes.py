"""The frame of a plot: axes with their ticks, words and legend."""

from collections.abc import Sequence

from wardround.governance.validation.picture import Area, Line, Picture, Point, Words
from wardround.governance.validation.wording import percent

WIDTH, HEIGHT = 400.0, 330.0
LEFT, RIGHT, TOP, BOTTOM = 70.0, 26.0, 42.0, 48.0
NUMBERS = (-9.0, 9.0)
"""The ends of an axis that has numbers, not shares."""

DASHES = {"model": "", "ideal": "2 4", "other": "7 4", "third": "1 3", "all": "7 4", "none": "2 4"}


class Axes:
    """A picture with axes; places are given in the plot's own numbers."""

    def __init__(
        self,
        title: str,
        says: str,
        x: tuple[float, float],
        y: tuple[float, float],
        labels: tuple[str, str],
        *,
        shares: bool = True,
        below: float = 0.0,
    ) -> None:
        self.picture = Picture(title, says, WIDTH, HEIGHT + below)
        self._x, self._y = x, y
        self._floor = HEIGHT - BOTTOM
        self._legend = LEFT, 14.0
        self._shares = shares
        self._frame(labels, below)

    def at(self, x: float, y: float) -> Point:
        """Return where a point is on the canvas; what is beyond an axis stays at its end."""
        across = (min(max(x, self._x[0]), self._x[1]) - self._x[0]) / (self._x[1] - self._x[0])
        up = (min(max(y, self._y[0]), self._y[1]) - self._y[0]) / (self._y[1] - self._y[0])
        return LEFT + across * (WIDTH - LEFT - RIGHT), self._floor - up * (self._floor - TOP)

    def line(self, x: Sequence[float], y: Sequence[float], role: str, name: str = "") -> None:
        """Draw a line, and name it in the legend."""
        points = [self.at(*point) for point in zip(x, y, strict=True)]
        self.picture.shapes.append(Line(points, role, DASHES.get(role, "")))
        if name:
            self._name(role, name)

    def band(self, x: Sequence[float], low: Sequence[float], high: Sequence[float]) -> None:
        """Draw an interval around a line."""
        upper = [self.at(*point) for point in zip(x, high, strict=True)]
        lower = [self.at(*point) for point in zip(x, low, strict=True)]
        self.picture.shapes.append(Area([*upper, *lower[::-1]], "band"))

    def _name(self, role: str, name: str) -> None:
        shown = name if len(name) <= 20 else f"{name[:19]}…"
        wide = 42 + 7.4 * len(shown)
        x, y = self._legend
        if x > LEFT and x + wide > WIDTH:
            x, y = LEFT, y + 17
        self.picture.shapes += [
            Line([(x, y), (x + 20, y)], role, DASHES.get(role, "")),
            Words((x + 25, y + 4), shown, "ink"),
        ]
        self._legend = x + wide, y

    def _frame(self, labels: tuple[str, str], below: float) -> None:
        shapes = self.picture.shapes
        for tick in ticks(*self._y):
            (left, y), (right, _) = self.at(self._x[0], tick), self.at(self._x[1], tick)
            shapes.append(Line([(left, y), (right, y)], "grid"))
            shapes.append(
                Words(
                    (left - 7, y + 4),
                    told(tick, self._y if self._shares else NUMBERS),
                    "soft",
                    "end",
                )
            )
        foot = self._floor + below
        for tick in ticks(*self._x):
            x, _ = self.at(tick, self._y[0])
            shapes.append(Line([(x, foot), (x, foot + 4)], "axis"))
            shapes.append(Words((x, foot + 17), told(tick, self._x), "soft", "middle"))
        shapes.append(Line([(LEFT, foot), (WIDTH - RIGHT, foot)], "axis"))
        middle = (LEFT + WIDTH - RIGHT) / 2
        shapes.append(Words((middle, foot + 37), labels[0], "ink", "middle"))
        shapes.append(Words((16, (TOP + self._floor) / 2), labels[1], "ink", "middle", up=True))

    @property
    def floor(self) -> float:
        """Return the height on the canvas of the lower end of the plot."""
        return self._floor


def ticks(low: float, high: float) -> list[float]:
    """Return four to seven round numbers from one end to the other."""
    steps = [mantissa * 10.0**power for power in range(-5, 6) for mantissa in (1, 2, 2.5, 5)]
    step = next(one for one in steps if (high - low) / one <= 6)
    first = -(-low // step)
    count = int((high - first * step) / step + 1e-9)
    return [round((first + at) * step, 10) for at in range(count + 1)]


def told(tick: float, ends: tuple[float, float]) -> str:
    """Return a tick's number, as a percentage where the axis has shares."""
    if ends[1] <= 1 and ends[0] >= -1:
        return percent(tick)
    return f"{tick:g}"


def reach(value: float) -> float:
    """Return the next round share: where an axis ends that need not go to 1."""
    return next(top for top in (0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.8, 1.0) if value <= top)
