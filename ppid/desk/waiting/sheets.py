"""What waits for people in the SOP library: sheets to approve, drafts that came back, doubts, the yearly look."""

from django.db.models import Count, Q
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.status import day_status
from ppid.desk.waiting.cases import NO_TERM
from ppid.desk.waiting.kind import Kind, Task
from sop.models import SopVersion
from sop.permissions import APPROVER, KEEPER
from sop.versions import waiting


def _name(version) -> str:
    return f"{version.title}, versi {version.version}"


def _mine(reader):
    if not reader.holds(KEEPER, APPROVER):
        return SopVersion.objects.none()
    return waiting.for_keeper(reader.units(KEEPER), is_chief=reader.holds(APPROVER), on=reader.today)


class SheetToApprove(Kind):
    """A version handed in, for PPID Utama to approve or send back."""

    key, group, icon = "sheet", "sop", "clipboard-document-check"

    def rows(self, reader):
        if not reader.holds(APPROVER):
            return SopVersion.objects.none()
        return waiting.to_approve(reader.user, on=reader.today)

    decisions = rows

    def tasks(self, rows, reader):
        for version in rows:
            yield Task(
                is_secret=False,
                of=f"Lembar SOP untuk disahkan, {version.sop.unit.short_name}",
                title=_name(version),
                url=reverse("desk:sop-approve", args=[version.sop.slug, version.version]),
                wants="Baca lembar, temuan pemeriksaan, dan bedanya dengan versi yang berlaku, lalu setujui atau "
                "kembalikan.",
                came_from=f"Diajukan {version.moved_actor_name}, {date_format(version.moved_at, 'l, j F Y')}",
                status=NO_TERM,
                since=version.moved_at,
            )


class SheetSentBack(Kind):
    """A draft that came back from review, for who keeps it to mend."""

    key, group, icon = "sheet-back", "sop", "arrow-uturn-left"

    def rows(self, reader):
        return waiting.sent_back(_mine(reader))

    def sent_back(self, reader):
        return Q(pk__isnull=False)

    def tasks(self, rows, reader):
        for version in rows:
            yield Task(
                is_secret=False,
                of=f"Draf SOP yang dikembalikan, {version.sop.unit.short_name}",
                title=_name(version),
                url=version.get_absolute_url(),
                wants=f"Perbaiki lalu ajukan lagi: {version.moved_why}",
                came_from=f"Dikembalikan {version.moved_actor_name}, {date_format(version.moved_at, 'l, j F Y')}",
                status=NO_TERM,
                since=version.moved_at,
            )


class DoubtedImport(Kind):
    """A draft read from a file, with doubts that nobody has settled yet."""

    key, group, icon = "doubts", "sop", "question-mark-circle"

    def rows(self, reader):
        return waiting.doubted(_mine(reader)).select_related("imported_from")

    def tasks(self, rows, reader):
        found = list(rows)
        many = SopVersion.objects.filter(pk__in=[each.pk for each in found])
        left = dict(many.values_list("pk").annotate(n=Count("doubts", filter=Q(doubts__settled_at=None))))
        for version in found:
            identity = reverse("desk:sop-edit", args=[version.sop.slug, version.version, "identitas"])
            kept = getattr(version, "imported_from", None)
            yield Task(
                is_secret=False,
                of=f"Keraguan impor, {version.sop.unit.short_name}",
                title=_name(version),
                url=f"{identity}#keraguan",
                wants=f"{left[version.pk]} hal diragukan saat berkasnya dibaca. Putuskan sebelum draf diajukan.",
                came_from=f"Diimpor dari «{kept.filename}», {date_format(kept.kept_at, 'l, j F Y')}" if kept else "",
                status=NO_TERM,
                since=kept.kept_at if kept else None,
            )


class SheetToReview(Kind):
    """A version in force whose yearly look is due."""

    key, group, icon = "review", "sop", "calendar-days"

    def rows(self, reader):
        if not reader.holds(KEEPER, APPROVER):
            return SopVersion.objects.none()
        due = _mine(reader).due_for_review(on=reader.today)
        return due.select_related("sop__unit").order_by("review_on", "pk")

    def late(self, reader):
        return Q(review_on__lt=reader.today)

    def tasks(self, rows, reader):
        for version in rows:
            yield Task(
                is_secret=False,
                of=f"Tinjauan tahunan SOP, {version.sop.unit.short_name}",
                title=_name(version),
                url=version.get_absolute_url(),
                wants="Nyatakan bahwa lembar ini masih sesuai, atau buat versi baru.",
                status=day_status(version.review_on, now=reader.now, working=reader.working),
                due=version.review_on,
            )
