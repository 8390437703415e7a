"""What the demo's public reported: one report waits, one with personal data waits for PPID Utama, one was handled."""

import hashlib
from datetime import datetime, timedelta

from ppid.organisation.models import User
from ppid.reports.handling import handle
from ppid.reports.models import Problem
from ppid.reports.taking_in import note
from ppid.shelf.models import PublishedItem

_TOLD = (
    ("wrong", "Jumlah penerima pada tabel per kecamatan tidak sama dengan jumlah pada ringkasannya.", "0812 0000 0000"),
    ("personal", "Sepertinya ada nama lengkap dan alamat warga pada halaman terakhir.", ""),
    ("broken", "Berkasnya tidak dapat dibuka di ponsel saya.", ""),
)


def tell(now: datetime) -> None:
    """Take three reports in, as the worker does it, and answer the last one."""
    items = PublishedItem.objects.order_by("number").values_list("number", flat=True)[:3]
    for n, (number, (kind, text, contact)) in enumerate(zip(items, _TOLD, strict=True)):
        at = (now - timedelta(hours=3 * n + 1)).isoformat()
        letter = {"number": number, "kind": kind, "text": text, "contact": contact, "at": at}
        note(hashlib.sha256(text.encode()).hexdigest()[:32], letter)
    handled = Problem.objects.get(kind=Problem.Kind.BROKEN)
    words = "Dicoba pada dua ponsel: berkasnya terbuka, dan halamannya kini dapat dibaca langsung di portal."
    handle(handled, words, actor=User.objects.get(email="bidang@demo.example"))
