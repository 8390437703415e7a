"""Every open address of the portal, also tomorrow's: a new one must say here what stands in it."""

from django.urls import reverse

from ppid.portal.urls import urlpatterns


def every_address(item, sop_slug="pengumuman-uji") -> dict[str, str]:
    """Return the address of each pattern by its name, filled in with this item and this SOP."""
    filling = {
        "item": [item.number],
        "file": [item.number, 1, item.files.first().filename],
        "sop": [sop_slug],
        "sop_pdf": [sop_slug],
    }
    return {each.name: reverse(f"portal:{each.name}", args=filling.get(each.name)) for each in urlpatterns}


NAMES = [each.name for each in urlpatterns]
PAGES = [name for name in NAMES if name not in ("file", "sop_pdf", "dip_csv", "dik_csv", "robots", "sitemap")]
