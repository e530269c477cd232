"""The code systems and tables of this house: what is published, and what the site loaded itself."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from wardround.capabilities.billing import Loaded
    from wardround.engines.terminology import Tables, Tabular

FOLDER = "terms"


def terms_folder(home: Path | None) -> Path | None:
    """Return where ``wardround terms load`` keeps what a site loaded; nowhere without a home."""
    return None if home is None else home / FOLDER


@cache
def tabular_of(home: Path | None) -> "Tabular":
    """Return ICD-10-CM, with the editions that the site loaded beside the published one."""
    from wardround.engines.terminology import load_icd10cm

    return load_icd10cm(terms_folder(home))


def tables_of(home: Path | None) -> "Tables":
    """Return the tables that the site loaded."""
    from wardround.engines.terminology import Tables

    return Tables(terms_folder(home))


def scrubbing_tables(home: Path | None) -> "Loaded":
    """Return what the scrubber asks of the code tables."""
    from wardround.capabilities.billing import Loaded

    return Loaded(tabular_of(home), tables_of(home))


@lru_cache(maxsize=4)
def _opened(folder: Path | None, changed: int) -> "Tables":
    """Return the tables of a folder, opened once for as long as nothing is loaded into it."""
    from wardround.engines.terminology import Tables

    del changed
    return Tables(folder)


def _changed(folder: Path | None) -> int:
    return folder.stat().st_mtime_ns if folder is not None and folder.is_dir() else 0


def fees_of(home: Path | None) -> Callable[[str, tuple[str, ...], date | None], Decimal | None]:
    """Return the clinic's own charges, from the fee schedule that it loaded."""

    def charge(code: str, modifiers: tuple[str, ...], on: date | None) -> Decimal | None:
        from wardround.engines.terminology import Fee

        folder = terms_folder(home)
        tables = _opened(folder, _changed(folder))
        found = None if on is None else tables.fee(code, modifiers, on)
        return found.amount if isinstance(found, Fee) else None

    return charge
