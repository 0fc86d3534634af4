"""Pages anybody may read."""

from portal.public.views.deadline import deadline
from portal.public.views.guide import guide, guide_index
from portal.public.views.home import home
from portal.public.views.large_type import large_type
from portal.public.views.limits import limits

__all__ = ["deadline", "guide", "guide_index", "home", "large_type", "limits"]
