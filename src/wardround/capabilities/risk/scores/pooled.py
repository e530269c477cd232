"""The Pooled Cohort Equations of 2013: four sets of coefficients, by sex and race."""

from math import exp, log

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import Band, Score, Values

TERMS = ("age", "age2", "tc", "age*tc", "hdl", "age*hdl", "treated", "age*treated", "untreated",
         "age*untreated", "smoker", "age*smoker", "diabetes")  # fmt: skip
SETS: dict[tuple[str, str], tuple[tuple[float, ...], float, float]] = {
    ("female", "white"): (
        (-29.799, 4.884, 13.540, -3.114, -13.578, 3.149, 2.019, 0, 1.957, 0, 7.574, -1.665, 0.661),
        -29.1817, 0.9665),
    ("female", "black"): (
        (17.114, 0, 0.940, 0, -18.920, 4.475, 29.291, -6.432, 27.820, -6.087, 0.691, 0, 0.874),
        86.6081, 0.9533),
    ("male", "white"): (
        (12.344, 0, 11.853, -2.664, -7.990, 1.769, 1.797, 0, 1.764, 0, 7.837, -1.795, 0.658),
        61.1816, 0.9144),
    ("male", "black"): (
        (2.469, 0, 0.302, 0, -0.307, 0, 1.916, 0, 1.809, 0, 0.549, 0, 0.645),
        19.5425, 0.8954),
}  # fmt: skip
"""Coefficients in the order of ``TERMS``, the mean of their sum, and survival at ten years.

The paper prints the means to two decimals; the four used here are those of its authors' program.
"""


def _risk(values: Values) -> float:
    weights, mean, survival = SETS[str(values["sex"]), str(values["race"])]
    age, total, hdl, pressure = (
        log(float(values[name])) for name in ("age", "cholesterol", "hdl", "systolic")
    )
    treated = pressure if values["pressure-treated"] else 0.0
    untreated = 0.0 if values["pressure-treated"] else pressure
    smoker, diabetes = float(values["smoking"]), float(values["diabetes"])
    terms = (age, age * age, total, age * total, hdl, age * hdl, treated, age * treated, untreated,
             age * untreated, smoker, age * smoker, diabetes)  # fmt: skip
    total_ = sum(weight * term for weight, term in zip(weights, terms, strict=True))
    return 100 * (1 - float(survival ** exp(total_ - mean)))


PRESSURE = i.SYSTOLIC.within(i.YEAR).fitting(90, 200)

POOLED = Score(
    name="pooled-cohort",
    title="Pooled Cohort Equations",
    purpose="Risk of a first heart attack or stroke within ten years.",
    version="2013",
    papers=("Goff DC et al. Circulation 2014;129(25 Suppl 2):S49-S73, Table A.",),
    inputs=(
        i.AGE, i.SEX,
        i.choice("race", "Race as the equations have it", white="white, or other", black="black"),
        i.CHOLESTEROL, i.HDL, PRESSURE, i.PRESSURE_TREATED, i.SMOKING, i.DIABETES,
    ),
    ages=(40, 79),
    exclusions=(i.CARDIOVASCULAR,),
    formula=_risk,
    unit="%",
    decimals=1,
    bands=(
        Band(0, "low", None, "ACC/AHA 2019"),
        Band(5, "borderline", None, "ACC/AHA 2019"),
        Band(7.5, "intermediate", None, "ACC/AHA 2019"),
        Band(20, "high", None, "ACC/AHA 2019"),
    ),
    cautions=(
        "Overestimates in many later cohorts; PREVENT (2023) replaces it and uses no race.",
        "For people who are neither white nor black the paper gives the equation for whites.",
    ),
)  # fmt: skip

SCORES = (POOLED,)
