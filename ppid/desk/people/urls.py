"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.people import recovery, views

urlpatterns = [
    path("orang/", views.People.as_view(), name="people"),
    path("orang/penugasan/", views.Appointments.as_view(), name="appointments"),
    path("orang/tambah/", views.AddPerson.as_view(), name="person-add"),
    path("orang/<int:pk>/", views.Person.as_view(), name="person"),
    path("orang/<int:pk>/penugasan/tambah/", views.Appoint.as_view(), name="appoint"),
    path("orang/<int:pk>/ubah/", views.EditPerson.as_view(), name="person-edit"),
    path("orang/<int:pk>/kata-sandi/", views.NewPassword.as_view(), name="person-password"),
    path("orang/<int:pk>/konfirmasi/", views.Confirm.as_view(), name="person-confirm"),
    path("orang/<int:pk>/akhiri-sesi/", views.SignOutEverywhere.as_view(), name="person-sign-out"),
    path("orang/<int:pk>/lepas-akun-kota/", views.UnlinkCityAccount.as_view(), name="person-unlink"),
    path("orang/<int:pk>/langkah-kedua/", recovery.RecoverFactor.as_view(), name="person-recovery"),
    path(
        "orang/<int:pk>/langkah-kedua/<int:recovery>/konfirmasi/",
        recovery.ConfirmRecovery.as_view(),
        name="person-recovery-confirm",
    ),
    path(
        "orang/<int:pk>/langkah-kedua/<int:recovery>/hentikan/",
        recovery.CancelRecovery.as_view(),
        name="person-recovery-cancel",
    ),
    path("orang/<int:pk>/nonaktifkan/", views.Deactivate.as_view(), name="person-deactivate"),
    path("orang/<int:pk>/aktifkan/", views.Reactivate.as_view(), name="person-reactivate"),
    path("orang/penugasan/<int:pk>/akhiri/", views.EndAppointment.as_view(), name="appointment-end"),
    path("orang/penugasan/<int:pk>/gantikan/", views.Replace.as_view(), name="appointment-replace"),
    path("orang/penugasan/<int:pk>/hentikan/", views.Stop.as_view(), name="appointment-stop"),
    path("orang/penugasan/<int:pk>/batalkan/", views.Cancel.as_view(), name="appointment-cancel"),
    path("orang/penugasan/<int:pk>/pindaian/", views.AddScan.as_view(), name="appointment-scan-add"),
    path("orang/penugasan/<int:pk>/pindaian/<int:scan>/", views.Scan.as_view(), name="appointment-scan"),
    path("orang/penugasan/<int:pk>/nyatakan-keliru/", views.Annul.as_view(), name="appointment-annul"),
]
