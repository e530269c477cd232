"""Measure the guardrails of visit notes: faults planted by program, and alarms on clean drafts.

    WARDROUND_DATA=… python scripts/measure_guardrails.py [--set valid] [--show]

Drafts the visits of an ACI-Bench set with the writer, plants one fault at a time in each draft and
asks whether the guardrail meant for it speaks. Nothing here shares code with the guardrails.
``--show`` prints every alarm on a clean draft and every fault that went unseen.
"""

import argparse
import csv
import os
import random
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from wardround.capabilities.documentation import load_documentation
from wardround.capabilities.documentation.model import Transcript
from wardround.capabilities.documentation.transcript import read_transcript
from wardround.kernel import NOBODY, Drafted, Finding, InMemory, Order, Part, Severity

MEDICINES = (
    *("warfarin", "apixaban", "methotrexate", "digoxin", "amiodarone", "clozapine", "oxycodone"),
    *("levetiracetam", "azathioprine", "hydralazine", "nitrofurantoin", "lithium", "Entresto"),
    *("Dupixent", "Xarelto", "rifampin", "quetiapine", "propranolol", "insulin glargine"),
)
SWAPS = (
    (r"\bdenies\b", "reports"),
    (r"\bDenies\b", "Endorses"),
    (r"\b([Tt]here (?:is|was|are|were)) no\b", r"\1"),
    (r"\b(has|had|have|having) no\b", r"\1"),
    (r"\b(does|do|did) not have\b", "has"),
    (r"\b(is|was|are|were|has|have|had|does|did|do|will|can|could|would) not\b", r"\1"),
    (r"\bcannot\b", "can"),
    (r"\b[Nn]o (?=[a-z]+)", ""),
    (r"\bwithout\b", "with"),
    (r"\bnever\b ?", ""),
)
DENIALS = (
    (r"\breports\b", "denies"),
    (r"\bEndorses\b", "Denies"),
    (r"\bendorses\b", "denies"),
    (r"\b([Tt]here (?:is|was|are|were)) (?!no\b|not\b)", r"\1 no "),
    (r"\b([HhSs]?[Hh]e has) (?=(?:some|a|an|pain|swelling|headaches?)\b)", r"\1 no "),
    (
        r"\b(She|He|It|The patient) (is|was|does|did|has been|had been) (?!not\b|no\b)",
        r"\1 \2 not ",
    ),
)


class Fault(NamedTuple):
    """A planted fault: what kind, the rule that should see it, the claim, the faulty draft."""

    kind: str
    rule: str
    claim: str | None
    drafted: Drafted
    text: str


class Measured(NamedTuple):
    """Visits, alarms on clean drafts by rule, and for each fault planted whether it was seen."""

    visits: int
    by_rule: Counter[str]
    seen: dict[str, list[bool]]

    @property
    def recall(self) -> float:
        """The share of all planted faults that were seen."""
        hits = [hit for kind in self.seen.values() for hit in kind]
        return sum(hits) / len(hits)

    @property
    def alarms(self) -> float:
        """Findings that warn or block, for each clean draft."""
        return self.by_rule.total() / self.visits


def main() -> int:
    arguments = _arguments()
    _report(arguments.set, measure(arguments.set, show=arguments.show))
    return 0


def measure(name: str, *, show: bool = False, every: int = 1) -> Measured:
    visits = list(_visits(name))[::every]
    alarms: Counter[str] = Counter()
    seen: dict[str, list[bool]] = defaultdict(list)
    for visit, transcript in visits:
        order, context, drafted = _draft(transcript)
        clean = _findings(order, context, drafted)
        for finding in clean:
            if finding.severity is not Severity.NOTE:
                alarms[finding.rule] += 1
                if show:
                    print("ALARM", visit, finding.message, _at(drafted, finding.claim))
        known = {finding.key for finding in clean}
        for fault in _faults(drafted, transcript, random.Random(visit)):  # noqa: S311
            hit = _sees(fault, _findings(order, context, fault.drafted), known)
            seen[fault.kind].append(hit)
            if show and not hit:
                print("UNSEEN", visit, fault.kind, fault.text)
    return Measured(len(visits), alarms, seen)


def _sees(fault: Fault, found: list[Finding], known: set[str]) -> bool:
    return any(
        (fault.rule in {"any", finding.rule})
        and finding.severity is not Severity.NOTE
        and finding.claim == fault.claim
        and finding.key not in known
        for finding in found
    )


def _report(name: str, measured: Measured) -> None:
    print(f"ACI-Bench {name}: {measured.visits} visits\n")
    print("| planted fault | planted | seen | recall |\n|---|---|---|---|")
    for kind, hits in sorted(measured.seen.items()):
        print(f"| {kind} | {len(hits)} | {sum(hits)} | {sum(hits) / len(hits):.0%} |")
    every = [hit for hits in measured.seen.values() for hit in hits]
    print(f"| all | {len(every)} | {sum(every)} | {measured.recall:.0%} |\n")
    print(f"Alarms (warn or block) on a clean draft: {measured.alarms:.2f}")
    for rule, count in measured.by_rule.most_common():
        print(f"- {rule}: {count}")


