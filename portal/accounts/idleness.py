"""When a staff session was last used, noted in it once a minute at most.

Until this note is older than STAFF_IDLE_MINUTES, the session is in use (TRUST S6). What
a page asks for by itself, as those that keep themselves up to date do, is no use of it.
"""

from urllib.parse import urlencode, urlsplit, urlunsplit

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.http import HttpRequest
from django.urls import reverse

from portal.accounts.landing import is_own_path

USED_AT = "used_at"
NOTED_EVERY = 60  # seconds
# How the page of sign-in hears why somebody is back, and whether words were lost.
REASON, IDLE, UNSENT = "ended", "idle", "unsent"


def note(session: SessionBase, *, at: float) -> None:
    """Note that a session is used now; ``at`` in seconds since 1970."""
    if at - session.get(USED_AT, 0) >= NOTED_EVERY:
        session[USED_AT] = at


def is_over(session: SessionBase, *, at: float) -> bool:
    """Tell whether nobody used a staff session for too long; others have no note."""
    used: float | None = session.get(USED_AT)
    return used is not None and at - used > settings.STAFF_IDLE_MINUTES * 60


def by_itself(request: HttpRequest) -> bool:
    """Tell whether a page or a program asked, and no person sees the answer."""
    return "HX-Request" in request.headers or request.path.startswith("/api/")


def way_back(request: HttpRequest) -> str:
    """Return the page of sign-in that says why, and leads to where one was."""
    there, reason = request.get_full_path(), IDLE
    if request.method == "POST":
        # What was sent is gone; the page it was typed on is not.
        typed_on = urlsplit(request.headers.get("Referer", ""))
        there = urlunsplit(("", "", typed_on.path, typed_on.query, ""))
        reason = UNSENT
    query = {REASON: reason} | ({"next": there} if is_own_path(there) else {})
    return f"{reverse('staff-sign-in')}?{urlencode(query)}"
