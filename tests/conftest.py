"""How laws are tried: without a clock, for a machine may be slow."""

from hypothesis import settings

settings.register_profile("site", deadline=None)
settings.load_profile("site")
