"""Judge whether an announcement comes in time, to the second (条例 第28条)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from outages import rules
from outages.models import Outage
from sla.words import exact_length, exact_moment, run_on


@dataclass(frozen=True, slots=True)
class Verdict:
    """How an announcement at one moment stands to the rule for its kind."""

    lead_minutes: int
    starts_at: datetime
    published_at: datetime

    @property
    def latest(self) -> datetime:
        """Return the last moment at which the announcement is in time."""
        return self.starts_at - timedelta(minutes=self.lead_minutes)

    @property
    def late(self) -> bool:
        """Tell whether it is too late; exactly at the last moment is in time."""
        return self.published_at > self.latest

    @property
    def sentence(self) -> str:
        """Return the verdict for people."""
        lead = exact_length(timedelta(minutes=self.lead_minutes))
        if not self.lead_minutes:
            return _("这类停电没有法定提前时间，请尽早公告。")
        if self.late:
            return _("须提前%(lead)s公告，最迟%(latest)s；现在公告已迟%(by)s。") % {
                "lead": lead,
                "latest": exact_moment(self.latest),
                "by": exact_length(self.published_at - self.latest),
            }
        return _("须提前%(lead)s公告，最迟%(latest)s；现在公告符合规定。") % {
            "lead": lead,
            "latest": exact_moment(self.latest),
        }


def lead_minutes(kind: str) -> int:
    """Return how long before its beginning an outage of this kind must be told."""
    leads: dict[str, int] = rules.read("notices")["lead_minutes"]
    return leads[kind]


def judge(kind: str, *, starts_at: datetime, at: datetime) -> Verdict:
    """Judge an announcement that is made at ``at``."""
    return Verdict(lead_minutes(kind), starts_at, at.replace(microsecond=0))


def stamp(outage: Outage, verdict: Verdict, *, late_reason: str) -> None:
    """Write the announcement in force onto the locked row.

    Raises ValidationError when it comes late and nobody says why.
    """
    reason = late_reason.strip()
    if verdict.late and not reason:
        raise ValidationError(
            {
                "late_reason": run_on(
                    [verdict.sentence, _("确需公告的，请写明迟公告的原因。")]
                )
            }
        )
    outage.published_at = verdict.published_at
    outage.lead_minutes = verdict.lead_minutes
    outage.late_notice = verdict.late
    outage.late_reason = reason if verdict.late else ""
