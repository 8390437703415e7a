"""Upload a sheet, see what was read beside the source, keep it as a draft. Nothing is stored before the last step."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.functional import cached_property
from django.views.generic import FormView, View

from ppid.desk.library.importing.forms import ImportForm, KeepForm
from ppid.desk.library.importing.payload import opened, sealed
from ppid.desk.library.importing.preview import preview
from ppid.desk.pages import AppointedPage
from sop.guards import SopRefused
from sop.importing.drafting import keep
from sop.importing.imported import ImportRefused
from sop.permissions import keeps_units

NOT_YOURS = "Mengimpor lembar SOP adalah tugas Pengelola SOP dan PPID Utama yang penugasannya berlaku."


class KeepersPage(AppointedPage):
    """A page for those who keep the sheets of some unit."""

    section = "sops"

    @cached_property
    def units(self):
        return keeps_units(self.request.user, on=self.today)

    def dispatch(self, request, *args, **kwargs):
        if self.appointments and not self.units:
            raise PermissionDenied(NOT_YOURS)
        return super().dispatch(request, *args, **kwargs)

    def show(self, found, chosen: int, *, text: str, form: KeepForm | None = None, status: int = 200):
        """Show the preview of one of the sheets that were found."""
        imported = found[chosen]
        form = form or KeepForm(units=self.units, imported=imported)
        context = self.get_context_data(
            form=form, payload=text, chosen=chosen, titles=[each.sheet.title for each in found], **preview(imported)
        )
        return TemplateResponse(self.request, "desk/library/import/preview.html", context, status=status)


class Upload(KeepersPage, FormView):
    template_name = "desk/library/import/upload.html"
    form_class = ImportForm

    def form_valid(self, form):
        try:
            text = sealed(form.found, user=self.request.user)
        except ImportRefused as refusal:
            form.add_error("file", str(refusal))
            return self.form_invalid(form)
        return self.show(form.found, 0, text=text)

    def form_invalid(self, form):
        return self.render_to_response(self.get_context_data(form=form), status=422)


class Keep(KeepersPage, View):
    """Keep the sheet of the preview as a draft, or show another one of the same file."""

    def get(self, request):
        return redirect("desk:sop-import")

    def post(self, request):
        text = request.POST.get("payload", "")
        try:
            found = opened(text, user=request.user)
        except ImportRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("desk:sop-import")
        chosen = _whole(request.POST.get("show") or request.POST.get("sheet"), len(found))
        if "show" in request.POST:
            return self.show(found, chosen, text=text)
        form = KeepForm(request.POST, units=self.units, imported=found[chosen])
        draft = self.kept(form, found[chosen]) if form.is_valid() else None
        if draft is None:
            return self.show(found, chosen, text=text, form=form, status=422)
        messages.success(request, f"«{draft.title}» disimpan sebagai draf. Lengkapi yang ditandai, lalu ajukan.")
        return redirect(draft)

    def kept(self, form, imported):
        wanted = {"unit": form.cleaned_data["unit"], "title": form.cleaned_data["title"]}
        try:
            return keep(imported.sheet, actor=self.request.user, at=self.now, **wanted)
        except SopRefused as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return None


def _whole(text: str | None, end: int) -> int:
    number = int(text) if text and text.isascii() and text.isdigit() and len(text) < 4 else 0
    return number if number < end else 0
