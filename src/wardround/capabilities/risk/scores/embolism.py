"""Clots in veins: Wells for thrombosis and for embolism, PERC, Caprini."""

from collections.abc import Iterable

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import (
    Band,
    Input,
    Score,
    above,
    at_least,
    chosen,
    flag,
    together,
)

_Asked = tuple[str, str, float]


def _asked(rows: Iterable[_Asked]) -> tuple[Input, ...]:
    shared = {found.name: found for found in (i.THROMBOSIS, i.HEMOPTYSIS)}
    return tuple(shared.get(name) or i.yes_no(name, label, valid=i.DAY) for name, label, _ in rows)


_DVT: tuple[_Asked, ...] = (
    ("active-cancer", "Cancer treated within 6 months, or palliative", 1),
    ("paralysis-or-cast", "Paralysis, paresis or recent cast of a leg", 1),
    ("bedridden-or-surgery", "In bed 3 days or more, or major surgery within 12 weeks", 1),
    ("tender-veins", "Tenderness along the deep veins", 1),
    ("leg-swollen", "Entire leg swollen", 1),
    ("calf-swollen", "Calf more than 3 cm thicker than the other", 1),
    ("pitting-edema", "Pitting edema of that leg only", 1),
    ("collateral-veins", "Collateral superficial veins", 1),
    ("earlier-thrombosis", "Earlier documented deep vein thrombosis", 1),
    ("other-as-likely", "Another diagnosis at least as likely", -2),
)

WELLS_DVT = Score(
    name="wells-dvt",
    title="Wells score for deep vein thrombosis",
    purpose="How likely a deep vein thrombosis is, before a D-dimer or ultrasound.",
    version="2003",
    papers=("Wells PS et al. N Engl J Med 2003;349:1227-1235, Table 1.",),
    inputs=_asked(_DVT),
    components=tuple(flag(*row) for row in _DVT),
    bands=(
        Band(-2, "unlikely", "5.5 % had a thrombosis", "Wells 2003"),
        Band(2, "likely", "27.9 % had a thrombosis", "Wells 2003"),
    ),
)

_PE: tuple[_Asked, ...] = (
    ("thrombosis-signs", "Signs of deep vein thrombosis", 3),
    ("embolism-first", "Another diagnosis is less likely than embolism", 3),
    ("immobile-or-surgery", "Immobile 3 days, or surgery within 4 weeks", 1.5),
    ("thrombosis", "Earlier thrombosis or embolism", 1.5),
    ("hemoptysis", "Hemoptysis", 1),
    ("active-cancer", "Cancer treated within 6 months, or palliative", 1),
)

WELLS_PE = Score(
    name="wells-pe",
    title="Wells score for pulmonary embolism",
    purpose="How likely a pulmonary embolism is, before a D-dimer or imaging.",
    version="2000",
    papers=("Wells PS et al. Thromb Haemost 2000;83:416-420, Table 2.",
            "van Belle A et al. (Christopher). JAMA 2006;295:172-179."),
    inputs=(i.HEART_RATE, *_asked(_PE)),
    components=(above("heart-rate", "Pulse above 100", (100,), (0, 1.5)),
                *(flag(*row) for row in _PE)),
    decimals=1,
    bands=(
        Band(0, "unlikely (4 or less)", "12.1 % had an embolism", "van Belle 2006"),
        Band(4, "likely (above 4)", "37.1 % had an embolism", "van Belle 2006", above=True),
    ),
)  # fmt: skip

_PERC: tuple[_Asked, ...] = (
    ("leg-swelling", "One leg swollen", 1),
    ("hemoptysis", "Hemoptysis", 1),
    ("surgery-or-trauma", "Surgery or trauma within 4 weeks", 1),
    ("thrombosis", "Earlier thrombosis or embolism", 1),
    ("estrogen", "Takes estrogen", 1),
)

PERC = Score(
    name="perc",
    title="PERC rule",
    purpose="Who needs no test for pulmonary embolism, when it is already held unlikely (< 15 %).",
    version="2004",
    papers=("Kline JA et al. J Thromb Haemost 2004;2:1247-1255.",
            "Kline JA et al. J Thromb Haemost 2008;6:772-780."),
    inputs=(i.AGE, i.HEART_RATE, i.SATURATION, *_asked(_PERC)),
    components=(
        at_least("age", "Age 50 or more", (50,), (0, 1)),
        at_least("heart-rate", "Pulse 100 or more", (100,), (0, 1)),
        at_least("saturation", "Saturation on air below 95 %", (95,), (1, 0)),
        *(flag(*row) for row in _PERC),
    ),
    unit="{criteria}",
    bands=(
        Band(0, "none met", "1.0 % had a clot within 45 days, where held unlikely", "Kline 2008"),
        Band(1, "at least one met: the rule does not exclude embolism"),
    ),
    cautions=("Only where a clinician already holds embolism unlikely.",),
)  # fmt: skip

