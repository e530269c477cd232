"""MedCalc-Bench's cases in our names: which finding of theirs is which input of ours."""

from collections.abc import Callable, Mapping
from typing import Any

from wardround.capabilities.risk.score import Kind, Value
from wardround.capabilities.risk.units import convert

Theirs = Mapping[str, Any]
Adapt = Callable[[Theirs], dict[str, Value]]

_NAMES = {
    "sys_bp": "systolic",
    "dia_bp": "diastolic",
    "heart_rate": "heart-rate",
    "respiratory_rate": "respiratory-rate",
    "oxygen_sat": "saturation",
    "gcs": "coma-scale",
    "pao2": "arterial-oxygen",
    "partial_pressure_oxygen": "arterial-oxygen",
    "paco2": "carbon-dioxide",
    "fio2": "inspired-oxygen",
    "pH": "arterial-ph",
    "bun": "urea-nitrogen",
    "urine_output": "urine-output",
    "previous_pe": "thrombosis",
    "previous_dvt": "thrombosis",
    "dialysis_twice": "dialysis",
    "unilateral_leg_swelling": "leg-swelling",
    "hormonal_use": "estrogen",
    "recent_surgery_or_trauma": "surgery-or-trauma",
    "active_cancer": "active-cancer",
    "major_surgery_in_last_12_weeks": "bedridden-or-surgery",
    "bedridden_for_atleast_3_days": "bedridden-or-surgery",
    "localized_tenderness_on_deep_venuous_system": "tender-veins",
    "paralysis_paresis_immobilization_in_lower_extreme": "paralysis-or-cast",
    "alternative_to_dvt_diagnosis": "other-as-likely",
    "collateral_superficial_veins": "collateral-veins",
    "pitting_edema_on_symptomatic_leg": "pitting-edema",
    "clinical_dvt": "thrombosis-signs",
    "pe_number_one": "embolism-first",
    "neoplastic_disease": "cancer",
    "liver_disease": "liver-disease",
    "renal_disease": "kidney-disease",
    "cerebrovascular_disease": "cerebrovascular",
    "altered_mental_status": "altered-mental-status",
    "nursing_home_resident": "nursing-home",
    "hypertension": "uncontrolled-pressure",
    "liver_disease_has_bled": "liver-failing",
    "renal_disease_has_bled": "kidney-failing",
    "prior_bleeding": "bleeding",
    "stroke": "earlier-stroke",
    "labile_inr": "labile-inr",
    "medications_for_bleeding": "bleeding-drugs",
    "connective_tissue_disease": "connective-tissue",
    "peptic_ucler_disease": "peptic-ulcer",
    "cpd": "chronic-lung",
    "moderate_to_severe_ckd": "kidney-moderate",
    "cva": "cerebrovascular",
    "tia": "cerebrovascular",
    "pneumonia": "recent-lung-disease",
    "hip_pelvis_leg_fracture": "leg-fracture",
    "varicose_veins": "varicose-veins",
    "current_swollen_legs": "swollen-legs",
    "current_central_venuous": "central-line",
    "family_history_thrombosis": "family-thrombosis",
    "inflammatory_bowel_disease": "bowel-inflammation",
    "acute_myocardial_infarction": "recent-infarction",
    "malignancy": "any-cancer",
    "wbc": "leukocytes",
    "platelet_count": "platelets",
    "mechanical_ventilation": "ventilated",
    "cpap": "ventilated",
    "exudate": "tonsils",
}
_DEGREES = {"degrees celsius": "Cel", "degrees fahrenheit": "[degF]"}
_PER_LITER = 1000.0  # their counts are per microliter, ours in billions per liter


def _adapted(theirs: Theirs) -> dict[str, Value]:
    """Return their findings in our names; two of theirs that are one of ours are joined by "or"."""
    values: dict[str, Value] = {}
    for key, found in theirs.items():
        name = _NAMES.get(key, key)
        value = found[0] if isinstance(found, list) else found
        if key == "sex":
            value = str(value).lower()
        elif isinstance(value, bool):
            value = value or bool(values.get(name, False))
        elif key == "temperature":
            value = convert(value, _DEGREES[found[1]], "Cel")
        elif key in {"wbc", "platelet_count"}:
            value /= _PER_LITER
        values[name] = value
    return values


