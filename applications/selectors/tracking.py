"""What the tracking page shows of one application beside its progress."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cached_property

from django.db.models.expressions import RawSQL
from django.http import Http404
from django.utils.translation import get_language, gettext, gettext_lazy

from applications import catalogue
from applications.lifecycle import Status
from applications.models import Application, Connection, Document, Inspection, Plan
from applications.selectors import progress
from applications.selectors.acts import Acts, acts
from applications.selectors.cards import Card
from applications.selectors.headline import status_in_words
from applications.selectors.people import surname_and_number
from applications.selectors.progress import Progress
from sla.engine import day_of
from sla.ground.actors import STAFF_WHO_ACT, Actor, Role
from sla.ground.masking import mask_address, mask_id

NOT_FOUND = gettext_lazy("没有找到这份申请，请核对申请编号。")
# The acts after which there is something more to look up.
_REPORTS = frozenset({"submit_design", "report_mid_inspection", "report_completion"})


@dataclass(frozen=True)
class Tracking:
    """One application on its own page, for one reader; read as far as it is shown."""

    number: str
    viewer: Actor
    at: datetime
    found: Application | None = None

    @cached_property
    def application(self) -> Application:
        return self.found or find(self.number, viewer=self.viewer)

    @cached_property
    def progress(self) -> Progress:
        return progress.read(self.application, at=self.at, viewer=self.viewer)

    @cached_property
    def acts(self) -> Acts:
        return acts(self.application, by=self.viewer, at=self.at)

    @cached_property
    def happened(self) -> frozenset[str]:
        """Return the acts so far: what has not happened is not looked up."""
        return frozenset(event.action for event in self.progress.events)

    @cached_property
    def plan(self) -> Plan | None:
        known = "reply_plan" in self.happened
        return latest_plan(self.application) if known else None

    @cached_property
    def inspections(self) -> list[Inspection]:
        return concluded(self.application) if self.happened & _REPORTS else []

    @cached_property
    def connection(self) -> Connection | None:
        return connection(self.application) if "energise" in self.happened else None

    @cached_property
    def documents(self) -> list[Document]:
        return papers(self.application)

    @property
    def own(self) -> bool:
        return self.viewer.role == Role.APPLICANT

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
        """Return the address: whole for its owner, the street for those who look on."""
        region = self.application.region
        place = region.name if region else ""
        whole = self.application.address
        return f"{place}{whole if self.own else mask_address(whole)}"

    @property
    def applicant(self) -> str:
        applicant = self.application.applicant
        return applicant.masked_name if applicant else ""

    @property
    def account_number(self) -> str:
        """Return the 户号, masked for those who neither own nor handle it."""
        if self.connection is None:
            return ""
        whole = self.viewer.role in {*STAFF_WHO_ACT, Role.APPLICANT}
        number = self.connection.account_number
        return number if whole else mask_id(number)

    @property
    def promised(self) -> list[str]:
        """Return what was promised for later and is still to come."""
        return _named(self.application.promised_documents)

    @property
    def asked(self) -> list[str]:
        """Return what the manager has asked for and is waited for now."""
        returned = self.application.status == Status.RETURNED
        return _named(self.application.supplement_asked) if returned else []


def _named(papers: Iterable[str]) -> list[str]:
    kinds = catalogue.read("documents")["kinds"]
    return [gettext(kinds[kind]["label"]) for kind in papers]


@dataclass(frozen=True, slots=True)
class Mark:
    """What a page is known by: ``version`` changes whenever its content does."""

    number: str
    status: str
    seen: int
    version: str


# Our own names, no values: one number grows with every paper added or taken back, the
# other with every row of a ledger.
_PAPERS = RawSQL(
    "SELECT COUNT(*) + COUNT(removed_at) FROM applications_document"
    " WHERE application_id = applications_application.id",
    (),
)
_CLOCKS = RawSQL(
    "SELECT SUM(last_seq) FROM sla_clock"
    " WHERE reference = applications_application.number",
    (),
)
_MARKED = ("status", "permit_since", "last_seq", "promised_documents", "manager")


def mark(number: str, *, viewer: Actor, at: datetime) -> Mark:
    """Return the mark of a page in one small query; a 404 as ``find`` gives it.

    Acts, papers and clocks each leave their trace in it. Days turn at midnight in
    Shanghai, and with them what is said of them; a limit in minutes would need more.
    """
    visible = Application.objects.visible_to(viewer).filed().filter(number=number)
    traced = visible.annotate(papers=_PAPERS, clocks=_CLOCKS)
    rows = list(traced.values_list(*_MARKED, "papers", "clocks")[:1])
    if not rows:
        raise Http404(NOT_FOUND)
    status, permit, seq, *traces = rows[0]
    today = day_of(at)
    version = repr((number, seq, traces, viewer.role, get_language(), today))
    return Mark(number, status_in_words(status, permit), seq, version)


def find(number: str, *, viewer: Actor) -> Application:
    """Return a filed application this person may see; anything else is a 404."""
    rows = Application.objects.visible_to(viewer).filed().filter(number=number)
    wanted = rows.select_related("region", "manager", "applicant").defer(
        "applicant__id_number", "applicant__phone"
    )
    application = wanted.first()
    if application is None:
        raise Http404(NOT_FOUND)
    return application


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
