"""The ``.ics`` of a person's due dates, for their own calendar: of what is excluded the number alone."""

import hashlib
from datetime import datetime, timedelta

import icalendar
from django.conf import settings
from django.utils import timezone

from ppid.desk.notices.due import Row, row_of, waiting_for
from ppid.organisation.models import User

_MOST = 200


def due_dates(person: User, now: datetime) -> bytes:
    """Return the calendar of what waits for the person and has a day or an hour by which it is to be done."""
    calendar = icalendar.Calendar()
    calendar.add("prodid", "-//PPID//Tenggat//ID")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", f"Tenggat {settings.SITE_NAME}")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for task in waiting_for(person, now, most=_MOST).tasks:
        if task.due is not None:
            calendar.add_component(_event(row_of(task), task.url, now))
    return calendar.to_ical()


def _event(row: Row, path: str, now: datetime) -> icalendar.Event:
    event = icalendar.Event()
    event.add("uid", f"{hashlib.sha256(path.encode()).hexdigest()[:32]}@{settings.EMAIL_FROM_HOST}")
    event.add("dtstamp", now)
    event.add("summary", f"Tenggat: {row.title}")
    if isinstance(row.due, datetime):
        due = timezone.localtime(row.due)
        event.add("dtstart", due - timedelta(minutes=15))
        event.add("dtend", due)
    else:
        event.add("dtstart", row.due)
    if row.wants:
        event.add("description", row.wants)
    if row.place:
        event.add("url", row.place)
    event.add("transp", "TRANSPARENT")
    return event