def _with(score: str, **given: Value) -> Adapt:
    """Return an adapter that takes what a note does not tell for absent, as their authors do."""

    def adapt(theirs: Theirs) -> dict[str, Value]:
        from wardround.capabilities.risk.scores import SCORES

        asked = {found.name: found for found in SCORES[score].inputs}
        absent: dict[str, Value] = {n: False for n, a in asked.items() if a.kind is Kind.YES_NO}
        filled = {name.replace("_", "-"): value for name, value in given.items()}
        values = {**absent, **filled, **_adapted(theirs)}
        return {name: value for name, value in values.items() if name in asked}

    return adapt


def _curb(theirs: Theirs) -> dict[str, Value]:
    urea = convert(theirs["bun"][0], "mg/dL", "mmol/L", "urea-nitrogen")
    return {**_with("curb-65")(theirs), "urea": urea}


def _sofa(theirs: Theirs) -> dict[str, Value]:
    systolic, diastolic = theirs["sys_bp"][0], theirs["dia_bp"][0]
    none = _with("sofa", dopamine=0.0, dobutamine=0.0, epinephrine=0.0, norepinephrine=0.0)
    return {**none(theirs), "mean-pressure": (systolic + 2 * diastolic) / 3}


def _charlson(theirs: Theirs) -> dict[str, Value]:
    none = _with("charlson", liver="none", diabetes_stage="none", tumor="none")
    return none({key: found for key, found in theirs.items() if key != "diabetes_mellitus"})


def _heart(theirs: Theirs) -> dict[str, Value]:
    history = {"Slightly": "slight", "Moderately": "moderate", "Highly": "high"}
    factors = sum(found is True for found in theirs.values())
    return {
        "age": theirs["age"][0],
        "history": history[theirs["history"].split()[0]],
        "ecg": "normal",
        "risk-factors": "none" if factors == 0 else "some" if factors < 3 else "many",
        "troponin-ratio": 0.5,
    }


def _bleeding(theirs: Theirs) -> dict[str, Value]:
    return {**_with("has-bled")(theirs), "alcohol": theirs["alcoholic_drinks"] >= 8}


def _caprini(theirs: Theirs) -> dict[str, Value]:
    confined = theirs["mobility"] == "confined to bed >72 hours"
    given = _with("caprini", surgery="none")(theirs)
    return {**given, "mobility": "confined" if confined else "normal"}


def _clearance(theirs: Theirs) -> dict[str, Value]:
    """Their weight is adjusted: ideal (Devine) and two fifths of what is above it.

    Each step is rounded to five decimals, as they print it.
    """
    values = _with("cockcroft-gault")(theirs)
    weight, height, male = theirs["weight"][0], theirs["height"][0], theirs["sex"] == "Male"
    inches = round(height * 0.393701, 5)
    ideal = round((50 if male else 45.5) + 2.3 * (inches - 60), 5)
    return {**values, "weight": min(weight, round(ideal + 0.4 * (weight - ideal), 5))}


CASES: dict[str, tuple[str, int, Adapt]] = {
    "2": ("cockcroft-gault", 5, _clearance),
    "8": ("wells-pe", 1, _with("wells-pe")),
    "16": ("wells-dvt", 0, _with("wells-dvt")),
    "18": ("heart", 0, _heart),
    "19": ("fib-4", 5, _with("fib-4")),
    "20": ("mcisaac", 0, _with("mcisaac")),
    "23": ("meld-na", 0, _with("meld-na", age=63.0)),
    "25": ("has-bled", 0, _bleeding),
    "29": ("psi", 0, _with("psi")),
    "32": ("charlson", 0, _charlson),
    "36": ("caprini", 0, _caprini),
    "43": ("sofa", 0, _sofa),
    "45": ("curb-65", 0, _curb),
    "48": ("perc", 0, _with("perc")),
    "51": ("sirs", 0, _with("sirs", band_forms=0.0)),
}
"""Their calculator's number: our score, the decimals they print, and how their case is read."""
