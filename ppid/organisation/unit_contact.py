"""Where a unit is reached: address, telephone, mail, hours, which who keeps units or the unit itself writes down.

The public reads it on the unit's page; what a unit says nothing of, the office's own contact answers.
"""

import logging
import re
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.utils import timezone

from ppid.organisation.actions import KEEPERS, one_act_at_a_time
from ppid.organisation.models import TELEPHONE, Appointment, Unit, User
from ppid.organisation.unit_history import CONTACT, UnitChange
from ppid.organisation.units import UnitForbidden, UnitRefused, note_change, still_open

OWN = "ppid_pelaksana"  # who speaks for the unit itself
NOT_YOURS = (
    "Kontak unit hanya dapat diubah oleh PPID Pelaksana unit itu sendiri, atau oleh yang mengurus orang dan unit: "
    "PPID Utama yang penugasannya berlaku."
)
# The longest that is kept of each.
LONGEST = {name: Unit._meta.get_field(name).max_length or 0 for name in CONTACT}

log = logging.getLogger(__name__)


def keeps_contact(user: User, unit: Unit, *, on: date) -> bool:
    """Whether the person may say where the unit is reached, on the day ``on``."""
    held = Appointment.objects.of(user, on=on)
    return held.filter(role__code__in=KEEPERS).exists() or held.filter(role__code=OWN, unit=unit).exists()


@transaction.atomic
def reach(
    unit: Unit, *, address: str, phone: str, email: str, hours: str, actor: User, at: datetime | None = None
) -> Unit:
    """Change where the unit is reached; "" for what the office's own contact is to answer. Raises UnitRefused."""
    at = at or timezone.now()
    one_act_at_a_time()
    unit = still_open(unit)
    if not keeps_contact(actor, unit, on=timezone.localdate(at)):
        raise UnitForbidden(NOT_YOURS)
    typed = {"address": address, "phone": phone, "email": email, "hours": hours}
    contact = {name: " ".join(value.split()) for name, value in typed.items()}
    _refuse_unreachable(contact)
    if contact == unit.contact:
        raise UnitRefused("Tidak ada yang berubah: itu kontak yang sekarang tercatat.")
    before = unit.told
    for name, value in contact.items():
        setattr(unit, name, value)
    note_change(unit, UnitChange.Kind.REACHED, before=before, actor=actor, at=at)
    log.info("Account %s changed where the unit %s is reached.", actor.pk, unit.code)
    return unit


def _refuse_unreachable(contact: dict[str, str]) -> None:
    for name, value in contact.items():
        if len(value) > LONGEST[name]:
            raise UnitRefused(f"Paling panjang {LONGEST[name]} huruf; ini {len(value)}.", fields=[name])
    if contact["phone"] and not re.fullmatch(TELEPHONE, contact["phone"]):
        raise UnitRefused(
            "Tulis satu nomor telepon, 6 sampai 15 angka, misalnya (0561) 123456 atau 0812-3456-7890.", fields=["phone"]
        )
    if contact["email"]:
        try:
            validate_email(contact["email"])
        except ValidationError as error:
            raise UnitRefused("Tulis alamat surel seperti dinsos@contoh.go.id.", fields=["email"]) from error
