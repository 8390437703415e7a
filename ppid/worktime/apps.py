from django.apps import AppConfig


class WorktimeConfig(AppConfig):
    name = "ppid.worktime"
    verbose_name = "Waktu kerja"
