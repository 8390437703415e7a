"""Where two units of the demo are reached themselves; the others leave it to the office."""

from ppid.organisation.models import Unit, User
from ppid.organisation.unit_contact import reach

_CONTACTS = {
    "dinsos": ("Jalan Contoh Nomor 7, Pontianak (peragaan)", "(0561) 000007", "dinsos@demo.example"),
    "disdukcapil": ("Jalan Contoh Nomor 9, Pontianak (peragaan)", "(0561) 000009", "disdukcapil@demo.example"),
}
_HOURS = "Senin–Kamis 08.00–15.00, Jumat 08.00–11.00 (peragaan)"


def write_down() -> None:
    """Let PPID Utama write down where they are reached."""
    chief = User.objects.get(email="utama@demo.example")
    for code, (address, phone, email) in _CONTACTS.items():
        unit = Unit.objects.filter(code=code, is_active=True).first()
        if unit is not None:
            reach(unit, address=address, phone=phone, email=email, hours=_HOURS, actor=chief)
