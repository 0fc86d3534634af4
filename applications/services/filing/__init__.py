"""Filing: a draft that keeps every step, submitted exactly once."""

from applications.services.filing.answers import (
    Need,
    Person,
    Site,
    allowed_id_types,
)
from applications.services.filing.drafts import (
    discard,
    keep_until,
    promise_documents,
    purge_drafts,
    save_demand,
    save_need,
    save_person,
    save_site,
    save_use,
    start,
)
from applications.services.filing.submission import (
    Gap,
    fingerprint_of,
    gaps,
    missing,
    require_pace,
    submit,
    submit_own,
    user_type_of,
)
from applications.services.filing.whole import fill, holds

__all__ = [
    "Gap",
    "Need",
    "Person",
    "Site",
    "allowed_id_types",
    "discard",
    "fill",
    "fingerprint_of",
    "gaps",
    "holds",
    "keep_until",
    "missing",
    "promise_documents",
    "purge_drafts",
    "require_pace",
    "save_demand",
    "save_need",
    "save_person",
    "save_site",
    "save_use",
    "start",
    "submit",
    "submit_own",
    "user_type_of",
]
