"""Vectors that others published, read from their own files.

- preventr (MIT): the recorded answers of its R tests for PREVENT and the Pooled Cohort Equations.
- MedCalc-Bench (CC BY-SA): worked cases. Where a note is silent its authors take the finding to be
  absent; so do the vectors, for they ask the same question. Wardround itself never does.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from wardround.capabilities.risk.medcalc import CASES
from wardround.capabilities.risk.score import Values
from wardround.kernel import InvalidInput


@dataclass(frozen=True, slots=True)
class Vector:
    """One published answer: whose, which case, for which score, from what, and what it is."""

    source: str
    case: str
    score: str
    values: Values
    expected: float
    decimals: int
    known: str | None = None


_CALL = re.compile(
    r"^ {6}(?:check_equations(?:_partial)?)\((?P<given>[^$]*?)\)\n {4}Message(?P<rest>.*?)"
    r"(?=\n---|\n# |\Z)",
    re.DOTALL | re.MULTILINE,
)
_TABLE = re.compile(
    r"\$(?P<outcome>total_cvd|ascvd|heart_failure)\n.*?\n +(?P<names>(?:fe)?male.*?)\n.*?\n +1 "
    r"(?P<shares>.*?)\n"
)
_TEST = re.compile(
    r"estimate_risk_partial\((?P<given>(?:[^()]|\([^()]*\)|\(list\([^()]*\)\))*?)\),\s*"
    r"list\((?P<answers>\s*risk_est_10yr = dplyr.*?)\n {4}\)\n {2}\)",
    re.DOTALL,
)
_YEARS = re.compile(
    r"risk_est_(?P<years>10|30)yr = dplyr::tibble\((?P<row>.*?)input_problems", re.DOTALL
)
_OUTCOMES = {"total_cvd": "cvd", "ascvd": "ascvd", "heart_failure": "hf"}
_DEFAULTS: dict[str, str] = {
    "age": "50", "sex": "female", "sbp": "160", "bp_tx": "TRUE", "total_c": "200", "hdl_c": "45",
    "statin": "FALSE", "dm": "TRUE", "smoking": "FALSE", "egfr": "90", "bmi": "35",
}  # fmt: skip
"""What the R tests take for what a call leaves out (preventr, R/helpers_test.R)."""

DECILES = {"03883": 3, "49544": 5, "49507": 10}
"""The deprivation deciles that the recorded answers print for their postal codes."""


def read_published(data: Path) -> Iterator[Vector]:
    """Read every vector below ``data``; raise ``InvalidInput`` where a file is not there."""
    folder = data / "calculators"
    yield from _recorded(_text(folder / "snap_estimate_risk.md"))
    for name in ("test-estimate_risk.R", "test-other_models.R"):
        yield from _tested(name, _text(folder / name))
    yield from _worked(json.loads(_text(folder / "medcalc_one_shot_dev.json")))


def _text(path: Path) -> str:
    if not path.is_file():
        raise InvalidInput(
            f"There is no {path.name}.",
            where=str(path.parent),
            mend="Name the folder of data sets.",
        )
    return path.read_text("utf-8")


def _arguments(given: str) -> dict[str, str]:
    """Return the arguments of a call in R, with what the tests take for those left out."""
    found = re.findall(r"(\w+)\s*=\s*(\"[^\"]*\"|[\w.]+)", given)
    return {**_DEFAULTS, **{name: value.strip('"') for name, value in found}}


def _values(arguments: dict[str, str]) -> dict[str, Any]:
    values: dict[str, Any] = {
        ours: float(arguments[theirs])
        for theirs, ours in (
            ("age", "age"), ("sbp", "systolic"), ("total_c", "cholesterol"), ("hdl_c", "hdl"),
            ("egfr", "egfr"), ("bmi", "bmi"), ("hba1c", "hba1c"), ("uacr", "uacr"),
        )
        if arguments.get(theirs, "NULL") not in {"NULL", "NA"}
    }  # fmt: skip
    for theirs, ours in (
        ("bp_tx", "pressure-treated"), ("statin", "statin"), ("dm", "diabetes"),
        ("smoking", "smoking"),
    ):  # fmt: skip
        values[ours] = arguments[theirs] in {"TRUE", "1"}
    if arguments.get("zip") in DECILES:
        values["sdi"] = float(DECILES[arguments["zip"]])
    return values


def _model(arguments: dict[str, str], said: str) -> str | None:
    """Return which of our models the answer is of; None for the models with one addition."""
    if said not in {"base", "full"}:
        return None
    code = arguments.get("zip", "NULL")
    return said if code in {"NULL", "NA", *DECILES} else None


def _recorded(text: str) -> Iterator[Vector]:
    for call in _CALL.finditer(text):
        arguments = _arguments(call["given"])
        said = re.search(r"\$model\n.*\n +\"(\w+)\"", call["rest"])
        model = _model(arguments, said[1]) if said else None
        if model is None:
            continue
        for table in _TABLE.finditer(call["rest"]):
            for name, share in zip(table["names"].split(), table["shares"].split(), strict=True):
                sex, _, years = name.partition("_")
                years = years.removesuffix("yr") or arguments.get("time", "").removesuffix("yr")
                yield _prevent(
                    f"snapshot: {' '.join(call['given'].split())}", model, table["outcome"],
                    years, {**_values(arguments), "sex": sex}, float(share.strip("%")),
                )  # fmt: skip


def _tested(name: str, text: str) -> Iterator[Vector]:
    for test in _TEST.finditer(text):
        arguments = _arguments(test["given"])
        values = {**_values(arguments), "sex": arguments["sex"]}
        race = re.search(r"race_eth = \"(\w)\"", test["given"])
        case = f"{name}: {' '.join(test['given'].split())}"
        for answers in _YEARS.finditer(test["answers"]):
            models = re.findall(r"\"(\w+)\"", _column(answers["row"], "model"))
            for place, said in enumerate(models):
                if said == "pce_orig" and race:
                    black = {"race": "black" if race[1] == "B" else "white"}
                    share = 100 * float(_cells(answers["row"], "ascvd")[place])
                    yield Vector("preventr", case, "pooled-cohort", {**values, **black}, share, 1)
                elif _model(arguments, said):
                    for outcome in _OUTCOMES:
                        share = 100 * float(_cells(answers["row"], outcome)[place])
                        yield _prevent(case, said, outcome, answers["years"], values, share)


def _column(row: str, name: str) -> str:
    found = re.search(rf"\b{name} = (c\([^)]*\)|[^,]+),", row)
    return found[1] if found else ""


def _cells(row: str, name: str) -> list[str]:
    return re.findall(r"NA|[\d.]+", _column(row, name))


def _prevent(
    case: str, model: str, outcome: str, years: str, values: Values, share: float
) -> Vector:
    full = "full-" if model == "full" else ""
    name = f"prevent-{full}{_OUTCOMES[outcome]}-{years}"
    return Vector("preventr", case, name, values, share, 1)


def _worked(cases: dict[str, Any]) -> Iterator[Vector]:
    for number, (name, decimals, adapt) in CASES.items():
        case = cases[number]
        values = adapt(case["input_parameters"])
        expected = float(case["Response"]["answer"])
        yield Vector(
            "MedCalc-Bench", f"case of calculator {number}", name, values, expected, decimals
        )
