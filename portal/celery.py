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
    "write digests": {
        "task": "notices.digest",
        "schedule": crontab(minute="*/10", hour="8-11"),
    },
    "forget sign-in codes": {
        "task": "accounts.forget_codes",
        "schedule": crontab(minute=17, hour=3),
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
    "purge drafts": {
        "task": "applications.purge_drafts",
        "schedule": crontab(minute=27, hour=3),
    },
    "remove orphaned files": {
        "task": "applications.remove_orphans",
        "schedule": crontab(minute=37, hour=3),
    },
}
