"""What the editor begins with where a page was never written: drafts that come with the portal, nobody's words yet.

They lie in ``fixtures/pages/``. What only the office knows stands in them as «[[isi: …]]», which no text may be handed
in with; what the settings know (name, address, hours) is filled in.
"""

from pathlib import Path

from django.conf import settings

from ppid.web.contact import contact

FOLDER = Path(settings.BASE_DIR) / "fixtures" / "pages"


def first_text(slug: str) -> str:
    """Return the draft of the page, "" where there is none."""
    try:
        text = (FOLDER / f"{slug}.md").read_text(encoding="utf-8")
    except FileNotFoundError:
        return ""
    for name, value in _known().items():
        text = text.replace(f"{{{name}}}", value)
    return text.strip()


def _known() -> dict[str, str]:
    office = contact()
    return {
        "kantor": office.office or "[[isi: nama kantor PPID]]",
        "pemerintah": office.government or "[[isi: nama pemerintah daerah]]",
        "kota": office.city or "[[isi: kota]]",
        "alamat": office.address or "[[isi: alamat kantor]]",
        "jam": office.hours or "[[isi: jam layanan]]",
        "telepon": office.phone or "[[isi: nomor telepon]]",
        "surel": office.email or "[[isi: alamat surel]]",
    }
