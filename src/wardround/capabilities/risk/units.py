"""Units: UCUM read by ucumvert, converted by pint, and moles by the molar mass of the analyte.

The registry takes a second to load, so it is loaded when the first unit differs from the one a
formula wants. Factors are then remembered.
"""

from functools import cache
from typing import Any

from wardround.kernel import InvalidInput

MOLAR_MASS = {
    "albumin": 66_500.0,
    "bilirubin": 584.66,
    "cholesterol": 386.65,
    "creatinine": 113.12,
    "glucose": 180.16,
    "hemoglobin": 16_114.0,
    "sodium": 22.990,
    "urea-nitrogen": 28.014,
}
"""Grams in a mole, as laboratories convert: of haemoglobin the monomer, of urea its nitrogen."""

_OWN_LINES = {
    ("hba1c", "mmol/mol", "%"): (0.09148, 2.152),
    ("albumin-creatinine", "mg/mmol", "mg/g"): (1000 / 113.12, 0.0),
    ("albumin-creatinine", "g/mol", "mg/g"): (1000 / 113.12, 0.0),
    ("sodium", "meq/L", "mmol/L"): (1.0, 0.0),
}
"""What no factor of dimensions gives: IFCC to NGSP (the master equation of 2007, ngsp.org), the
moles of creatinine below a line, and the charge of an ion."""

_SPELT = {
    "mcg/kg/min": "ug/kg/min",
    "mmHg": "mm[Hg]",
    "mEq/L": "meq/L",
    "bpm": "/min",
    "{INR}": "1",
    "{score}": "1",
    "°C": "Cel",
    "°F": "[degF]",
}
"""Ways of writing that charts hold and UCUM does not know."""


def convert(value: float, unit: str | None, wanted: str, analyte: str | None = None) -> float:
    """Return the value in the wanted unit; raise ``InvalidInput`` for none, or one unlike it."""
    if unit == wanted:
        return value
    if not unit:
        raise InvalidInput(
            f"A value without a unit is no measurement; {wanted} is wanted.",
            mend="Give the unit (UCUM) that the laboratory or device reported.",
        )
    factor, offset = _line(unit, wanted, analyte)
    # 102.2 degrees Fahrenheit are 39, and not a hair more or less: a cut may lie there.
    return float(f"{value * factor + offset:.10g}")


@cache
def _line(unit: str, wanted: str, analyte: str | None) -> tuple[float, float]:
    """Return factor and offset from one unit to the other."""
    own = _OWN_LINES.get((analyte or "", _SPELT.get(unit, unit), wanted))
    if own is not None:
        return own
    nothing, one = (_converted(value, unit, wanted, analyte) for value in (0.0, 1.0))
    return one - nothing, nothing


def _converted(value: float, unit: str, wanted: str, analyte: str | None) -> float:
    """Convert by dimensions; equivalents (``meq``) are moles only where ``_OWN_LINES`` says so."""
    registry = _registry()
    source, target = _unit(unit), _unit(wanted)
    quantity = registry.Quantity(value, source)
    here, there = dict(quantity.dimensionality), dict(registry.Quantity(1, target).dimensionality)
    if analyte in MOLAR_MASS and here != there:
        mass = registry.Quantity(MOLAR_MASS[analyte], "gram / mole")
        if "[substance]" in here and "[mass]" in there:
            quantity = quantity * mass
        elif "[mass]" in here and "[substance]" in there:
            quantity = quantity / mass
    if dict(quantity.dimensionality) != there or "eq" in unit:
        raise InvalidInput(
            f"The unit {unit!r} cannot become {wanted!r}.",
            mend="Look whether the value is of another test, or its unit was mistyped.",
        )
    return float(quantity.to(target).magnitude)


def _unit(written: str) -> Any:
    spelt = _SPELT.get(written, written)
    try:
        return _registry().from_ucum(spelt).units
    except Exception as error:  # the parser raises several kinds, none of them documented
        raise InvalidInput(
            f"{written!r} is no unit of UCUM.",
            mend="See https://ucum.org for how units are written.",
        ) from error


@cache
def _registry() -> Any:
    from ucumvert import PintUcumRegistry

    return PintUcumRegistry()
