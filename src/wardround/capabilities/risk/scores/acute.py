"""Acutely ill adults: NEWS2, qSOFA, SIRS and SOFA."""

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import (
    Band,
    Input,
    Part,
    Score,
    Values,
    above,
    at_least,
    chosen,
    flag,
    together,
)

SCALE = i.choice("saturation-scale", "Saturation scale", one="1: most",
                 two="2: target 88 to 92 %, by a clinician")  # fmt: skip
OXYGEN = i.yes_no("oxygen", "Breathes extra oxygen", valid=i.HOURS)
CONSCIOUSNESS = i.choice("consciousness", "Consciousness", i.HOURS, alert="alert",
                         cvpu="new confusion, or responds to voice or pain only")  # fmt: skip


def _saturation(values: Values) -> float:
    found = float(values["saturation"])
    if values["saturation-scale"] == "one":
        return 3 if found < 92 else 2 if found < 94 else 1 if found < 96 else 0
    if found < 88:
        return 3 if found < 84 else 2 if found < 86 else 1
    if found < 93 or not values["oxygen"]:
        return 0
    return 1 if found < 95 else 2 if found < 97 else 3


def _single_red(_: Values, parts: tuple[Part, ...]) -> str | None:
    red = [part.label for part in parts if part.points == 3]
    if red and sum(part.points for part in parts) < 5:
        return f"3 points in one parameter ({', '.join(red)}): urgent review by a ward clinician."
    return None


NEWS2 = Score(
    name="news2",
    title="NEWS2",
    purpose="How ill an adult in hospital is, from vital signs.",
    version="2017",
    papers=("Royal College of Physicians. National Early Warning Score (NEWS) 2. 2017; chart 1.",),
    inputs=(i.RESPIRATIONS, i.SATURATION, SCALE, OXYGEN, i.SYSTOLIC, i.HEART_RATE, CONSCIOUSNESS,
            i.TEMPERATURE, i.AGE),
    ages=(16, 120),
    exclusions=(i.PREGNANT,),
    components=(
        at_least("respiratory-rate", "Respiratory rate", (9, 12, 21, 25), (3, 1, 0, 2, 3)),
        together("Oxygen saturation", _saturation, saturation_scale=(), oxygen=(),
                 saturation=(84, 86, 88, 92, 93, 94, 95, 96, 97)),
        flag("oxygen", "Extra oxygen", 2),
        at_least("systolic", "Systolic blood pressure", (91, 101, 111, 220), (3, 2, 1, 0, 3)),
        at_least("heart-rate", "Pulse", (41, 51, 91, 111, 131), (3, 1, 0, 1, 2, 3)),
        chosen("consciousness", "Consciousness", {"alert": 0, "cvpu": 3}),
        above("temperature", "Temperature", (35, 36, 38, 39), (3, 1, 0, 1, 2)),
    ),
    bands=(
        Band(0, "low"),
        Band(5, "medium: urgent response"),
        Band(7, "high: emergency response"),
    ),
    remark=_single_red,
    cautions=("Not for children under 16, pregnancy, or acute spinal cord injury.",),
    time_critical=True,
)  # fmt: skip

QSOFA = Score(
    name="qsofa",
    title="qSOFA",
    purpose="Adults with suspected infection who are more likely to do badly.",
    version="2016",
    papers=("Seymour CW et al. JAMA 2016;315:762-774.", "Singer M et al. JAMA 2016;315:801-810."),
    inputs=(i.RESPIRATIONS, i.SYSTOLIC, i.COMA),
    components=(
        at_least("respiratory-rate", "Respiratory rate 22 or more", (22,), (0, 1)),
        above("systolic", "Systolic pressure 100 or less", (100,), (1, 0)),
        at_least("coma-scale", "Glasgow Coma Scale below 15", (15,), (1, 0)),
    ),
    bands=(
        Band(0, "fewer than two criteria"),
        Band(2, "two or more criteria",
             "in-hospital death 3 to 14 times as frequent as below 2", "Seymour 2016"),
    ),
    cautions=("Not a test for sepsis: the 2021 campaign advises against it as the only screen.",),
    time_critical=True,
)  # fmt: skip

_BANDS = i.loinc("764-1", "Band form neutrophils/100 leukocytes in Blood by Manual count")
BANDS = i.measured("band-forms", "Immature neutrophils", "%", (0, 100), _BANDS)

