"""What comes later: LACE, HOSPITAL, Charlson; and sore throats, by Centor and McIsaac."""

from wardround.capabilities.risk import inputs as i
from wardround.capabilities.risk.score import (
    Band,
    Input,
    Score,
    above,
    absent,
    at_least,
    chosen,
    flag,
)


def _count(name: str, label: str, high: float) -> Input:
    return i.measured(name, label, "1", (0, high))


STAY = i.measured("days-in-hospital", "Days in hospital", "d", (0, 1000))
LACE = Score(
    name="lace",
    title="LACE index",
    purpose="Risk of death or unplanned readmission within 30 days of discharge.",
    version="2010",
    papers=("van Walraven C et al. CMAJ 2010;182:551-557, Table 3.",),
    inputs=(STAY, i.yes_no("urgent-admission", "Admitted urgently"),
            _count("lace-comorbidity", "Comorbidity points by LACE's own weights", 60),
            _count("emergency-visits", "Emergency visits in the 6 months before", 500)),
    components=(
        at_least("days-in-hospital", "Length of stay", (1, 2, 3, 4, 7, 14), (0, 1, 2, 3, 4, 5, 7)),
        flag("urgent-admission", "Acute admission", 3),
        at_least("lace-comorbidity", "Comorbidity", (1, 2, 3, 4), (0, 1, 2, 3, 5)),
        at_least("emergency-visits", "Emergency visits", (1, 2, 3, 4), (0, 1, 2, 3, 4)),
    ),
    bands=(
        Band(0, "low", "2.0 % expected at 0 points", "van Walraven 2010"),
        Band(5, "moderate"),
        Band(10, "high", "43.7 % expected at 19 points", "van Walraven 2010"),
    ),
)  # fmt: skip

HOSPITAL = Score(
    name="hospital",
    title="HOSPITAL score",
    purpose="Risk of a readmission within 30 days that could have been avoided.",
    version="2016",
    papers=("Donzé J et al. JAMA Intern Med 2013;173:632-638.",
            "Donzé JD et al. JAMA Intern Med 2016;176:496-502, Table 1."),
    inputs=(i.HEMOGLOBIN, i.yes_no("oncology", "Discharged from oncology"), i.SODIUM,
            i.yes_no("procedure", "Had a procedure in hospital"),
            i.yes_no("urgent-admission", "Admitted urgently"),
            _count("admissions", "Admissions in the year before", 365), STAY),
    components=(
        at_least("hemoglobin", "Hemoglobin below 12 g/dL", (12,), (1, 0)),
        flag("oncology", "Discharged from oncology", 2),
        at_least("sodium", "Sodium below 135 mmol/L", (135,), (1, 0)),
        flag("procedure", "Procedure", 1),
        flag("urgent-admission", "Urgent admission", 1),
        at_least("admissions", "Admissions in the year before", (2, 6), (0, 2, 5)),
        at_least("days-in-hospital", "Five days or more", (5,), (0, 2)),
    ),
    bands=(
        Band(0, "low", "5.8 % readmitted, avoidably", "Donzé 2016"),
        Band(5, "intermediate", "11.9 % readmitted, avoidably", "Donzé 2016"),
        Band(7, "high", "22.8 % readmitted, avoidably", "Donzé 2016"),
    ),
    cautions=("The paper of 2013 gave 2 points to 1 to 5 admissions; 2016, used here, to 2 to 5.",),
)  # fmt: skip

_ILLS = (
    ("infarction", "Myocardial infarction", 1, i.snomed("22298006", "Myocardial infarction")),
    ("heart-failure", "Heart failure", 1, i.snomed("84114007", "Heart failure")),
    ("peripheral-vascular", "Peripheral vascular disease", 1,
     i.snomed("400047006", "Peripheral vascular disease")),
    ("cerebrovascular", "Cerebrovascular disease", 1,
     i.snomed("62914000", "Cerebrovascular disease")),
    ("dementia", "Dementia", 1, i.snomed("52448006", "Dementia")),
    ("chronic-lung", "Chronic lung disease", 1,
     i.snomed("13645005", "Chronic obstructive pulmonary disease")),
    ("connective-tissue", "Connective tissue disease", 1,
     i.snomed("105969002", "Disorder of connective tissue")),
    ("peptic-ulcer", "Peptic ulcer", 1, i.snomed("13200003", "Peptic ulcer")),
    ("hemiplegia", "Hemiplegia", 2, i.snomed("50582007", "Hemiplegia")),
    ("kidney-moderate", "Moderate or severe kidney disease", 2,
     i.snomed("709044004", "Chronic kidney disease")),
    ("leukemia", "Leukemia", 2, i.snomed("93143009", "Leukemia")),
    ("lymphoma", "Lymphoma", 2, i.snomed("118600007", "Malignant lymphoma")),
    ("aids", "AIDS", 6, i.snomed("62479008", "Acquired immune deficiency syndrome")),
)  # fmt: skip

