"""The list of duties at the desk: what each says, which articles are confirmed, and changing it by two people."""

from functools import cached_property

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage, OneClick
from ppid.desk.forms import ReasonForm
from ppid.desk.obligations.forms import DutyForm
from ppid.desk.obligations.overview import CATEGORIES
from ppid.desk.obligations.pages import DutiesPage
from ppid.obligations import deciding, duties
from ppid.obligations.models import DutyText
from ppid.obligations.refusals import DutyRefused
from ppid.organisation.models import Unit
from ppid.shelf.matrix import concerns_nobody
from ppid.shelf.models import ShownDuty
from ppid.shelf.obligations import DutyWords

NOT_KEPT_BY_YOU = "Daftar kewajiban disusun oleh Bidang Pengelolaan dan Layanan Informasi Publik."
NOT_DECIDED_BY_YOU = "Perubahan daftar disetujui atau dikembalikan oleh PPID Utama."
_NEW = {"position": 900, "scope": "all", "rhythm": "on_change", "due_months": 3, "confidence": "umum"}


class DutyList(DutiesPage, TemplateView):
    template_name = "desk/obligations/list.html"

    def get_context_data(self, **kwargs):
        waiting = {text.code: text for text in DutyText.objects.waiting()}
        shown = list(ShownDuty.objects.all())
        known = {duty.code for duty in shown}
        rows = [(duty, waiting.get(duty.code), concerns_nobody(duty)) for duty in shown]
        return super().get_context_data(
            groups=[(name, [row for row in rows if row[0].category == key]) for key, name in CATEGORIES.items()],
            new=[text for code, text in waiting.items() if code not in known],
            unconfirmed=sum(not duty.law for duty in shown if duty.stands(on=self.today)),
            for_nobody=sum(nobody for duty, _, nobody in rows if duty.stands(on=self.today)),
            prepared=not shown,
            **kwargs,
        )


class OfDuty(DutiesPage):
    """Mixin: what is about one duty of the list, shown or still waiting."""

    @cached_property
    def code(self) -> str:
        return self.kwargs["code"]

    @cached_property
    def shown(self) -> ShownDuty | None:
        return ShownDuty.objects.filter(code=self.code).first()

    @cached_property
    def last(self) -> DutyText | None:
        return duties.newest(self.code)

    @property
    def back(self) -> str:
        return reverse("desk:duty", args=[self.code])

    def get_context_data(self, **kwargs):
        if self.shown is None and self.last is None:
            raise Http404
        return super().get_context_data(**{"code": self.code, "shown": self.shown, "last": self.last} | kwargs)


class DutyAtDesk(OfDuty, TemplateView):
    """A duty: what stands, what waits with its changes, and how it came to be."""

    template_name = "desk/obligations/duty.html"

    def get_context_data(self, **kwargs):
        waiting = self.last if self.last and self.last.is_waiting else None
        deciders = deciding.may_decide(waiting, on=self.today) if waiting else None
        named = waiting or self.shown or self.last
        return super().get_context_data(
            named=named,
            waiting=waiting,
            changes=differing(self.shown, waiting) if waiting else [],
            facts=facts_of(self.shown) if self.shown else [],
            deciders=deciders,
            refusal=deciders.refusal_of(self.request.user, "memutuskan perubahan ini") if deciders else "",
            history=DutyText.objects.filter(code=self.code).order_by("-pk"),
            prepared_law=duties.prepared().get(self.code, {}).get("law", ""),
            **kwargs,
        )


class WriteDuty(OfDuty, ActPage):
    """The words of a duty, handed in to be approved."""

    form_class = DutyForm
    template_name = "desk/obligations/write.html"
    not_yours = NOT_KEPT_BY_YOU
    done = "Diajukan. PPID Utama membacanya, lalu menyetujui atau mengembalikannya."
    beside = "name"

    def may(self):
        return self.keeps

    def guard(self):
        if self.last and self.last.is_waiting and self.request.method == "GET":
            raise DutyRefused(f"Usul {self.last.written_name} untuk kewajiban ini masih menunggu persetujuan.")

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"code": self.code}

    def get_initial(self):
        return {**DutyForm.typed_of(duties.first_words(self.code)), "seen": self.last.pk if self.last else None}

    def act(self, form):
        typed = dict(form.cleaned_data)
        seen = typed.pop("seen")
        code = typed.pop("code", "") or self.code
        return duties.hand_in(code, actor=self.request.user, seen=seen, **typed)

    def onward(self, result):
        return reverse("desk:duty", args=[result.code])

    def overtaken(self, form):
        newest = duties.newest(self.code)
        form.see(str(newest.pk) if newest else "")
        return {"newer": newest}


