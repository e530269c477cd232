"""Libraries that read files are kept from telling what stands in them: values may be PHI."""

import logging
import warnings
from collections.abc import Iterator
from contextlib import contextmanager

TALKATIVE = ("pydicom", "PIL", "wsidicom")
"""Their warnings and logs quote values of the file."""

HERE = r"(pydicom|PIL|wsidicom|wardround\.engines\.images)(\.|$)"
"""Where their warnings are said to come from, which may be where they were called."""


@contextmanager
def quiet() -> Iterator[None]:
    """Drop warnings and logs of the libraries that read; errors are raised in our own words.

    The filters stay: to take them away again would let other threads' warnings through.
    """
    for name in TALKATIVE:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)
    for category in (UserWarning, RuntimeWarning):
        warnings.filterwarnings("ignore", category=category, module=HERE)
    yield
