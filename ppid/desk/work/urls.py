"""The officers' daily work: inbox, opening a case, the case and its steps, its papers, documents and DIP fields."""

from django.urls import path

from ppid.desk.work import (
    amendments,
    cases,
    describing,
    documents,
    exclusion_acts,
    exclusion_views,
    heads,
    inbox,
    item_correction,
    joint,
    opening,
    papers,
    punctual,
    renewal,
    urgent,
)

_CASE = "perkara/<slug:number>/"

urlpatterns = [
    path("", inbox.Inbox.as_view(), name="inbox"),
    path("ketepatan/", punctual.Punctual.as_view(), name="punctual"),
    path("pengumuman/baru/", opening.OpenCase.as_view(flow="publication"), name="open-publication"),
    path("pengecualian/baru/", opening.OpenCase.as_view(flow="exclusion"), name="open-exclusion"),
    path("pengumuman/lagi/", opening.OpenAgain.as_view(flow="publication"), name="open-publication-again"),
    path("pengecualian/yang-ada/", opening.OpenAgain.as_view(flow="exclusion"), name="open-exclusion-again"),
    path(_CASE, cases.CasePage.as_view(), name="case"),
    path(f"{_CASE}langkah/<slug:key>/", cases.CaseStep.as_view(), name="step"),
    path(f"{_CASE}konfirmasi/", joint.ConfirmRow.as_view(), name="confirm-row"),
    path(f"{_CASE}serta-merta/", urgent.MarkUrgent.as_view(), name="mark-urgent"),
    path(f"{_CASE}keterangan/", describing.Describe.as_view(), name="describe"),
    path(f"{_CASE}dokumen/tambah/", documents.AddDocument.as_view(), name="document-add"),
    path(f"{_CASE}dokumen/<int:pk>/", documents.SendDocument.as_view(), name="document"),
    path(f"{_CASE}dokumen/<int:pk>/ganti/", documents.ReplaceDocument.as_view(), name="document-replace"),
    path(f"{_CASE}dokumen/<int:pk>/keluarkan/", documents.RemoveDocument.as_view(), name="document-remove"),
    path(f"{_CASE}uji/", exclusion_views.TestSheet.as_view(), name="test-sheet"),
    path(f"{_CASE}uji/lembar/", papers.LedToPaper.as_view(), name="test-sheet-paper"),
    path(f"{_CASE}surat/<slug:paper>.pdf", papers.SendPaper.as_view(form="pdf"), name="paper-pdf"),
    path(f"{_CASE}surat/<slug:paper>.docx", papers.SendPaper.as_view(form="docx"), name="paper-docx"),
    path(f"{_CASE}surat/<slug:paper>/nomor/", papers.GiveNumber.as_view(), name="paper-number"),
    path(f"{_CASE}surat/<slug:paper>/<int:pk>/batalkan/", papers.CancelNumber.as_view(), name="paper-cancel"),
    path(f"{_CASE}surat/<slug:paper>/<int:pk>/pindaian/", papers.AttachScan.as_view(), name="paper-scan"),
    path(f"{_CASE}persetujuan/", heads.HeadApprovalPage.as_view(), name="head-approval"),
    path(f"{_CASE}persetujuan/pindaian/", heads.KeepApprovalScan.as_view(), name="head-approval-scan"),
    path(f"{_CASE}penetapan/", exclusion_views.Decree.as_view(), name="decree"),
    path(f"{_CASE}masih-sesuai/", renewal.StillRight.as_view(), name="still-right"),
    path(f"{_CASE}ralat/", item_correction.CorrectItem.as_view(), name="correct-item"),
    path(f"{_CASE}buka-kembali/", exclusion_acts.Lift.as_view(), name="lift"),
    path(f"{_CASE}perpanjang/", exclusion_acts.Extend.as_view(), name="extend"),
    path(f"{_CASE}bagian-terbuka/", exclusion_acts.NameOpenPart.as_view(), name="name-open-part"),
    path(f"{_CASE}perbaiki-dik/", amendments.CorrectDik.as_view(), name="correct-dik"),
    path(f"{_CASE}usul/<int:pk>/", amendments.Decide.as_view(), name="amendment"),
    path(f"{_CASE}usul/<int:pk>/tarik/", amendments.Withdraw.as_view(), name="amendment-withdraw"),
]