class NewDuty(WriteDuty):
    """A duty that the list doesn't have yet."""

    code = ""
    shown = last = None

    @property
    def back(self) -> str:
        return reverse("desk:duty-list")

    def get_initial(self):
        return _NEW

    def act(self, form):
        code = form.cleaned_data["code"]
        if ShownDuty.objects.filter(code=code).exists() or duties.newest(code):
            raise DutyRefused("Kewajiban dengan kode ini sudah ada dalam daftar.", fields=["code"])
        return super().act(form)

    def get_context_data(self, **kwargs):
        return super(OfDuty, self).get_context_data(**{"code": "", "shown": None, "last": None} | kwargs)


class OfText(OfDuty):
    @cached_property
    def text(self) -> DutyText:
        return get_object_or_404(DutyText, code=self.code, pk=self.kwargs["pk"])


class DecidesDuty(Weighty, OfText, ActPage):
    """Mixin: an act of who decides on it."""

    template_name = "desk/obligations/duty_act.html"
    not_yours = NOT_DECIDED_BY_YOU

    def may(self):
        return self.decides

    def get_context_data(self, **kwargs):
        deciders = deciding.may_decide(self.text, on=self.today)
        return super().get_context_data(
            text=self.text,
            changes=differing(self.shown, self.text),
            refusal=deciders.refusal_of(self.request.user, "memutuskan perubahan ini"),
            **kwargs,
        )


class ApproveDuty(DecidesDuty):
    extra_context = {"heading": "Setujui kewajiban", "button": "Setujui", "approves": True}
    done = "Disetujui. Tabel kewajiban dihitung menurutnya sejak sekarang."

    def act(self, form):
        return duties.approve(self.text, actor=self.request.user)


class SendDutyBack(DecidesDuty):
    form_class = ReasonForm
    extra_context = {"heading": "Kembalikan kewajiban", "button": "Kembalikan"}
    done = "Dikembalikan kepada {result.written_name}."
    beside = "reason"

    def act(self, form):
        return duties.send_back(self.text, actor=self.request.user, reason=form.cleaned_data["reason"])


class WithdrawDuty(OfText, OneClick):
    def act(self):
        duties.withdraw(self.text, actor=self.request.user)
        return "Usul ditarik."


def facts_of(words: DutyWords) -> list[tuple[str, str]]:
    """Return what the duty says, field by field, in words."""
    return [(field.verbose_name, _said(words, field.name)) for field in _FIELDS]


def differing(shown: ShownDuty | None, text: DutyText) -> list[tuple[str, str, str]]:
    """Return the fields in which the text differs from what the public reads: name, before, after."""
    before = dict(facts_of(shown)) if shown else {}
    return [(name, before.get(name, ""), said) for name, said in facts_of(text) if before.get(name, "") != said]


_FIELDS = [field for field in DutyWords._meta.fields if field.name != "code"]


def _said(words: DutyWords, name: str) -> str:
    value = getattr(words, name)
    if name == "category":
        return CATEGORIES.get(value, value)
    if name == "unit_codes":
        named = dict(Unit.objects.filter(code__in=value).values_list("code", "short_name"))
        return ", ".join(named.get(code, code) for code in value)
    if name == "law" and isinstance(words, DutyText) and value:
        return f"{value} ({'dicocokkan' if words.law_checked else 'belum dicocokkan'})"
    if isinstance(value, bool):
        return "ya" if value else "tidak"
    if isinstance(value, list):
        return "; ".join(value)
    shown = getattr(words, f"get_{name}_display", None)
    return str(shown() if shown else "" if value is None else value)
