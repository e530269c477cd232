"""MS-DRG grouping of an inpatient stay, where a site has installed the grouper (extra ``drg``).

The grouper is ``msdrg`` (MIT). Its authors say that it was ported from CMS's own Java software by
reading what that compiles to, and that it agreed with it on 50,000 claims. A site decides for
itself whether it uses it; nothing here needs it, and no DRG is sent that nobody signed.
"""

import atexit
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from threading import Lock
from typing import Any, NamedTuple

from wardround.kernel import InvalidInput, Unavailable

_VERSIONS = (
    (date(2022, 10, 1), 400),
    (date(2023, 4, 1), 401),
    (date(2023, 10, 1), 410),
    (date(2024, 4, 1), 411),
    (date(2024, 10, 1), 420),
    (date(2025, 4, 1), 421),
    (date(2025, 10, 1), 430),
    (date(2026, 4, 1), 431),
    (date(2026, 10, 1), 440),
)
"""The version of the grouper in force from a day of discharge on (CMS IPPS, by fiscal year)."""

_LAST = date(2027, 9, 30)
_ONE_AT_A_TIME = Lock()
"""The grouper is compiled code; nothing says that two threads may ask it at once."""
_SEXES = {"male": 0, "female": 1}


class Stay(NamedTuple):
    """One inpatient stay: the principal diagnosis first; ``on_admission`` goes with each code.

    ``age`` in years, ``sex`` "female" or "male", ``discharge_status`` a CMS patient status code.
    """

    diagnoses: Sequence[tuple[str, str]]
    procedures: Sequence[str]
    age: int
    sex: str
    discharge_status: int
    discharged: date


class Weighed(NamedTuple):
    """What one diagnosis of a stay is to the grouper.

    ``severity`` is MCC, CC or NONE; ``counts`` says whether the grouper rested the group on it.
    """

    severity: str
    counts: bool


class Grouped(NamedTuple):
    """The group of a stay, with the version of the grouper; ``severity`` is MCC, CC or NONE.

    ``weighed`` are the other diagnoses in the order of the stay.
    """

    drg: int
    name: str
    mdc: int
    severity: str
    version: int
    weighed: tuple[Weighed, ...] = ()


def group(stay: Stay) -> Grouped:
    """Return the MS-DRG of a stay; raise ``InvalidInput`` where it cannot be grouped.

    Raise ``Unavailable`` where the grouper is not installed.
    """
    if not stay.diagnoses:
        raise InvalidInput(
            "A stay is grouped by its principal diagnosis, and no code stands.",
            where="diagnoses",
            mend="Accept or add the one that stands first.",
        )
    if stay.sex not in _SEXES:
        raise InvalidInput('The grouper needs a sex: "female" or "male".', where="sex")
    version = version_on(stay.discharged)
    (first, poa), *others = stay.diagnoses
    asked = {
        "version": version,
        "age": stay.age,
        "sex": _SEXES[stay.sex],
        "discharge_status": stay.discharge_status,
        "pdx": _diagnosis(first, poa),
        "sdx": [_diagnosis(code, admitted) for code, admitted in others],
        "procedures": [{"code": code.replace(".", "")} for code in stay.procedures],
    }
    with _ONE_AT_A_TIME:
        found = _grouper().group(asked)
    if found["return_code"] != "OK":
        said = str(found["return_code"]).replace("_", " ").lower()
        raise InvalidInput(f"The stay cannot be grouped: {said}.", where="diagnoses")
    return Grouped(
        int(found["final_drg"]),
        str(found["final_drg_description"]),
        int(found["final_mdc"]),
        str(found["final_severity"]),
        version,
        tuple(_weighed(found["sdx_output"], code) for code, _ in others),
    )


def version_on(discharged: date) -> int:
    """Return the version of the grouper in force on a day; raise ``InvalidInput`` for none."""
    known = [version for begins, version in _VERSIONS if begins <= discharged]
    if not known or discharged > _LAST:
        raise InvalidInput(
            "There is no grouper for this day of discharge.",
            where="discharged",
            mend=f"It knows {_VERSIONS[0][0]} to {_LAST}.",
        )
    return known[-1]


def _weighed(told: Sequence[Mapping[str, Any]], code: str) -> Weighed:
    """Return what the grouper says of a diagnosis; it answers in an order of its own."""
    of = next(one for one in told if one["code"] == code.replace(".", ""))
    return Weighed(str(of["severity"]), of["drg_impact"] in {"FINAL", "BOTH"})


def _diagnosis(code: str, on_admission: str) -> dict[str, str]:
    return {"code": code.replace(".", ""), "poa": on_admission or "Y"}


@cache
def _grouper() -> Any:
    try:
        import msdrg
    except ImportError:
        raise Unavailable(
            "The DRG grouper is not installed.", mend="Install it: pip install 'wardround[drg]'."
        ) from None
    grouper = msdrg.MsdrgGrouper()
    atexit.register(grouper.close)
    return grouper
