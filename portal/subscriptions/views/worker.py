"""The script that shows notifications while no page is open."""

from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

FILE = "subscriptions/worker.js"


@cache_control(no_cache=True)
@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Serve the service worker from an address that no release changes.

    Browsers know a worker by its address: one with a hash in it would be another.
    """
    path = finders.find(FILE)
    assert path is not None, "it lies in this app"
    with open(path, encoding="utf-8") as script:
        return HttpResponse(script.read(), content_type="text/javascript")
