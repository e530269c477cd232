"""The code systems and tables of this house: what is published, and what the site loaded itself."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardround.engines.terminology import Tables, Tabular

FOLDER = "terms"


def terms_folder(home: Path) -> Path:
    """Return where ``wardround terms load`` keeps what a site loaded."""
    return home / FOLDER


@cache
def tabular_of(home: Path) -> "Tabular":
    """Return ICD-10-CM, with the editions that the site loaded beside the published one."""
    from wardround.engines.terminology import load_icd10cm

    return load_icd10cm(terms_folder(home))


def tables_of(home: Path) -> "Tables":
    """Return the tables that the site loaded."""
    from wardround.engines.terminology import Tables

    return Tables(terms_folder(home))


def fees_of(home: Path) -> Callable[[str, tuple[str, ...], date | None], Decimal | None]:
    """Return the clinic's own charges, from the fee schedule that it loaded."""
    from wardround.engines.terminology import Fee

    tables = tables_of(home)

    def charge(code: str, modifiers: tuple[str, ...], on: date | None) -> Decimal | None:
        found = None if on is None else tables.fee(code, modifiers, on)
        return found.amount if isinstance(found, Fee) else None

    return charge
