"""Keeping the scans of orders: their store, and the acts that put one there. Only who keeps people reads them."""

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from ppid.content_store import ContentStore, store
from ppid.organisation.actions import PeopleRefused, one_act_at_a_time
from ppid.organisation.appointing import require_may_change
from ppid.organisation.models import Appointment, OrderScan, User
from ppid.scanning.signed_scans import Scan, received


def order_store() -> ContentStore:
    """Return the orders' own store, beside the documents'."""
    return store(settings.PRIVATE_FILES, "orders")


def forget_unless_ordered(hashes: set[str]) -> set[str]:
    """Delete those files that no appointment names; return which they were."""
    named = set(OrderScan.objects.filter(sha256__in=hashes).values_list("sha256", flat=True))
    return order_store().keep_only(named, among=hashes)


def add_scan(appointment: Appointment, upload: UploadedFile, *, actor: User, at: datetime | None = None) -> OrderScan:
    """Keep a scan of the order of an appointment that stands, also of one that has ended. Raises PeopleRefused."""
    with _arrived(upload) as scan, transaction.atomic():
        one_act_at_a_time()
        require_may_change(appointment, actor)
        return _keep(scan, appointment, actor, at)


def record_with_scan(
    record: Callable[[], Appointment], upload: UploadedFile | None, *, actor: User, at: datetime | None = None
) -> Appointment:
    """Appoint by ``record`` and keep the order's scan, both or neither. Raises as ``record``, and PeopleRefused."""
    if upload is None:
        return record()
    with _arrived(upload) as scan, transaction.atomic():
        appointment = record()
        _keep(scan, appointment, actor, at)
    return appointment


def _arrived(upload: UploadedFile):
    return received(upload, order_store(), otherwise="surat-penugasan", refused=PeopleRefused)


def _keep(scan: Scan, appointment: Appointment, actor: User, at: datetime | None) -> OrderScan:
    if appointment.scans.filter(sha256=scan.incoming.sha256).exists():
        raise PeopleRefused("Pindaian yang sama persis sudah ada pada penugasan ini.", fields=["file"])
    kept = OrderScan.objects.create(
        appointment=appointment,
        filename=scan.filename,
        size=scan.incoming.size,
        sha256=scan.incoming.sha256,
        uploaded_by=actor,
        uploaded_by_name=actor.name,
        uploaded_at=at or timezone.now(),
    )
    scan.incoming.place()
    return kept
