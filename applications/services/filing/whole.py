"""All answers at once, as programs send them."""

from typing import Any

from django.core.exceptions import ValidationError

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
    problems: dict[str, Any] = (
        answers.problems_of_use(need.kind, need.purpose)
        | answers.problems_of_demand(need.capacity_kw, need.sources, need.voltage)
        | answers.problems_of_site(site.region, site.address)
    )
    try:
        id_number, phone = answers.checked_person(need.kind, person)
    except ValidationError as wrong:
        problems |= wrong.message_dict
    if problems:
        raise ValidationError(problems)
    with drafts.editing(draft, by) as row:
        drafts.put_use(row, need.kind, need.purpose)
        drafts.put_demand(row, need.capacity_kw, need.sources, need.voltage)
        row.wanted_on = need.wanted_on
        drafts.put_site(row, site)
        drafts.put_person(row, person, id_number, phone)
        if promised:
            drafts.put_promises(row, promised)
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
