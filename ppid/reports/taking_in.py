"""Reports of the public taken in from the letter box: each letter once, whatever it holds."""

import logging
from datetime import datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone

from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.notices.telling import News, tell
from ppid.organisation.models import Appointment
from ppid.reports.models import MOST_CONTACT, MOST_LETTERS, Problem, SenderContact
from ppid.reports.permissions import CHIEF
from ppid.web.letterbox import take_in
from ppid.web.letters import without_forbidden

KIND = "report"
NOTHING_SAID = "(tanpa keterangan)"

logger = logging.getLogger(__name__)


def take_in_reports() -> int:
    """Take in what waits in the letter box; return how many letters there were."""
    return take_in(KIND, note)


def note(name: str, letter: dict[str, Any]) -> None:
    """Note the problem that the letter tells of. The same letter again changes nothing; one of no item is left aside.

    What the portal's form sends is bounded there; here it is bounded again, for the folder is open to others.
    """
    number, text, contact = (_said(letter, name) for name in ("number", "text", "contact"))
    if not Information.objects.filter(number=number).exists():
        logger.warning("A report of the letter box is of no item and is left aside: %s.", name)
        return
    kind = letter.get("kind") if letter.get("kind") in Problem.Kind.values else Problem.Kind.OTHER
    if kind == Problem.Kind.OTHER and not text:
        text = NOTHING_SAID
    now = timezone.now()
    problem, is_new = Problem.objects.get_or_create(
        letter=name,
        defaults={
            "number": number,
            "kind": kind,
            "text": text[:MOST_LETTERS],
            "reported_at": min(_moment(letter.get("at")) or now, now),
            "taken_in_at": now,
        },
    )
    if not is_new:
        return
    if contact:
        SenderContact.objects.create(problem=problem, said=contact[:MOST_CONTACT])
    if problem.is_personal:
        _tell_the_chief(problem)


def _tell_the_chief(problem: Problem) -> None:
    on = timezone.localdate()
    item = Information.objects.get(number=problem.number)
    news = News(
        kind="problem",
        key=f"problem:{problem.pk}",
        url=reverse("desk:problem", args=[problem.pk]),
        title=item.title,
        lines=(("Masalah", problem.get_kind_display()),),
        number=problem.number,
        is_urgent=True,
        is_secret=Case.objects.secret(on=on).filter(information=item).exists(),
        about=f"item:{item.pk}",
    )
    chiefs = Appointment.objects.in_force(on=on).filter(role__code=CHIEF)
    tell(news, to=set(chiefs.values_list("user", flat=True)))


def _said(letter: dict[str, Any], name: str) -> str:
    said = letter.get(name)
    return without_forbidden(said).strip() if isinstance(said, str) else ""


def _moment(said: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(str(said))
    except ValueError:
        return None
    return moment if moment.tzinfo else None
