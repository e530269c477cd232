"""What a patient agreed to: recording, research, messaging."""

from wardround.privacy.consent.consent import (
    About,
    Answer,
    Consent,
    Obtained,
    make_consent,
    read_consent,
)

__all__ = [
    "About",
    "Answer",
    "Consent",
    "Obtained",
    "make_consent",
    "read_consent",
]
