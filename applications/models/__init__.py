"""The nouns of 用电报装."""

from applications.models.applicant import Applicant
from applications.models.application import Application, ApplicationQuerySet
from applications.models.connection import Connection
from applications.models.document import Document
from applications.models.event import Event
from applications.models.grid_upgrade import GridUpgrade, GridUpgradeDate
from applications.models.inspection import Inspection
from applications.models.plan import Plan

__all__ = [
    "Applicant",
    "Application",
    "ApplicationQuerySet",
    "Connection",
    "Document",
    "Event",
    "GridUpgrade",
    "GridUpgradeDate",
    "Inspection",
    "Plan",
]
