"""The marks of the ledgers, day by day, and as data that anybody can keep."""

from ppid.portal.pages import OpenPage, ShelfPaginator, on_shelf
from ppid.portal.registers import ListFile, forms_at
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

    def get_context_data(self, **kwargs):
        return super().get_context_data(forms=forms_at("ledger"), **kwargs)


class LedgerMarksFile(ListFile):
    """All marks, the newest first."""

    filename, sheet = "tanda-buku-besar", "Tanda buku besar"
    title = ("Tanda buku besar",)

    def columns(self):
        return (
            Column("Tanggal", lambda mark: mark.day),
            Column("Catatan terakhir", lambda mark: mark.position),
            Column("Sidik (SHA-256)", lambda mark: mark.hash),
        )

    def rows(self):
        return on_shelf(LedgerMark).iterator(chunk_size=1000)
