"""Model cards: the 31 source attributes, answered or not, alike as page, PDF and XML."""

from wardround.governance.cards.answer import NOT_PROVIDED, Answer, State
from wardround.governance.cards.card import (
    PART_TITLES,
    Attribute,
    Card,
    Counts,
    attributes_of,
    counted,
    read_card,
)
from wardround.governance.cards.chai import card_xml
from wardround.governance.cards.filling import FILLED_BY_SOFTWARE, Known, filled
from wardround.governance.cards.paper import card_pdf

__all__ = [
    "FILLED_BY_SOFTWARE",
    "NOT_PROVIDED",
    "PART_TITLES",
    "Answer",
    "Attribute",
    "Card",
    "Counts",
    "Known",
    "State",
    "attributes_of",
    "card_pdf",
    "card_xml",
    "counted",
    "filled",
    "read_card",
]
