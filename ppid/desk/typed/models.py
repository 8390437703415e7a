"""What somebody typed into a form and has not sent yet: theirs alone, on whichever device they sign in."""

from datetime import timedelta

from django.db import models

from ppid.organisation.models import User
from ppid.triggers import never_emptied

KEPT_FOR = timedelta(days=30)
MOST = 50  # forms of one person
LONGEST = 300  # letters of an address


class TypedDraft(models.Model):
    """The text of one person in the form at ``path``: names and values in their order, and the names of its files."""

    person = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="penulis")
    path = models.CharField("alamat formulir", max_length=LONGEST)
    fields = models.JSONField("isian")
    files = models.JSONField("nama berkas", default=list)
    saved_at = models.DateTimeField("disimpan pada")

    class Meta:
        verbose_name = "isian yang belum terkirim"
        constraints = [models.UniqueConstraint(fields=["person", "path"], name="one_draft_of_a_person_at_a_form")]
        triggers = [never_emptied()]

    def __str__(self):
        return self.path
