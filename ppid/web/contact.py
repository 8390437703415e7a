"""Where the office is reached: the settings that every text shows in which somebody is told to ask."""

import re
from dataclasses import dataclass

from django.conf import settings


@dataclass(frozen=True, slots=True)
class Contact:
    """The office and how it is reached; what isn't set is ""."""

    government: str
    office: str
    city: str
    address: str
    hours: str
    phone: str
    email: str
    whatsapp: str

    @property
    def lines(self) -> list[str]:
        """What stands under the name on a letterhead."""
        phone, mail = self.phone and f"Telepon {self.phone}", self.email and f"Surel {self.email}"
        return [each for each in (self.address, phone, mail) if each]

    @property
    def phone_url(self) -> str:
        return f"tel:{re.sub(r'[^0-9+]', '', self.phone)}"

    @property
    def whatsapp_url(self) -> str:
        """The chat's address: the number in its international form, without signs."""
        digits = re.sub(r"[^0-9]", "", self.whatsapp)
        return f"https://wa.me/{'62' + digits[1:] if digits.startswith('0') else digits}"


def contact() -> Contact:
    """Return what is set."""
    return Contact(
        government=settings.GOVERNMENT,
        office=settings.OFFICE,
        city=settings.CITY,
        address=settings.CONTACT_ADDRESS,
        hours=settings.CONTACT_HOURS,
        phone=settings.CONTACT_PHONE,
        email=settings.CONTACT_EMAIL,
        whatsapp=settings.CONTACT_WHATSAPP,
    )
