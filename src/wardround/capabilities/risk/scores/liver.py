"""Livers and bleeding guts: MELD 3.0, MELD-Na, Child-Pugh, FIB-4, Glasgow-Blatchford."""

from math import log, sqrt

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import (
    Band,
    Component,
    Score,
    Values,
    at_least,
    chosen,
    flag,
    half_up,
    together,
)


def _clamped(value: object, low: float, high: float) -> float:
    return min(max(float(value), low), high)  # type: ignore[arg-type]


def _meld_na(values: Values) -> float:
    creatinine = 4.0 if values["dialysis"] else _clamped(values["creatinine"], 1, 4)
    meld = (
        half_up(
            0.957 * log(creatinine)
            + 0.378 * log(max(float(values["bilirubin"]), 1))
            + 1.120 * log(max(float(values["inr"]), 1))
            + 0.643,
            1,
        )
        * 10
    )
    if meld > 11:
        lack = 137 - _clamped(values["sodium"], 125, 137)
        meld += 1.32 * lack - 0.033 * meld * lack
    return _clamped(meld, 6, 40)


def _meld3(values: Values) -> float:
    bilirubin = log(max(float(values["bilirubin"]), 1))
    creatinine = log(3.0 if values["dialysis"] else _clamped(values["creatinine"], 1, 3))
    sodium = 137 - _clamped(values["sodium"], 125, 137)
    albumin = 3.5 - _clamped(values["albumin"], 1.5, 3.5)
    meld = (
        (1.33 if values["sex"] == "female" else 0)
        + 4.56 * bilirubin
        + 0.82 * sodium
        - 0.24 * sodium * bilirubin
        + 9.09 * log(max(float(values["inr"]), 1))
        + 11.14 * creatinine
        + 1.85 * albumin
        - 1.83 * albumin * creatinine
        + 6
    )
    return _clamped(meld, 6, 40)


_MELD_BANDS = tuple(
    Band(floor, label, f"{share} % died within 3 months (by the original MELD)", "Wiesner 2003")
    for floor, label, share in (
        (6, "9 or less", "1.9"), (10, "10 to 19", "6.0"), (20, "20 to 29", "19.6"),
        (30, "30 to 39", "52.6"), (40, "40", "71.3"),
    )
)  # fmt: skip
_WIESNER = "Wiesner R et al. Gastroenterology 2003;124:91-96."
_KNOTS = {"bilirubin": (1.0,), "inr": (1.0,), "creatinine": (1.0, 3.0, 4.0),
          "sodium": (125.0, 137.0), "albumin": (1.5, 3.5)}  # fmt: skip

MELD_NA = Score(
    name="meld-na",
    title="MELD-Na",
    purpose="How soon someone with end-stage liver disease may die; rank on the waiting list.",
    version="OPTN 2016",
    papers=("OPTN Policy 9.1.D, in force from January 2016.", _WIESNER),
    inputs=(i.CREATININE, i.BILIRUBIN, i.INR, i.SODIUM, i.DIALYSIS, i.AGE),
    ages=(12, 120),
    formula=_meld_na,
    knots=_KNOTS,
    bands=_MELD_BANDS,
    cautions=("Allocation in the United States has used MELD 3.0 since July 2023.",),
)

MELD3 = Score(
    name="meld-3",
    title="MELD 3.0",
    purpose="How soon someone with end-stage liver disease may die; rank on the waiting list.",
    version="3.0",
    papers=("Kim WR et al. Gastroenterology 2021;161:1887-1895.", "OPTN Policy 9.1.D (2023).",
            _WIESNER),
    inputs=(i.SEX, i.CREATININE, i.BILIRUBIN, i.INR, i.SODIUM, i.ALBUMIN, i.DIALYSIS, i.AGE),
    formula=_meld3,
    knots=_KNOTS,
    bands=_MELD_BANDS,
)  # fmt: skip

