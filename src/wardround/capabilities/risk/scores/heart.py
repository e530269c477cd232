"""Hearts: HEART, CHA2DS2-VASc, HAS-BLED and the Revised Cardiac Risk Index."""

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import Band, Score, above, at_least, chosen, flag

HEART = Score(
    name="heart",
    title="HEART score",
    purpose="Risk of a major cardiac event in six weeks, with chest pain in the emergency room.",
    version="2013",
    papers=("Six AJ et al. Neth Heart J 2008;16:191-196.",
            "Backus BE et al. Int J Cardiol 2013;168:2153-2158, Table 1."),
    inputs=(
        i.choice("history", "History", i.DAY, slight="slightly suspicious",
                 moderate="moderately suspicious", high="highly suspicious"),
        i.choice("ecg", "ECG", i.DAY, normal="normal",
                 repolarization="non-specific repolarization disturbance",
                 st_deviation="significant ST deviation"),
        i.AGE,
        i.choice("risk-factors", "Risk factors", none="none", some="1 or 2",
                 many="3 or more, or atherosclerotic disease"),
        i.measured("troponin-ratio", "Troponin as a multiple of its limit", "1", (0, 100_000)),
    ),
    components=(
        chosen("history", "History", {"slight": 0, "moderate": 1, "high": 2}),
        chosen("ecg", "ECG", {"normal": 0, "repolarization": 1, "st-deviation": 2}),
        at_least("age", "Age 45, 65", (45, 65), (0, 1, 2)),
        chosen("risk-factors", "Risk factors", {"none": 0, "some": 1, "many": 2}),
        above("troponin-ratio", "Troponin", (1, 3), (0, 1, 2)),
    ),
    bands=(
        Band(0, "low", "1.7 % had an event in 6 weeks", "Backus 2013"),
        Band(4, "moderate", "16.6 % had an event in 6 weeks", "Backus 2013"),
        Band(7, "high", "50.1 % had an event in 6 weeks", "Backus 2013"),
    ),
    time_critical=True,
)  # fmt: skip

CHA2DS2_VASC = Score(
    name="cha2ds2-vasc",
    title="CHA2DS2-VASc",
    purpose="Risk of stroke with atrial fibrillation that is not of the valves.",
    version="2010",
    papers=("Lip GYH et al. Chest 2010;137:263-272, Table 2.",
            "Friberg L et al. Eur Heart J 2012;33:1500-1510."),
    inputs=(i.HEART_FAILURE, i.HYPERTENSION, i.AGE, i.DIABETES, i.STROKE, i.VASCULAR, i.SEX),
    components=(
        flag("heart-failure", "Heart failure", 1),
        flag("hypertension", "Hypertension", 1),
        at_least("age", "Age 65, 75", (65, 75), (0, 1, 2)),
        flag("diabetes", "Diabetes", 1),
        flag("stroke", "Stroke, TIA or thromboembolism", 2),
        flag("vascular", "Vascular disease", 1),
        chosen("sex", "Female", {"female": 1, "male": 0}),
    ),
    bands=tuple(
        Band(points, f"{points} points", f"{share} ischemic strokes in 100 years, untreated",
             "Friberg 2012")
        for points, share in enumerate(
            ("0.2", "0.6", "2.2", "3.2", "4.8", "7.2", "9.7", "11.2", "10.8", "12.2"))
    ),
)  # fmt: skip

_BLEEDS = (
    ("uncontrolled-pressure", "Systolic pressure above 160 mm Hg"),
    ("kidney-failing", "Dialysis, transplant, or creatinine above 200 umol/L"),
    ("liver-failing", "Cirrhosis, or bilirubin twice and enzymes three times the limit"),
    ("earlier-stroke", "Stroke"),
    ("bleeding", "Earlier bleeding, or a tendency to bleed"),
    ("labile-inr", "Labile INR"),
    ("bleeding-drugs", "Antiplatelet or anti-inflammatory drugs"),
    ("alcohol", "Eight or more drinks a week"),
)

HAS_BLED = Score(
    name="has-bled",
    title="HAS-BLED",
    purpose="Risk of major bleeding on anticoagulants for atrial fibrillation.",
    version="2010",
    papers=("Pisters R et al. Chest 2010;138:1093-1100, Tables 2 and 5.",),
    inputs=(i.AGE, *(i.yes_no(name, label) for name, label in _BLEEDS)),
    components=(above("age", "Age above 65", (65,), (0, 1)),
                *(flag(name, label, 1) for name, label in _BLEEDS)),
    bands=tuple(
        Band(points, f"{points} points" if points < 6 else "6 points or more",
             f"{share} major bleeds in 100 patient-years" if share else None,
             "Pisters 2010" if share else None)
        for points, share in enumerate(("1.13", "1.02", "1.88", "3.74", "8.70", "12.50", None))
    ),
    cautions=("Names what can be mended; by itself no reason to withhold anticoagulants.",),
)  # fmt: skip

RCRI = Score(
    name="rcri",
    title="Revised Cardiac Risk Index",
    purpose="Risk of a major cardiac complication of surgery that is not of the heart.",
    version="1999",
    papers=("Lee TH et al. Circulation 1999;100:1043-1049, Table 3.",),
    inputs=(
        i.yes_no("high-risk-surgery", "Surgery in abdomen, thorax, or of vessels above the groin"),
        i.yes_no("ischemic-heart", "Ischemic heart disease",
                 i.snomed("414545008", "Ischemic heart disease")),
        i.HEART_FAILURE,
        i.yes_no("stroke-or-tia", "Stroke or TIA", *i.STROKE.codes),
        i.yes_no("insulin", "Diabetes treated with insulin"),
        i.CREATININE.within(i.MONTH),
    ),
    components=(
        flag("high-risk-surgery", "High-risk surgery", 1),
        flag("ischemic-heart", "Ischemic heart disease", 1),
        flag("heart-failure", "Heart failure", 1),
        flag("stroke-or-tia", "Stroke or TIA", 1),
        flag("insulin", "Insulin", 1),
        above("creatinine", "Creatinine above 2 mg/dL", (2,), (0, 1)),
    ),
    bands=(
        Band(0, "class I", "0.4 % had a major cardiac complication", "Lee 1999, validation"),
        Band(1, "class II", "0.9 % had a major cardiac complication", "Lee 1999, validation"),
        Band(2, "class III", "7 % had a major cardiac complication", "Lee 1999, validation"),
        Band(3, "class IV", "11 % had a major cardiac complication", "Lee 1999, validation"),
    ),
)  # fmt: skip

SCORES = (HEART, CHA2DS2_VASC, HAS_BLED, RCRI)
