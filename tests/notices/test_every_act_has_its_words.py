"""The table of wording is total, and its sentences carry no personal data."""

import pytest

from applications.lifecycle import ACTIONS
from portal.notices.wording import (
    CLOCK_BREACH,
    CLOCK_WARNING,
    SILENCE,
    WORDING,
    Facts,
)

FACTS = Facts("TJ1", by_when="，12月3日（周四）前完成", extra="3", handler="T1 王工")
EVERY = [
    told for words in WORDING.values() for told in (words.applicant, words.manager)
]
SPOKEN = [told for told in [*EVERY, CLOCK_WARNING, CLOCK_BREACH] if told is not None]


def test_every_act_of_the_lifecycle_is_in_the_table():
    assert set(WORDING) == set(ACTIONS)


@pytest.mark.parametrize("told", SPOKEN, ids=lambda told: str(told.subject))
def test_every_sentence_names_the_case_and_ends(told):
    text = told.say(FACTS)
    assert "TJ1" in text
    assert text.endswith("。")
    assert "%" not in text
    assert len(str(told.subject)) <= 20


def test_remarks_among_colleagues_are_told_to_nobody():
    assert WORDING["note"] is SILENCE
    assert WORDING["reveal"] is SILENCE
