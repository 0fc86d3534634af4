"""How far a reader came, and that only one reads at a time."""

from portal.notices.models import Bookmark


def hold(name: str) -> Bookmark | None:
    """Return the reader's bookmark, locked until the transaction ends.

    None while another reader has it: two at once would tell out of order.
    """
    Bookmark.objects.get_or_create(pk=name)
    return Bookmark.objects.select_for_update(skip_locked=True).filter(pk=name).first()


def move(bookmark: Bookmark, last_id: int) -> None:
    """Note that everything up to a number was read."""
    bookmark.last_id = last_id
    bookmark.save(update_fields=["last_id"])
