"""The demo's news: what its people did was told as they did it; what is older than two days they have read."""

from datetime import datetime, timedelta

from django.db.models import F

from ppid.notices.models import Notice


def read_what_is_old(now: datetime) -> int:
    """Note the older news as read an hour after it came; return how much of it there is."""
    old = Notice.objects.filter(at__lt=now - timedelta(days=2)).unread()
    return old.update(read_at=F("at") + timedelta(hours=1))
