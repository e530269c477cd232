"""The inputs that scores share: codes, units, and the limits of the possible and the usual.

Codes are those by which charts hold them; a test recomputes the check digit of each (LOINC: modulus
10; SNOMED CT: Verhoeff). Limits are wide: they catch what was mistyped, not what is ill.
"""

import tomllib
from datetime import timedelta
from functools import cache
from importlib.resources import files

from wardround.capabilities.risk.score import ICD10, LOINC, SNOMED, Code, Input, Kind

HOURS, DAY, MONTH, YEAR = (timedelta(hours=12), timedelta(days=1), timedelta(30), timedelta(365))


def loinc(code: str, display: str) -> Code:
    """Return a code of LOINC."""
    return Code(LOINC, code, display)


def snomed(code: str, display: str) -> Code:
    """Return a code of SNOMED CT."""
    return Code(SNOMED, code, display)


def yes_no(name: str, label: str, *codes: Code, valid: timedelta | None = None) -> Input:
    """Return a question that is answered yes or no; by default a history, which does not age."""
    known = tuple(dict.fromkeys((*codes, *diagnoses(name))))
    return Input(name=name, label=label, kind=Kind.YES_NO, codes=known, valid=valid)


def diagnoses(name: str) -> tuple[Code, ...]:
    """Return the codes of problem lists by which an input is a yes, from ``diagnoses.toml``."""
    listed = _diagnoses().get(name, {})
    return (
        *(Code(SNOMED, code, "") for code in listed.get("snomed", ())),
        *(Code(ICD10, code, "") for code in listed.get("icd10", ())),
    )


@cache
def _diagnoses() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files(__package__).joinpath("diagnoses.toml").read_text("utf-8"))


def choice(name: str, label: str, valid: timedelta | None = None, **choices: str) -> Input:
    """Return a question with named answers; an underscore stands for a hyphen."""
    options = tuple((code.replace("_", "-"), says) for code, says in choices.items())
    return Input(name=name, label=label, kind=Kind.CHOICE, choices=options, valid=valid)


def measured(
    name: str,
    label: str,
    unit: str,
    possible: tuple[float, float],
    *codes: Code,
    usual: tuple[float, float] | None = None,
    analyte: str | None = None,
    valid: timedelta = DAY,
) -> Input:
    """Return a measurement; by default one of the last day."""
    low, high = possible
    return Input(
        name=name,
        label=label,
        unit=unit,
        low=low,
        high=high,
        codes=codes,
        usual=usual,
        analyte=analyte,
        valid=valid,
    )


AGE = Input(name="age", label="Age", kind=Kind.AGE, unit="a", high=120)
SEX = Input(
    name="sex", label="Sex", kind=Kind.SEX, choices=(("female", "female"), ("male", "male"))
)
PREGNANT = yes_no("pregnant", "Pregnant", snomed("77386006", "Pregnancy"), valid=MONTH)

