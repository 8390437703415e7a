"""Every open address of the portal, also tomorrow's: a new one must say here what stands in it."""

from django.urls import reverse

from ppid.portal.urls import urlpatterns
from ppid.shelf.models import ShortAddress

# The forms in which a list leaves, written out.
FORMS = ("_csv", "_xlsx", "_ods", "_json")
API = ("items", "item", "withdrawals", "excluded", "reopened", "sops", "registers", "units")
MACHINES = (
    *(f"api_{name}" for name in API),
    "openapi",
    "alive",
    "atom",
    "opensearch",
    "dcat",
    "dcat_ttl",
    "dump_manifest",
    "sitemap_pages",
    "sitemap_sops",
    "sitemap_items",
)
LISTS = ("dip", "dik", "reopened", "sop", "register_edition", "register_comparison", "ledger")


def every_address(item, sop_slug="pengumuman-uji") -> dict[str, str]:
    """Return the address of each pattern by its name, filled in with this item and this SOP."""
    filling = {
        "sitemap_items": [item.pk // 25_000],
        "dump_part": [1],
        "api_item": [item.number],
        "item": [item.number],
        "file": [item.number, item.files.first().key, item.files.first().filename],
        "report": [item.number],
        "announcement": [item.number],
        "announcement_text": [item.number],
        "page_picture": [item.number, item.files.first().key, 1],
        "edition": [item.number, 1],
        "edition_changes": [item.number, 2],
        "edition_page_picture": [item.number, 1, item.files.first().key, 1],
        "edition_file": [item.number, 1, item.files.first().key, item.files.first().filename],
        "register_editions": ["dip"],
        **{f"register_edition{form}": ["dip", 1] for form in ("", *FORMS)},
        "register_annex": ["dip", 1, 1],
        **{f"register_comparison{form}": ["dip", 2, 1] for form in ("", *FORMS)},
        "short": [ShortAddress.objects.get(kind="item", number=item.number, edition=1).code],
        "duties_of_unit": ["dinsos"],
        "duty": ["bk-profil-kedudukan"],
        **{f"{name}_today_pdf": [1] for name in ("dip", "dik", "reopened", "sop")},
        "sop": [sop_slug],
        "sop_pdf": [sop_slug],
        "sop_zip": ["dinsos"],
        "sop_version": [sop_slug, 1],
        "sop_version_pdf": [sop_slug, 1],
        "sop_file": [sop_slug, 1, "data.json"],
        "unit": ["dinsos"],
        "page": ["profil"],
        "page_edition": ["profil", 1],
        "page_changes": ["profil", 2],
    }
    return {each.name: reverse(f"portal:{each.name}", args=filling.get(each.name)) for each in urlpatterns}


MOVED = ("accessibility",)  # old addresses, which lead on
NAMES = [each.name for each in urlpatterns if each.name not in MOVED]
FILES = (
    *(f"{name}_today_pdf" for name in ("dip", "dik", "reopened", "sop")),
    *(f"{name}{form}" for name in LISTS for form in FORMS),
    "file",
    "page_picture",
    "announcement",
    "edition_file",
    "edition_page_picture",
    "sop_pdf",
    "sop_version_pdf",
    "sop_file",
    "sop_zip",
    "register_annex",
    "statistics_csv",
    "months_csv",
    "lead_times_csv",
    "duties_csv",
    "duties_json",
    "duty_scores_csv",
    *MACHINES,
    "dump_part",
    "robots",
    "sitemap",
    "search_suggestions",
)
PAGES = [name for name in NAMES if name not in FILES]
