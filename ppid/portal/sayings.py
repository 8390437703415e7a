"""What can be copied from an item's page: how to cite it, and a short text to tell of it."""

from django.conf import settings
from django.utils.formats import date_format
from django.utils.timezone import localtime

from ppid.shelf.models import PublishedItem

MOST_LETTERS = 280  # what the shortest of the usual networks takes


def citation(item: PublishedItem, site: str) -> str:
    """Return one line by which the item is cited: who, what, its number and edition, when, and a lasting address."""
    day = date_format(localtime(item.published_at))
    return (
        f"{settings.GOVERNMENT}, {item.unit_name}. {item.title}. Nomor {item.number}, edisi {item.edition}, "
        f"diumumkan {day}. {site}{item.edition_url}"
    )


def social_text(item: PublishedItem, site: str) -> str:
    """Return a text of at most 280 letters, its address among them; a long title is cut at a word."""
    address = f"{site}{item.get_absolute_url()}"
    end = f" ({item.unit_name}, {date_format(localtime(item.published_at))}). Baca di {address}"
    if len(end) > MOST_LETTERS - 60:
        end = f". Baca di {address}"
    left = MOST_LETTERS - len(end)
    if len(item.title) <= left:
        return item.title + end
    words = item.title[: left - 1].rsplit(" ", 1)[0].rstrip(" ,.;:")
    return f"{words}…{end}"