SIRS = Score(
    name="sirs",
    title="SIRS criteria",
    purpose="How many signs of a systemic inflammatory response there are.",
    version="1992",
    papers=("Bone RC et al. Chest 1992;101:1644-1655.",),
    inputs=(i.TEMPERATURE, i.HEART_RATE, i.RESPIRATIONS, i.CARBON_DIOXIDE, i.LEUKOCYTES, BANDS),
    components=(
        together("Temperature above 38 or below 36",
                 lambda v: 1 if not 36 <= float(v["temperature"]) <= 38 else 0,
                 temperature=(36, 38)),
        above("heart-rate", "Heart rate above 90", (90,), (0, 1)),
        together("Respiratory rate above 20, or carbon dioxide below 32",
                 lambda v: 1 if float(v["respiratory-rate"]) > 20 or float(v["carbon-dioxide"]) < 32
                 else 0, respiratory_rate=(20,), carbon_dioxide=(32,)),
        together("White cells above 12, below 4, or over 10 % immature",
                 lambda v: 1 if not 4 <= float(v["leukocytes"]) <= 12
                 or float(v["band-forms"]) > 10 else 0, leukocytes=(4, 12), band_forms=(10,)),
    ),
    bands=(Band(0, "fewer than two criteria"), Band(2, "SIRS: two or more criteria")),
    cautions=("Sepsis is no longer defined by these criteria (Singer 2016).",),
    time_critical=True,
)  # fmt: skip

VENTILATED = i.yes_no("ventilated", "Has respiratory support", valid=i.DAY)


def _drug(name: str, label: str, high: float) -> Input:
    return i.measured(name, f"{label} (0: none)", "ug/kg/min", (0, high))


DOPAMINE, DOBUTAMINE = _drug("dopamine", "Dopamine", 50), _drug("dobutamine", "Dobutamine", 60)
EPINEPHRINE = _drug("epinephrine", "Epinephrine", 10)
NOREPINEPHRINE = _drug("norepinephrine", "Norepinephrine", 10)


def _lungs(values: Values) -> float:
    ratio = 100 * float(values["arterial-oxygen"]) / float(values["inspired-oxygen"])
    if ratio < 200 and values["ventilated"]:
        return 4 if ratio < 100 else 3
    return 2 if ratio < 300 else 1 if ratio < 400 else 0


def _circulation(values: Values) -> float:
    dopamine = float(values["dopamine"])
    strong = max(float(values["epinephrine"]), float(values["norepinephrine"]))
    if dopamine > 15 or strong > 0.1:
        return 4
    if dopamine > 5 or strong > 0:
        return 3
    if dopamine > 0 or float(values["dobutamine"]) > 0:
        return 2
    return 1 if float(values["mean-pressure"]) < 70 else 0


def _kidneys(values: Values) -> float:
    creatinine, urine = float(values["creatinine"]), float(values["urine-output"])
    if creatinine >= 5 or urine < 200:
        return 4
    if creatinine >= 3.5 or urine < 500:
        return 3
    return 2 if creatinine >= 2 else 1 if creatinine >= 1.2 else 0


SOFA = Score(
    name="sofa",
    title="SOFA",
    purpose="How far six organs fail, in intensive care: worst values of 24 hours.",
    version="1996",
    papers=("Vincent JL et al. Intensive Care Med 1996;22:707-710, Table 3.",
            "Ferreira FL et al. JAMA 2001;286:1754-1758."),
    inputs=(i.ARTERIAL_OXYGEN, i.INSPIRED_OXYGEN, VENTILATED, i.PLATELETS, i.BILIRUBIN,
            i.MEAN_PRESSURE, DOPAMINE, DOBUTAMINE, EPINEPHRINE, NOREPINEPHRINE, i.COMA,
            i.CREATININE, i.URINE),
    components=(
        together("Breathing", _lungs, ventilated=(), arterial_oxygen=(), inspired_oxygen=()),
        at_least("platelets", "Coagulation", (20, 50, 100, 150), (4, 3, 2, 1, 0)),
        at_least("bilirubin", "Liver", (1.2, 2, 6, 12), (0, 1, 2, 3, 4)),
        together("Circulation", _circulation, mean_pressure=(70,), dopamine=(0, 5, 15),
                 dobutamine=(0,), epinephrine=(0, 0.1), norepinephrine=(0, 0.1)),
        at_least("coma-scale", "Brain", (6, 10, 13, 15), (4, 3, 2, 1, 0)),
        together("Kidneys", _kidneys, creatinine=(1.2, 2, 3.5, 5), urine_output=(200, 500)),
    ),
    bands=tuple(
        Band(floor, label, f"death in hospital {share} % by the first score", "Ferreira 2001")
        for floor, label, share in (
            (0, "0 or 1", "0"), (2, "2 or 3", "6.4"), (4, "4 or 5", "20.2"), (6, "6 or 7", "21.5"),
            (8, "8 or 9", "33.3"), (10, "10 or 11", "50.0"), (12, "12 or more", "95.2"),
        )
    ),
    cautions=("Catecholamines in micrograms per kg and minute, given for at least an hour.",),
    time_critical=True,
)  # fmt: skip

SCORES = (NEWS2, QSOFA, SIRS, SOFA)
