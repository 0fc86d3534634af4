"""Pages anybody may read."""

from portal.public.views.home import home
from portal.public.views.large_type import large_type

__all__ = ["home", "large_type"]
