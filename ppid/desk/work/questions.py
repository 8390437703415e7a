"""Asking, answering, taking back and noting on a case; taking its row up and letting it go. No rule is decided here."""

from functools import cached_property

from django import forms
from django.shortcuts import get_object_or_404
from django.views.generic import TemplateView

from ppid.desk.acts import OneClick
from ppid.desk.forms import DeskForm
from ppid.desk.work.cases import ActsOnCase, OfCase
from ppid.desk.work.talk import talk_of
from ppid.flows import questions
from ppid.flows.claiming import claim, let_go
from ppid.flows.remarks import LONGEST, Remark
from ppid.flows.steps import StepOutOfOrder
from ppid.organisation.models import Role
from ppid.web.parameters import whole


class SaysForm(DeskForm):
    """Words about a case. How long they may be the domain says, and they stay as typed."""

    text = forms.CharField(label="Isi", required=False, widget=forms.Textarea(attrs={"rows": 5, "data-most": LONGEST}))

    def __init__(self, *args, label: str = "", help_text: str = "", **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["text"].label = label or self.fields["text"].label
        self.fields["text"].help_text = help_text


class AskForm(SaysForm):
    """A question, and whom it asks: a role at the case, or one person in it."""

    field_order = ["to", "text"]
    to = forms.ChoiceField(
        label="Kepada",
        required=False,
        widget=forms.Select(attrs={"class": "form-select"}),
        error_messages={"invalid_choice": "Peran atau orang itu tidak boleh mengetahui proses ini, atau tidak lagi "
        "bertugas. Pilih yang lain."},
    )  # fmt: skip

    def __init__(self, *args, held=(), asker=None, **kwargs):
        super().__init__(*args, **kwargs)
        others = [each for each in held if each.user_id != asker.pk]
        roles = {each.role_id: each for each in others}
        self.by_key = {f"r{each.role_id}": (each.role, None) for each in roles.values()}
        self.by_key |= {f"o{each.pk}": (each.role, each.user) for each in others}
        self.fields["to"].choices = [
            ("", "Pilih peran atau orang"),
            ("Peran, siapa pun yang memegangnya", [(f"r{key}", _role(each)) for key, each in roles.items()]),
            ("Orang", [(f"o{each.pk}", f"{each.user.name}, {each}") for each in others]),
        ]

    def clean_to(self):
        if not self.cleaned_data["to"]:
            raise forms.ValidationError("Pilih kepada siapa pertanyaan ini.")
        return self.by_key[self.cleaned_data["to"]]


def _role(held) -> str:
    where = "" if held.role.scope == Role.Scope.CITY else f", {held.unit.short_name}"
    return f"{held.role.name}{where}"


class Says(ActsOnCase):
    """A page on which something is said about a case, which stays where it is."""

    form_class = SaysForm
    template_name = "desk/work/says.html"
    not_yours = "Anda tidak bertugas untuk unit proses ini, jadi tidak dapat menulis di sini."
    beside = "text"
    button = ""

    def may(self):
        return questions.speaks_as(self.case, self.request.user, on=self.today) is not None

    def get_initial(self):
        return {}

    def onward(self, result):
        return f"{self.back}#tanya"

    def get_context_data(self, **kwargs):
        return super().get_context_data(**({"button_words": self.button} | kwargs))


class Ask(Says):
    heading, button = "Ajukan pertanyaan", "Kirim pertanyaan"
    form_class = AskForm
    done = "Pertanyaan terkirim kepada {result.asked_of}. Proses ini tetap di tempatnya; jawabannya tampil di sini."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "held": questions.who_know(self.case, on=self.today),
            "asker": self.request.user,
            "label": "Pertanyaan",
            "help_text": "Dibaca semua petugas yang dapat melihat proses ini, tidak pernah oleh publik.",
        }

    def act(self, form):
        role, person = form.cleaned_data["to"]
        return questions.ask(self.case, form.cleaned_data["text"], role=role, person=person, actor=self.request.user)


class Note(Says):
    heading, button = "Tulis catatan", "Simpan catatan"
    done = "Catatan tersimpan."

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {
            "label": "Catatan",
            "help_text": "Dibaca semua petugas yang dapat melihat proses ini, tidak pernah oleh publik. Tidak dapat "
            "diubah lagi.",
        }

    def act(self, form):
        return questions.note(self.case, form.cleaned_data["text"], actor=self.request.user)


class OfQuestion(Says):
    """A page about one question of the case."""

    template_name = "desk/work/answer.html"

    @cached_property
    def question(self) -> Remark:
        found = Remark.objects.questions().filter(case=self.case, pk=self.kwargs["pk"])
        question = get_object_or_404(found)
        question.case = self.case
        return question

    def guard(self):
        if closing := self.question.closing.first():
            raise StepOutOfOrder(
                f"Pertanyaan ini sudah selesai: {closing.get_kind_display().lower()} oleh {closing.actor_name}."
            )

    def get_context_data(self, **kwargs):
        waits_for = [each.name for each in questions.answerers(self.question, on=self.today)]
        return super().get_context_data(**({"question": self.question, "waits_for": waits_for} | kwargs))


class Answer(OfQuestion):
    heading, button = "Jawab pertanyaan", "Kirim jawaban"
    not_yours = "Pertanyaan ini untuk orang atau peran lain."
    done = "Jawaban terkirim kepada {result.question.actor_name}."

    def may(self):
        if self.question.closing.exists():
            return super().may()
        return questions.answers_as(self.question, self.request.user, on=self.today) is not None

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"label": "Jawaban"}

    def act(self, form):
        return questions.answer(self.question, form.cleaned_data["text"], actor=self.request.user)


class TakeBack(OfQuestion):
    heading, button = "Tarik pertanyaan", "Tarik pertanyaan"
    not_yours = "Pertanyaan ditarik oleh yang mengajukannya sendiri."
    done = "Pertanyaan ditarik. Ia tetap terbaca dalam riwayat."

    def may(self):
        return self.question.actor_id == self.request.user.pk and super().may()

    def get_form_kwargs(self):
        return super().get_form_kwargs() | {"label": "Alasan (boleh kosong)"}

    def act(self, form):
        return questions.take_back(self.question, text=form.cleaned_data["text"], actor=self.request.user)


class Remarks(OfCase, TemplateView):
    """All that was said about a case."""

    template_name = "desk/work/remarks.html"

    def get_context_data(self, **kwargs):
        talk = talk_of(self.case, self.request.user, now=self.now, most=None)
        return super().get_context_data(talk=talk, **kwargs)


class AtWork(OfCase, OneClick):
    """Says who is at the row for which a case waits."""

    @property
    def back(self):
        return f"{self.case.get_absolute_url()}#kerja"


class TakeUp(AtWork):
    """«Sedang saya kerjakan», or taking it over from a colleague."""

    def act(self):
        sent = self.request.POST
        over, seen = whole(sent, "over") or None, whole(sent, "moves", otherwise=-1)
        taken = claim(self.case, actor=self.request.user, over=over, seen=seen)
        until = f"{taken.until:%d/%m/%Y}"
        told = f" {taken.over.actor_name} melihat bahwa Anda mengambil alih." if taken.over else ""
        return f"Tercatat: langkah {taken.step} sedang Anda kerjakan, sampai {until} atau proses ini bergerak.{told}"


class LetGo(AtWork):
    def act(self):
        let_go(self.case, actor=self.request.user)
        return "Dilepaskan: rekan Anda melihat bahwa langkah ini tidak sedang dikerjakan."
