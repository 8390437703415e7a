"""The announcement of an item for the notice board: one page of A4 with a QR code, for who does not come by the web."""

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import date_format

from ppid.shelf import showing
from ppid.shelf.models import BoardSheet, PublishedItem, ShortAddress
from ppid.web.contact import contact
from sop.paper import press
from sop.paper.qr import qr_code


def print_next() -> bool:
    """Print one announcement that is missing, the newest item first; return whether there was any."""
    made = BoardSheet.objects.filter(number=OuterRef("number"), edition=OuterRef("edition"))
    missing = PublishedItem.objects.filter(~Exists(made)).defer("passport").newest_first()
    item = missing.prefetch_related("files").first()
    if item is None:
        return False
    showing.put_announcement(item.number, item.edition, announcement(item))
    return True


def announcement(item: PublishedItem) -> bytes:
    """Return the announcement as PDF/UA-1; the same bytes for the same item."""
    short = ShortAddress.objects.filter(kind="item", number=item.number, edition=item.edition).first()
    address = f"{settings.SITE_URL}{item.edition_url}" if settings.SITE_URL else ""
    page = {
        "item": item,
        "ppid": contact(),
        "site": settings.SITE_NAME,
        "published_on": date_format(timezone.localtime(item.published_at)),
        "address": f"{settings.SITE_URL}{item.get_absolute_url()}" if settings.SITE_URL else "",
        "short": f"{settings.SITE_URL}{short.get_absolute_url()}" if settings.SITE_URL and short else "",
        "qr": qr_code(address) if address else "",
    }
    return press.printed(render_to_string("pdf/announcement.html", page), "css/announcement-paper.css")
