"""Clinical coding: codes for a signed note, each with the words that say it; a coder signs."""

from wardround.capabilities.coding import deciding
from wardround.capabilities.coding.asking import (
    Question,
    addendum_of,
    answered,
    appended,
    settles,
    task_of,
)
from wardround.capabilities.coding.coder import Coder, load_coder
from wardround.capabilities.coding.feedback import records
from wardround.capabilities.coding.found import Found, Span
from wardround.capabilities.coding.model import NOTE, REQUEST, Code, Coded, State
from wardround.capabilities.coding.ports import FindsCodes
from wardround.capabilities.coding.ranking.chosen import Option
from wardround.capabilities.coding.reading import request_in, text_in
from wardround.capabilities.coding.service import Coding, load_coding

__all__ = [
    "NOTE",
    "REQUEST",
    "Code",
    "Coded",
    "Coder",
    "Coding",
    "FindsCodes",
    "Found",
    "Option",
    "Question",
    "Span",
    "State",
    "addendum_of",
    "answered",
    "appended",
    "deciding",
    "load_coder",
    "load_coding",
    "records",
    "request_in",
    "settles",
    "task_of",
    "text_in",
]
