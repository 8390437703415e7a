"""When each job of the clock ran last, and what is wrong since when. Both are small and written over."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q


class JobRun(models.Model):
    """The last run of a job that the clock begins: a task of ``daily``, or a periodic task of the queue.

    ``ended_at`` is empty while it runs, and stays so when it was killed. ``done_at`` is the end of the last run that
    went well, ``failed_at`` of the last that did not; ``because`` says why in its first line, until one goes well.
    """

    name = models.CharField("pekerjaan", max_length=80, primary_key=True)
    started_at = models.DateTimeField("dimulai")
    ended_at = models.DateTimeField("selesai", null=True)
    done_at = models.DateTimeField("terakhir berhasil", null=True)
    failed_at = models.DateTimeField("terakhir gagal", null=True)
    because = models.CharField("sebab", max_length=300, blank=True)

    class Meta:
        verbose_name = "jalannya pekerjaan berkala"
        constraints = [
            models.CheckConstraint(
                name="a_run_ends_as_done_or_failed",
                condition=Q(ended_at__isnull=True)
                | Q(done_at__isnull=False, ended_at=F("done_at"))
                | Q(failed_at__isnull=False, ended_at=F("failed_at")),
            ),
            models.CheckConstraint(name="a_failed_run_says_why", condition=Q(because="") | Q(failed_at__isnull=False)),
        ]

    def __str__(self):
        return self.name

    @property
    def failed(self) -> bool:
        """Whether the last run that ended failed."""
        return bool(self.because)

    @property
    def took(self) -> timedelta | None:
        """How long the last run took; None while it is under way."""
        return self.ended_at - self.started_at if self.ended_at else None


class Trouble(models.Model):
    """Something that an examination found, from when it was first found until it was over.

    ``key`` is the finding's, ``said`` its words when they were last looked at. Those who keep the office are told once
    of each, and once when it is over.
    """

    key = models.CharField("temuan", max_length=200)
    is_bad = models.BooleanField("parah")
    said = models.TextField("kalimat")
    found_at = models.DateTimeField("ditemukan")
    seen_at = models.DateTimeField("terakhir terlihat")
    told_at = models.DateTimeField("dikabarkan", null=True)
    over_at = models.DateTimeField("berakhir", null=True)
    over_told_at = models.DateTimeField("pulihnya dikabarkan", null=True)

    class Meta:
        verbose_name = "gangguan"
        ordering = ["-found_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(over_at__isnull=True), name="one_open_trouble_of_a_kind"
            ),
            models.CheckConstraint(
                name="nobody_hears_that_something_is_over_before_it_is",
                condition=Q(over_told_at__isnull=True) | Q(over_at__isnull=False, told_at__isnull=False),
            ),
        ]

    def __str__(self):
        return self.said
