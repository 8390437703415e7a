"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.notices import views

urlpatterns = [
    path("kabar/", views.News.as_view(), name="news"),
    path("kabar/dibaca/", views.ReadAll.as_view(), name="news-read"),
    path("kabar/<int:pk>/", views.NewsItem.as_view(), name="news-item"),
    path("kabar/surel/", views.Unsent.as_view(), name="news-unsent"),
    path("kabar/surel/lagi/", views.SendAllAgain.as_view(), name="news-all-again"),
    path("kabar/surel/kembali/", views.CameBack.as_view(), name="news-came-back"),
    path("kabar/surel/<int:pk>/lagi/", views.SendAgain.as_view(), name="news-again"),
    path("akun/pemberitahuan/", views.Switches.as_view(), name="news-switches"),
    path("akun/kalender/baru/", views.NewCalendarAddress.as_view(), name="calendar-address-new"),
    path("akun/kalender/cabut/", views.RevokeCalendarAddress.as_view(), name="calendar-address-revoke"),
    path("tenggat/<slug:key>.ics", views.CalendarFeed.as_view(), name="calendar-feed"),
]
