"""What waits for people among the editions of DIP and DIK: to approve as head, to set by the SK."""

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.waiting.cases import NO_TERM
from ppid.desk.waiting.kind import Kind, Task
from ppid.editions.models import EditionAct, RegisterEdition
from ppid.editions.permissions import HEAD, UTAMA
from ppid.organisation.puppets import in_hands_of


def _waiting(reader, role: str, *, approved: bool):
    """Return the prepared editions of others, approved or not yet; none for who doesn't hold the role."""
    if not reader.holds(role):
        return RegisterEdition.objects.none()
    acts = EditionAct.objects.filter(edition=OuterRef("pk"))
    own = acts.filter(actor__in=in_hands_of(reader.user)).exclude(how=EditionAct.How.SCAN)
    is_approved = Exists(acts.filter(kind="approved"))
    waiting = RegisterEdition.objects.filter(~Exists(own), is_approved if approved else ~is_approved, state="prepared")
    return waiting.order_by("as_of", "pk")


def _task(edition, act: str, wants: str) -> Task:
    prepared = edition.acts.all()[0]
    return Task(
        is_secret=False,
        of=f"Edisi {edition.get_register_display()}",
        title=f"{edition.name} {edition.year}, keadaan per {date_format(edition.as_of)}",
        url=reverse("desk:edition", args=[edition.pk]),
        wants=wants,
        came_from=f"{act} {prepared.actor_name}, {date_format(prepared.at, 'l, j F Y')}",
        status=NO_TERM,
        since=prepared.at,
    )


class EditionToApprove(Kind):
    """A prepared edition, for the head to approve."""

    key, group, icon = "edition", "register", "queue-list"

    def rows(self, reader):
        return _waiting(reader, HEAD, approved=False)

    def tasks(self, rows, reader):
        for edition in rows.prefetch_related("acts"):
            yield _task(edition, "Disiapkan", "Baca yang berubah sejak edisi terakhir, lalu setujui.")


class EditionToSet(Kind):
    """An approved edition, for PPID Utama to set by the signed SK."""

    key, group, icon = "edition-set", "register", "document-check"

    def rows(self, reader):
        return _waiting(reader, UTAMA, approved=True)

    def tasks(self, rows, reader):
        for edition in rows.prefetch_related("acts"):
            yield _task(
                edition, "Disiapkan", "Bila SK-nya sudah ditandatangani, tetapkan dengan nomor dan pindaiannya."
            )
