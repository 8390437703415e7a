"""What templates of the portal need of the shelf beyond their own view."""

from django import template

from ppid.portal.of_edition import of_edition

register = template.Library()


@register.simple_tag(takes_context=True)
def announcements(context):
    """Return what stands on top of the portal's pages today; nothing on the pages of anything else."""
    request = context.get("request")
    match = getattr(request, "resolver_match", None)
    return of_edition(request).announcements if match and match.app_name == "portal" else []
