"""Tables of the outages floor."""

from outages.models.event import OutageEvent, Subject
from outages.models.governance import Frequency, GovernanceCase
from outages.models.interruption import Interruption, LineInterruption
from outages.models.network import (
    Account,
    AddressKey,
    Line,
    Premises,
    Substation,
    Transformer,
)
from outages.models.network_record import AreaChange, NetworkImport
from outages.models.outage import Arrears, Outage, OutageScope, Work
from outages.models.reliability import ReliabilityYear
from outages.models.repair import (
    Crew,
    FaultReport,
    FaultReportQuerySet,
    MissedSearch,
    RepairOrder,
)
from outages.models.subscription import Broadcast, Lane, Subscription, Way

__all__ = [
    "Account",
    "AddressKey",
    "AreaChange",
    "Arrears",
    "Broadcast",
    "Crew",
    "FaultReport",
    "FaultReportQuerySet",
    "Frequency",
    "GovernanceCase",
    "Interruption",
    "Lane",
    "Line",
    "LineInterruption",
    "MissedSearch",
    "NetworkImport",
    "Outage",
    "OutageEvent",
    "OutageScope",
    "Premises",
    "ReliabilityYear",
    "RepairOrder",
    "Subject",
    "Subscription",
    "Substation",
    "Transformer",
    "Way",
    "Work",
]
