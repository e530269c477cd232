"""Write the types of R4's elements that ``privacy/fhir`` works by, from ``fhir.resources``.

Run it in the development environment: the package's R4B models are generated from the published
structure definitions. ``!`` marks an element that must be there.
"""

import json
import pkgutil
import re
from importlib import import_module
from pathlib import Path

from fhir.resources import R4B
from pydantic import BaseModel

OUT = Path(__file__).parents[1] / "src/wardround/privacy/fhir/elements.json"

PLAIN = {"bool": "boolean", "int": "integer", "Decimal": "decimal", "float": "decimal"}


def main() -> None:
    types: dict[str, dict[str, str]] = {}
    for module in pkgutil.iter_modules(R4B.__path__):
        for model in vars(import_module(f"fhir.resources.R4B.{module.name}")).values():
            if isinstance(model, type) and issubclass(model, BaseModel):
                types[model.__name__] = _elements(model)
    lines = ",\n".join(
        f"{json.dumps(name)}: {json.dumps(elements)}"
        for name, elements in sorted(types.items())
        if elements
    )
    OUT.write_text(f"{{\n{lines}\n}}\n", "utf-8")


def _elements(model: type[BaseModel]) -> dict[str, str]:
    elements = {}
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra if isinstance(field.json_schema_extra, dict) else {}
        if name.endswith("__ext") or not extra.get("element_property"):
            continue
        required = "!" if extra.get("element_required") else ""
        elements[field.alias or name] = _type(str(field.annotation), str(field.metadata)) + required
    return elements


def _type(annotation: str, metadata: str) -> str:
    complex_ = re.search(r"\b(\w+)Type\b", annotation)
    if complex_:
        return complex_[1]
    primitive = re.search(r"Annotated\[[^\[\]]*, (\w+)\(", annotation) or re.search(
        r"(\w+)\(\)", metadata
    )
    if primitive:
        return primitive[1][0].lower() + primitive[1][1:]
    plain = re.search(r"\b(bool|int|Decimal|float)\b", annotation)
    return PLAIN[plain[1]] if plain else "string"


if __name__ == "__main__":
    main()
