"""Many texts at once: one record in, one record out."""

from collections.abc import Mapping
from typing import Any

from wardround.kernel import InvalidInput
from wardround.privacy.deid.keyed import Secret
from wardround.privacy.deid.removal.mode import MODES, Operator
from wardround.privacy.deid.removal.remover import Remover
from wardround.privacy.deid.text.detector import load_detector

MOST = 10_000_000
"""Characters of a text that are read."""


class Deidentifier:
    """Answers records ``{"id", "text"}``; ``mode``, ``operator`` and ``patient`` may be said.

    Surrogates and codes agree for one ``patient`` within one process, or under one key.
    """

    def __init__(self, secret: Secret | None = None, record_numbers: str = "") -> None:
        self._find = load_detector(record_numbers).find
        self._secret = secret or Secret.new()
        self._removers: dict[tuple[str, str], Remover] = {}

    def batch(self, line: Mapping[str, Any]) -> dict[str, Any]:
        """Return ``{"id", "text", "spans"}``; offsets are those of the text that came in."""
        text = line.get("text")
        if not isinstance(text, str):
            raise InvalidInput("A record has a text.", where="text", mend='Write {"id", "text"}.')
        if len(text) > MOST:
            raise InvalidInput(f"A text has at most {MOST:,} characters.", where="text")
        remover = self._remover(line.get("mode", "safe-harbor"), line.get("operator", "tag"))
        cleaned = remover.remove(text, str(line.get("patient", "")))
        spans = [
            {"start": span.start, "end": span.end, "kind": str(span.kind), "score": span.score}
            for span in cleaned.spans
        ]
        return {"id": line.get("id"), "text": cleaned.text, "spans": spans}

    def _remover(self, mode: object, operator: object) -> Remover:
        key = (str(mode), str(operator))
        if key not in self._removers:
            if mode not in MODES:
                raise InvalidInput(
                    "There is no such mode.", where="mode", mend=f"One of: {', '.join(MODES)}."
                )
            if operator not in set(Operator):
                raise InvalidInput(
                    "There is no such operator.",
                    where="operator",
                    mend=f"One of: {', '.join(Operator)}.",
                )
            chosen = MODES[str(mode)](Operator(str(operator)))
            self._removers[key] = Remover(self._find, chosen, self._secret)
        return self._removers[key]
