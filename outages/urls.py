"""Addresses of outages for everybody, below /outages/."""

from django.urls import path, re_path

from outages.views import (
    calendar,
    data,
    find_report,
    frequent,
    one,
    public,
    reliability,
    reports,
)
from outages.views import map as maps

app_name = "outages"
CASE = r"(?P<number>[Zz][Ll]-[0-9A-Za-z-]{10,40})"
REPORT = r"(?P<number>[Bb][Xx]-[0-9A-Za-z-]{10,40})"
urlpatterns = [
    path("", public.index, name="index"),
    path("map/", maps.city, name="map"),
    path("data/", data.page, name="data"),
    path("data/outages.csv", data.as_csv, name="data-csv"),
    path("data/outages.json", data.as_json, name="data-json"),
    path("data/network.csv", data.network_csv, name="data-network"),
    path("frequent/", frequent.index, name="frequent"),
    path("frequent.csv", frequent.table, name="frequent-file"),
    re_path(rf"^frequent/{CASE}/$", frequent.case, name="frequent-case"),
    path("reliability/", reliability.page, name="reliability"),
    path("reliability/<int:year>.csv", reliability.table, name="reliability-file"),
    re_path(
        r"^calendar/(?P<number>[Tt][Dd]-[0-9A-Za-z-]{10,40})\.ics$",
        calendar.outage,
        name="calendar-of-one",
    ),
    path("calendar/<slug:token>.ics", calendar.subscription, name="calendar"),
    path("report/", reports.begin, name="report"),
    path("report/where/", reports.where, name="report-where"),
    path("report/which/", reports.which, name="report-which"),
    path("report/find/", find_report.find, name="report-find"),
    path("report/mine/", reports.mine, name="report-mine"),
    path("report/details/", reports.details, name="report-details"),
    re_path(rf"^reports/{REPORT}/$", reports.progress, name="report-progress"),
    re_path(rf"^reports/{REPORT}/status/$", reports.status, name="report-status"),
    re_path(rf"^reports/{REPORT}/photo/$", reports.photo, name="report-photo"),
    re_path(r"^(?P<number>[Tt][Dd]-[0-9A-Za-z-]{10,40})/$", one.one, name="one"),
]
