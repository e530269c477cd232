"""Libraries that read files are kept from telling what stands in them: values may be PHI."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

TALKATIVE = ("pydicom", "PIL", "tifffile", "wsidicom")
"""Their warnings and logs quote values of the file."""


@contextmanager
def quiet() -> Iterator[None]:
    """Drop warnings and logs of the libraries that read; errors are raised in our own words."""
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
