"""The Celery application and its timetable; tasks live in each app's ``tasks``."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "portal.settings")

app = Celery("portal")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {
    "sweep clocks": {"task": "sla.sweep", "schedule": crontab()},
    "deliver notices": {"task": "notices.deliver", "schedule": 20.0},
    # Outdated runs are dropped: the next one sees the same rows.
    "broadcast outages": {
        "task": "notices.broadcast",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "deliver to many": {
        "task": "notices.deliver_many",
        "schedule": 5.0,
        "options": {"expires": 5},
    },
    "deliver to systems": {
        "task": "notices.deliver_outside",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "write digests": {
        "task": "notices.digest",
        "schedule": crontab(minute="*/10", hour="8-11"),
    },
    "forget sign-in codes": {
        "task": "accounts.forget_codes",
        "schedule": crontab(minute=17, hour=3),
    },
    "forget ended sessions": {
        "task": "accounts.forget_sessions",
        "schedule": crontab(minute=22, hour=3),
    },
    "forget who asked for progress": {
        "task": "public.forget_requests",
        "schedule": crontab(minute=32, hour=3),
    },
    # The hour between is for the operator to look at the preview and confirm.
    "recompute clocks": {"task": "sla.recompute", "schedule": crontab(minute="20")},
    "calendar alarm": {
        "task": "sla.calendar_alarm",
        "schedule": crontab(hour="8", minute="30"),
    },
    "freeze monthly figures": {
        "task": "supervision.freeze_months",
        "schedule": crontab(minute=25),
    },
    "expire plans": {
        "task": "applications.expire_plans",
        "schedule": crontab(minute=5, hour=0),
    },
    # The hours after the first find nothing to do, unless a night was missed.
    "slide outage windows": {
        "task": "outages.slide_windows",
        "schedule": crontab(minute=10),
    },
    "judge frequent outages anew": {
        "task": "outages.rejudge",
        "schedule": crontab(minute=47, hour=3, day_of_week="mon"),
    },
    "purge drafts": {
        "task": "applications.purge_drafts",
        "schedule": crontab(minute=27, hour=3),
    },
    "forget who got no power": {
        "task": "applications.forget_unsuccessful",
        "schedule": crontab(minute=2, hour=4),
    },
    "forget ended subscriptions": {
        "task": "notices.forget_subscriptions",
        "schedule": crontab(minute=52, hour=3),
    },
    "forget old messages": {
        "task": "notices.forget_messages",
        "schedule": crontab(minute=7, hour=4),
    },
    "forget reporters of faults": {
        "task": "outages.forget_reporters",
        "schedule": crontab(minute=57, hour=3),
    },
    "remove orphaned photos": {
        "task": "outages.remove_orphans",
        "schedule": crontab(minute=42, hour=3),
    },
    "remove orphaned files": {
        "task": "applications.remove_orphans",
        "schedule": crontab(minute=37, hour=3),
    },
}
