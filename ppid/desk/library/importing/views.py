"""Upload a sheet, see what was read beside the source, keep it as a draft. Nothing is stored before the last step."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from ppid.desk.acts import ActPage
from ppid.desk.library.importing.forms import ImportForm, KeepForm
from ppid.desk.library.importing.payload import opened, sealed
from ppid.desk.library.importing.preview import preview
from ppid.desk.pages import AppointedPage
from ppid.web.refusals import Refused
from sop.importing.drafting import keep
from sop.importing.imported import ImportRefused
from sop.permissions import keeps_units

NOT_YOURS = "Mengimpor lembar SOP adalah tugas Pengelola SOP dan PPID Utama yang penugasannya berlaku."


class KeepersPage(AppointedPage, ActPage):
    """A page for those who keep the sheets of some unit."""

    section = "sops"
    not_yours = NOT_YOURS

    @cached_property
    def units(self):
        return keeps_units(self.request.user, on=self.today)

    def may(self):
        return bool(self.units)

    @property
    def back(self):
        return reverse("desk:sops")

    def show(self, found, chosen: int, *, text: str, form: KeepForm | None = None, status: int = 200):
        """Show the preview of one of the sheets that were found."""
        imported = found[chosen]
        form = form or KeepForm(units=self.units, imported=imported)
        context = self.get_context_data(
            form=form, payload=text, chosen=chosen, titles=[each.sheet.title for each in found], **preview(imported)
        )
        return TemplateResponse(self.request, "desk/library/import/preview.html", context, status=status)


class Upload(KeepersPage):
    template_name = "desk/library/import/upload.html"
    form_class = ImportForm
    beside = "file"

    def act(self, form):
        try:
            return form.found, sealed(form.found, user=self.request.user)
        except ImportRefused as refusal:
            raise Refused(str(refusal)) from refusal

    def finished(self, result):
        found, text = result
        return self.show(found, 0, text=text)


class Keep(KeepersPage):
    """Keep the sheet of the preview as a draft, or show another one of the same file."""

    done = "«{result.title}» disimpan sebagai draf. Lengkapi yang ditandai, lalu ajukan."

    def get(self, request):
        return redirect("desk:sop-import")

    def post(self, request):
        self.text = request.POST.get("payload", "")
        try:
            self.found = opened(self.text, user=request.user)
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:sop-import")
        self.chosen = _whole(request.POST.get("show") or request.POST.get("sheet"), len(self.found))
        if "show" in request.POST:
            return self.show(self.found, self.chosen, text=self.text)
        return super().post(request)

    def get_form(self):
        return KeepForm(self.request.POST, units=self.units, imported=self.found[self.chosen])

    def act(self, form):
        wanted = {"unit": form.cleaned_data["unit"], "title": form.cleaned_data["title"]}
        return keep(self.found[self.chosen].sheet, actor=self.request.user, at=self.now, **wanted)

    def onward(self, result):
        return result.get_absolute_url()

    def form_invalid(self, form, status=422):
        return self.show(self.found, self.chosen, text=self.text, form=form, status=status)


def _whole(text: str | None, end: int) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number if number < end else 0
