"""The demo's auditor links: one that still opens and one that has ended, with what was read through it.

Their secrets are shown to nobody: a new one is given at the desk.
"""

from datetime import datetime, timedelta

from ppid.flows.models import Case
from ppid.organisation.models import User
from ppid.proof.giving import after_working_days, give, use
from ppid.proof.models import AuditorUse


def give_links(now: datetime) -> None:
    """Give both links as PPID Utama, to dossiers of the oldest cases that ended with a publication."""
    chief = User.objects.get(email="utama@demo.example")
    published = Case.objects.filter(flow="publication", state="published", information__exclusions=None)
    first, second = published.order_by("opened_at", "pk")[:2]
    began = now - timedelta(days=35)
    _, secret = give(
        [first],
        for_whom="Inspektorat Kota Pontianak, Irban III",
        purpose="Reviu layanan informasi semester I, surat tugas 700/84/INSP/2026.",
        ends_at=after_working_days(10, at=began),
        actor=chief,
        at=began,
    )
    What = AuditorUse.What
    use(secret, What.OPENED, at=began + timedelta(hours=3))
    use(secret, What.PDF, number=first.number, at=began + timedelta(hours=3, minutes=4))
    give(
        [first, second],
        for_whom="Komisi Informasi Provinsi Kalimantan Barat",
        purpose="Monitoring dan evaluasi keterbukaan informasi 2026, surat 214/KI-Kalbar/2026.",
        ends_at=after_working_days(10, at=now),
        actor=chief,
        at=now - timedelta(hours=20),
    )
