"""«Laporkan masalah»: a form without an account. What is sent is a letter to the office, and is never shown here."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.views.generic import View

from ppid.portal.items import ItemPage, gone
from ppid.portal.pages import OpenPage, on_shelf
from ppid.shelf.models import PublishedItem
from ppid.web.callers import address_of
from ppid.web.letterbox import LetterboxFull, drop
from ppid.web.letters import without_forbidden
from ppid.web.parameters import number as number_of
from ppid.web.rate import Rate

KIND = "report"
MOST_LETTERS, MOST_CONTACT = 1000, 200
BODY = 32 * 1024  # bytes of a whole form
WHAT = {
    "broken": ("Tautan atau berkas tidak dapat dibuka", ""),
    "wrong": ("Isinya keliru atau usang", ""),
    "personal": ("Memuat data pribadi", "Langsung sampai kepada PPID Utama."),
    "hard": ("Sulit diakses", "Misalnya dengan pembaca layar, atau pada layar kecil."),
    "other": ("Lainnya", "Ceritakan di bawah."),
}
rate = Rate(most=5, seconds=600)
_FULL = (
    "Laporan Anda belum dapat diterima sekarang, jadi tidak ada yang terkirim. Yang Anda tulis masih ada di bawah: "
    "coba lagi nanti, atau sampaikan langsung kepada PPID."
)
_TOO_OFTEN = (
    "Sudah beberapa laporan terkirim dari jaringan Anda dalam sepuluh menit ini. Tunggu sebentar lalu kirim lagi; yang "
    "Anda tulis masih ada di bawah."
)


class _Text(forms.CharField):
    """Words of a stranger: without the letters that no text may hold, and with line ends of one kind."""

    def to_python(self, value):
        return without_forbidden(super().to_python(value).replace("\r\n", "\n")).strip()


class ReportForm(forms.Form):
    """What is wrong, in words if need be, and how the sender may be reached."""

    use_required_attribute = False
    kind = forms.ChoiceField(
        choices=[(key, words) for key, (words, _) in WHAT.items()],
        error_messages={"required": "Pilih apa masalahnya.", "invalid_choice": "Pilih satu dari masalah di bawah."},
    )
    text = _Text(
        required=False,
        max_length=MOST_LETTERS,
        error_messages={"max_length": "Paling banyak 1.000 huruf; ini %(show_value)d. Singkatkan dahulu."},
    )
    contact = _Text(
        required=False,
        max_length=MOST_CONTACT,
        error_messages={"max_length": "Paling banyak 200 huruf."},
    )
    website = forms.CharField(required=False)  # bait: people never see it

    def clean(self):
        sent = self.cleaned_data
        if sent.get("kind") == "other" and "text" in sent and not sent["text"]:
            self.add_error("text", "Ceritakan apa masalahnya.")
        return sent


class Report(OpenPage, View):
    """The form, and the thanks with a number.

    A POST needs no token against forgery: it asks for no cookie, nobody is signed in here, and whoever could make a
    visitor's browser send it could as well send it themselves.
    """

    http_method_names = ["get", "head", "post"]

    def get(self, request, number):
        return self._page(request, number, ReportForm(label_suffix=""))

    def post(self, request, number):
        if number_of(request.META.get("CONTENT_LENGTH"), otherwise=BODY + 1) > BODY:
            return self._page(request, number, ReportForm(label_suffix=""), _FULL, status=413)
        form = ReportForm(request.POST, label_suffix="")
        if (item := self._item(number)) is None:
            return gone(request, number)
        if not form.is_valid():
            return self._page(request, number, form, status=422)
        if form.cleaned_data["website"]:  # a machine: it is thanked, and nothing is kept
            return self._thanks(request, item, "0" * 32)
        if not rate.allows(address_of(request)):
            return self._page(request, number, form, _TOO_OFTEN, status=429)
        sent = {name: form.cleaned_data[name] for name in ("kind", "text", "contact")}
        try:
            name = drop(KIND, sent | {"number": number, "at": timezone.now().isoformat(timespec="seconds")})
        except (LetterboxFull, OSError):
            return self._page(request, number, form, _FULL, status=503)
        return self._thanks(request, item, name)

    def _item(self, number: str) -> PublishedItem | None:
        return on_shelf(PublishedItem).filter(number=number).only("number", "title", "unit_code").first()

    def _page(self, request, number, form, told: str = "", *, status: int = 200) -> HttpResponse:
        if (item := self._item(number)) is None:
            return gone(request, number)
        context = {
            "item": item,
            "form": form,
            "what": [(key, *words) for key, words in WHAT.items()],
            "told": told,
            "section": ItemPage.section,
        }
        response = render(request, "portal/report.html", context, status=status)
        if request.method == "POST":
            add_never_cache_headers(response)
        return response

    def _thanks(self, request, item, name: str) -> HttpResponse:
        receipt = f"L-{name[:8].upper()}"
        context = {"item": item, "receipt": receipt, "section": ItemPage.section}
        response = render(request, "portal/report_thanks.html", context)
        add_never_cache_headers(response)
        return response