RESPIRATIONS = measured(
    "respiratory-rate", "Respiratory rate", "/min", (0, 90),
    loinc("9279-1", "Respiratory rate"), usual=(6, 45), valid=HOURS,
)  # fmt: skip
SATURATION = measured(
    "saturation", "Oxygen saturation", "%", (20, 100),
    loinc("59408-5", "Oxygen saturation in Arterial blood by Pulse oximetry"),
    loinc("2708-6", "Oxygen saturation in Arterial blood"), usual=(70, 100), valid=HOURS,
)  # fmt: skip
TEMPERATURE = measured(
    "temperature", "Temperature", "Cel", (20, 45),
    loinc("8310-5", "Body temperature"), usual=(32, 41.5), valid=HOURS,
)  # fmt: skip
HEART_RATE = measured(
    "heart-rate", "Heart rate", "/min", (0, 350),
    loinc("8867-4", "Heart rate"), usual=(30, 220), valid=HOURS,
)  # fmt: skip
SYSTOLIC = measured(
    "systolic", "Systolic blood pressure", "mm[Hg]", (20, 320),
    loinc("8480-6", "Systolic blood pressure"), usual=(60, 250), valid=HOURS,
)  # fmt: skip
DIASTOLIC = measured(
    "diastolic", "Diastolic blood pressure", "mm[Hg]", (10, 220),
    loinc("8462-4", "Diastolic blood pressure"), usual=(30, 140), valid=HOURS,
)  # fmt: skip
MEAN_PRESSURE = measured(
    "mean-pressure", "Mean arterial pressure", "mm[Hg]", (10, 250),
    loinc("8478-0", "Mean blood pressure"), usual=(40, 160),
)  # fmt: skip
COMA = measured(
    "coma-scale",
    "Glasgow Coma Scale",
    "{score}",
    (3, 15),
    loinc("9269-2", "Glasgow coma score total"),
)
CREATININE = measured(
    "creatinine", "Creatinine", "mg/dL", (0.1, 30),
    loinc("2160-0", "Creatinine [Mass/volume] in Serum or Plasma"),
    loinc("14682-9", "Creatinine [Moles/volume] in Serum or Plasma"),
    loinc("38483-4", "Creatinine [Mass/volume] in Blood"),
    usual=(0.3, 15), analyte="creatinine",
)  # fmt: skip
CYSTATIN = measured(
    "cystatin-c", "Cystatin C", "mg/L", (0.1, 12),
    loinc("33863-2", "Cystatin C [Mass/volume] in Serum or Plasma"), valid=MONTH,
)  # fmt: skip
BILIRUBIN = measured(
    "bilirubin", "Bilirubin, total", "mg/dL", (0, 80),
    loinc("1975-2", "Bilirubin.total [Mass/volume] in Serum or Plasma"),
    loinc("14631-6", "Bilirubin.total [Moles/volume] in Serum or Plasma"),
    usual=(0.1, 50), analyte="bilirubin",
)  # fmt: skip
INR = measured(
    "inr", "INR", "1", (0.5, 20),
    loinc("6301-6", "INR in Platelet poor plasma by Coagulation assay"), usual=(0.8, 10),
)  # fmt: skip
SODIUM = measured(
    "sodium", "Sodium", "mmol/L", (90, 200),
    loinc("2951-2", "Sodium [Moles/volume] in Serum or Plasma"),
    loinc("2947-0", "Sodium [Moles/volume] in Blood"), usual=(115, 165), analyte="sodium",
)  # fmt: skip
ALBUMIN = measured(
    "albumin", "Albumin", "g/dL", (0.3, 8),
    loinc("1751-7", "Albumin [Mass/volume] in Serum or Plasma"), usual=(1, 6), analyte="albumin",
)  # fmt: skip
PLATELETS = measured(
    "platelets", "Platelets", "10*9/L", (0, 3000),
    loinc("777-3", "Platelets [#/volume] in Blood by Automated count"), usual=(5, 1500),
)  # fmt: skip
AST = measured(
    "ast", "AST", "U/L", (1, 30000),
    loinc("1920-8", "Aspartate aminotransferase [Enzymatic activity/volume] in Serum or Plasma"),
    valid=MONTH,
)  # fmt: skip
ALT = measured(
    "alt", "ALT", "U/L", (1, 30000),
    loinc("1742-6", "Alanine aminotransferase [Enzymatic activity/volume] in Serum or Plasma"),
    valid=MONTH,
)  # fmt: skip
UREA = measured(
    "urea", "Urea (or urea nitrogen)", "mmol/L", (0.1, 110),
    loinc("3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma"),
    loinc("22664-7", "Urea [Moles/volume] in Serum or Plasma"),
    loinc("6299-2", "Urea nitrogen [Mass/volume] in Blood"),
    usual=(0.7, 70), analyte="urea-nitrogen",
)  # fmt: skip
UREA_NITROGEN = measured(
    "urea-nitrogen", "Urea nitrogen", "mg/dL", (0.3, 300),
    loinc("3094-0", "Urea nitrogen [Mass/volume] in Serum or Plasma"),
    loinc("22664-7", "Urea [Moles/volume] in Serum or Plasma"),
    loinc("6299-2", "Urea nitrogen [Mass/volume] in Blood"),
    usual=(2, 200), analyte="urea-nitrogen",
)  # fmt: skip
GLUCOSE = measured(
    "glucose", "Glucose", "mg/dL", (5, 3000),
    loinc("2345-7", "Glucose [Mass/volume] in Serum or Plasma"),
    loinc("14749-6", "Glucose [Moles/volume] in Serum or Plasma"),
    loinc("2339-0", "Glucose [Mass/volume] in Blood"),
    usual=(30, 1200), analyte="glucose",
)  # fmt: skip
HEMATOCRIT = measured(
    "hematocrit", "Hematocrit", "%", (3, 80),
    loinc("4544-3", "Hematocrit [Volume Fraction] of Blood by Automated count"), usual=(12, 65),
)  # fmt: skip
HEMOGLOBIN = measured(
    "hemoglobin", "Hemoglobin", "g/dL", (1, 27),
    loinc("718-7", "Hemoglobin [Mass/volume] in Blood"), usual=(4, 22), analyte="hemoglobin",
)  # fmt: skip
LEUKOCYTES = measured(
    "leukocytes", "White cells", "10*9/L", (0, 1000),
    loinc("6690-2", "Leukocytes [#/volume] in Blood by Automated count"), usual=(0.2, 200),
)  # fmt: skip
ARTERIAL_PH = measured(
    "arterial-ph", "Arterial pH", "[pH]", (6.3, 8), loinc("2744-1", "pH of Arterial blood"),
    usual=(6.8, 7.8),
)  # fmt: skip
ARTERIAL_OXYGEN = measured(
    "arterial-oxygen", "Arterial oxygen pressure", "mm[Hg]", (10, 760),
    loinc("2703-7", "Oxygen [Partial pressure] in Arterial blood"),
)  # fmt: skip
CARBON_DIOXIDE = measured(
    "carbon-dioxide", "Arterial carbon dioxide pressure", "mm[Hg]", (5, 200),
    loinc("2019-8", "Carbon dioxide [Partial pressure] in Arterial blood"),
)  # fmt: skip
INSPIRED_OXYGEN = measured(
    "inspired-oxygen", "Inspired oxygen", "%", (21, 100),
    loinc("3150-0", "Inhaled oxygen concentration"),
)  # fmt: skip
URINE = measured(
    "urine-output", "Urine in 24 hours", "mL/d", (0, 30000), loinc("9192-6", "Urine output 24 hour")
)
WEIGHT = measured(
    "weight",
    "Weight",
    "kg",
    (20, 500),
    loinc("29463-7", "Body weight"),
    usual=(30, 300),
    valid=MONTH,
)
BODY_MASS = measured(
    "bmi", "Body mass index", "kg/m2", (8, 120),
    loinc("39156-5", "Body mass index (BMI) [Ratio]"), usual=(14, 70), valid=YEAR,
)  # fmt: skip
CHOLESTEROL = measured(
    "cholesterol", "Total cholesterol", "mg/dL", (20, 2000),
    loinc("2093-3", "Cholesterol [Mass/volume] in Serum or Plasma"),
    analyte="cholesterol", valid=2 * YEAR,
).fitting(130, 320)  # fmt: skip
HDL = measured(
    "hdl", "HDL cholesterol", "mg/dL", (1, 250),
    loinc("2085-9", "Cholesterol in HDL [Mass/volume] in Serum or Plasma"),
    analyte="cholesterol", valid=2 * YEAR,
).fitting(20, 100)  # fmt: skip
EGFR = measured(
    "egfr", "eGFR", "mL/min/{1.73_m2}", (1, 200),
    loinc("98979-8", "GFR/1.73 sq M predicted by Creatinine-based formula (CKD-EPI 2021)"),
    valid=YEAR,
)  # fmt: skip
HBA1C = measured(
    "hba1c", "HbA1c", "%", (2, 25), loinc("4548-4", "Hemoglobin A1c/Hemoglobin.total in Blood"),
    analyte="hba1c", valid=YEAR,
).fitting(4.5, 15)  # fmt: skip
ALBUMINURIA = measured(
    "uacr", "Urine albumin/creatinine", "mg/g", (0.1, 25000),
    loinc("9318-7", "Albumin/Creatinine [Mass Ratio] in Urine"),
    loinc("14959-1", "Microalbumin/Creatinine [Mass Ratio] in Urine"),
    analyte="albumin-creatinine", valid=YEAR,
)  # fmt: skip

