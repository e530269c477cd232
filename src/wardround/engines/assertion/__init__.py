"""The assertion engine: whether what a note mentions is there, and whose, when and how surely."""

from wardround.engines.assertion.assess import assess
from wardround.engines.assertion.model import Assertion

__all__ = ["Assertion", "assess"]
