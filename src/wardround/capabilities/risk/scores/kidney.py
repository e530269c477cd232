"""Kidneys: CKD-EPI 2021 (creatinine, cystatin C, both), Cockcroft-Gault, KFRE."""

from collections.abc import Callable
from math import exp, log

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import Band, Input, Score, Values

_STAGES = tuple(
    Band(floor, f"{stage}: {says}", None, "KDIGO 2024")
    for floor, stage, says in (
        (0, "G5", "kidney failure"), (15, "G4", "severely decreased"),
        (30, "G3b", "moderately to severely decreased"),
        (45, "G3a", "mildly to moderately decreased"), (60, "G2", "mildly decreased"),
        (90, "G1", "normal or high"),
    )
)  # fmt: skip
_RATE = "mL/min/{1.73_m2}"


def _creatinine(values: Values) -> float:
    female = values["sex"] == "female"
    ratio = float(values["creatinine"]) / (0.7 if female else 0.9)
    return float(
        142
        * min(ratio, 1) ** (-0.241 if female else -0.302)
        * max(ratio, 1) ** -1.200
        * 0.9938 ** float(values["age"])
        * (1.012 if female else 1)
    )


def _cystatin(values: Values) -> float:
    ratio = float(values["cystatin-c"]) / 0.8
    return float(
        133
        * min(ratio, 1) ** -0.499
        * max(ratio, 1) ** -1.328
        * 0.996 ** float(values["age"])
        * (0.932 if values["sex"] == "female" else 1)
    )


def _both(values: Values) -> float:
    female = values["sex"] == "female"
    creatinine = float(values["creatinine"]) / (0.7 if female else 0.9)
    cystatin = float(values["cystatin-c"]) / 0.8
    return float(
        135
        * min(creatinine, 1) ** (-0.219 if female else -0.144)
        * max(creatinine, 1) ** -0.544
        * min(cystatin, 1) ** -0.323
        * max(cystatin, 1) ** -0.778
        * 0.9961 ** float(values["age"])
        * (0.963 if female else 1)
    )


def _egfr(
    name: str, title: str, paper: str, formula: Callable[[Values], float], *wanted: Input
) -> Score:
    return Score(
        name=name,
        title=title,
        purpose="How well the kidneys filter; steady state only.",
        version=title.split()[1].strip(","),
        papers=(paper,),
        inputs=(i.AGE, i.SEX, *(found.within(i.MONTH) for found in wanted)),
        exclusions=(i.PREGNANT,),
        formula=formula,
        unit=_RATE,
        bands=_STAGES,
        cautions=("Not where creatinine is changing fast (acute kidney injury).",),
    )


_INKER = "Inker LA et al. N Engl J Med 2021;385:1737-1749, Table 2"
CKD_EPI = _egfr("ckd-epi", "CKD-EPI 2021, creatinine", _INKER, _creatinine, i.CREATININE)
CKD_EPI_CYSTATIN = _egfr(
    "ckd-epi-cystatin", "CKD-EPI 2012, cystatin C",
    "Inker LA et al. N Engl J Med 2012;367:20-29, Table 2", _cystatin, i.CYSTATIN,
)  # fmt: skip
CKD_EPI_BOTH = _egfr(
    "ckd-epi-both", "CKD-EPI 2021, creatinine and cystatin C", _INKER, _both,
    i.CREATININE, i.CYSTATIN,
)  # fmt: skip


def _clearance(values: Values) -> float:
    age, weight, creatinine = (float(values[n]) for n in ("age", "weight", "creatinine"))
    return (140 - age) * weight / (72 * creatinine) * (0.85 if values["sex"] == "female" else 1)


COCKCROFT_GAULT = Score(
    name="cockcroft-gault",
    title="Creatinine clearance by Cockcroft and Gault",
    purpose="Clearance for the dosing of drugs whose labels ask for it; the weight given is used.",
    version="1976",
    papers=("Cockcroft DW, Gault MH. Nephron 1976;16:31-41.",),
    inputs=(i.AGE, i.SEX, i.WEIGHT, i.CREATININE.within(i.MONTH)),
    formula=_clearance,
    unit="mL/min",
    decimals=1,
    bands=tuple(Band(floor, label, None, "FDA 2024, renal impairment") for floor, label in (
        (0, "below 15"), (15, "15 to 29"), (30, "30 to 59"), (60, "60 to 89"), (90, "90 or more"))),
    cautions=("Whether actual, ideal or adjusted weight is right, the drug's label says.",),
)  # fmt: skip

_KFRE_PAPERS = (
    "Tangri N et al. JAMA 2011;305:1553-1559.",
    "Tangri N et al. JAMA 2016;315:164-174 (North American calibration).",
)


def _kfre(survival: float) -> Callable[[Values], float]:
    def risk(values: Values) -> float:
        sum_ = (
            -0.2201 * (float(values["age"]) / 10 - 7.036)
            + 0.2467 * ((values["sex"] == "male") - 0.5642)
            - 0.5567 * (float(values["egfr"]) / 5 - 7.222)
            + 0.4510 * (log(float(values["uacr"])) - 5.137)
        )
        return 100 * (1 - float(survival ** exp(sum_)))

    return risk


def _failure(years: int, survival: float, bands: tuple[Band, ...]) -> Score:
    return Score(
        name=f"kfre-{years}",
        title=f"Kidney Failure Risk Equation, {years} years",
        purpose=f"Risk of needing dialysis or a transplant within {years} years.",
        version="4 variables, North America",
        papers=_KFRE_PAPERS,
        inputs=(i.AGE, i.SEX,
                i.EGFR.fitting(1, 59.99), i.ALBUMINURIA),
        formula=_kfre(survival),
        unit="%",
        decimals=1,
        bands=bands,
        cautions=("Only for eGFR below 60; outside North America another calibration holds.",),
    )  # fmt: skip


KFRE_2 = _failure(2, 0.9750, (
    Band(0, "below 10 %"), Band(10, "above 10 %: multidisciplinary care", None, "KDIGO 2024", True),
    Band(40, "above 40 %: prepare replacement", None, "KDIGO 2024", True)))  # fmt: skip
KFRE_5 = _failure(5, 0.9240, (
    Band(0, "below 3 %"), Band(3, "3 to 5 % or more: refer", None, "KDIGO 2024")))  # fmt: skip

SCORES = (CKD_EPI, CKD_EPI_CYSTATIN, CKD_EPI_BOTH, COCKCROFT_GAULT, KFRE_2, KFRE_5)
