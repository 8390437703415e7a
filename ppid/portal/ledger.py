"""The marks of the ledgers, day by day, and as data that anybody can keep."""

from ppid.portal.pages import OpenPage, ShelfPaginator, on_shelf
from ppid.portal.views import RegisterCsv
from ppid.shelf.models import LedgerMark
from ppid.web.columns import Column
from ppid.web.paged import PagedList


class LedgerMarks(OpenPage, PagedList):
    model = LedgerMark
    template_name = "portal/ledger.html"
    section = "ledger"
    paginator_class = ShelfPaginator
    paginate_by = 50

    def get_queryset(self):
        return on_shelf(LedgerMark)


class LedgerMarksCsv(RegisterCsv):
    """All marks, the newest first."""

    filename = "tanda-buku-besar.csv"

    def columns(self):
        return (
            Column("Tanggal", lambda mark: mark.day),
            Column("Catatan terakhir", lambda mark: mark.position),
            Column("Sidik (SHA-256)", lambda mark: mark.hash),
        )

    def rows(self):
        return on_shelf(LedgerMark)
