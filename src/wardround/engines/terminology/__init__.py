"""Code systems: ICD-10-CM as published, and what a site licensed and loaded itself."""

from wardround.engines.terminology.checks import fault_of
from wardround.engines.terminology.concept import Concept, Rank, Seventh, dotted, plain
from wardround.engines.terminology.edition import Edition, Exclusion, Said
from wardround.engines.terminology.editions import load_icd10cm
from wardround.engines.terminology.kinds import Kind, kind_of, kinds
from wardround.engines.terminology.loading import Asked, allowed, kind_of_file, load_terms
from wardround.engines.terminology.manifest import Manifest
from wardround.engines.terminology.mapping import Match
from wardround.engines.terminology.operations import Terminology
from wardround.engines.terminology.packaged import packaged_span
from wardround.engines.terminology.references import Reference, references
from wardround.engines.terminology.search import Hit, Index
from wardround.engines.terminology.shelf import Shelf
from wardround.engines.terminology.systems import System, system_of, systems
from wardround.engines.terminology.tables import (
    Absent,
    Described,
    Fee,
    PairEdit,
    Support,
    Tables,
    UnitLimit,
)
from wardround.engines.terminology.tabular import Standing, Tabular, Validity

__all__ = [
    "Absent",
    "Asked",
    "Concept",
    "Described",
    "Edition",
    "Exclusion",
    "Fee",
    "Hit",
    "Index",
    "Kind",
    "Manifest",
    "Match",
    "PairEdit",
    "Rank",
    "Reference",
    "Said",
    "Seventh",
    "Shelf",
    "Standing",
    "Support",
    "System",
    "Tables",
    "Tabular",
    "Terminology",
    "UnitLimit",
    "Validity",
    "allowed",
    "dotted",
    "fault_of",
    "kind_of",
    "kind_of_file",
    "kinds",
    "load_icd10cm",
    "load_terms",
    "packaged_span",
    "plain",
    "references",
    "system_of",
    "systems",
]
