"""The addresses of the desk, all under /meja/."""

app_name = "desk"

urlpatterns = []
