from django.apps import AppConfig


class OrganisationConfig(AppConfig):
    name = "ppid.organisation"
    verbose_name = "Organisasi"

    def ready(self):
        from ppid.organisation import checks, identity  # noqa: F401 - registers the checks, and hears of sign-ins
