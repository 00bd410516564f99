"""Settings of the whole suite."""

from __future__ import annotations

from hypothesis import HealthCheck, settings

# A busy or fresh machine is no failure of the code: no time limit a case, none for making the first input.
settings.register_profile("verbatim", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("verbatim")
