"""Who is told: the applicant of a case, its manager, its district's supervisors."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model

from applications.models import Application
from portal.notices.models import Message
from portal.notices.services import writing
from portal.notices.services.writing import Letter, Recipient
from sla.ground.actors import Role

# After a restore or a long stop, old news is kept for reading but wakes nobody.
OLD_NEWS = timedelta(days=7)


def applicant_of(application: Application) -> Recipient:
    """Return the filing account, reached at the phone the application names."""
    applicant = application.applicant
    return Recipient(
        key=f"user:{application.filed_by_id}",
        user_id=application.filed_by_id,
        phone=applicant.phone if applicant else "",
    )


def colleague(user: Any) -> Recipient:
    """Return a person of staff with whatever addresses they have."""
    return Recipient(
        key=f"user:{user.pk}",
        user_id=user.pk,
        phone=user.phone or "",
        email=user.email,
    )


def supervisors_by_district() -> dict[str, list[Any]]:
    """Return the supervisors on duty of each district (two queries)."""
    people = get_user_model().objects.filter(role=Role.SUPERVISOR, is_active=True)
    by_district: dict[str, list[Any]] = {}
    for person in people.prefetch_related("districts").order_by("pk"):
        for district in person.districts.all():
            by_district.setdefault(district.pk, []).append(person)
    return by_district


def messages_for(
    letter: Letter, to: Recipient, *, happened: datetime, at: datetime, sms: bool
) -> list[Message]:
    """Return one message for each channel that reaches a recipient.

    E-mail goes to staff alone, and only where a mail server is configured.
    """
    read = writing.in_app(letter, to, at=happened)
    if happened < at - OLD_NEWS:
        read.read_at = at
        return [read]
    messages = [read]
    if sms and to.phone:
        messages.append(writing.sms(signed(letter), to, at=at))
    if to.email and settings.EMAIL_URL:
        messages.append(writing.email(letter, to, at=at))
    return messages


def case_link(application: Application) -> str:
    """Return where the applicant sees the case."""
    return f"/applications/{application.number}/"


def desk_link(application: Application) -> str:
    """Return where staff work on the case."""
    return f"/admin/applications/application/{application.pk}/change/"


def distinct(people: Iterable[Any]) -> list[Any]:
    """Return people once each, in order."""
    return list({person.pk: person for person in people}.values())


def signed(letter: Letter) -> Letter:
    """Return a letter as a text message: with the sender's name and a full link."""
    link = f" {settings.PUBLIC_URL}{letter.link}" if settings.PUBLIC_URL else ""
    text = f"【办电】{letter.text}{link}"
    return Letter(letter.about, letter.subject, text, letter.thread, letter.link)
