"""The staff's side of outages; each part registers its own pages."""

from outages.admin.governance import GovernanceCaseAdmin
from outages.admin.network import (
    AccountAdmin,
    LineAdmin,
    NetworkImportAdmin,
    PremisesAdmin,
    SubstationAdmin,
    TransformerAdmin,
)
from outages.admin.outage import OutageAdmin
from outages.admin.reliability import ReliabilityYearAdmin
from outages.admin.repair import CrewAdmin, RepairOrderAdmin

__all__ = [
    "AccountAdmin",
    "CrewAdmin",
    "GovernanceCaseAdmin",
    "LineAdmin",
    "NetworkImportAdmin",
    "OutageAdmin",
    "PremisesAdmin",
    "ReliabilityYearAdmin",
    "RepairOrderAdmin",
    "SubstationAdmin",
    "TransformerAdmin",
]
