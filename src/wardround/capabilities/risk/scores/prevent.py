"""PREVENT 2023: total cardiovascular disease, its atherosclerotic part, and heart failure.

Each of base and full model, for 10 and 30 years: twelve scores. Their coefficients are in
``prevent.toml``. The full model has terms of its own for a missing UACR, HbA1c or deprivation
index, so these are optional there; nothing stands in for them.
"""

import tomllib
from collections.abc import Callable
from importlib.resources import files
from math import exp, log

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import Band, Input, Score, Values

OUTCOMES = {
    "cvd": "cardiovascular disease",
    "ascvd": "a heart attack, stroke, or death from either",
    "hf": "heart failure",
}
MMOL = 0.02586
"""mmol/L of cholesterol in 1 mg/dL, as the authors' own program has it."""

_TABLE = tomllib.loads(files(__package__).joinpath("prevent.toml").read_text("utf-8"))
PRESSURE = i.SYSTOLIC.within(i.YEAR).fitting(90, 180)
EGFR = i.EGFR.fitting(15, 140)
BODY_MASS = i.BODY_MASS.fitting(18.5, 39.99)
DEPRIVATION = i.measured("sdi", "Social Deprivation Index, decile", "1", (1, 10), valid=10 * i.YEAR)
_COMMON = (i.AGE, i.SEX, PRESSURE, i.PRESSURE_TREATED, i.DIABETES, i.SMOKING, EGFR)
_LIPIDS = (i.CHOLESTEROL, i.HDL, i.STATIN)
_FULL = (i.HBA1C, i.ALBUMINURIA, DEPRIVATION)
_KNOTS = {"systolic": (110.0,), "egfr": (60.0,), "bmi": (30.0,)}


def _shared(values: Values) -> tuple[float, ...]:
    """Return age, pressure below and above 110, diabetes, smoking, eGFR below and above 60."""
    pressure, rate = float(values["systolic"]), float(values["egfr"])
    return (
        (float(values["age"]) - 55) / 10,
        (min(pressure, 110) - 110) / 20,
        (max(pressure, 110) - 130) / 20,
        float(values["diabetes"]),
        float(values["smoking"]),
        (min(rate, 60) - 60) / -15,
        (max(rate, 60) - 90) / -15,
        float(values["pressure-treated"]),
    )


def _lipid_terms(values: Values) -> list[float]:
    age, low, high, diabetes, smoking, rate_low, rate_high, treated = _shared(values)
    hdl = MMOL * float(values["hdl"])
    rest, good = MMOL * float(values["cholesterol"]) - hdl - 3.5, (hdl - 1.3) / 0.3
    statin = float(values["statin"])
    return [1, age, age * age, rest, good, low, high, diabetes, smoking, rate_low, rate_high,
            treated, statin, treated * high, statin * rest, age * rest, age * good, age * high,
            age * diabetes, age * smoking, age * rate_low]  # fmt: skip


def _failure_terms(values: Values) -> list[float]:
    age, low, high, diabetes, smoking, rate_low, rate_high, treated = _shared(values)
    mass = float(values["bmi"])
    lean, heavy = (min(mass, 30) - 25) / 5, (max(mass, 30) - 30) / 5
    return [1, age, age * age, low, high, diabetes, smoking, lean, heavy, rate_low, rate_high,
            treated, treated * high, age * high, age * diabetes, age * smoking, age * heavy,
            age * rate_low]  # fmt: skip


def _full_terms(values: Values) -> list[float]:
    decile, uacr, hba1c = values.get("sdi"), values.get("uacr"), values.get("hba1c")
    excess = 0.0 if hba1c is None else float(hba1c) - 5.3
    diabetes = float(values["diabetes"])
    return [
        float(decile is not None and 4 <= float(decile) < 7),
        float(decile is not None and float(decile) >= 7),
        float(decile is None),
        0.0 if uacr is None else log(float(uacr)),
        float(uacr is None),
        excess * diabetes,
        excess * (1 - diabetes),
        float(hba1c is None),
    ]


def _formula(model: str, outcome: str, years: int) -> Callable[[Values], float]:
    rows = _TABLE[f"{model}-{outcome}-{years}"]
    terms = _failure_terms if outcome == "hf" else _lipid_terms

    def risk(values: Values) -> float:
        found = terms(values)
        if model == "full":
            found += _full_terms(values)
        odds = sum(w * t for w, t in zip(rows[str(values["sex"])], found, strict=True))
        return 100 / (1 + exp(-odds))

    return risk


def _score(model: str, outcome: str, years: int) -> Score:
    full = model == "full"
    needed: tuple[Input, ...] = (BODY_MASS,) if outcome == "hf" else _LIPIDS
    categories = (
        Band(0, "low", None, "ACC/AHA 2019"),
        Band(5, "borderline", None, "ACC/AHA 2019"),
        Band(7.5, "intermediate", None, "ACC/AHA 2019"),
        Band(20, "high", None, "ACC/AHA 2019"),
    )
    return Score(
        name=f"prevent-{'full-' if full else ''}{outcome}-{years}",
        title=f"PREVENT, {model} model: {outcome.upper()} in {years} years",
        purpose=f"Risk of {OUTCOMES[outcome]} within {years} years, without such a disease now.",
        version=f"2023, {model}",
        papers=(
            "Khan SS et al. Circulation 2024;149:430-449, Tables S12A, S12E, S12F and S12J.",
        ),
        inputs=(*_COMMON, *needed, *(_FULL if full else ())),
        ages=(30, 79 if years == 10 else 59),
        exclusions=(
            i.PREGNANT,
            i.CARDIOVASCULAR,
        ),
        optional=frozenset(found.name for found in _FULL) if full else frozenset(),
        formula=_formula(model, outcome, years),
        knots=_KNOTS,
        unit="%",
        decimals=1,
        bands=categories if years == 10 else (),
        cautions=(
            "The categories were made for the Pooled Cohort Equations; PREVENT is mostly lower.",
        )
        if years == 10
        else (),
    )  # fmt: skip


SCORES = tuple(
    _score(model, outcome, years)
    for model in ("base", "full")
    for outcome in OUTCOMES
    for years in (10, 30)
)