CHARLSON = Score(
    name="charlson",
    title="Charlson comorbidity index, with age",
    purpose="How illnesses at the same time bear on survival.",
    version="1987 weights, age points of 1994",
    papers=("Charlson ME et al. J Chronic Dis 1987;40:373-383, Table 3.",
            "Charlson M et al. J Clin Epidemiol 1994;47:1245-1251."),
    inputs=(
        i.AGE, *(i.yes_no(name, label, code) for name, label, _, code in _ILLS),
        i.choice("liver", "Liver disease", none="none", mild="mild", severe="moderate or severe"),
        i.choice("diabetes-stage", "Diabetes", none="none, or diet only", plain="no organ damaged",
                 damage="with end-organ damage"),
        i.choice("tumor", "Solid tumor", none="none", localized="localized",
                 metastatic="metastatic"),
    ),
    components=(
        at_least("age", "Age 50, 60, 70, 80", (50, 60, 70, 80), (0, 1, 2, 3, 4)),
        *(flag(name, label, points) for name, label, points, _ in _ILLS),
        chosen("liver", "Liver disease", {"none": 0, "mild": 1, "severe": 3}),
        chosen("diabetes-stage", "Diabetes", {"none": 0, "plain": 1, "damage": 2}),
        chosen("tumor", "Solid tumor", {"none": 0, "localized": 2, "metastatic": 6}),
    ),
    bands=tuple(
        Band(points, f"{points} points" if points < 6 else "6 points or more",
             f"{share} % expected to live 10 years", "Charlson 1987")
        for points, share in enumerate(("98", "96", "90", "77", "53", "21", "2 or fewer"))
    ),
    cautions=("Weights of 1987: treatment of AIDS, ulcers and leukemia has changed much since.",),
)  # fmt: skip

MCISAAC = Score(
    name="mcisaac",
    title="Centor score, as modified by McIsaac",
    purpose="How likely a sore throat is of group A streptococci.",
    version="1998",
    papers=("Centor RM et al. Med Decis Making 1981;1:239-246.",
            "McIsaac WJ et al. CMAJ 1998;158:75-83, Table 4.",
            "Choby BA. Am Fam Physician 2009;79:383-390, Table 2."),
    inputs=(i.AGE, i.TEMPERATURE,
            i.yes_no("cough", "Cough", i.snomed("49727002", "Cough"), valid=i.DAY),
            i.yes_no("tender-nodes", "Tender anterior cervical nodes", valid=i.DAY),
            i.yes_no("tonsils", "Tonsils swollen or with exudate", valid=i.DAY)),
    ages=(3, 120),
    components=(
        at_least("age", "Age below 15, 45 or more", (15, 45), (1, 0, -1)),
        above("temperature", "Temperature above 38", (38,), (0, 1)),
        absent("cough", "No cough", 1),
        flag("tender-nodes", "Tender anterior cervical nodes", 1),
        flag("tonsils", "Tonsils swollen or with exudate", 1),
    ),
    bands=tuple(
        Band(floor, label, f"{share} % had group A streptococci", "Choby 2009")
        for floor, label, share in (
            (-1, "0 or less", "1 to 2.5"), (1, "1", "5 to 10"), (2, "2", "11 to 17"),
            (3, "3", "28 to 35"), (4, "4 or more", "51 to 53"),
        )
    ),
)  # fmt: skip

SCORES = (LACE, HOSPITAL, CHARLSON, MCISAAC)
