"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.editions import views

urlpatterns = [
    path("edisi/", views.Editions.as_view(), name="editions"),
    path("edisi/<register:register>/siapkan/", views.Prepare.as_view(), name="edition-prepare"),
    path("edisi/<int:pk>/", views.EditionPage.as_view(), name="edition"),
    path("edisi/<int:pk>/setujui/", views.Approve.as_view(), name="edition-approve"),
    path("edisi/<int:pk>/pindaian/", views.KeepScan.as_view(), name="edition-scan"),
    path("edisi/<int:pk>/tetapkan/", views.SetByDecree.as_view(), name="edition-set"),
    path("edisi/<int:pk>/batalkan/", views.Cancel.as_view(), name="edition-cancel"),
    path("edisi/<int:pk>/draf.pdf", views.DraftPdf.as_view(), name="edition-draft-pdf"),
    path("edisi/<int:pk>/draf.xlsx", views.DraftXlsx.as_view(), name="edition-draft-xlsx"),
    path("edisi/<int:pk>/berkas/<int:act>/", views.Paper.as_view(), name="edition-paper"),
]
