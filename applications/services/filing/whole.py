"""All answers at once, as programs send them."""

from typing import Any

from django.core.exceptions import ValidationError

from applications import classification
from applications.models import Application
from applications.services.filing import answers, drafts
from applications.services.filing.answers import Need, Person, Site
from sla.ground.actors import Actor
from sla.ground.fields import blind_index
from sla.ground.texts import one_line


def fill(
    draft: Application,
    *,
    need: Need,
    site: Site,
    person: Person,
    promised: list[str],
    by: Actor,
) -> bool:
    """Keep every answer, or none; False where another request filled the draft first.

    Raises ValidationError with one sentence a field.
    """
    problems: dict[str, Any] = answers.problems_of_use(
        need.kind, need.purpose
    ) | answers.problems_of_demand(need.capacity_kw, need.sources, need.voltage)
    try:
        site = answers.checked_site(site)
    except ValidationError as wrong:
        problems |= wrong.message_dict
    try:
        id_number, phone = answers.checked_person(need.kind, person)
    except ValidationError as wrong:
        problems |= wrong.message_dict
    if problems:
        raise ValidationError(problems)
    with drafts.editing(draft, by) as row:
        if row.applicant is not None:
            return False
        drafts.put_use(row, need.kind, need.purpose)
        drafts.put_demand(row, need.capacity_kw, need.sources, need.voltage)
        row.wanted_on = need.wanted_on
        drafts.put_site(row, site)
        drafts.put_person(row, person, id_number, phone)
        if promised:
            drafts.put_promises(row, promised)
    return True


def holds(
    application: Application,
    need: Need,
    site: Site,
    person: Person,
    promised: list[str],
) -> bool:
    """Tell whether an application was filled in with just these answers.

    A promise is kept by handing the paper in, and then it is none any more.
    """
    applicant = application.applicant
    assert applicant is not None, "what holds answers was filled in"
    handed_in = application.documents.filter(removed_at__isnull=True)
    owed = set(promised) - set(handed_in.values_list("kind", flat=True))
    if owed != set(application.promised_documents):
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
        one_line(need.purpose),
        need.capacity_kw,
        need.sources,
        voltage,
        site.region,
        answers.checked_site(site).address,
        one_line(person.name),
        person.id_type,
        blind_index(id_number, "identity"),
        one_line(person.contact_name),
        blind_index(phone, "phone"),
        person.is_agent,
    )
