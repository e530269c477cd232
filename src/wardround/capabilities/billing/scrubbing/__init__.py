"""Scrubbing: what a payer would return or deny a claim for, found before it leaves."""

from wardround.capabilities.billing.scrubbing.edit import Edit, blocks
from wardround.capabilities.billing.scrubbing.known import Known, Seen
from wardround.capabilities.billing.scrubbing.loaded import Loaded, load_tables
from wardround.capabilities.billing.scrubbing.page import rules_page
from wardround.capabilities.billing.scrubbing.rule import Rule, rules
from wardround.capabilities.billing.scrubbing.scrubber import Scrubber
from wardround.capabilities.billing.scrubbing.tables import Limit, Pair, Standing, Tables, Term

__all__ = [
    "Edit",
    "Known",
    "Limit",
    "Loaded",
    "Pair",
    "Rule",
    "Scrubber",
    "Seen",
    "Standing",
    "Tables",
    "Term",
    "blocks",
    "load_tables",
    "rules",
    "rules_page",
]