HEART_FAILURE = yes_no("heart-failure", "Heart failure", snomed("84114007", "Heart failure"))
HYPERTENSION = yes_no("hypertension", "Hypertension", snomed("38341003", "Hypertensive disorder"))
DIABETES = yes_no("diabetes", "Diabetes", snomed("73211009", "Diabetes mellitus"))
STROKE = yes_no(
    "stroke", "Stroke, TIA or thromboembolism", snomed("230690007", "Cerebrovascular accident"),
    snomed("266257000", "Transient ischemic attack"),
)  # fmt: skip
VASCULAR = yes_no(
    "vascular", "Infarction, peripheral artery disease or aortic plaque",
    snomed("22298006", "Myocardial infarction"),
    snomed("400047006", "Peripheral vascular disease"),
)  # fmt: skip
CARDIOVASCULAR = yes_no(
    "cardiovascular", "Has had a heart attack, a stroke or heart failure",
    snomed("22298006", "Myocardial infarction"), snomed("230690007", "Cerebrovascular accident"),
    snomed("84114007", "Heart failure"),
)  # fmt: skip
THROMBOSIS = yes_no(
    "thrombosis", "Earlier deep vein thrombosis or pulmonary embolism",
    snomed("128053003", "Deep venous thrombosis"), snomed("59282003", "Pulmonary embolism"),
)  # fmt: skip
HEMOPTYSIS = yes_no("hemoptysis", "Hemoptysis", snomed("66857006", "Hemoptysis"), valid=DAY)
CANCER = yes_no("cancer", "Cancer", snomed("363346000", "Malignant neoplastic disease"))
CONFUSION = yes_no(
    "confusion", "New confusion", snomed("286933003", "Confusional state"),
    snomed("40917007", "Clouded consciousness"), valid=HOURS,
)  # fmt: skip
DIALYSIS = yes_no("dialysis", "Dialysis twice in the last week", valid=timedelta(7))
SMOKING = yes_no("smoking", "Smokes now", snomed("77176002", "Smoker"), valid=YEAR)
PRESSURE_TREATED = yes_no("pressure-treated", "Takes drugs for blood pressure", valid=YEAR)
STATIN = yes_no("statin", "Takes a statin", valid=YEAR)
