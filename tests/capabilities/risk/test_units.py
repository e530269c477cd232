"""Units: what laboratories report becomes what formulas want."""

import pytest

from wardround.capabilities.risk import convert
from wardround.kernel import InvalidInput


@pytest.mark.requirement("RISK-05")
@pytest.mark.parametrize(
    ("value", "unit", "wanted", "analyte", "expected"),
    [
        (88.4, "umol/L", "mg/dL", "creatinine", 1.0),
        (17.1, "umol/L", "mg/dL", "bilirubin", 1.0),
        (5.55, "mmol/L", "mg/dL", "glucose", 100.0),
        (5.17, "mmol/L", "mg/dL", "cholesterol", 199.9),
        (28.0, "mg/dL", "mmol/L", "urea-nitrogen", 10.0),
        (40.0, "g/L", "g/dL", "albumin", 4.0),
        (602.0, "umol/L", "g/dL", "albumin", 4.0),
        (8.07, "mmol/L", "g/dL", "hemoglobin", 13.0),
        (140.0, "meq/L", "mmol/L", "sodium", 140.0),
        (140.0, "mEq/L", "mmol/L", "sodium", 140.0),
        (98.6, "[degF]", "Cel", None, 37.0),
        (8.0, "kPa", "mm[Hg]", None, 60.0),
        (150.0, "10*3/uL", "10*9/L", None, 150.0),
        (150000.0, "/uL", "10*9/L", None, 150.0),
        (0.4, "1", "%", None, 40.0),
        (154.0, "[lb_av]", "kg", None, 69.85),
        (48.0, "mmol/mol", "%", "hba1c", 6.54),
        (3.39, "mg/mmol", "mg/g", "albumin-creatinine", 30.0),
        (0.1, "mcg/kg/min", "ug/kg/min", None, 0.1),
        (1.2, "{INR}", "1", None, 1.2),
    ],
)
def test_a_unit_is_converted(
    value: float, unit: str, wanted: str, analyte: str | None, expected: float
) -> None:
    assert convert(value, unit, wanted, analyte) == pytest.approx(expected, rel=2e-3)


@pytest.mark.requirement("RISK-05")
@pytest.mark.parametrize(
    ("unit", "analyte"),
    [("umol/L", None), ("kg", "creatinine"), ("Cel", "creatinine"), ("meq/L", "creatinine")],
)
def test_a_unit_of_something_else_is_refused(unit: str, analyte: str | None) -> None:
    with pytest.raises(InvalidInput, match="cannot become"):
        convert(1.0, unit, "mg/dL", analyte)


@pytest.mark.requirement("RISK-05")
@pytest.mark.parametrize("unit", ["", None])
def test_no_unit_is_no_measurement(unit: str | None) -> None:
    with pytest.raises(InvalidInput, match="without a unit"):
        convert(1.0, unit, "mg/dL", "creatinine")


@pytest.mark.requirement("RISK-05")
@pytest.mark.parametrize("unit", ["mg per dl", "mgg/dL", "??"])
def test_what_is_no_unit_is_refused(unit: str) -> None:
    with pytest.raises(InvalidInput, match="no unit of UCUM"):
        convert(1.0, unit, "mg/dL", "creatinine")


@pytest.mark.parametrize(("fahrenheit", "celsius"), [(102.2, 39.0), (100.4, 38.0), (95.0, 35.0)])
def test_what_lies_on_a_cut_stays_on_it(fahrenheit: float, celsius: float) -> None:
    assert convert(fahrenheit, "[degF]", "Cel") == celsius
