"""How drafts are taken up: signed as they are, changed, rejected, and how long it takes."""

from wardround.governance.adoption.course import Course
from wardround.governance.adoption.distance import Changed, changes
from wardround.governance.adoption.metrics import REASONS, Adoption, adoption

__all__ = [
    "REASONS",
    "Adoption",
    "Changed",
    "Course",
    "adoption",
    "changes",
]
