"""What is kept, told or handed out is in one language, whatever its author was reading.

Events, ledgers, notices, exports and published figures are read by others, compared and
hashed. They are worded in Chinese, the language of the source strings.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.utils import translation


@contextmanager
def for_the_record() -> Iterator[None]:
    """Word what is rendered inside in the language of the record.

    Serves as a decorator too. Refusals are raised outside of it: they are for the
    person who acts, in the language of that person's page.
    """
    with translation.override(settings.LANGUAGE_CODE):
        yield
