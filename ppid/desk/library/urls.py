"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.library import act_views, binding_views, list_views, sop_views
from ppid.desk.library.editor.urls import urlpatterns as editor
from ppid.desk.library.evaluation import views as evaluation
from ppid.desk.library.importing.urls import urlpatterns as importing
from ppid.desk.library.upkeep.urls import urlpatterns as upkeep

_VERSION = "sop/<slug:slug>/<int:version>/"

urlpatterns = [
    *importing,
    path("sop/", list_views.Sops.as_view(), name="sops"),
    *editor,
    path(_VERSION, sop_views.Version.as_view(), name="sop-version"),
    path(f"{_VERSION}lembar.pdf", sop_views.VersionPdf.as_view(), name="sop-version-pdf"),
    path(f"{_VERSION}konfirmasi/", act_views.ConfirmInterpretation.as_view(), name="sop-confirm"),
    path(f"{_VERSION}ajukan/", act_views.Submit.as_view(), name="sop-submit"),
    path(f"{_VERSION}kembalikan/", act_views.SendBack.as_view(), name="sop-send-back"),
    path(f"{_VERSION}setujui/", act_views.Approve.as_view(), name="sop-approve"),
    path(f"{_VERSION}cabut/", act_views.Retire.as_view(), name="sop-retire"),
    path(f"{_VERSION}versi-baru/", act_views.NewDraft.as_view(), name="sop-new-draft"),
    path(f"{_VERSION}ikat/", binding_views.Bind.as_view(), name="sop-bind"),
    path(f"{_VERSION}lepaskan/", binding_views.Release.as_view(), name="sop-release"),
    path(f"{_VERSION}jadikan-induk/", binding_views.MakeMaster.as_view(), name="sop-make-master"),
    *upkeep,
    path(f"{_VERSION}evaluasi/", evaluation.Evaluation.as_view(), name="sop-evaluation"),
    path(f"{_VERSION}evaluasi.pdf", evaluation.EvaluationPdf.as_view(), name="sop-evaluation-pdf"),
    path(f"{_VERSION}evaluasi.xlsx", evaluation.EvaluationXlsx.as_view(), name="sop-evaluation-xlsx"),
]
