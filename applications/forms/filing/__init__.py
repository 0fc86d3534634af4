"""The questions of an application, one page each; they parse, the services judge."""

from applications.forms.filing.capacity import CapacityForm
from applications.forms.filing.need import NeedForm
from applications.forms.filing.papers import CheckForm, PapersForm, UploadForm
from applications.forms.filing.person import PersonForm
from applications.forms.filing.site import SiteForm
from applications.forms.filing.step import StepForm

FORMS: dict[str, type[StepForm]] = {
    "need": NeedForm,
    "capacity": CapacityForm,
    "site": SiteForm,
    "person": PersonForm,
}

__all__ = [
    "FORMS",
    "CapacityForm",
    "CheckForm",
    "NeedForm",
    "PapersForm",
    "PersonForm",
    "SiteForm",
    "StepForm",
    "UploadForm",
]
