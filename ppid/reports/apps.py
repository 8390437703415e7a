from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "ppid.reports"
    verbose_name = "Laporan masalah"
