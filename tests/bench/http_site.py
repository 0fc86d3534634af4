"""Servers for the HTTP benchmark: the portal with an empty page, and bare Django."""

import os

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.http import HttpRequest, HttpResponse
from django.urls import path

EMPTY = "bench-empty/"


def empty(request: HttpRequest) -> HttpResponse:
    """Answer with nothing: what is left is the server and the middleware."""
    return HttpResponse("", headers={"Content-Length": "0"})


def portal() -> WSGIHandler:
    """Return the portal, as production runs it, with the empty page before its own."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")
    settings.ROOT_URLCONF = "tests.bench.http_urls"
    # Names of static files without a manifest: nothing is collected for a benchmark.
    plain = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.STORAGES = {**settings.STORAGES, "staticfiles": {"BACKEND": plain}}
    django.setup(set_prefix=False)
    return WSGIHandler()


def bare() -> WSGIHandler:
    """Return a Django that has the empty page and nothing else."""
    settings.configure(
        ROOT_URLCONF=__name__,
        ALLOWED_HOSTS=["127.0.0.1"],
        SECRET_KEY=os.environ["SECRET_KEY"],
        LOGGING_CONFIG=None,
    )
    django.setup(set_prefix=False)
    return WSGIHandler()


urlpatterns = [path(EMPTY, empty)]
