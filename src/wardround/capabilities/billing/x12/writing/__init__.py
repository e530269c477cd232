"""Claims written as 837P and 837I."""

from wardround.capabilities.billing.x12.writing.files import (
    Refuses,
    claim_segments,
    write_837,
    written,
)
from wardround.capabilities.billing.x12.writing.finishing import unfinished

__all__ = ["Refuses", "claim_segments", "unfinished", "write_837", "written"]
