"""What was read travels in the page itself, signed for the person who sent it: the server keeps nothing meanwhile."""

from django.core import signing

from ppid.organisation.models import User
from sop.importing.imported import Imported, ImportRefused

MAX_BYTES = 500_000
MAX_AGE = 60 * 60 * 12  # seconds, as long as a session
_SALT = "sop-import"


def sealed(found: list[Imported], *, user: User) -> str:
    """Return the sheets as one signed text. Raises ImportRefused when it would be too long for a page."""
    text = signing.dumps([each.as_data() for each in found], salt=f"{_SALT}.{user.pk}", compress=True)
    if len(text) > MAX_BYTES:
        raise ImportRefused("Isi berkas ini terlalu panjang untuk satu kali impor. Kirimkan satu lembar SOP saja.")
    return text


def opened(text: str, *, user: User) -> list[Imported]:
    """Read back what ``sealed`` gave. Raises ImportRefused when it is too old, changed, or somebody else's."""
    try:
        data = signing.loads(text, salt=f"{_SALT}.{user.pk}", max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise ImportRefused("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi.") from error
    return [Imported.from_data(each) for each in data]