SURGERY = i.choice("surgery", "Surgery", i.MONTH, none="none", minor="minor",
                   major="major, open or laparoscopic, over 45 minutes, or arthroscopic",
                   arthroplasty="elective arthroplasty of hip or knee")  # fmt: skip
MOBILITY = i.choice("mobility", "Mobility", i.DAY, normal="normal",
                    bed_rest="medical patient in bed",
                    confined="confined to bed over 72 hours")  # fmt: skip
_CAPRINI: tuple[_Asked, ...] = (
    ("recent-major-surgery", "Major surgery within a month", 1),
    ("varicose-veins", "Varicose veins", 1),
    ("bowel-inflammation", "Inflammatory bowel disease", 1),
    ("swollen-legs", "Swollen legs now", 1),
    ("recent-infarction", "Acute myocardial infarction", 1),
    ("recent-heart-failure", "Heart failure within a month", 1),
    ("recent-sepsis", "Sepsis within a month", 1),
    ("recent-lung-disease", "Serious lung disease or pneumonia within a month", 1),
    ("copd", "Abnormal lung function (COPD)", 1),
    ("hormones", "Contraceptives or hormone replacement", 1),
    ("pregnancy", "Pregnant, or gave birth within a month", 1),
    ("pregnancy-loss", "Unexplained or repeated pregnancy loss, toxemia or small child", 1),
    ("any-cancer", "Cancer, now or earlier", 2),
    ("cast", "Plaster cast within a month", 2),
    ("central-line", "Central venous line", 2),
    ("thrombosis", "Earlier thrombosis or embolism", 3),
    ("family-thrombosis", "Thrombosis in the family", 3),
    ("factor-v", "Factor V Leiden", 3),
    ("prothrombin", "Prothrombin 20210A", 3),
    ("homocysteine", "Raised homocysteine", 3),
    ("lupus-anticoagulant", "Lupus anticoagulant", 3),
    ("anticardiolipin", "Anticardiolipin antibodies", 3),
    ("heparin-thrombocytopenia", "Thrombocytopenia by heparin", 3),
    ("other-thrombophilia", "Other thrombophilia", 3),
    ("recent-stroke", "Stroke within a month", 5),
    ("leg-fracture", "Fracture of hip, pelvis or leg within a month", 5),
    ("spinal-injury", "Spinal cord injury with paralysis within a month", 5),
    ("multiple-trauma", "Multiple trauma within a month", 5),
)

CAPRINI = Score(
    name="caprini",
    title="Caprini score",
    purpose="Risk of a clot in surgical patients.",
    version="2005",
    papers=("Caprini JA. Dis Mon 2005;51:70-78, Figure 1.",
            "Gould MK et al. Chest 2012;141(2 Suppl):e227S-e277S."),
    inputs=(i.AGE, i.BODY_MASS, SURGERY, MOBILITY, *_asked(_CAPRINI)),
    components=(
        together("Age 41 to 60, 61 to 74, 75 or more",
                 lambda v: 3 if float(v["age"]) >= 75 else 2 if float(v["age"]) >= 61
                 else 1 if float(v["age"]) >= 41 else 0, age=(41, 61, 75)),
        above("bmi", "Body mass index above 25", (25,), (0, 1)),
        chosen("surgery", "Surgery", {"none": 0, "minor": 1, "major": 2, "arthroplasty": 5}),
        chosen("mobility", "Mobility", {"normal": 0, "bed-rest": 1, "confined": 2}),
        *(flag(*row) for row in _CAPRINI),
    ),
    bands=(
        Band(0, "very low", "below 0.5 % without prophylaxis", "Gould 2012"),
        Band(1, "low", "about 1.5 % without prophylaxis", "Gould 2012"),
        Band(3, "moderate", "about 3 % without prophylaxis", "Gould 2012"),
        Band(5, "high", "about 6 % without prophylaxis", "Gould 2012"),
    ),
)  # fmt: skip

SCORES = (WELLS_DVT, WELLS_PE, PERC, CAPRINI)
