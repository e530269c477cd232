"""Sets of codes, as guidelines write them: ``N18.1-N18.6``, ``E11``, ``I12.-``."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Self

_CODE = r"[A-Z]\d[0-9A-Z](?:\.[0-9A-Z]{1,4})?"
_RANGE = re.compile(rf"({_CODE})(?:\.?-)?(?:\s*-\s*({_CODE}))?(?![0-9A-Z])")


@dataclass(frozen=True, slots=True)
class CodeSet:
    """Ranges of codes, without dots; a code holds all that is below it."""

    ranges: tuple[tuple[str, str], ...]
    _known: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, written: Iterable[str]) -> Self:
        """Return the set of all codes and ranges that are named in ``written``."""
        found: list[tuple[str, str]] = []
        for text in written:
            for low, high in _RANGE.findall(text):
                found.append((low.replace(".", ""), (high or low).replace(".", "")))
        return cls(tuple(found))

    def __contains__(self, code: object) -> bool:
        known = self._known.get(str(code))
        if known is None:
            known = self._known[str(code)] = self._holds(str(code).replace(".", ""))
        return known

    def _holds(self, plain: str) -> bool:
        return any(
            plain[: len(low)] >= low and plain[: len(high)] <= high for low, high in self.ranges
        )

    def __bool__(self) -> bool:
        return bool(self.ranges)


@lru_cache(maxsize=4096)
def codes(*written: str) -> CodeSet:
    """Return a set of codes, made once."""
    return CodeSet.of(written)
