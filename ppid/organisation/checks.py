"""What must hold of people and sign-in before the portal starts."""

from django.conf import settings
from django.core.checks import Error, Warning
from django.utils import timezone

from ppid.web.examinations import examination


@examination("Orang peragaan hanya dapat masuk pada peragaan")
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
            f"Orang peragaan dapat masuk ({', '.join(people)}), dan kata sandinya diketahui umum.",
            hint="Nonaktifkan atau hapus mereka, atau mulailah dari basis data kosong.",
            id="ppid.E001",
        )
    ]


@examination("Ada PPID Utama")
def somebody_leads(databases):
    """Warn while nobody could appoint anybody."""
    from ppid.organisation.actions import CHIEF
    from ppid.organisation.models import Appointment

    if Appointment.objects.in_force(on=timezone.localdate()).filter(role__code=CHIEF).exists():
        return []
    return [
        Warning(
            "Hari ini tidak ada yang ditugaskan sebagai PPID Utama, jadi tidak ada yang dapat ditugaskan di meja.",
            hint="Jalankan manage.py appoint (lihat --help).",
            id="ppid.W002",
        )
    ]


@examination("Percobaan masuk dihitung menurut alamat yang sebenarnya")
def addresses_are_told_apart(databases):
    """Warn when everybody seems to come from the proxy: gunicorn listens on this machine alone."""
    if settings.DEMO or settings.BEHIND_PROXY:
        return []
    return [
        Warning(
            "BEHIND_PROXY belum diisi, padahal portal hanya mendengar di 127.0.0.1, jadi ada proksi di depannya: semua "
            "orang tampak datang dari sana, dan kata sandi salah satu orang dihitung bagi semua.",
            hint="Isi BEHIND_PROXY=1, dan TRUSTED_PROXY_COUNT bila proksinya lebih dari satu.",
            id="ppid.W003",
        )
    ]
