"""That it is the owner who sits here: a code to a phone, asked for and given back."""

from datetime import datetime

from django.http import HttpRequest

from portal.accounts.adapter import REAUTHENTICATION_TIMEOUT, SIGNED_IN_AT
from portal.accounts.forms import CodeForm
from portal.accounts.models import SignInCode
from portal.accounts.services import codes
from sla.ground.clients import client_ip

PROVED_AT = "proved_at"


def note(request: HttpRequest, *, at: datetime) -> None:
    """Remember that this browser's owner just proved to hold the account's phone."""
    request.session[PROVED_AT] = at.timestamp()


def is_fresh(request: HttpRequest, *, at: datetime) -> bool:
    """Tell whether somebody signed in, or gave a code again, within five minutes."""
    proofs = [request.session.get(name, 0.0) for name in (SIGNED_IN_AT, PROVED_AT)]
    return bool(at.timestamp() - max(proofs) < REAUTHENTICATION_TIMEOUT)


class Question:
    """One code asked of this browser; the session knows under ``name`` which."""

    def __init__(self, request: HttpRequest, name: str) -> None:
        self._request, self._name = request, name

    def ask(self, phone: str, *, at: datetime) -> None:
        """Send a code to a phone; raises TooMany, with a fresh one still open TooSoon.

        One sent just now is asked for again.
        """
        try:
            code = codes.request_code(phone=phone, ip=client_ip(self._request), at=at)
        except codes.TooSoon as refusal:
            self._request.session[self._name] = refusal.code.pk
            raise
        self._request.session[self._name] = code.pk

    def code(self, *, at: datetime) -> SignInCode | None:
        """Return the code that can still be given back, or None."""
        live = SignInCode.objects.live().filter(expires_at__gt=at)
        return live.filter(pk=self._request.session.get(self._name, 0)).first()

    def answered(self, form: CodeForm, *, at: datetime) -> str:
        """Return the phone that a form's digits prove, else nothing and an error."""
        if not form.is_valid():
            return ""
        asked = self._request.session.get(self._name, 0)
        try:
            digits = form.cleaned_data["code"]
            phone = codes.confirm(code_id=asked, digits=digits, at=at)
        except codes.NotConfirmed as refusal:
            form.add_error("code", str(refusal))
            return ""
        self.drop()
        return phone

    def drop(self) -> None:
        """Ask for nothing any more."""
        self._request.session.pop(self._name, None)
