"""A site's own record numbers: known by their shape, wherever they stand and without a label.

In a shape ``#`` is a figure, ``@`` a letter, and everything else itself: ``E#######``, ``@@-######``.
"""

import re
from collections.abc import Iterator

from wardround.kernel import InvalidInput
from wardround.privacy.deid.kind import Kind
from wardround.privacy.deid.text.find import Find

WHERE = "WARDROUND_RECORD_NUMBERS"
LEAST = 5
"""Figures that a shape has at least: with fewer, doses and values of tests would have it too."""
_CLASSES = {"#": r"\d", "@": "[A-Za-z]", " ": r"\s?"}


class OwnNumbers:
    """The shapes of one site, as they are written in its settings, separated by commas."""

    def __init__(self, written: str) -> None:
        shapes = [shape for part in written.split(",") if (shape := part.strip())]
        for shape in shapes:
            if shape.count("#") < LEAST:
                raise InvalidInput(
                    f"A shape of record numbers has {LEAST} figures at least.",
                    where=WHERE,
                    mend="Write # for a figure and @ for a letter: E#######, @@-######.",
                )
        either = "|".join("".join(_CLASSES.get(c) or re.escape(c) for c in one) for one in shapes)
        self._pattern = re.compile(rf"(?<!\w)(?:{either})(?!\w)", re.IGNORECASE) if shapes else None

    def find(self, text: str) -> Iterator[Find]:
        """Yield what has one of the shapes."""
        for found in self._pattern.finditer(text) if self._pattern else ():
            yield Find(*found.span(), Kind.MRN, 0.99, "the shape of this site's record numbers")
