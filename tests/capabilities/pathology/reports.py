"""A slide that was read as a test says, and the report that is drafted of it."""

from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np

from wardround.capabilities.pathology import Check, Index, Nuclei, Report, SlideRead, Spot
from wardround.capabilities.pathology.drafting import drafted
from wardround.capabilities.pathology.guardrails import guardrails
from wardround.engines.images import Slide
from wardround.kernel import (
    Actor,
    Draft,
    Drafted,
    Edit,
    Finding,
    Input,
    Model,
    NotFound,
    Order,
    Resource,
    Role,
    Statement,
    apply,
)

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
ROSS = Actor(id="p7", name="Dr Lene Ross", role=Role.CLINICIAN, reference="Practitioner/ross")
MODEL = Model(name="known-counter", version="2", digest="e" * 64)
SIZE = (9000, 7000)
INPUT = Input(
    name="slide-0", reference="slide-0", sha256="a" * 64, media_type="application/octet-stream"
)


class Levels:
    """A pyramid of one level that nobody reads."""

    source = "tiff"
    sizes: tuple[tuple[int, int], ...] = (SIZE,)
    magnification: float | None = 20.0
    hidden: tuple[str, ...] = ("label",)
    remarks: tuple[str, ...] = ("The scanner is not named.",)

    def __init__(self, mpp: tuple[float, float] | None) -> None:
        self.mpp: tuple[float, float] | None = mpp

    def read(self, x: int, y: int, width: int, height: int, level: int) -> Any:
        raise AssertionError("a slide that was read is not read again")

    def close(self) -> None:
        pass


def nuclei(count: int) -> Nuclei:
    """Return round nuclei of 100 pixels."""
    ones = np.ones(count, np.float32)
    return Nuclei(
        x=ones * 20,
        y=ones * 30,
        area=ones * 100,
        perimeter=ones * 35.4,
        eccentricity=ones * 0.25,
        density=ones * 0.5,
        brown=ones * 0,
        red=ones * 0,
        outline=np.zeros((count, 0, 2), np.float32),
    )


def read(**more: Any) -> SlideRead:
    """Return a slide of 600 nuclei on 2 mm² of tissue, with one hot spot; ``more`` changes it."""
    whole = SlideRead(
        size=SIZE,
        mpp=0.5,
        checks=(Check("tissue", passed=True, says="Tissue covers 40% of the slide.", value=0.4),),
        nuclei=nuclei(600),
        index=Index(percent=20.0, positive=120, counted=600, says="120 of 600 nuclei are brown."),
        spots=(Spot(x=7500.4, y=-3.0, side=2000.0, count=410, positive=80),),
        tissue_mm2=2.0,
        cellularity=0.123,
        tiles=12,
        empty=30,
    )
    return replace(whole, **more)


def made(**more: Any) -> Drafted:
    """Return the draft of ``read(**more)``."""
    known = read(**more)
    mpp = None if known.mpp is None else (known.mpp, known.mpp)
    return drafted(MODEL, Slide(Levels(mpp), "slide", "mark"), known)


def report(of: Drafted) -> Report:
    return Report.model_validate(of.content)


def edited(of: Drafted, edit: Edit) -> Drafted:
    """Return a draft after an edit, as the route makes it."""
    content, evidence = apply(edit, of.content, of.evidence, Statement(by=ROSS.id, at=AT))
    return of.model_copy(update={"content": content, "evidence": evidence})


def worded(of: Drafted, words: str) -> Drafted:
    """Return a draft with a diagnosis."""
    return edited(of, Edit(op="replace", path="/diagnosis", value=words))


class Held:
    """A chart held in memory, and a slide as a file."""

    def __init__(self, path: Path | None = None) -> None:
        self.path = path
        self.known: dict[str, dict[str, Any]] = {}

    def read(self, reference: str) -> Resource:
        if reference not in self.known:
            raise NotFound("This is not in the chart.", where=reference)
        return self.known[reference]

    def search(self, kind: str, **parameters: str) -> Sequence[Resource]:
        return [one for one in self.known.values() if one["resourceType"] == kind]

    def open(self, item: Input) -> bytes:
        raise AssertionError("a slide is never held in memory")

    def file(self, item: Input) -> AbstractContextManager[str]:
        assert item == INPUT
        return nullcontext(str(self.path))


def order() -> Order:
    return Order(
        id="o1",
        capability="pathology",
        subject="Patient/ada",
        inputs=(INPUT,),
        ordered_by=ROSS.id,
        ordered_at=AT,
    )


def found(of: Drafted) -> dict[str, list[Finding]]:
    """Return what the checks find, by rule."""
    rules: dict[str, list[Finding]] = {}
    for check in guardrails():
        for one in check.check(of, order(), Held()):
            rules.setdefault(one.rule, []).append(one)
    return rules


def draft(of: Drafted, **more: Any) -> Draft:
    """Return a draft as the route keeps it."""
    return Draft(
        id="d1",
        capability="pathology",
        subject="Patient/ada",
        content=of.content,
        evidence=of.evidence,
        model=of.model,
        inputs=(INPUT,),
        created=AT,
        updated=AT,
        **more,
    )
