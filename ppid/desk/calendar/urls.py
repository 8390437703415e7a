"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.calendar import hours_views, import_views, views

urlpatterns = [
    path("kalender/", views.Calendar.as_view(), name="calendar"),
    path("kalender/tambah/", views.AddHoliday.as_view(), name="holiday-add"),
    path("kalender/perkiraan/", views.PredictYear.as_view(), name="holiday-predict"),
    path("kalender/impor/", import_views.ImportCalendar.as_view(), name="calendar-import"),
    path("kalender/jam/tambah/", hours_views.SetHours.as_view(), name="hours-add"),
    path("kalender/jam/<int:pk>/", hours_views.SetHours.as_view(), name="hours"),
    path("kalender/jam/<int:pk>/hapus/", hours_views.EndHours.as_view(), name="hours-remove"),
    path("kalender/<int:pk>/", views.ChangeHoliday.as_view(), name="holiday"),
    path("kalender/<int:pk>/hapus/", views.RemoveHoliday.as_view(), name="holiday-remove"),
]
