"""What must hold before the portal starts (``manage.py check --database default``, also run by ``ppid.wsgi``)."""

from django.conf import settings
from django.core.checks import Error, Tags, register
from django.db import DatabaseError


@register(Tags.database)
def no_demo_people_in_production(app_configs=None, databases=None, **kwargs):
    """Refuse to start outside the demo while a demo person could sign in."""
    from ppid.organisation.models import User

    if settings.DEMO or not databases:
        return []
    try:
        people = list(User.objects.filter(is_demo=True, is_active=True).values_list("email", flat=True)[:3])
    except DatabaseError:  # the tables are not there yet: migrations run first
        return []
    if not people:
        return []
    return [
        Error(
            f"Demo people can sign in ({', '.join(people)}), and their password is public.",
            hint="Deactivate or delete them, or start from an empty database.",
            id="ppid.E001",
        )
    ]
