"""What waits for people in the cases: rows to take, proposals and approvals, papers to sign, terms, items to renew."""

from functools import reduce
from operator import or_

from django.db.models import BooleanField, Exists, ExpressionWrapper, F, OuterRef, Q, Subquery
from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.status import Status, case_status, day_status
from ppid.desk.waiting.kind import Kind, Task
from ppid.flows.amendments import awaiting_decision
from ppid.flows.approve_as_head import unapproved
from ppid.flows.head_approval import HEAD
from ppid.flows.knowing import Held
from ppid.flows.ledger import last_standing
from ppid.flows.lifting import last_day_to_declare, near_their_end, too_late_to_declare
from ppid.flows.models import Case, is_overdue, was_sent_back
from ppid.flows.papers.kinds import KINDS
from ppid.flows.papers.models import PaperNumber, SignedPaper
from ppid.flows.participation import awaiting_confirmation
from ppid.flows.renewal import to_renew, with_cases
from ppid.shelf.models import PublishedItem

FLOWS = {"publication": "Pengumuman", "exclusion": "Pengecualian"}
_ICONS = {"exclusion": "lock-closed"}


def secret(reader, item: str = "information"):
    """Return, for a row with that item, whether the item is secret now; ``is_secret`` of each row."""
    return Exists(Case.objects.secret(on=reader.today).filter(information=OuterRef(item)))


def _on(moment) -> str:
    return date_format(moment, "l, j F Y")


class CaseRow(Kind):
    """A case whose present row is the reader's to take."""

    key, group, icon = "case", "proses", "megaphone"

    def rows(self, reader):
        cases = Case.objects.awaiting_with(reader.offices).for_list()
        at_once = ExpressionWrapper(Q(is_urgent=True, published_first_at=None), BooleanField())
        cases = cases.annotate(came_from=Subquery(last_standing().values("actor_name")), at_once=at_once)
        cases = cases.annotate(is_secret=secret(reader))
        return cases.order_by("-at_once", F("due_at").asc(nulls_last=True), "received_at", "pk")

    def decisions(self, reader):
        return self.rows(reader).deciding()

    def late(self, reader):
        return is_overdue(at=reader.now)

    def sent_back(self, reader):
        return was_sent_back()

    def tasks(self, rows, reader):
        for case in rows:
            activity = case.awaited
            where = f"langkah {case.step_number} dari {len(case.activities)}"
            yield Task(
                of=f"{FLOWS[case.flow]}, {where}, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=case.worked_on_at,
                icon=_ICONS.get(case.flow, ""),
                wants=case.asks,
                came_from=f"Dari {case.came_from}, {_on(case.received_at)}" if case.came_from else "",
                status=case_status(case, now=reader.now, working=reader.working),
                standard=f"standar {activity.duration_text}" if activity.duration_text else "",
                due=case.due_at,
                since=case.received_at,
                is_urgent=case.due_at_once,
                below="desk/work/case_below.html",
                about={"case": case},
                is_secret=case.is_secret or case.flow == "exclusion",
                number=case.number,
            )


class Proposal(Kind):
    """A change after the end of a case that somebody else proposed and the reader decides on."""

    key, group, icon = "proposal", "proses", "pencil-square"

    def rows(self, reader):
        proposals = awaiting_decision(reader.user, reader.appointments)
        return proposals.annotate(is_secret=secret(reader, "case__information"))

    decisions = rows

    def tasks(self, rows, reader):
        for amendment in rows:
            case = amendment.case
            yield Task(
                of=f"Usul yang menunggu keputusan Anda: {amendment.title}, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=reverse("desk:amendment", args=[case.number, amendment.pk]),
                wants=f"Setujui atau tolak: {amendment.reason}",
                came_from=f"Diusulkan {amendment.proposed_name}, {_on(amendment.proposed_at)}",
                status=NO_TERM,
                since=amendment.proposed_at,
                is_secret=amendment.is_secret or case.flow == "exclusion",
                number=case.number,
            )


class ParticipantsWord(Kind):
    """An exclusion whose lembar uji names the reader as a participant, and waits for their own word.

    It is due with the step that waits for it.
    """

    key, group, icon = "confirm", "proses", "document-check"

    def rows(self, reader):
        if not reader.offices:
            return Case.objects.none()
        mine = awaiting_confirmation(reader.user).visible_with(reader.offices, on=reader.today)
        mine = mine.select_related("information", "unit", "exclusion__test__filled_by")
        return mine.order_by(F("due_at").asc(nulls_last=True), "exclusion__test__filled_at", "pk")

    def late(self, reader):
        return is_overdue(at=reader.now)

    def tasks(self, rows, reader):
        for case in rows:
            test = case.exclusion.test
            yield Task(
                of=f"Uji konsekuensi menunggu konfirmasi Anda, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=reverse("desk:test-sheet", args=[case.number]),
                wants="Baca lembar ujinya, lalu nyatakan bahwa Anda ikut menguji dan membenarkan isinya.",
                came_from=f"Diisi {test.filled_by.name}, {_on(test.filled_at)}",
                status=case_status(case, now=reader.now, working=reader.working),
                standard="bersama langkahnya",
                due=case.due_at,
                since=test.filled_at,
                number=case.number,
            )


