"""Addresses of taking over, under /meja/."""

from django.urls import path

from ppid.desk.takeover import views

urlpatterns = [
    path("ambil-alih/", views.Takeovers.as_view(), name="takeovers"),
    path("ambil-alih/baru/", views.Upload.as_view(), name="takeover-add"),
    path("ambil-alih/<int:pk>/", views.Overview.as_view(), name="takeover"),
    path("ambil-alih/<int:pk>/kolom/", views.Mapping.as_view(), name="takeover-columns"),
    path("ambil-alih/<int:pk>/keraguan/<slug:kind>/", views.Settle.as_view(), name="takeover-settle"),
    path("ambil-alih/<int:pk>/baris/<int:row>/", views.LeaveOut.as_view(), name="takeover-row"),
    path("ambil-alih/<int:pk>/mulai/", views.Begin.as_view(), name="takeover-begin"),
    path("ambil-alih/<int:pk>/ajukan/", views.Propose.as_view(), name="takeover-propose"),
    path("ambil-alih/<int:pk>/setujui/", views.Approve.as_view(), name="takeover-approve"),
    path("ambil-alih/<int:pk>/kembalikan/", views.SendBack.as_view(), name="takeover-send-back"),
    path("ambil-alih/<int:pk>/batalkan/", views.GiveUp.as_view(), name="takeover-give-up"),
    path("ambil-alih/<int:pk>/kerjakan/", views.CarryOn.as_view(), name="takeover-carry-on"),
    path("ambil-alih/<int:pk>/ulangi/", views.TryAgain.as_view(), name="takeover-try-again"),
    path("ambil-alih/<int:pk>/tinggalkan/", views.LeaveBehind.as_view(), name="takeover-leave-behind"),
    path("ambil-alih/<int:pk>/edisi/", views.KeepEdition.as_view(), name="takeover-edition"),
    path("ambil-alih/<int:pk>/berkas/", views.Files.as_view(), name="takeover-files"),
    path("ambil-alih/<int:pk>/baris/<int:row>/berkas/", views.LetGo.as_view(), name="takeover-let-go"),
    path("ambil-alih/<int:pk>/berkas/<int:file>/", views.File.as_view(), name="takeover-file"),
]