def _faults(drafted: Drafted, transcript: Transcript, chance: random.Random) -> Iterator[Fault]:
    texts = {claim: text for claim, text, _ in _sentences(drafted)}
    for claim, text in texts.items():
        for kind, rule, changed in _altered(text, chance):
            if changed != text:
                yield Fault(
                    kind, rule, claim, _with(drafted, claim, changed), f"{text} → {changed}"
                )
    plan = [claim for claim, _, code in _sentences(drafted) if code == "51847-2"]
    for claim in plan[:3]:
        spoken = " ".join(turn.text for turn in transcript.turns).lower()
        name = chance.choice([item for item in MEDICINES if item.lower() not in spoken])
        added = chance.choice((f"Start {name} 5 mg daily.", f"Continue {name}."))
        changed = f"{texts[claim]} {added}"
        yield Fault(
            "medicine added", "unknown-medicine", claim, _with(drafted, claim, changed), changed
        )
    claims = list(texts)
    for claim in chance.sample(claims, min(3, len(claims))):
        bare = tuple(item for item in drafted.evidence if item.claim != claim)
        changed_draft = drafted.model_copy(update={"evidence": bare})
        yield Fault("evidence removed", "missing-evidence", claim, changed_draft, texts[claim])
        other = chance.choice([item for item in claims if item != claim])
        moved = tuple(
            item.model_copy(update={"sources": _sources(drafted, other)})
            if item.claim == claim
            else item
            for item in drafted.evidence
        )
        changed_draft = drafted.model_copy(update={"evidence": moved})
        yield Fault("evidence of another sentence", "any", claim, changed_draft, texts[claim])


def _altered(text: str, chance: random.Random) -> Iterator[tuple[str, str, str]]:
    """Yield each way to plant one fault in a sentence: kind, rule, faulty sentence."""
    side = re.search(
        r"\b(left|right)(?=(?:[ -]\w+){0,2}[ -](?:sided|side|knee|shoulder|ear|eye|arm|leg|hip|"
        r"foot|hand|ankle|wrist|elbow|breast|kidney|lung|lower|upper|finger|thumb|toe|calf|thigh|heel|"
        r"extremity|flank|testicle|neck|cheek|index|ring|groin)\b)",
        text,
        re.IGNORECASE,
    )
    if side:
        other = "right" if side[0].lower() == "left" else "left"
        yield "side swapped", "laterality-conflict", _put(text, side, other)
    numbers = list(re.finditer(r"(?<![\w.])\d+(?:\.\d+)?(?![\w.]*\d)", text))
    if numbers:
        number = chance.choice(numbers)
        yield (
            "number changed",
            "unsupported-number",
            _put(text, number, _another(number[0], chance)),
        )
    unit = re.search(r"(?<=\d )(mg|mcg|days?|weeks?|months?|years?)\b", text)
    if unit:
        others = {
            "mg": "mcg",
            "mcg": "mg",
            "day": "week",
            "week": "month",
            "month": "week",
            "year": "month",
        }
        plural = "s" if unit[0].endswith("s") else ""
        yield (
            "unit changed",
            "unsupported-number",
            _put(text, unit, others.get(unit[0].rstrip("s"), "day") + plural),
        )
    for kind, rules in (("negation dropped", SWAPS), ("negation added", DENIALS)):
        changed = next(
            (new for old, put in rules if (new := re.sub(old, put, text, count=1)) != text), text
        )
        yield kind, "negation-conflict", changed
    dose = re.search(r"\b[A-Za-z]{5,}(?= \d+(?:\.\d+)? (?:mg|mcg)\b)", text)
    if dose:
        name = chance.choice([item for item in MEDICINES if " " not in item])
        yield "medicine swapped", "unknown-medicine", _put(text, dose, name)


def _another(number: str, chance: random.Random) -> str:
    value = float(number)
    choices = {value * 10, value * 2, value + 1, value + 5, value // 2} - {value}
    return f"{chance.choice(sorted(choices)):g}"


def _put(text: str, found: re.Match[str], new: str) -> str:
    return text[: found.start()] + new + text[found.end() :]


def _sentences(drafted: Drafted) -> Iterator[tuple[str, str, str]]:
    content: Any = drafted.content
    for i, section in enumerate(content["sections"]):
        for j, sentence in enumerate(section["sentences"]):
            yield f"/sections/{i}/sentences/{j}", sentence["text"], section["code"]


def _with(drafted: Drafted, claim: str, text: str) -> Drafted:
    content: Any = drafted.model_copy(deep=True).content
    _, _, i, _, j = claim.split("/")
    content["sections"][int(i)]["sentences"][int(j)]["text"] = text
    return drafted.model_copy(update={"content": content})


def _sources(drafted: Drafted, claim: str) -> Any:
    return next(item.sources for item in drafted.evidence if item.claim == claim)


def _at(drafted: Drafted, claim: str | None) -> str:
    return next((text for place, text, _ in _sentences(drafted) if place == claim), "")


def _findings(order: Order, context: InMemory, drafted: Drafted) -> list[Finding]:
    return [
        finding
        for guardrail in load_documentation().guardrails
        for finding in guardrail.check(drafted, order, context)
    ]


def _draft(transcript: Transcript) -> tuple[Order, InMemory, Drafted]:
    day = datetime.now(UTC)
    data = transcript.model_dump_json(exclude_none=True).encode()
    context = InMemory([Part(name="transcript", data=data)])
    order = Order(
        id="measured",
        capability="documentation",
        subject=NOBODY,
        inputs=context.inputs,
        ordered_by="-",
        ordered_at=day,
    )
    return order, context, load_documentation().draft(order, context)


def _visits(name: str) -> Iterator[tuple[str, Transcript]]:
    data = os.environ.get("WARDROUND_DATA")
    if not data:
        sys.exit("Set WARDROUND_DATA to the folder of the published data sets.")
    with (Path(data) / "aci-bench" / f"{name}.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            yield row["encounter_id"], read_transcript([("visit.txt", row["dialogue"].encode())])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--set", default="valid", choices=("train", "valid", "test1"))
    parser.add_argument("--show", action="store_true", help="print alarms and unseen faults")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
