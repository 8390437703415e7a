"""What the desk's templates need beyond ppid_tags. ``now`` and ``working`` come from DeskPage."""

from django import template

from ppid.desk import status
from ppid.desk.forms import Problem, problems

register = template.Library()


@register.inclusion_tag("partials/status.html", takes_context=True)
def case_status(context, case):
    """Draw the time left for the case's present step, or the end it came to."""
    found = status.case_status(case, now=context["now"], working=context["working"])
    return {"tone": found.tone, "icon": found.icon, "words": found.words}


@register.filter
def flow_name(case) -> str:
    """Return the short name of the case's flow."""
    return {"publication": "Pengumuman", "exclusion": "Pengecualian"}[case.flow]


@register.filter
def to_mend(form) -> list[Problem]:
    """Return what is to be mended in the form, as desk/problems.html shows it."""
    return problems(form) if form.is_bound else []