class HeadsApproval(Kind):
    """An exclusion that the reader approves as head before it is adopted."""

    key, group, icon = "head", "proses", "scale"

    def rows(self, reader):
        if not reader.holds(HEAD):
            return Case.objects.none()
        return unapproved().select_related("information", "unit").order_by("received_at", "pk")

    decisions = rows

    def tasks(self, rows, reader):
        for case in rows:
            yield Task(
                of=f"Menunggu persetujuan Anda sebagai pimpinan, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=reverse("desk:head-approval", args=[case.number]),
                wants="Baca lembar uji dan surat penetapannya, lalu setujui atau kembalikan.",
                came_from=f"Hasil uji diterima PPID Utama {_on(case.received_at)}",
                status=NO_TERM,
                since=case.received_at,
                number=case.number,
            )


class UnsignedPaper(Kind):
    """A numbered paper of a running case that proves something only when signed, and whose signed scan is missing."""

    key, group, icon = "paper", "surat", "document-check"

    def rows(self, reader):
        mine = [
            Q(kind=kind.key) if held.is_city_wide else Q(kind=kind.key, case__unit=held.unit)
            for kind in KINDS.values()
            for held in reader.offices
            if kind.signs and held.code in kind.roles
        ]
        if not mine:
            return PaperNumber.objects.none()
        visible = Case.objects.visible_with(reader.offices, on=reader.today).running()
        unsigned = PaperNumber.objects.filter(
            reduce(or_, mine),
            ~Exists(SignedPaper.objects.filter(paper=OuterRef("pk"))),
            cancelled_at=None,
            case__in=visible.order_by().values("pk"),
        )
        return (
            unsigned.annotate(is_secret=secret(reader, "case__information"))
            .select_related("case__information", "case__unit")
            .order_by("recorded_at", "pk")
        )

    def tasks(self, rows, reader):
        for paper in rows:
            kind, case = KINDS[paper.kind], paper.case
            yield Task(
                of=f"{kind.title} yang belum bertanda tangan, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=reverse("desk:paper-scan", args=[case.number, kind.slug, paper.pk]),
                wants=f"Mintakan tanda tangan pada surat nomor {paper.number}, lalu unggah pindaiannya.",
                came_from=f"Diberi nomor oleh {paper.recorded_by_name}, {_on(paper.recorded_at)}",
                status=NO_TERM,
                since=paper.recorded_at,
                is_secret=paper.is_secret or case.flow == "exclusion",
                number=case.number,
            )


class EndingExclusion(Kind):
    """An exclusion whose term ends soon: to be declared open by a day, or extended by a new test."""

    key, group, icon = "ending", "tenggat", "lock-open"

    def rows(self, reader):
        held = [Held.by(each) for each in reader.appointments if each.opens_exclusions]
        if not held:
            return Case.objects.none()
        return near_their_end(held, on=reader.today, working=reader.working)

    def late(self, reader):
        return Q(exclusion__ends_on__lt=too_late_to_declare(reader.today, reader.working))

    def tasks(self, rows, reader):
        for case in rows:
            last, ends_on = last_day_to_declare(case.exclusion.ends_on, reader.working), case.exclusion.ends_on
            if last < reader.today:
                status = Status("late", "exclamation-circle", "Batas menyatakan terbuka sudah lewat")
            else:
                status = day_status(last, now=reader.now, working=reader.working)
            yield Task(
                of=f"Pengecualian yang akan berakhir, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=case.get_absolute_url(),
                wants="Nyatakan terbuka, atau perpanjang dengan uji baru. "
                f"Tanpa keputusan, terbuka dengan sendirinya sesudah {date_format(ends_on)}.",
                status=status,
                standard="30 hari kerja sebelum berakhir",
                due=last,
                since=ends_on,
                number=case.number,
            )


class ItemToRenew(Kind):
    """A «berkala» item that the reader prepares, to be renewed or confirmed before its day."""

    key, group, icon = "renewal", "tenggat", "arrow-path"

    def rows(self, reader):
        return to_renew(reader.offices, on=reader.today) if reader.offices else PublishedItem.objects.none()

    def late(self, reader):
        return Q(renew_by__lt=reader.today)

    def tasks(self, rows, reader):
        for item, case in with_cases(rows):
            late = item.renew_by < reader.today
            yield Task(
                of=f"Informasi berkala yang perlu diperbarui, {item.number}, {case.unit.short_name}",
                title=item.title,
                url=case.get_absolute_url(),
                wants="Perbarui dengan dokumen yang baru, atau nyatakan bahwa isinya masih sesuai: pernyataan itu "
                "bertanggal dan dibaca publik.",
                status=Status("late", "exclamation-circle", "Perlu diperbarui")
                if late
                else day_status(item.renew_by, now=reader.now, working=reader.working),
                standard=f"{'seharusnya ' if late else ''}paling lambat {date_format(item.renew_by)}",
                due=item.renew_by,
                below="desk/work/renew_acts.html",
                about={"case": case, "number": item.number},
                is_secret=False,
                number=item.number,
            )


NO_TERM = Status("plain", "minus-circle", "Tanpa batas waktu")
