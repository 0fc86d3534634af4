"""The portal's addresses with the benchmark's empty page before them."""

from portal.urls import urlpatterns as of_portal
from tests.bench.http_site import urlpatterns as of_bench

urlpatterns = [*of_bench, *of_portal]
