"""How an SOP begins: its name, and an address that no other SOP has, also when two begin at the same moment."""

from django.db import IntegrityError, transaction

from ppid.organisation.models import Unit
from sop.models import Sop

THEME_LENGTH = Sop._meta.get_field("theme").max_length


def begin_sop(*, title: str, unit: Unit, theme: str = "") -> Sop:
    """Create the SOP under an address made of its title; of two at once, the second waits and takes the next one."""
    while True:
        try:
            with transaction.atomic():
                return Sop.objects.create(slug=Sop.objects.free_slug(title), title=title, unit=unit, theme=theme)
        except IntegrityError as error:
            if "sop_sop_slug" not in str(error):
                raise
