"""What a spec asks of a chart or a person, in the words that scores ask in."""

from functools import lru_cache

from wardround.capabilities.risk.score import Code, Input, Kind
from wardround.capabilities.risk.units import convert
from wardround.engines import tabular
from wardround.kernel import InvalidInput

_KINDS = {"number": Kind.QUANTITY, "yes-no": Kind.YES_NO, "category": Kind.CHOICE}
_OF_PATIENT = {"age": Kind.AGE, "sex": Kind.SEX}


@lru_cache(maxsize=64)
def inputs_of(spec: tabular.Spec) -> tuple[Input, ...]:
    """Return the inputs that a model reads, by their columns."""
    return tuple(_input(item) for item in spec.inputs)


def check_spec_units(spec: tabular.Spec) -> None:
    """Raise ``InvalidInput`` for a unit that is none of UCUM: no chart could be read in it."""
    for place, item in enumerate(spec.inputs):
        if item.kind != "number" or item.unit == "1":
            continue
        try:
            convert(1.0, item.unit + ".1", item.unit, item.analyte)
        except InvalidInput:
            raise InvalidInput(
                f"{item.unit!r} is no unit of UCUM.",
                where=f"inputs.{place} ({item.column})",
                mend="See https://ucum.org for how units are written; 1 where there is none.",
            ) from None


def _input(item: tabular.Input) -> Input:
    return Input(
        name=item.column,
        label=item.meaning[:1].upper() + item.meaning[1:],
        kind=_OF_PATIENT.get(item.chart, _KINDS[item.kind]),
        codes=tuple(Code(*tabular.coding(code), item.meaning) for code in item.codes),
        unit=item.unit if item.kind == "number" else "",
        analyte=item.analyte,
        low=0.0 if item.low is None else item.low,
        high=float("inf") if item.high is None else item.high,
        valid=None if item.valid is None else tabular.span(item.valid),
        choices=tuple((name, name) for name in item.categories),
    )
