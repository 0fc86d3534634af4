"""Find parts of the network by what staff type: a name, a code, or a 户号."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import gettext as _

from outages.models import Account, Line, Substation, Transformer
from outages.vocabulary import ScopeLevel
from sla.words import noted

MOST = 12  # of each level


@dataclass(frozen=True, slots=True)
class Found:
    """One part of the network, as a scope writes it and as people read it."""

    level: ScopeLevel
    code: str
    name: str

    @property
    def written(self) -> str:
        return f"{self.level.label}:{self.code}"

    @property
    def words(self) -> str:
        return noted(f"{self.level.label} {self.name}", self.code)


def like(text: str) -> list[Found]:
    """Return the parts whose name or code contains a text; the larger ones first."""
    wanted = text.strip()
    if not wanted:
        return []
    named = Q(name__icontains=wanted) | Q(code__icontains=wanted)
    substations = Substation.objects.filter(named).order_by("code")[:MOST]
    lines = Line.objects.filter(named).order_by("code")[:MOST]
    areas = Transformer.objects.in_service().filter(
        named | Q(premises__compound__icontains=wanted)
    )
    accounts = Account.objects.filter(number=wanted).select_related("transformer")
    return [
        *(Found(ScopeLevel.SUBSTATION, s.code, s.name) for s in substations),
        *(Found(ScopeLevel.LINE, line.code, line.name) for line in lines),
        *(
            Found(ScopeLevel.TRANSFORMER, area.code, area.name)
            for area in areas.order_by("code").distinct()[:MOST]
        ),
        *(
            Found(
                ScopeLevel.ACCOUNT,
                account.number,
                _("%(area)s内") % {"area": account.transformer},
            )
            for account in accounts
        ),
    ]
