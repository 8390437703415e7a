"""Draws a text of the office as HTML: what is marked safe is what ``ppid.web.markup`` drew, nothing else."""

from django import template
from django.utils.safestring import SafeString

from ppid.web.markup import draw

register = template.Library()


@register.filter
def written(text: str) -> SafeString:
    """Draw a text of the office's own pages."""
    return draw(text)
