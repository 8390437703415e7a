"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.calendar import views

urlpatterns = [
    path("kalender/", views.Calendar.as_view(), name="calendar"),
    path("kalender/tambah/", views.AddHoliday.as_view(), name="holiday-add"),
    path("kalender/perkiraan/", views.PredictYear.as_view(), name="holiday-predict"),
    path("kalender/<int:pk>/", views.ChangeHoliday.as_view(), name="holiday"),
    path("kalender/<int:pk>/hapus/", views.RemoveHoliday.as_view(), name="holiday-remove"),
]
