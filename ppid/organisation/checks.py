"""What must hold of people and sign-in before the portal starts."""

from django.conf import settings
from django.core.checks import Error, Warning
from django.utils import timezone

from ppid.web.examinations import examination


@examination("No demo person can sign in")
def no_demo_people_in_production(databases):
    """Refuse to start outside the demo while a demo person could sign in."""
    from ppid.organisation.models import User

    if settings.DEMO:
        return []
    people = list(User.objects.filter(is_demo=True, is_active=True).values_list("email", flat=True)[:3])
    if not people:
        return []
    return [
        Error(
            f"Demo people can sign in ({', '.join(people)}), and their password is public.",
            hint="Deactivate or delete them, or start from an empty database.",
            id="ppid.E001",
        )
    ]


@examination("Somebody is PPID Utama")
def somebody_leads(databases):
    """Warn while nobody could appoint anybody."""
    from ppid.organisation.actions import CHIEF
    from ppid.organisation.models import Appointment

    if Appointment.objects.in_force(on=timezone.localdate()).filter(role__code=CHIEF).exists():
        return []
    return [
        Warning(
            "Nobody holds an appointment as PPID Utama today, so nobody can be appointed at the desk.",
            hint="Run manage.py appoint (see its --help).",
            id="ppid.W002",
        )
    ]


@examination("Sign-in attempts are counted by the true address")
def addresses_are_told_apart(databases):
    """Warn when everybody seems to come from the proxy: gunicorn listens on this machine alone."""
    if settings.DEMO or settings.BEHIND_PROXY:
        return []
    return [
        Warning(
            "BEHIND_PROXY is not set, but the portal listens on 127.0.0.1 alone, so something stands in front of it: "
            "everybody seems to come from there, and one person's wrong passwords count against all.",
            hint="Set BEHIND_PROXY=1, and TRUSTED_PROXY_COUNT when there is more than one proxy.",
            id="ppid.W003",
        )
    ]
