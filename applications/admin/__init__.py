"""The customer manager's side: queues, tickets, and the acts allowed on them."""

from applications.admin.application import ApplicationAdmin

__all__ = ["ApplicationAdmin"]
