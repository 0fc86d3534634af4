"""A page of questions about a draft."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from applications.models import Application
from sla.ground.actors import Actor


class StepForm(forms.Form):
    """One page of questions about a draft; ``save`` hands the answers over."""

    def __init__(self, *args: Any, draft: Application, by: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.draft = draft
        self.by = by
        self.prepare()

    def prepare(self) -> None:
        """Fit the questions to what is known already."""

    def keep(self, by: Actor) -> None:
        """Hand the answers to the service. Raises ValidationError."""
        raise LookupError(type(self).__name__)

    def save(self) -> bool:
        """Keep the answers; False when the service found something to put right."""
        try:
            self.keep(self.by)
        except ValidationError as error:
            self._show(error)
            return False
        return True

    def _show(self, error: ValidationError) -> None:
        problems = getattr(error, "message_dict", {"": error.messages})
        for name, sentences in problems.items():
            self.add_error(name if name in self.fields else None, sentences)
