"""What the desk's templates need beyond ppid_tags. ``now`` and ``working`` come from DeskPage."""

from django import template
from django.db import DatabaseError
from django.middleware.csrf import get_token
from django.utils.html import format_html

from ppid.desk import status
from ppid.desk.forms import Problem, problems
from ppid.desk.typed.keeping import AUTHOR, mark_of
from ppid.worktime.calendar import MINUTES

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
def named_at(person, moment) -> str:
    """Return the name that the person bore at the moment: what they did keeps it."""
    return person.name_at(moment)


@register.filter
def follow_words(item, now) -> str:
    """Say which rows follow what was announced first, as it is at this moment."""
    return item.follow_words(at=now)


@register.filter
def time_held(part) -> str:
    """Write the working time that somebody had a step: in minutes where the sheet counts in them, else in days."""
    standard = part.record.standard
    return f"{part.minutes} menit kerja" if standard and standard.unit in MINUTES else f"{part.days} hari kerja"


@register.filter
def to_mend(form) -> list[Problem]:
    """Return what is to be mended in the form, as desk/problems.html shows it."""
    return problems(form) if form.is_bound else []


@register.simple_tag(takes_context=True)
def form_token(context) -> str:
    """Draw what every form of the desk carries: Django's token, and the mark of who opened it."""
    request = context["request"]
    token, mark = get_token(request), _mark(request)
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}"><input type="hidden" name="{}" value="{}">',
        token,
        AUTHOR,
        mark,
    )


def _mark(request) -> str:
    try:
        return mark_of(request.user)
    except DatabaseError:  # on the page that says so: who it was, the form that was sent says itself
        return request.POST.get(AUTHOR, "")


@register.inclusion_tag("desk/library/editor/way.html")
def way_to(url: str, here: str, words: str, level: str = "") -> dict:
    """Lead to a field of the draft: on the page that is open (``here``) straight to it, elsewhere saving first."""
    page, _, field = url.partition("#")
    return {"url": url, "field": field if page == here else "", "words": words, "level": level}
