"""The text engine: what a sentence of a visit is about, and where sentences end."""

from wardround.engines.text.linear import LinearTagger, load
from wardround.engines.text.port import LABELS, ROLES, Said, SectionTagger

__all__ = ["LABELS", "ROLES", "LinearTagger", "Said", "SectionTagger", "load"]
