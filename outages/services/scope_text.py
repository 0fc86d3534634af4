"""Scopes as people write them: codes, with the level before them where it is needed."""

import re
from collections.abc import Iterable, Iterator

from django.utils.translation import gettext as _

from outages.models import Outage
from outages.services import scoping
from outages.services.scoping import ScopePart, Survey
from outages.vocabulary import ScopeLevel
from sla.ground.record import for_the_record

# What may stand before a code, in Chinese or as the level is called in data
with for_the_record():
    LEVELS: dict[str, str] = {
        str(label): level.value
        for level in ScopeLevel
        for label in (level.label, level.value)
    }
_BETWEEN = re.compile(r"[;；,，、\s]+")


def read(text: str) -> Iterator[ScopePart]:
    """Yield the parts of ``L-YY1;台区:T-YY1-01``; a code alone has no level yet.

    Raises ValidationError (key ``scope``) for a level that there is not.
    """
    for item in _BETWEEN.split(text.replace("：", ":")):
        before, colon, code = item.partition(":")
        if not item:
            continue
        if not colon:
            yield ScopePart("", item)
        elif before in LEVELS:
            yield ScopePart(LEVELS[before], code)
        else:
            raise scoping.wrong(
                _("不认识的层级“%(level)s”，可写变电站、线路、台区、户号。")
                % {"level": before}
            )


@for_the_record()
def written(outage: Outage) -> str:
    """Return an outage's scope as ``read`` takes it, a part a line."""
    return "\n".join(
        f"{ScopeLevel(part.level).label}:{part.code}"
        for part in scoping.parts_of(outage)
    )


def settle(parts: Iterable[ScopePart]) -> list[ScopePart]:
    """Return parts whose levels are all known. Raises ValidationError."""
    asked = list(parts)
    return list(settled(asked, scoping.survey(candidates(asked))))


def candidates(parts: Iterable[ScopePart]) -> Iterator[ScopePart]:
    """Yield every part that may be meant: a code alone at every level."""
    for part in parts:
        levels = [part.level] if part.level else ScopeLevel.values
        yield from (ScopePart(level, part.code) for level in levels)


def settled(parts: Iterable[ScopePart], survey: Survey) -> Iterator[ScopePart]:
    """Yield parts with their levels, as a survey of ``candidates`` knows them.

    Raises ValidationError for a code that nothing has, or that several parts have.
    """
    for part in parts:
        yield part if part.level else ScopePart(_level_of(part.code, survey), part.code)


def _level_of(code: str, survey: Survey) -> str:
    found = [level for level in ScopeLevel.values if code.upper() in survey.rows[level]]
    if len(found) == 1:
        return found[0]
    said = (
        _("编码“%(code)s”有多个层级，请写明，例如线路:%(code)s。")
        if found
        else _("找不到编码或户号“%(code)s”，请核对。")
    )
    raise scoping.wrong(said % {"code": code})
