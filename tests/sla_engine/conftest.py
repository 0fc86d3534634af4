"""Properties are about truth, not about speed: no deadline on a busy machine."""

from hypothesis import settings

settings.register_profile("engine", deadline=None, max_examples=200)
settings.load_profile("engine")
