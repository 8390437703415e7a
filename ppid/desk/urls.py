"""The desk's addresses, under /meja/: one list from each of its rooms."""

from ppid.desk.calendar.urls import urlpatterns as calendar
from ppid.desk.editions.urls import urlpatterns as editions
from ppid.desk.figures.urls import urlpatterns as figures
from ppid.desk.find.urls import urlpatterns as find
from ppid.desk.found_files.urls import urlpatterns as found_files
from ppid.desk.health.urls import urlpatterns as health
from ppid.desk.library.urls import urlpatterns as library
from ppid.desk.notices.urls import urlpatterns as notices
from ppid.desk.obligations.urls import urlpatterns as obligations
from ppid.desk.people.urls import urlpatterns as people
from ppid.desk.proof.urls import urlpatterns as proof
from ppid.desk.registers.urls import urlpatterns as registers
from ppid.desk.reports.urls import urlpatterns as reports
from ppid.desk.setup.urls import urlpatterns as setup
from ppid.desk.takeover.urls import urlpatterns as takeover
from ppid.desk.typed.urls import urlpatterns as typed
from ppid.desk.units.urls import urlpatterns as units
from ppid.desk.work.urls import urlpatterns as work
from ppid.desk.written.urls import urlpatterns as written

app_name = "desk"
urlpatterns = [
    *work,
    *find,
    *registers,
    *editions,
    *library,
    *calendar,
    *people,
    *notices,
    *setup,
    *health,
    *units,
    *takeover,
    *typed,
    *proof,
    *figures,
    *reports,
    *found_files,
    *written,
    *obligations,
]
