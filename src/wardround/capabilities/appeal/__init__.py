"""Appeals: a refusal of a payer becomes a letter to sign, each sentence tied to its source."""

from wardround.capabilities.appeal.model import (
    Asked,
    Denial,
    Letter,
    Person,
    Place,
    Pointed,
    Remark,
    Sender,
    Sent,
    Service,
)
from wardround.capabilities.appeal.reading import NOTE, REQUEST
from wardround.capabilities.appeal.service import Appeal, letters_model, load_appeal

__all__ = [
    "NOTE",
    "REQUEST",
    "Appeal",
    "Asked",
    "Denial",
    "Letter",
    "Person",
    "Place",
    "Pointed",
    "Remark",
    "Sender",
    "Sent",
    "Service",
    "letters_model",
    "load_appeal",
]
