"""Office files are ZIP packages: write one so that the same sheet gives the same bytes."""

import io
import re
import zipfile

_STAMP = (1980, 1, 1, 0, 0, 0)
_WRITTEN = re.compile(rb"(<dcterms:(created|modified)[^>]*>)[^<]*(</dcterms:)")


def settled(data: bytes) -> bytes:
    """Return the package without the moment at which it was written."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for member in source.infolist():
            part = source.read(member)
            if member.filename == "docProps/core.xml":
                part = _WRITTEN.sub(rb"\g<1>2000-01-01T00:00:00Z\g<3>", part)
            settled_member = zipfile.ZipInfo(member.filename, _STAMP)
            settled_member.compress_type = zipfile.ZIP_DEFLATED
            settled_member.external_attr = 0o600 << 16
            target.writestr(settled_member, part)
    return out.getvalue()