CHILD_PUGH = Score(
    name="child-pugh",
    title="Child-Pugh",
    purpose="How well a cirrhotic liver still works.",
    version="1973, with INR",
    papers=("Pugh RNH et al. Br J Surg 1973;60:646-649, Table 1.",),
    inputs=(
        i.BILIRUBIN, i.ALBUMIN, i.INR,
        i.choice("ascites", "Ascites", i.MONTH, none="none", slight="slight, or controlled",
                 moderate="moderate, or not controlled"),
        i.choice("encephalopathy", "Encephalopathy", i.MONTH, none="none", mild="grade 1 or 2",
                 severe="grade 3 or 4"),
    ),
    components=(
        together("Bilirubin below 2, to 3, above",
                 lambda v: 1 if float(v["bilirubin"]) < 2 else 2 if float(v["bilirubin"]) <= 3
                 else 3, bilirubin=(2, 3)),
        together("Albumin above 3.5, from 2.8, below",
                 lambda v: 1 if float(v["albumin"]) > 3.5 else 2 if float(v["albumin"]) >= 2.8
                 else 3, albumin=(2.8, 3.5)),
        together("INR below 1.7, to 2.3, above",
                 lambda v: 1 if float(v["inr"]) < 1.7 else 2 if float(v["inr"]) <= 2.3 else 3,
                 inr=(1.7, 2.3)),
        chosen("ascites", "Ascites", {"none": 1, "slight": 2, "moderate": 3}),
        chosen("encephalopathy", "Encephalopathy", {"none": 1, "mild": 2, "severe": 3}),
    ),
    bands=(Band(5, "class A"), Band(7, "class B"), Band(10, "class C")),
    cautions=("The paper used seconds of prothrombin time; the INR limits are later convention.",),
)  # fmt: skip


def _fib4(values: Values) -> float:
    age, ast, alt = (float(values[name]) for name in ("age", "ast", "alt"))
    return age * ast / (float(values["platelets"]) * sqrt(alt))


FIB4 = Score(
    name="fib-4",
    title="FIB-4",
    purpose="Who with chronic liver disease may have advanced fibrosis.",
    version="2006",
    papers=("Sterling RK et al. Hepatology 2006;43:1317-1325.",),
    inputs=(i.AGE, i.AST, i.ALT,
            i.PLATELETS.within(i.MONTH).fitting(1, 3000)),
    formula=_fib4,
    decimals=2,
    bands=(
        Band(0, "advanced fibrosis unlikely", "90 % had none (HIV, hepatitis C)", "Sterling 2006"),
        Band(1.45, "undetermined"),
        Band(3.25, "advanced fibrosis likely", "65 % had it (HIV and hepatitis C)", "Sterling 2006",
             above=True),
    ),
    cautions=("Less reliable below 35 and above 65 years, and in acute hepatitis.",),
)  # fmt: skip


def _hemoglobin(values: Values) -> float:
    found = float(values["hemoglobin"])
    if found < 10:
        return 6
    if values["sex"] == "female":
        return 1 if found < 12 else 0
    return 3 if found < 12 else 1 if found < 13 else 0


BLATCHFORD = Score(
    name="glasgow-blatchford",
    title="Glasgow-Blatchford score",
    purpose="Who with bleeding of the upper gut can go home.",
    version="2000",
    papers=("Blatchford O et al. Lancet 2000;356:1318-1321, Table 3.",
            "Stanley AJ et al. BMJ 2017;356:i6432."),
    inputs=(i.UREA, i.HEMOGLOBIN, i.SEX, i.SYSTOLIC, i.HEART_RATE,
            i.yes_no("melena", "Melena", i.snomed("2901004", "Melena"), valid=i.DAY),
            i.yes_no("syncope", "Syncope", i.snomed("271594007", "Syncope"), valid=i.DAY),
            i.yes_no("liver-disease", "Liver disease", i.snomed("235856003", "Disorder of liver")),
            i.HEART_FAILURE),
    components=(
        at_least("urea", "Urea", (6.5, 8, 10, 25), (0, 2, 3, 4, 6)),
        Component("hemoglobin", "Hemoglobin", ("hemoglobin", "sex"), _hemoglobin,
                  {"hemoglobin": (10, 12, 13)}),
        at_least("systolic", "Systolic pressure", (90, 100, 110), (3, 2, 1, 0)),
        at_least("heart-rate", "Pulse 100 or more", (100,), (0, 1)),
        flag("melena", "Melena", 1),
        flag("syncope", "Syncope", 2),
        flag("liver-disease", "Liver disease", 2),
        flag("heart-failure", "Heart failure", 2),
    ),
    bands=(
        Band(0, "very low", "at most 1: 98.6 % of those who needed treatment or died were above",
             "Stanley 2017"),
        Band(2, "not low"),
        Band(7, "the best cut for endoscopic treatment",
             "80 % of those who needed it had 7 or more, and 43 % of the others", "Stanley 2017"),
    ),
    time_critical=True,
)  # fmt: skip

SCORES = (MELD3, MELD_NA, CHILD_PUGH, FIB4, BLATCHFORD)
