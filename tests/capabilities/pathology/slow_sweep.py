"""Sweep a painted slide slowly, for a test to kill: LEDGER, and the seconds a tile takes."""

import sys
from pathlib import Path

from tests.capabilities.pathology.slides import Slow
from wardround.capabilities.pathology.reading import read_slide

if __name__ == "__main__":
    read_slide(Slow(float(sys.argv[2])), Path(sys.argv[1]), core=128)
