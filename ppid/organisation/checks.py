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


@examination("Peran dalam SECOND_FACTOR_ROLES ada")
def second_factor_roles_exist(databases):
    """Warn of a role that nobody can hold: a slip there would ask nobody for a second factor."""
    from ppid.organisation.models import Role

    known = set(Role.objects.values_list("code", flat=True))
    unknown = sorted(set(settings.SECOND_FACTOR_ROLES) - known)
    if not known or not unknown:
        return []
    return [
        Warning(
            f"SECOND_FACTOR_ROLES menyebut peran yang tidak ada: {', '.join(unknown)}.",
            hint=f"Perbaiki di /etc/ppid/ppid.env. Yang ada: {', '.join(sorted(known))}.",
            id="ppid.W030",
        )
    ]


@examination("Rahasia langkah kedua terbaca dengan MFA_KEY")
def second_factors_can_be_read(databases):
    """Warn while a secret was written by a key that is gone: its person can't sign in by it."""
    from ppid.organisation.second_factor import unreadable

    count = unreadable()
    if not count:
        return []
    return [
        Warning(
            f"{count} rahasia langkah kedua ditulis dengan kunci yang tidak ada lagi dalam MFA_KEY.",
            hint="Kembalikan kunci lama di bawah yang baru (docs/operasi.md), lalu jalankan manage.py renew_mfa_key.",
            id="ppid.W031",
        )
    ]
