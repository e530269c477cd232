"""Pneumonia acquired outside hospital: CURB-65 and the Pneumonia Severity Index."""

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import (
    Band,
    Component,
    Part,
    Score,
    Values,
    above,
    at_least,
    flag,
    together,
)

CURB65 = Score(
    name="curb-65",
    title="CURB-65",
    purpose="How severe a pneumonia acquired outside hospital is.",
    version="2003",
    papers=("Lim WS et al. Thorax 2003;58:377-382, Table 4.",),
    inputs=(i.CONFUSION, i.UREA, i.RESPIRATIONS, i.SYSTOLIC, i.DIASTOLIC, i.AGE),
    components=(
        flag("confusion", "Confusion", 1),
        above("urea", "Urea above 7 mmol/L", (7,), (0, 1)),
        at_least("respiratory-rate", "Respiratory rate 30 or more", (30,), (0, 1)),
        together("Systolic below 90 or diastolic 60 or less",
                 lambda v: 1 if float(v["systolic"]) < 90 or float(v["diastolic"]) <= 60 else 0,
                 systolic=(90,), diastolic=(60,)),
        at_least("age", "Age 65 or more", (65,), (0, 1)),
    ),
    bands=tuple(
        Band(floor, label, f"death within 30 days {share} %", "Lim 2003")
        for floor, label, share in (
            (0, "low", "0.7"), (1, "low", "3.2"), (2, "intermediate", "13"), (3, "high", "17"),
            (4, "high", "41.5"), (5, "high", "57"),
        )
    ),
    time_critical=True,
)  # fmt: skip

NURSING_HOME = i.yes_no("nursing-home", "Lives in a nursing home", valid=i.MONTH)
LIVER = i.yes_no("liver-disease", "Liver disease", i.snomed("235856003", "Disorder of liver"))
CEREBROVASCULAR = i.yes_no("cerebrovascular", "Cerebrovascular disease",
                           i.snomed("62914000", "Cerebrovascular disease"))  # fmt: skip
KIDNEY = i.yes_no("kidney-disease", "Kidney disease", i.snomed("90708001", "Kidney disease"))
MENTAL = i.yes_no("altered-mental-status", "Altered mental status",
                  i.snomed("419284004", "Altered mental status"), valid=i.HOURS)  # fmt: skip
EFFUSION = i.yes_no("pleural-effusion", "Pleural effusion",
                    i.snomed("60046008", "Pleural effusion"), valid=i.DAY)  # fmt: skip
_ILLNESSES = ("cancer", "liver-disease", "heart-failure", "cerebrovascular", "kidney-disease")
_SIGNS = ("altered-mental-status", "respiratory-rate", "systolic", "temperature", "heart-rate")


def _class_one(values: Values, parts: tuple[Part, ...]) -> str | None:
    points = {part.name: part.points for part in parts}
    if float(values["age"]) <= 50 and not any(points[n] for n in (*_ILLNESSES, *_SIGNS)):
        return "Class I (50 or younger, none of the illnesses or signs): 0.1 % died in 30 days."
    return None


PSI = Score(
    name="psi",
    title="Pneumonia Severity Index (PSI/PORT)",
    purpose="Who with pneumonia acquired outside hospital is at low risk of dying.",
    version="1997",
    papers=("Fine MJ et al. N Engl J Med 1997;336:243-250, Tables 2 and 3.",),
    inputs=(i.AGE, i.SEX, NURSING_HOME, i.CANCER, LIVER, i.HEART_FAILURE, CEREBROVASCULAR, KIDNEY,
            MENTAL, i.RESPIRATIONS, i.SYSTOLIC, i.TEMPERATURE, i.HEART_RATE, i.ARTERIAL_PH,
            i.UREA_NITROGEN, i.SODIUM, i.GLUCOSE, i.HEMATOCRIT, i.ARTERIAL_OXYGEN, EFFUSION),
    components=(
        Component("age", "Age in years, women less 10", ("age", "sex"),
                  lambda v: int(v["age"]) - (10 if v["sex"] == "female" else 0)),
        flag("nursing-home", "Nursing home", 10),
        flag("cancer", "Cancer", 30),
        flag("liver-disease", "Liver disease", 20),
        flag("heart-failure", "Heart failure", 10),
        flag("cerebrovascular", "Cerebrovascular disease", 10),
        flag("kidney-disease", "Kidney disease", 10),
        flag("altered-mental-status", "Altered mental status", 20),
        at_least("respiratory-rate", "Respiratory rate 30 or more", (30,), (0, 20)),
        at_least("systolic", "Systolic pressure below 90", (90,), (20, 0)),
        at_least("temperature", "Temperature below 35, or 40 or more", (35, 40), (15, 0, 15)),
        at_least("heart-rate", "Pulse 125 or more", (125,), (0, 10)),
        at_least("arterial-ph", "Arterial pH below 7.35", (7.35,), (30, 0)),
        at_least("urea-nitrogen", "Urea nitrogen 30 mg/dL or more", (30,), (0, 20)),
        at_least("sodium", "Sodium below 130", (130,), (20, 0)),
        at_least("glucose", "Glucose 250 mg/dL or more", (250,), (0, 10)),
        at_least("hematocrit", "Hematocrit below 30 %", (30,), (10, 0)),
        at_least("arterial-oxygen", "Arterial oxygen below 60 mm Hg", (60,), (10, 0)),
        flag("pleural-effusion", "Pleural effusion", 10),
    ),
    bands=tuple(
        Band(floor, label, f"death within 30 days {share} %", "Fine 1997, PORT cohort", up)
        for floor, label, share, up in (
            (-10, "class II (70 or less)", "0.6", False), (70, "class III (71 to 90)", "0.9", True),
            (90, "class IV (91 to 130)", "9.3", True), (130, "class V (over 130)", "27.0", True),
        )
    ),
    remark=_class_one,
)  # fmt: skip

SCORES = (CURB65, PSI)
