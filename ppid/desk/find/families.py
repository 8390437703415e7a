"""Words that mean the same to who searches («padanan kata»): read by all, kept by those who serve the public."""

from functools import cached_property

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.shelf.search.families import MOST_WORDS, drop_family, keep_family
from ppid.shelf.search.models import WordFamily

KEEPERS = ("ppid_utama", "bidang_layanan")
NOT_YOURS = "Padanan kata disimpan oleh PPID Utama dan Bidang Pengelolaan dan Layanan Informasi Publik."


class FamilyForm(DeskForm):
    words = forms.CharField(
        label="Kata yang sama artinya",
        widget=forms.Textarea({"rows": 6}),
        max_length=2000,
        help_text=f"Satu kata atau sebutan per baris, paling banyak {MOST_WORDS}. Kata berimbuhan tidak perlu ditulis: "
        "«penduduk» sudah menemukan «kependudukan».",
        error_messages={
            "required": "Tulis sedikitnya dua kata, satu per baris.",
            "max_length": "Terlalu panjang: paling banyak 2000 huruf.",
        },
    )


class FamiliesPage(AppointedPage):
    section = "families"

    @cached_property
    def keeps(self) -> bool:
        return any(each.role.code in KEEPERS for each in self.appointments)

    def get_context_data(self, **kwargs):
        return super().get_context_data(keeps=self.keeps, not_yours=NOT_YOURS, **kwargs)


class Families(FamiliesPage, TemplateView):
    template_name = "desk/find/families.html"

    def get_context_data(self, **kwargs):
        families = [(family, list(family.members.all())) for family in WordFamily.objects.prefetch_related("members")]
        families.sort(key=lambda each: each[1][0].word.casefold() if each[1] else "")
        return super().get_context_data(families=families, **kwargs)


class KeepsFamilies(FamiliesPage, ActPage):
    """An act of whoever keeps the words."""

    template_name = "desk/find/family_act.html"
    not_yours = NOT_YOURS

    @property
    def back(self):
        return reverse("desk:families")

    def may(self):
        return self.keeps


class AddFamily(KeepsFamilies):
    form_class = FamilyForm
    extra_context = {"heading": "Tambah padanan kata", "button": "Simpan padanan"}
    done = "Padanan tersimpan; pencarian publik memakainya sejak sekarang."

    def act(self, form):
        return keep_family(form.cleaned_data["words"].splitlines())


class OfFamily(KeepsFamilies):
    @cached_property
    def family(self) -> WordFamily:
        return get_object_or_404(WordFamily, pk=self.kwargs["pk"])

    @property
    def said(self) -> list[str]:
        return list(self.family.members.values_list("word", flat=True))

    def get_context_data(self, **kwargs):
        return super().get_context_data(said=self.said, **kwargs)


class EditFamily(OfFamily):
    form_class = FamilyForm
    extra_context = {"heading": "Ubah padanan kata", "button": "Simpan perubahan"}
    done = "Padanan diubah; pencarian publik memakainya sejak sekarang."

    def get_initial(self):
        return {"words": "\n".join(self.said)}

    def act(self, form):
        return keep_family(form.cleaned_data["words"].splitlines(), self.family)


class DropFamily(OfFamily):
    extra_context = {"heading": "Hapus padanan kata", "button": "Hapus padanan", "drops": True}
    done = "Padanan dihapus; pencarian publik tidak memakainya lagi."

    def act(self, form):
        drop_family(self.family)
