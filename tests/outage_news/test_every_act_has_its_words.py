"""Whatever happens is either told or left unsaid on purpose: the tables are total."""

import pytest

from outages.lifecycles import governance, outage, repair
from portal.notices.outage_wording import GOVERNANCE, OUTAGES, REMINDER, REPAIRS


@pytest.mark.parametrize(
    ("table", "acts", "more"),
    [
        (OUTAGES, outage.ACTS, {"draft", "import", REMINDER}),
        (REPAIRS, repair.ACTS, {"report"}),
        (GOVERNANCE, governance.ACTS, {"open"}),
    ],
)
def test_every_act_is_in_its_table(table, acts, more):
    assert set(table) == set(acts) | more
