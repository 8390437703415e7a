"""One cell of the matrix at the desk: what answers it, what waits, and the ways to answer it."""

from datetime import timedelta
from functools import cached_property

from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.obligations.forms import LinkForm, RenewForm, StartForm, StateForm
from ppid.desk.obligations.pages import OfCell, cell_url
from ppid.flows import answering, fulfilling
from ppid.flows.opening import items_to_open, units_to_open
from ppid.obligations import deciding
from ppid.obligations.cells import Named
from ppid.obligations.models import Statement
from ppid.obligations.refusals import DutyRefused
from ppid.obligations.statements import last_until, state
from ppid.organisation.models import Unit
from ppid.shelf.periods import in_words
from ppid.shelf.rubric import State

_SHOWN = 60  # of what was said of it, what waits and stands before the rest
_USUALLY = timedelta(days=30)  # for the work, where nothing sets its day


class CellPage(OfCell, TemplateView):
    template_name = "desk/obligations/cell.html"

    def prepared_among(self, filled):
        """Return the keys of the items whose publication runs: what is linked is decided with them."""
        items = [each.information_id for each in filled if each.is_waiting]
        if not items:
            return []
        return fulfilling.being_prepared().filter(information__in=items).values_list("information", flat=True)

    def get_context_data(self, **kwargs):
        cell = {"duty_code": self.duty.code, "unit_code": self.unit}
        said = list(Statement.objects.filter(**cell).live_first()[:_SHOWN])
        filled = list(self.fulfilments.filter(**cell).live_first()[:_SHOWN])
        prepared = set(self.prepared_among(filled))
        with_item = [each for each in filled if each.is_waiting and each.information_id in prepared]
        waiting = [each for each in (*said, *filled) if each.is_waiting and each not in with_item]
        former = [each for each in (*said, *filled) if not each.is_waiting and not each.stands]
        return super().get_context_data(
            waiting=[(each, deciding.may_decide(each, on=self.today)) for each in waiting],
            with_item=with_item,
            standing=[each for each in (*said, *filled) if each.stands],
            former=sorted(former, key=lambda each: each.written_at, reverse=True),
            renews=any(source.number for source in self.cell.sources),
            **kwargs,
        )


class AnswersCell(OfCell, ActPage):
    """Mixin: a page that answers the cell in one way."""

    template_name = "desk/obligations/answer.html"
    heading = button = means = ""
    beside = "because"

    def may(self):
        return self.links

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"cell": self.cell, "today": self.today}

    def get_context_data(self, **kwargs):
        about = {"heading": self.heading, "button": self.button, "means": self.means}
        return super().get_context_data(**about | kwargs)


class StateOfCell(AnswersCell):
    form_class = StateForm
    heading, button = "Nyatakan nihil atau tidak wajib", "Ajukan untuk disetujui"
    means = "Sesudah PPID Utama menyetujui, publik membaca jawaban ini beserta alasan dan tanggalnya."
    not_yours = (
        "Pernyataan sebuah unit diajukan oleh PPID Pelaksananya sendiri; yang menyangkut kota, oleh Bidang Pengelolaan "
        "dan Layanan Informasi Publik."
    )
    done = "Pernyataan diajukan. PPID Utama menyetujui atau mengembalikannya."

    def may(self):
        return self.states

    def get_form_kwargs(self):
        timed = self.duty.calendar.expected(self.today)
        last = last_until(Named(self.duty, self.unit, self.cell.column.name, timed), self.today)
        return super().get_form_kwargs() | {"last": last}

    def act(self, form):
        typed = form.cleaned_data
        return state(
            self.duty.code,
            self.unit,
            form.period_chosen,
            typed["kind"],
            because=typed["because"],
            held_by=typed["held_by"],
            until=typed.get("until"),
            actor=self.request.user,
        )


