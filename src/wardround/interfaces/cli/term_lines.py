"""How a code and what is known of it are printed."""

from datetime import date
from typing import Any

from wardround.interfaces.cli.console import write


def show(found: dict[str, Any]) -> None:
    """Print a ``$lookup`` answer: the code, then a line for each property."""
    said = {one["name"]: one.get("valueString") for one in found.get("parameter", ())}
    if not said:
        return
    write(f"{said['code']}\t{said['display']}")
    for one in found["parameter"]:
        if one["name"] == "property":
            name, value = one["part"][0]["valueCode"], _value(one["part"][1])
            write(f"  {name}\t{value}")


def standing(code: str, on: date, checked: dict[str, Any]) -> None:
    """Print a ``$validate-code`` answer: valid, not valid, or not known, and why."""
    said = {one["name"]: _value(one) for one in checked["parameter"]}
    result = {"yes": "valid", "no": "not valid"}.get(said.get("result", ""), "not known")
    message = f": {said['message']}" if "message" in said else ""
    write(f"{code} on {on}\t{result}{message}")


def listed(found: dict[str, Any]) -> int:
    """Print the codes of a ``ValueSet``, one a line; return how many."""
    codes = found["expansion"]["contains"]
    for one in codes:
        write(f"{one['code']}\t{one['display']}")
    return len(codes)


def _value(one: dict[str, Any]) -> str:
    if "valueBoolean" in one:
        return "yes" if one["valueBoolean"] else "no"
    return str(one["valueString"])
