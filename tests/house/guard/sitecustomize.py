"""Python runs this first in every process that a test starts: none of them leaves the machine."""

import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

spec = spec_from_file_location("no_network", Path(__file__).parents[1] / "no_network.py")
assert spec is not None
assert spec.loader is not None
sys.modules[spec.name] = module = module_from_spec(spec)
spec.loader.exec_module(module)