class LinkItem(AnswersCell):
    form_class = LinkForm
    heading, button = "Kaitkan informasi yang sudah ada", "Kaitkan"
    means = (
        "Informasi yang sedang diproses dikaitkan bersama persetujuannya pada langkah keputusan. Yang sudah terbit "
        "dikaitkan sesudah PPID Utama menyetujui."
    )
    not_yours = fulfilling.NOT_YOURS
    beside = "number"

    @property
    def back(self):
        """Back to where the duty was chosen, by who chose one for an item."""
        if self.named is None:
            return super().back
        return f"{reverse('desk:duties-of-unit', args=[self.unit])}?informasi={self.named.number}"

    def onward(self, result):
        return self.process.worked_on_at if self.process else cell_url(self.duty.code, self.unit)

    def get_initial(self):
        return {"number": self.named.number if self.named else ""}

    def act(self, form):
        typed = form.cleaned_data
        item = self.items.filter(number=typed["number"].strip()).first()
        if item is None:
            raise DutyRefused("Tidak ada informasi dengan nomor itu yang dapat Anda lihat.", fields=["number"])
        return fulfilling.fulfil(
            item, self.duty.code, self.unit, form.period_chosen, actor=self.request.user, parts=form.parts_chosen
        )

    def told(self, result):
        case = result.information.cases.running().filter(flow="publication").first()
        if case is not None:
            return f"Dikaitkan. Kewajiban ini terpenuhi begitu {case.number} disetujui dan diumumkan."
        return "Diajukan. Kewajiban ini terpenuhi sesudah PPID Utama menyetujui."


class OpensForCell(AnswersCell):
    """Mixin: opens a publication, and goes on to it."""

    not_yours = fulfilling.NOT_YOURS

    @property
    def usual_day(self):
        due = self.duty.calendar.due(self.duty.calendar.next(self.today))
        soon = self.today + _USUALLY
        return min(due, soon) if due and due >= self.today and self.cell.state == State.THERE else soon

    def told(self, result):
        return f"{result.number} dibuka. Kewajiban ini tampil sebagai sedang dikerjakan."

    def onward(self, result):
        return result.get_absolute_url()


class StartForCell(OpensForCell):
    form_class = StartForm
    heading, button = "Mulai pengumumannya", "Buka proses pengumuman"
    means = (
        "Informasi baru masuk register dan prosesnya menunggu langkah pertama menurut SOP. Publik melihat bahwa "
        "kewajiban ini sedang dikerjakan, tanpa judulnya."
    )
    beside = "title"

    @cached_property
    def units(self):
        return units_to_open("publication", self.request.user, on=self.today)

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"units": self.units}

    def get_initial(self):
        period = self.duty.calendar.expected(self.today)
        of = "" if self.cell.column.is_city else f" {self.cell.column.short_name}"
        title = f"{self.duty.name}{of} {in_words(period)}".strip()
        return {"title": title[:300], "wanted_by": self.usual_day}

    def act(self, form):
        typed = form.cleaned_data
        of = typed.get("of") or Unit.objects.get(code=self.unit)
        return answering.start(
            self.duty.code,
            self.unit,
            form.period_chosen,
            of=of,
            title=typed["title"],
            wanted_by=typed["wanted_by"],
            parts=form.parts_chosen,
            actor=self.request.user,
        )


class RenewForCell(OpensForCell):
    form_class = RenewForm
    heading, button = "Perbarui yang sudah ada", "Buka proses pembaruan"
    means = "Informasi yang sama diumumkan lagi dengan isi yang baru; edisi lamanya tetap dapat dibaca publik."
    beside = "number"

    def guard(self):
        if not any(source.number for source in self.cell.sources):
            raise DutyRefused("Belum ada informasi yang memenuhi kewajiban ini. Mulai pengumumannya.")

    def get_initial(self):
        return {"wanted_by": self.usual_day}

    def act(self, form):
        typed = form.cleaned_data
        free = items_to_open("publication", self.request.user, on=self.today)
        item = free.filter(number=typed["number"]).first()
        if item is None:
            raise DutyRefused(
                "Informasi itu sedang diproses, dikecualikan, atau bukan milik unit Anda.", fields=["number"]
            )
        return answering.renew(
            self.duty.code,
            self.unit,
            form.period_chosen,
            information=item,
            wanted_by=typed["wanted_by"],
            actor=self.request.user,
        )
