"""What the tracking page shows of one application beside its progress."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404
from django.utils.translation import gettext as _

from applications import catalogue
from applications.actors import STAFF_WHO_ACT, Actor, Role
from applications.masking import mask_address, mask_id
from applications.models import Application, Connection, Document, Inspection, Plan
from applications.selectors import progress
from applications.selectors.acts import Acts, acts
from applications.selectors.cards import Card
from applications.selectors.people import surname_and_number
from applications.selectors.progress import Progress

# The acts after which there is something more to look up.
_REPORTS = frozenset({"submit_design", "report_mid_inspection", "report_completion"})


@dataclass(frozen=True)
class Tracking:
    """One application on its own page, for one reader."""

    application: Application
    progress: Progress
    acts: Acts
    plan: Plan | None
    inspections: Sequence[Inspection]
    connection: Connection | None
    documents: Sequence[Document]

    @property
    def own(self) -> bool:
        return self.progress.own

    @property
    def clocks(self) -> list[Card]:
        """Return what is timed now, and the whole; the rest is in the timeline."""
        shown = [c for c in self.progress.cards if c.current or c.judged_total]
        # Where a limit comes from stands on the page that explains it.
        return [replace(card, source="") for card in shown]

    @property
    def contact(self) -> str:
        """Return who answers for the case: 王工（T0012）, or nothing."""
        manager = self.application.manager
        return surname_and_number(manager.label()) if manager else ""

    @property
    def address(self) -> str:
        """Return the district and as much of the address as anybody needs here."""
        region = self.application.region
        place = region.name if region else ""
        return f"{place}{mask_address(self.application.address)}"

    @property
    def applicant(self) -> str:
        applicant = self.application.applicant
        return applicant.masked_name if applicant else ""

    @property
    def account_number(self) -> str:
        """Return the 户号, masked for those who neither own nor handle it."""
        if self.connection is None:
            return ""
        viewer = self.progress.viewer
        whole = viewer is not None and viewer.role in {*STAFF_WHO_ACT, Role.APPLICANT}
        number = self.connection.account_number
        return number if whole else mask_id(number)

    @property
    def promised(self) -> list[str]:
        """Return what was promised for later and is still to come."""
        kinds = catalogue.read("documents")["kinds"]
        return [kinds[kind]["label"] for kind in self.application.promised_documents]


def find(number: str, *, viewer: Actor) -> Application:
    """Return a filed application this person may see; anything else is a 404."""
    rows = Application.objects.visible_to(viewer).filed().filter(number=number)
    wanted = rows.select_related("region", "manager", "applicant").defer(
        "applicant__id_number", "applicant__phone"
    )
    application = wanted.first()
    if application is None:
        raise Http404(_("没有找到这份申请，请核对申请编号。"))
    return application


def tracking(application: Application, *, viewer: Actor, at: datetime) -> Tracking:
    """Return the whole page; what has not happened yet is not looked up."""
    read = progress.read(application, at=at, viewer=viewer)
    happened = {event.action for event in read.events}
    return Tracking(
        application=application,
        progress=read,
        acts=acts(application, by=viewer, at=at),
        plan=latest_plan(application) if "reply_plan" in happened else None,
        inspections=concluded(application) if happened & _REPORTS else [],
        connection=connection(application) if "energise" in happened else None,
        documents=papers(application),
    )


def latest_plan(application: Application) -> Plan | None:
    """Return the plan that was replied last."""
    return application.plans.order_by("-round").first()


def concluded(application: Application) -> list[Inspection]:
    """Return the examinations that have a result, newest first."""
    done = application.inspections.filter(concluded_at__isnull=False)
    return list(done.order_by("-concluded_at"))


def connection(application: Application) -> Connection | None:
    """Return the meter and the 户号, once there is power."""
    return Connection.objects.filter(application=application).first()


def papers(application: Application) -> list[Document]:
    """Return what is on file, in the order it came."""
    return list(application.documents.filter(removed_at__isnull=True).order_by("pk"))
