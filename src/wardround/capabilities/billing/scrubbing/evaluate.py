"""The scrubber measured: what it finds of claims broken in one way, and says of clean ones."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from random import Random

from wardround.capabilities.billing.scrubbing.loaded import load_tables
from wardround.capabilities.billing.scrubbing.measure import further, people, reasons, services
from wardround.capabilities.billing.scrubbing.measure.breaking import Break, Broken
from wardround.capabilities.billing.scrubbing.measure.edits import MadeUp
from wardround.capabilities.billing.scrubbing.measure.sample import FILED, Sample
from wardround.capabilities.billing.scrubbing.scrubber import Scrubber
from wardround.kernel import Noun, Severity

BREAKS: tuple[Break, ...] = (
    *people.BREAKS,
    *services.BREAKS,
    *reasons.BREAKS,
    *further.BREAKS,
)
CLAIMS = 1000
SEED = 20260930
WANTED = 0.99


class Line(Noun):
    """How many claims broken in one way were found, by the rule that has to find them."""

    data: str
    broken: str
    claims: int
    found: int


class Clean(Noun):
    """What was said of clean claims; notes tell what was not checked, and are no edits."""

    data: str = "clean claims"
    kind: str
    claims: int
    blocked: int
    warned: int


class Sum(Noun):
    """All broken claims together."""

    data: str = "broken claims"
    ways: int
    claims: int
    found: int
    share: float


class Report(Noun):
    """What was measured; ``met``: 99 % are found, no clean claim is stopped or warned of."""

    model: str
    digest: str
    measured: tuple[Line | Clean | Sum, ...]
    met: bool


def evaluate(data: Path) -> Report:  # noqa: ARG001 - its claims are made up here
    """Scrub 1,000 clean claims, and 1,000 each broken in one way."""
    return measure(CLAIMS, SEED)


def measure(count: int, seed: int) -> Report:
    """Scrub so many clean claims of a seed, and as many broken ones."""
    scrubber = Scrubber(MadeUp(load_tables(None)))
    clean = tuple(_clean(scrubber, count, seed))
    asked: Counter[Break] = Counter()
    found: Counter[Break] = Counter()
    for way, broken in broken_claims(count, seed + 1):
        edits = scrubber.scrub(broken.claim, broken.known, FILED)
        asked[way] += 1
        found[way] += any(
            edit.rule in way.rules and edit.severity is not Severity.NOTE for edit in edits
        )
    lines = tuple(
        Line(data=way.theme, broken=way.name, claims=asked[way], found=found[way])
        for way in BREAKS
        if asked[way]
    )
    share = found.total() / asked.total()
    whole = Sum(ways=len(asked), claims=asked.total(), found=found.total(), share=round(share, 4))
    return Report(
        model="wardround-scrubber",
        digest=Scrubber.fingerprint(),
        measured=(*lines, whole, *clean),
        met=share >= WANTED and not any(one.blocked or one.warned for one in clean),
    )


def broken_claims(count: int, seed: int) -> Iterator[tuple[Break, Broken]]:
    """Yield so many claims, each clean but for one break; every way as often as the others."""
    sample, random = Sample(seed), Random(seed)  # noqa: S311 - made-up claims, not secrets
    ways: list[Break] = []
    for _ in range(count):
        if not ways:
            ways = list(BREAKS)
            random.shuffle(ways)
        way = ways.pop()
        yield way, break_one(way, sample)


def break_one(way: Break, sample: Sample) -> Broken:
    """Return a claim of the sample that was broken in this way."""
    while True:
        kind = sample.random.choice(way.kinds)
        claim = sample.professional() if kind.value == "professional" else sample.institutional()
        broken = way.how(claim, sample)
        if broken is not None:
            return broken if isinstance(broken, Broken) else Broken(broken)


def _clean(scrubber: Scrubber, count: int, seed: int) -> Iterator[Clean]:
    claims: Counter[str] = Counter()
    said: Counter[tuple[str, Severity]] = Counter()
    for claim in Sample(seed).claims(count):
        claims[claim.kind.value] += 1
        worst = {edit.severity for edit in scrubber.scrub(claim, None, FILED)}
        for severity in worst:
            said[claim.kind.value, severity] += 1
    for kind, total in sorted(claims.items()):
        yield Clean(
            kind=kind,
            claims=total,
            blocked=said[kind, Severity.BLOCK],
            warned=said[kind, Severity.WARN],
        )
