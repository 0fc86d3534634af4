"""How a program says who it is: ``Authorization: Token …``."""

from typing import Any

from rest_framework.authentication import TokenAuthentication
from rest_framework.exceptions import AuthenticationFailed

from portal.accounts.models import User
from portal.accounts.services import tokens


class ByToken(TokenAuthentication):
    """Ask our own tokens, which are known by digest and end with the password."""

    def authenticate_credentials(self, key: str) -> tuple[User, Any]:
        """Return whose token this is; raises AuthenticationFailed."""
        owner = tokens.owner_of(key)
        if owner is None:
            raise AuthenticationFailed
        return owner, key
