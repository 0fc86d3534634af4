"""申请用电: one question a page, kept at every step, submitted exactly once."""

from applications.views.filing.beginning import discard, start, tasks
from applications.views.filing.papers import papers, upload
from applications.views.filing.questions import answer
from applications.views.filing.submission import check, done

__all__ = ["answer", "check", "discard", "done", "papers", "start", "tasks", "upload"]
