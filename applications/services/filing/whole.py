"""All answers at once, as programs send them."""

from django.db import transaction

from applications import classification
from applications.actors import Actor
from applications.fields import blind_index
from applications.models import Application
from applications.services.filing import answers, drafts
from applications.services.filing.answers import Need, Person, Site


def fill(
    draft: Application,
    *,
    need: Need,
    site: Site,
    person: Person,
    promised: list[str],
    by: Actor,
) -> Application:
    """Keep every answer, or none. Raises ValidationError with one sentence a field."""
    with transaction.atomic():
        drafts.save_need(draft, need, by=by)
        drafts.save_site(draft, site, by=by)
        drafts.save_person(draft, person, by=by)
        if promised:
            drafts.promise_documents(draft, promised, by=by)
    return draft


def holds(application: Application, need: Need, site: Site, person: Person) -> bool:
    """Tell whether an application was filled in with just these answers."""
    applicant = application.applicant
    if applicant is None:
        return False
    id_number, phone = answers.checked_person(need.kind, person)
    voltage = need.voltage or classification.suggest_voltage(
        need.capacity_kw, need.sources
    )
    kept = (
        application.applicant_kind,
        application.purpose,
        application.capacity_kw,
        application.sources,
        application.voltage,
        application.region_id,
        application.address,
        applicant.name,
        applicant.id_type,
        applicant.id_index,
        applicant.contact_name,
        applicant.phone_index,
        applicant.is_agent,
    )
    return kept == (
        need.kind,
        need.purpose.strip(),
        need.capacity_kw,
        need.sources,
        voltage,
        site.region,
        site.address.strip(),
        person.name.strip(),
        person.id_type,
        blind_index(id_number, "identity"),
        person.contact_name.strip(),
        blind_index(phone, "phone"),
        person.is_agent,
    )
