"""Upload a sheet, see what was read beside the source, keep it as a draft. Nothing is stored before the last step."""

from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.functional import cached_property

from ppid.desk.acts import ActPage
from ppid.desk.library.importing.forms import ImportForm, KeepForm
from ppid.desk.library.importing.payload import Payload, opened, sealed
from ppid.desk.library.importing.preview import preview
from ppid.desk.pages import AppointedPage
from ppid.web.parameters import text, whole
from ppid.web.refusals import Refused
from sop.importing.drafting import AlreadyKept, keep, kept_before, kept_from
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

    def show(
        self, payload: Payload, chosen: int, *, form: KeepForm | None = None, unit: int | None = None, status: int = 200
    ):
        """Show the preview of one of the sheets that were found; ``unit`` is proposed for it."""
        imported, kept = payload.found[chosen], kept_from(payload.file)
        before = kept.get(chosen + 1)
        first = {"unit": unit} if unit else {}
        form = form or KeepForm(units=self.units, imported=imported, kept=before, initial=first)
        context = self.get_context_data(
            form=form,
            payload=sealed(payload, user=self.request.user),
            chosen=chosen,
            choices=[(each.sheet.title, kept.get(place)) for place, each in enumerate(payload.found, start=1)],
            kept=before,
            kept_words=kept_before(before) if before else "",
            **preview(imported),
        )
        return TemplateResponse(self.request, "desk/library/import/preview.html", context, status=status)


class Upload(KeepersPage):
    template_name = "desk/library/import/upload.html"
    form_class = ImportForm
    beside = "file"

    def act(self, form):
        try:
            sealed(payload := Payload(form.source, form.found), user=self.request.user)
        except ImportRefused as refusal:
            raise Refused(str(refusal)) from refusal
        return payload

    def finished(self, result):
        return self.show(result, 0)


class Keep(KeepersPage):
    """Keep the sheet of the preview as a draft, or show another one of the same file."""

    def get(self, request):
        typed = self.given_back()
        try:
            self.payload = opened(typed["payload"] if typed and "payload" in typed else "", user=request.user)
        except ImportRefused:
            return redirect("desk:sop-import")
        self.chosen = whole(typed, "sheet", most=len(self.payload.found) - 1)
        return self.show(self.payload, self.chosen, form=KeepForm.as_typed(typed, **self.about_sheet()))

    def post(self, request):
        try:
            self.payload = opened(request.POST.get("payload", ""), user=request.user)
        except ImportRefused as refusal:
            typed = text(request.POST, "title", most=250)
            messages.error(request, f"{refusal} Nama yang Anda ketik: «{typed}»." if typed else str(refusal))
            return redirect("desk:sop-import")
        self.chosen = whole(
            request.POST, "show" if "show" in request.POST else "sheet", most=len(self.payload.found) - 1
        )
        if "show" in request.POST:
            return self.show(self.payload, self.chosen)
        return super().post(request)

    def get_form(self):
        return KeepForm(self.request.POST, **self.about_sheet())

    def about_sheet(self) -> dict:
        before = kept_from(self.payload.file).get(self.chosen + 1)
        return {"units": self.units, "imported": self.payload.found[self.chosen], "kept": before}

    def act(self, form):
        wanted = {name: form.cleaned_data[name] for name in ("unit", "title")}
        wanted |= {"file": self.payload.file, "place": self.chosen + 1, "again": bool(form.cleaned_data.get("again"))}
        return keep(self.payload.found[self.chosen], actor=self.request.user, at=self.now, **wanted)

    def refused(self, form, refusal):
        # Kept by another click meanwhile: the form anew, which now asks whether it is wanted twice.
        return (
            self.form_invalid(self.get_form()) if isinstance(refusal, AlreadyKept) else super().refused(form, refusal)
        )

    def told(self, result):
        count = result.doubts.open().count()
        then = f"{count} hal perlu diperiksa; tandanya ada di penyunting." if count else "Periksa, lalu ajukan."
        return f"«{result.title}» disimpan sebagai draf. {then}"

    def finished(self, result):
        """Go on to the next SOP of the file that was not kept yet, else to the draft."""
        kept = kept_from(self.payload.file)
        left = [n for n in range(len(self.payload.found)) if n + 1 not in kept]
        if not left:
            return super().finished(result)
        messages.success(self.request, self.told(result))
        return self.show(self.payload, left[0], unit=result.sop.unit_id)

    def onward(self, result):
        return result.get_absolute_url()

    def form_invalid(self, form, status=422):
        return self.show(self.payload, self.chosen, form=form, status=status)
