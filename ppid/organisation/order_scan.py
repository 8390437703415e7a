"""The scan of the order by which somebody was appointed: a row that never changes, and names its bytes."""

from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained
from ppid.organisation.appointment_rules import ADMIN, CHIEF, HEAD
from ppid.triggers import acts_with_own_password, kept, local_day, never_emptied, refuses


class OrderScan(models.Model):
    """A scan of an appointment's order, in the store of ``scan_keeping``; a better one comes beside it."""

    appointment = models.ForeignKey(
        "organisation.Appointment", models.PROTECT, related_name="scans", verbose_name="penugasan"
    )
    filename = models.CharField("nama berkas", max_length=200)
    size = models.PositiveBigIntegerField("ukuran", help_text="bytes")
    sha256 = models.CharField(max_length=64, db_index=True)
    uploaded_by = models.ForeignKey("organisation.User", models.PROTECT, related_name="+", verbose_name="oleh")
    uploaded_by_name = models.CharField("nama pengunggah", max_length=150)
    uploaded_at = models.DateTimeField("diunggah pada")

    class Meta:
        verbose_name = "pindaian surat penugasan"
        ordering = ["appointment", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["appointment", "sha256"], name="order_scan_once"),
            models.CheckConstraint(name="order_scan_names_its_bytes", condition=Q(sha256__regex="^[0-9a-f]{64}$")),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            acts_with_own_password("uploaded_by_id"),
            refuses(
                "a_scan_is_kept_by_a_keeper",
                "the scan of an order is kept by who keeps people, that of who leads by PPID Utama",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM organisation_appointment held
                        JOIN organisation_role role ON role.id = held.role_id
                        JOIN organisation_appointment ordered ON ordered.id = NEW.appointment_id
                        JOIN organisation_role seat ON seat.id = ordered.role_id
                        WHERE held.user_id = NEW.uploaded_by_id AND held.closed_at IS NULL
                          AND held.starts_on <= {local_day("NEW.uploaded_at")}
                          AND (held.ends_on IS NULL OR held.ends_on >= {local_day("NEW.uploaded_at")})
                          AND (role.code = '{CHIEF}'
                               OR role.code = '{ADMIN}' AND seat.code NOT IN ('{CHIEF}', '{HEAD}'))
                    )
                """,  # noqa: S608 - words of this house
            ),
        ]

    def __str__(self):
        return self.filename
