"""The public's addresses. All are open, read only the shelf, and answer GET and HEAD."""

from django.urls import path

from ppid.portal import (
    changes,
    editions,
    items,
    ledger,
    register_editions,
    report,
    search,
    sop_views,
    verify,
    views,
    written,
)

app_name = "portal"

urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("cari/", search.Search.as_view(), name="search"),
    path("cari/saran/", search.Suggestions.as_view(), name="search_suggestions"),
    path("informasi/", views.ItemList.as_view(), name="items"),
    path("informasi/<slug:number>/", items.ItemPage.as_view(), name="item"),
    path("informasi/<slug:number>/lapor/", report.Report.as_view(), name="report"),
    path("informasi/<slug:number>/pengumuman.pdf", items.AnnouncementPdf.as_view(), name="announcement"),
    path(
        "informasi/<slug:number>/berkas/<slug:key>/halaman/<int:page>.webp",
        items.PagePictureFile.as_view(),
        name="page_picture",
    ),
    path("informasi/<slug:number>/berkas/<slug:key>/<plain_path:filename>", items.ItemFile.as_view(), name="file"),
    path("informasi/<slug:number>/edisi/<int:edition>/", editions.EditionPage.as_view(), name="edition"),
    path(
        "informasi/<slug:number>/edisi/<int:edition>/perubahan/",
        changes.EditionChanges.as_view(),
        name="edition_changes",
    ),
    path(
        "informasi/<slug:number>/edisi/<int:edition>/berkas/<slug:key>/halaman/<int:page>.webp",
        items.PagePictureFile.as_view(),
        name="edition_page_picture",
    ),
    path(
        "informasi/<slug:number>/edisi/<int:edition>/berkas/<slug:key>/<plain_path:filename>",
        editions.FileOfEdition.as_view(),
        name="edition_file",
    ),
    path("dip/", views.Dip.as_view(), name="dip"),
    path("dip.csv", views.DipCsv.as_view(), name="dip_csv"),
    path("dik/", views.Dik.as_view(), name="dik"),
    path("dik/dibuka-kembali/", views.Reopened.as_view(), name="reopened"),
    path("dik/dibuka-kembali.csv", views.ReopenedCsv.as_view(), name="reopened_csv"),
    path("dik.csv", views.DikCsv.as_view(), name="dik_csv"),
    path("<register:register>/edisi/", register_editions.RegisterEditions.as_view(), name="register_editions"),
    path(
        "<register:register>/edisi/<int:edition>/",
        register_editions.RegisterEdition.as_view(),
        name="register_edition",
    ),
    path(
        "<register:register>/edisi/<int:edition>/daftar.csv",
        register_editions.RegisterEditionCsv.as_view(),
        name="register_edition_csv",
    ),
    path(
        "<register:register>/edisi/<int:edition>/daftar.xlsx",
        register_editions.RegisterEditionXlsx.as_view(),
        name="register_edition_xlsx",
    ),
    path(
        "<register:register>/edisi/<int:edition>/lampiran-<int:part>.pdf",
        register_editions.RegisterAnnex.as_view(),
        name="register_annex",
    ),
    path(
        "<register:register>/edisi/<int:edition>/banding/<int:other>/",
        register_editions.RegisterComparison.as_view(),
        name="register_comparison",
    ),
    path(
        "<register:register>/edisi/<int:edition>/banding/<int:other>/perubahan.csv",
        register_editions.RegisterComparisonCsv.as_view(),
        name="register_comparison_csv",
    ),
    path(
        "<register:register>/edisi/<int:edition>/banding/<int:other>/perubahan.xlsx",
        register_editions.RegisterComparisonXlsx.as_view(),
        name="register_comparison_xlsx",
    ),
    path("sop/", sop_views.SopList.as_view(), name="sops"),
    path("sop/unit/<slug:unit>.zip", sop_views.SopsOfUnit.as_view(), name="sop_zip"),
    path("sop/<slug:slug>/", sop_views.SopPage.as_view(), name="sop"),
    path("sop/<slug:slug>/lembar.pdf", sop_views.SopPdf.as_view(), name="sop_pdf"),
    path("sop/<slug:slug>/versi/<int:version>/", sop_views.SopVersionPage.as_view(), name="sop_version"),
    path("sop/<slug:slug>/versi/<int:version>/lembar.pdf", sop_views.SopPdf.as_view(), name="sop_version_pdf"),
    path("sop/<slug:slug>/versi/<int:version>/<plain:filename>", sop_views.SopFile.as_view(), name="sop_file"),
    path("verifikasi/", verify.Verify.as_view(), name="verify"),
    path("v/<slug:code>/", verify.Short.as_view(), name="short"),
    path("buku-besar/", ledger.LedgerMarks.as_view(), name="ledger"),
    path("buku-besar.csv", ledger.LedgerMarksCsv.as_view(), name="ledger_csv"),
    path("glosarium/", views.Glossary.as_view(), name="glossary"),
    path("aksesibilitas/", written.Accessibility.as_view(), name="accessibility"),
    path("halaman/", written.PageList.as_view(), name="pages"),
    path("halaman/<slug:slug>/", written.Page.as_view(), name="page"),
    path("halaman/<slug:slug>/edisi/<int:edition>/", written.PageEdition.as_view(), name="page_edition"),
    path("halaman/<slug:slug>/edisi/<int:edition>/perubahan/", written.PageChanges.as_view(), name="page_changes"),
    path("robots.txt", views.Robots.as_view(), name="robots"),
    path("sitemap.xml", views.Sitemap.as_view(), name="sitemap"),
]
