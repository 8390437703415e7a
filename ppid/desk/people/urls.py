"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.people import views

urlpatterns = [
    path("orang/", views.People.as_view(), name="people"),
    path("orang/tambah/", views.AddPerson.as_view(), name="person-add"),
    path("orang/<int:pk>/", views.Person.as_view(), name="person"),
    path("orang/<int:pk>/penugasan/tambah/", views.Appoint.as_view(), name="appoint"),
    path("orang/<int:pk>/nonaktifkan/", views.Deactivate.as_view(), name="person-deactivate"),
    path("orang/<int:pk>/aktifkan/", views.Reactivate.as_view(), name="person-reactivate"),
    path("orang/penugasan/<int:pk>/akhiri/", views.EndAppointment.as_view(), name="appointment-end"),
]
