"""Addresses of this room of the desk, under /meja/."""

from django.urls import path

from ppid.desk.obligations import cell, decisions, listing, overview

_CELL = "kewajiban/sel/<slug:duty>/<slug:unit>/"
_TEXT = "kewajiban/daftar/<slug:code>/naskah/<int:pk>/"

urlpatterns = [
    path("kewajiban/", overview.Duties.as_view(), name="duties"),
    path("kewajiban/unit/<slug:unit>/", overview.DutiesOfUnit.as_view(), name="duties-of-unit"),
    path(_CELL, cell.CellPage.as_view(), name="duty-cell"),
    path(f"{_CELL}mulai/", cell.StartForCell.as_view(), name="duty-start"),
    path(f"{_CELL}perbarui/", cell.RenewForCell.as_view(), name="duty-renew"),
    path(f"{_CELL}kaitkan/", cell.LinkItem.as_view(), name="duty-link"),
    path(f"{_CELL}nyatakan/", cell.StateOfCell.as_view(), name="duty-state"),
    *(
        path(
            f"kewajiban/{kind}/<int:pk>/{act}/",
            decisions.of(acts, page),
            name=f"{name}-{decisions.NAMES[act]}",
        )
        for kind, (name, acts) in decisions.KINDS.items()
        for act, page in decisions.PAGES.items()
    ),
    path("kewajiban/daftar/", listing.DutyList.as_view(), name="duty-list"),
    path("kewajiban/daftar-baru/", listing.NewDuty.as_view(), name="duty-new"),
    path("kewajiban/daftar/<slug:code>/", listing.DutyAtDesk.as_view(), name="duty"),
    path("kewajiban/daftar/<slug:code>/tulis/", listing.WriteDuty.as_view(), name="duty-write"),
    path(f"{_TEXT}setujui/", listing.ApproveDuty.as_view(), name="duty-approve"),
    path(f"{_TEXT}kembalikan/", listing.SendDutyBack.as_view(), name="duty-send-back"),
    path(f"{_TEXT}tarik/", listing.WithdrawDuty.as_view(), name="duty-withdraw"),
]
