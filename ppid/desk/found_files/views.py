"""What is held because the virus scanner found something in it. Rules: ``ppid.information.found_files``."""

from functools import cached_property

from django import forms
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ppid.desk.account.weighty import Weighty
from ppid.desk.acts import ActPage
from ppid.desk.forms import DeskForm
from ppid.desk.pages import AppointedPage
from ppid.information.found_files import decides_as, declare_false_alarm, documents_of
from ppid.scanning.models import MAX_REASON, FalseAlarm, FileScan
from ppid.web.paged import PagedList

FOUND = (FileScan.State.FOUND, FileScan.State.CLEARED)


class FoundFiles(AppointedPage, PagedList):
    """The files in which something was found, what is held first."""

    model = FileScan
    template_name = "desk/found_files/list.html"
    section = "found-files"
    paginate_by = 50

    def get_queryset(self):
        return FileScan.objects.filter(state__in=FOUND).order_by("-state", "-scanned_at", "-pk")

    def get_context_data(self, **kwargs):
        context = super().get_context_data(decides=decides_as(self.request.user) is not None, **kwargs)
        scans = list(context["page_obj"].object_list)
        seen = _seen(self.visible, [scan.sha256 for scan in scans])
        alarms = {
            (alarm.sha256, alarm.signature): alarm
            for alarm in FalseAlarm.objects.filter(sha256__in=[scan.sha256 for scan in scans])
        }
        for scan in scans:
            scan.documents = seen.get(scan.sha256, [])
            scan.alarm = None if scan.is_held else alarms.get((scan.sha256, scan.signature))
        context["page_obj"].object_list = scans
        return context


class ReasonForm(DeskForm):
    reason = forms.CharField(
        label="Mengapa temuan ini keliru",
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-most": MAX_REASON}),
        help_text="Misalnya siapa yang memeriksa berkasnya, dan dengan apa. Tercatat bersama nama Anda.",
    )


class DecideOnFound(Weighty, AppointedPage, ActPage):
    """The decision of PPID Utama that the scanner errs."""

    form_class = ReasonForm
    template_name = "desk/found_files/decide.html"
    section = "found-files"
    beside = "reason"
    done = "Tercatat: temuan «{result.signature}» dinyatakan keliru, dan berkasnya dikirim lagi."

    @cached_property
    def scan(self) -> FileScan:
        return get_object_or_404(FileScan, pk=self.kwargs["pk"], state=FileScan.State.FOUND)

    @property
    def back(self):
        return reverse("desk:found-files")

    def may(self):
        return self.scan is not None and decides_as(self.request.user) is not None

    def act(self, form):
        return declare_false_alarm(self.scan, form.cleaned_data["reason"], actor=self.request.user)

    def get_context_data(self, **kwargs):
        seen = _seen(self.visible, [self.scan.sha256])
        return super().get_context_data(scan=self.scan, documents=seen.get(self.scan.sha256, []), **kwargs)


def _seen(visible, hashes):
    """Return the documents of these bytes that belong to cases which the person sees, by SHA-256."""
    found = documents_of(hashes)
    items = {document.information_id for documents in found.values() for document in documents}
    seen = set(visible.filter(information__in=items).values_list("information", flat=True))
    return {
        sha256: [each for each in documents if each.information_id in seen and each.exclusion_id is None]
        for sha256, documents in found.items()
    }
