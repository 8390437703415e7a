"""What templates for machines need: texts that XML may hold, and an item in the words of schema.org."""

import json

from django import template
from django.utils.safestring import mark_safe

from ppid.web.contact import contact
from ppid.web.letters import without_forbidden

register = template.Library()
# What could end the block that holds it, in the page's own language.
_ENDS = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.filter
def plain(text) -> str:
    """Return the text without the letters that XML may not hold."""
    return without_forbidden(str(text))


@register.simple_tag
def json_ld(item, site: str) -> str:
    """Return the item as a schema.org dataset, unable to end the block of the page in which it stands."""
    files = [
        {
            "@type": "DataDownload",
            "name": file.title,
            "encodingFormat": file.media_type,
            "contentSize": str(file.size),
            "sha256": file.sha256,
            "contentUrl": f"{site}{file.get_absolute_url()}",
        }
        for file in item.files.all()
        if not getattr(file, "is_held", False)  # where held ones were not left out, it is known which they are
    ]
    data = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": f"{site}{item.get_absolute_url()}",
        "url": f"{site}{item.get_absolute_url()}",
        "identifier": item.number,
        "name": item.title,
        "description": item.summary or item.title,
        "inLanguage": "id",
        "isAccessibleForFree": True,
        "datePublished": item.published_at.isoformat(),
        "version": item.edition,
        "creator": {"@type": "GovernmentOrganization", "name": item.unit_name},
        "publisher": {"@type": "GovernmentOrganization", "name": contact().government},
        "distribution": files,
    }
    return mark_safe(json.dumps(data, ensure_ascii=False).translate(_ENDS))  # noqa: S308 - no letter of it is HTML's
