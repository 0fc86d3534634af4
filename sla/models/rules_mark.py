"""One short mark that the database renews whenever a rule changes."""

from django.db import models


class RulesMark(models.Model):
    """Hold the mark of the rules as they stand: one row, written by triggers alone.

    Any change of a region, notice, day, policy or limit, by whatever way it comes,
    draws a new random mark in the same transaction (migration 0004). A mark is never
    drawn twice, so one that was rolled back is never taken for another state.
    """

    mark = models.CharField(max_length=36)

    class Meta:
        verbose_name = verbose_name_plural = "rules mark"

    def __str__(self) -> str:
        return self.mark
