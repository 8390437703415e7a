"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.written import announcements, views

urlpatterns = [
    path("halaman/", views.Pages.as_view(), name="pages"),
    path("halaman/pratinjau/", views.Preview.as_view(), name="page-preview"),
    path("halaman/tentang/<slug:slug>/", views.PageAtDesk.as_view(), name="page"),
    path("halaman/tentang/<slug:slug>/tulis/", views.Write.as_view(), name="page-write"),
    path("halaman/tentang/<slug:slug>/naskah/<int:pk>/", views.FormerText.as_view(), name="page-text"),
    path("halaman/tentang/<slug:slug>/naskah/<int:pk>/setujui/", views.Approve.as_view(), name="page-approve"),
    path("halaman/tentang/<slug:slug>/naskah/<int:pk>/kembalikan/", views.SendBack.as_view(), name="page-send-back"),
    path("halaman/tentang/<slug:slug>/naskah/<int:pk>/tarik/", views.Withdraw.as_view(), name="page-withdraw"),
    path("halaman/pengumuman/", announcements.Announcements.as_view(), name="announcements"),
    path("halaman/pengumuman/tulis/", announcements.Announce.as_view(), name="announce"),
    path(
        "halaman/pengumuman/<int:pk>/setujui/",
        announcements.ApproveAnnouncement.as_view(),
        name="announcement-approve",
    ),
    path(
        "halaman/pengumuman/<int:pk>/kembalikan/",
        announcements.SendBackAnnouncement.as_view(),
        name="announcement-send-back",
    ),
    path("halaman/pengumuman/<int:pk>/akhiri/", announcements.EndAnnouncement.as_view(), name="announcement-end"),
    path(
        "halaman/pengumuman/<int:pk>/tarik/",
        announcements.WithdrawAnnouncement.as_view(),
        name="announcement-withdraw",
    ),
]
