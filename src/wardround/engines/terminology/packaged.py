"""The edition that comes with the installed packages: ICD-10-CM of April 2026.

``simple-icd-10-cm`` (MIT) carries the CDC's files, which are in the public domain. Its module is
not imported, which would take two seconds; only its files are read.
"""

from datetime import date
from importlib.util import find_spec
from pathlib import Path

from wardround.engines.terminology.edition import Edition
from wardround.engines.terminology.tabular_xml import read_tabular_xml
from wardround.kernel import Unavailable

_PACKAGE = "simple_icd_10_cm"
_TABULAR = "icd10c-tabular-April-1-2026.xml"
_LIST = "code-list-April-2026.txt"
STARTS = date(2026, 4, 1)
ENDS = date(2026, 9, 30)
"""The April update holds to the end of the fiscal year 2026, 2025-10-01 to 2026-09-30."""


def packaged_edition() -> Edition:
    """Read the packaged edition; raise ``Unavailable`` where the package is not installed."""
    rows = read_tabular_xml(_bytes(published_tabular()), _TABULAR)
    rows.allowed = set(_bytes(_folder() / _LIST).decode("ascii").split())
    return Edition("2026-04", STARTS, ENDS, rows)


def published_tabular() -> Path:
    """Return the tabular list as the CDC publishes it."""
    return _folder() / _TABULAR


def packaged_span() -> tuple[date, date]:
    """Return the first and the last day of the packaged edition."""
    return STARTS, ENDS


def _folder() -> Path:
    spec = find_spec(_PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            "The tabular list of ICD-10-CM is not installed.",
            where=_PACKAGE,
            mend="Run: pip install simple-icd-10-cm",
        )
    return Path(spec.submodule_search_locations[0]) / "data"


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise Unavailable(
            "The installed package has another edition than Wardround knows.",
            where=path.name,
            mend="Run: pip install 'simple-icd-10-cm==1.5.*'",
        ) from None
