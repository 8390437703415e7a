"""Three pages of allauth, under the names by which it finds them. Sign-up, e-mail and reset pages have no address."""

from allauth.account.views import logout
from django.urls import path

from ppid.desk.account import views

urlpatterns = [
    path("masuk/", views.SignIn.as_view(), name="account_login"),
    path("keluar/", logout, name="account_logout"),
    path("kata-sandi/", views.ChangePassword.as_view(), name="account_change_password"),
]
