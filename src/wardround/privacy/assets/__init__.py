"""The inventory of assets: what people enter, what the system finds, and how PHI flows."""

from wardround.privacy.assets.asset import (
    YEAR,
    Asset,
    AssetKind,
    Described,
    Flow,
    Found,
    Inventory,
    flows_of,
)
from wardround.privacy.assets.register import Assets
from wardround.privacy.assets.software import Package, bill_of_materials, installed_packages

__all__ = [
    "YEAR",
    "Asset",
    "AssetKind",
    "Assets",
    "Described",
    "Flow",
    "Found",
    "Inventory",
    "Package",
    "bill_of_materials",
    "flows_of",
    "installed_packages",
]
