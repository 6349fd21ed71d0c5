"""What holds for every test: no screen, no deadlines that depend on the machine."""

import os

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from hypothesis import settings

# A shared machine may stall for a second; how long an example takes is measured in benchmarks/.
settings.register_profile("michishirube", deadline=None)
settings.load_profile("michishirube")
