"""How many random cases are tried: by day so many that a run stays short, at night (`make test-night`) many more."""

import os

EFFORT = int(os.environ.get("TEST_EFFORT", "1"))
"""How many times as many as by day."""
