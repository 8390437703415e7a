"""The public's addresses. All are open, read only the shelf, and answer GET and HEAD."""

from django.urls import path

from ppid.portal import (
    alive,
    api,
    board,
    bundles,
    catalogue,
    changes,
    editions,
    feeds,
    items,
    ledger,
    obligations,
    register_editions,
    registers,
    report,
    search,
    sop_views,
    statistics,
    unit_pages,
    verify,
    views,
    written,
)
from ppid.shelf.bundles import DUMP
from ppid.web.takeaway import FORMS

app_name = "portal"


def in_every_form(address: str, view: type[registers.ListFile], name: str) -> list:
    """Return the addresses of a list to take away: ``address.csv`` and so on, named ``name_csv`` and so on."""
    return [
        path(f"{address}.{form.ending}", view.as_view(form=form), name=f"{name}_{form.ending}")
        for form in FORMS.values()
    ]


urlpatterns = [
    path("", views.Home.as_view(), name="home"),
    path("cari/", search.Search.as_view(), name="search"),
    path("cari/saran/", search.Suggestions.as_view(), name="search_suggestions"),
    path("informasi/", views.ItemList.as_view(), name="items"),
    path("informasi/<slug:number>/", items.ItemPage.as_view(), name="item"),
    path("informasi/<slug:number>/lapor/", report.Report.as_view(), name="report"),
    path("informasi/<slug:number>/pengumuman/", board.Announcement.as_view(), name="announcement_text"),
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
    path("pengumuman/", board.Announcements.as_view(), name="announcements"),
    path("dip/", registers.Dip.as_view(), name="dip"),
    path("dip/bagian-<int:part>.pdf", bundles.BundleFile.as_view(kind="dip"), name="dip_today_pdf"),
    path("dik/bagian-<int:part>.pdf", bundles.BundleFile.as_view(kind="dik"), name="dik_today_pdf"),
    path(
        "dik/dibuka-kembali/bagian-<int:part>.pdf",
        bundles.BundleFile.as_view(kind="reopened"),
        name="reopened_today_pdf",
    ),
    path("sop/bagian-<int:part>.pdf", bundles.BundleFile.as_view(kind="sop"), name="sop_today_pdf"),
    *in_every_form("dip", registers.DipFile, "dip"),
    path("dik/", registers.Dik.as_view(), name="dik"),
    *in_every_form("dik", registers.DikFile, "dik"),
    path("dik/dibuka-kembali/", registers.Reopened.as_view(), name="reopened"),
    *in_every_form("dik/dibuka-kembali", registers.ReopenedFile, "reopened"),
    *in_every_form("sop", registers.SopListFile, "sop"),
    path("<register:register>/edisi/", register_editions.RegisterEditions.as_view(), name="register_editions"),
    path(
        "<register:register>/edisi/<int:edition>/",
        register_editions.RegisterEdition.as_view(),
        name="register_edition",
    ),
    *in_every_form(
        "<register:register>/edisi/<int:edition>/daftar", register_editions.RegisterEditionFile, "register_edition"
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
    *in_every_form(
        "<register:register>/edisi/<int:edition>/banding/<int:other>/perubahan",
        register_editions.RegisterComparisonFile,
        "register_comparison",
    ),
    path("sop/", registers.Sops.as_view(), name="sops"),
    path("sop/unit/<slug:unit>.zip", sop_views.SopsOfUnit.as_view(), name="sop_zip"),
    path("sop/<slug:slug>/", sop_views.SopPage.as_view(), name="sop"),
    path("sop/<slug:slug>/lembar.pdf", sop_views.SopPdf.as_view(), name="sop_pdf"),
    path("sop/<slug:slug>/versi/<int:version>/", sop_views.SopVersionPage.as_view(), name="sop_version"),
    path("sop/<slug:slug>/versi/<int:version>/lembar.pdf", sop_views.SopPdf.as_view(), name="sop_version_pdf"),
    path("sop/<slug:slug>/versi/<int:version>/<plain:filename>", sop_views.SopFile.as_view(), name="sop_file"),
    path("verifikasi/", verify.Verify.as_view(), name="verify"),
    path("v/<slug:code>/", verify.Short.as_view(), name="short"),
    path("kewajiban/", obligations.Obligations.as_view(), name="duties"),
    path("kewajiban.csv", obligations.ObligationsCsv.as_view(), name="duties_csv"),
    path("kewajiban.json", obligations.ObligationsJson.as_view(), name="duties_json"),
    path("kewajiban/rubrik/", obligations.Rubric.as_view(), name="duty_rubric"),
    path("kewajiban/perkembangan/", obligations.Development.as_view(), name="duty_scores"),
    path("kewajiban/perkembangan.csv", obligations.ScoresCsv.as_view(), name="duty_scores_csv"),
    path("kewajiban/unit/<slug:unit>/", obligations.OfUnit.as_view(), name="duties_of_unit"),
    path("kewajiban/kewajiban/<slug:duty>/", obligations.DutyPage.as_view(), name="duty"),
    path("buku-besar/", ledger.LedgerMarks.as_view(), name="ledger"),
    *in_every_form("buku-besar", ledger.LedgerMarksFile, "ledger"),
    path("glosarium/", views.Glossary.as_view(), name="glossary"),
    path("aksesibilitas/", written.Accessibility.as_view(), name="accessibility"),
    path("statistik/", statistics.Statistics.as_view(), name="statistics"),
    path("statistik.csv", statistics.StatisticsCsv.as_view(), name="statistics_csv"),
    path("statistik-bulan.csv", statistics.MonthsCsv.as_view(), name="months_csv"),
    path("statistik-waktu.csv", statistics.LeadTimesCsv.as_view(), name="lead_times_csv"),
    path("unit/", unit_pages.UnitList.as_view(), name="units"),
    path("unit/<slug:code>/", unit_pages.UnitPage.as_view(), name="unit"),
    path("halaman/", written.PageList.as_view(), name="pages"),
    path("halaman/<slug:slug>/", written.Page.as_view(), name="page"),
    path("halaman/<slug:slug>/edisi/<int:edition>/", written.PageEdition.as_view(), name="page_edition"),
    path("halaman/<slug:slug>/edisi/<int:edition>/perubahan/", written.PageChanges.as_view(), name="page_changes"),
    path("sehat/", alive.Alive.as_view(), name="alive"),
    path("robots.txt", feeds.Robots.as_view(), name="robots"),
    path("atom.xml", feeds.Atom.as_view(), name="atom"),
    path("opensearch.xml", feeds.OpenSearch.as_view(), name="opensearch"),
    path("sitemap.xml", feeds.Sitemap.as_view(), name="sitemap"),
    path("sitemap-halaman.xml", feeds.SitemapOfPages.as_view(), name="sitemap_pages"),
    path("sitemap-sop.xml", feeds.SitemapOfSops.as_view(), name="sitemap_sops"),
    path("sitemap-informasi-<int:part>.xml", feeds.SitemapOfItems.as_view(), name="sitemap_items"),
    path("data-terbuka/", catalogue.Data.as_view(), name="data"),
    path("data-terbuka/salinan.json", catalogue.Manifest.as_view(), name="dump_manifest"),
    path("data-terbuka/berkas/<int:part>.ndjson.gz", bundles.BundleFile.as_view(kind=DUMP), name="dump_part"),
    path("dcat.jsonld", catalogue.Dcat.as_view(), name="dcat"),
    path("dcat.ttl", catalogue.Dcat.as_view(form="ttl"), name="dcat_ttl"),
    path("api/", api.About.as_view(), name="api"),
    path("api/v1/openapi.json", api.OpenApi.as_view(), name="openapi"),
    path("api/v1/items", api.Items.as_view(), name="api_items"),
    path("api/v1/items/<slug:number>", api.Item.as_view(), name="api_item"),
    path("api/v1/withdrawals", api.Withdrawals.as_view(), name="api_withdrawals"),
    path("api/v1/excluded", api.Excluded.as_view(), name="api_excluded"),
    path("api/v1/reopened", api.Reopened.as_view(), name="api_reopened"),
    path("api/v1/sops", api.Sops.as_view(), name="api_sops"),
    path("api/v1/registers", api.RegisterEditions.as_view(), name="api_registers"),
    path("api/v1/units", api.Units.as_view(), name="api_units"),
]
