"""The scrubber: every check asked of one claim, and what they find said as edits."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from wardround.capabilities.billing.model import Claim
from wardround.capabilities.billing.scrubbing.case import Case
from wardround.capabilities.billing.scrubbing.checks.every import CHECKS
from wardround.capabilities.billing.scrubbing.edit import Edit
from wardround.capabilities.billing.scrubbing.known import Known
from wardround.capabilities.billing.scrubbing.rule import edit_of, rules
from wardround.capabilities.billing.scrubbing.tables import Tables
from wardround.kernel import InvalidInput, Severity

_ORDER = {Severity.BLOCK: 0, Severity.WARN: 1, Severity.NOTE: 2}


class Scrubber:
    """Finds what a payer would return or deny a claim for, before it leaves.

    ``off`` are the ids of rules that a site does not want; one that blocks cannot be switched off
    (``InvalidInput``). ``limits`` are the days in which payers want claims, by their ids, as the
    site declares them; what is known of one claim says more.
    """

    def __init__(
        self,
        tables: Tables,
        *,
        off: frozenset[str] = frozenset(),
        limits: Mapping[str, int] | None = None,
    ) -> None:
        for name in off:
            if name not in rules() or rules()[name].severity is Severity.BLOCK:
                raise InvalidInput(
                    f"The rule {name} cannot be switched off.",
                    mend="Name rules that warn or note: wardround claim rules.",
                )
        self._tables = tables
        self._limits = dict(limits or {})
        self._rules = {name: rule for name, rule in rules().items() if name not in off}

    def scrub(self, claim: Claim, known: Known | None, on: date) -> list[Edit]:
        """Return the edits of a claim that is filed on a day, what blocks it first."""
        known = known or Known()
        if self._limits:
            known = replace(known, limits={**self._limits, **known.limits})
        case = Case(claim, self._tables, known, on)
        found: dict[tuple[str, str, str], Edit] = {}
        for check in CHECKS[claim.kind]:
            for hit in check(case):
                rule = self._rules.get(hit.rule)
                if rule is not None and claim.kind in rule.kinds:
                    edit = edit_of(rule, hit, claim.kind)
                    found.setdefault((edit.rule, edit.where, edit.says), edit)
        return sorted(found.values(), key=lambda edit: _ORDER[edit.severity])

    @staticmethod
    def fingerprint() -> str:
        """Return the sha256 of the rules, the lists and the checks: what edits follow from."""
        found = sha256()
        here = Path(__file__).parent
        for path in sorted(here.rglob("*")):
            if path.suffix in {".py", ".toml"} and "measure" not in path.parts:
                found.update(path.read_bytes())
        return found.hexdigest()
