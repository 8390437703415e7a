from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "ppid.desk"

    def ready(self):
        from ppid.desk import checks  # noqa: F401 - registers the checks
        from ppid.desk.account import checks as of_accounts  # noqa: F401 - registers the checks
        from ppid.desk.account import signing_in
        from ppid.desk.notices import digest
        from ppid.notices import letters
        from ppid.notices.kinds import DIGEST

        signing_in.watch()
        letters.composers[DIGEST] = digest.compose
