"""What templates of the portal and of the desk need beyond Django's own tags: names and Indonesian formats."""

from collections.abc import Hashable, Iterable
from typing import Any

from django import template
from django.conf import settings
from django.utils.formats import number_format
from django.utils.html import format_html_join
from django.utils.safestring import SafeString, mark_safe

from ppid.web.columns import Column
from ppid.web.contact import Contact, contact
from ppid.web.dates import with_last_day
from ppid.web.drawn import drawn

register = template.Library()


@register.simple_tag
def site_name() -> str:
    """Return the name of the site."""
    return settings.SITE_NAME


@register.simple_tag
def has_desk() -> bool:
    """Say whether officers sign in here; a portal that stands alone has no desk."""
    return not settings.PORTAL_ALONE


@register.simple_tag(name="contact")
def contact_tag() -> Contact:
    """Return how the office is reached."""
    return contact()


register.filter(with_last_day)


@register.simple_tag(name="drawn")
def drawn_tag(template: str, it: Hashable, by: Hashable = None) -> SafeString:
    """Draw the template, or find what it drew of the same words before (``ppid.web.drawn``)."""
    return drawn(template, it, by)


@register.simple_tag
def drawn_each(template: str, rows: Iterable[Hashable], by: Hashable = None) -> SafeString:
    """Draw the template for each of the rows, once for all that say the same."""
    return mark_safe("".join([drawn(template, row, by) for row in rows]))  # noqa: S308 - drawn by templates


@register.filter
def file_size(size: int) -> str:
    """Write a size in bytes as people read it: «240 KB», «1,2 MB»."""
    if size < 1000:
        return f"{size} byte"
    for unit in ("KB", "MB", "GB"):
        size /= 1000
        if size < 999.5 or unit == "GB":
            break
    return f"{number_format(size, 1 if size < 10 and unit != 'KB' else 0)} {unit}"


@register.filter
def breakable(heading: str) -> str:
    """Let a narrow column break its heading after a stroke: «Pejabat/unit/satuan»."""
    return format_html_join(mark_safe("/<wbr>"), "{}", ((part,) for part in heading.split("/")))


@register.filter
def text_for(column: Column, row) -> str:
    """Return what stands in the column for the row."""
    return column.text(row)


@register.filter
def seen_by(row, column: Column):
    """Return what in the row the column is about."""
    return column.about(row)


@register.filter
def short_hash(sha256: str) -> str:
    """Shorten a SHA-256 to its ends, for the eye."""
    return f"{sha256[:8]}…{sha256[-6:]}"


@register.filter
def shown_in_page(media_type: str) -> str:
    """Say how a file can be looked at before it is downloaded: "pdf", "image" or "" (not at all)."""
    if media_type == "application/pdf":
        return "pdf"
    return "image" if media_type in ("image/png", "image/jpeg", "image/gif", "image/webp") else ""


@register.simple_tag
def heads_of(columns: Iterable[Column], ordered) -> tuple[tuple[Column, Any], ...]:
    """Return each column with its head in a list that can be put in order; None where it has none."""
    head = getattr(ordered, "head", lambda column: None)
    return tuple((column, head(column)) for column in columns)
