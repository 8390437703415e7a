"""What was read travels in the page itself, signed for the person who sent it: the server keeps nothing meanwhile."""

from dataclasses import asdict, dataclass

from django.core import signing

from ppid.organisation.models import User
from sop.importing.imported import Imported, ImportRefused, SourceFile

MAX_BYTES = 500_000
MAX_AGE = 60 * 60 * 12  # seconds, as long as a session
_SALT = "sop-import"


@dataclass(frozen=True)
class Payload:
    """The sheets of one file, and which file it was."""

    file: SourceFile
    found: list[Imported]


def sealed(payload: Payload, *, user: User) -> str:
    """Return the sheets as one signed text. Raises ImportRefused when it would be too long for a page."""
    data = {"file": asdict(payload.file), "found": [each.as_data() for each in payload.found]}
    text = signing.dumps(data, salt=f"{_SALT}.{user.pk}", compress=True)
    if len(text) > MAX_BYTES:
        raise ImportRefused("Isi berkas ini terlalu panjang untuk satu kali impor. Kirimkan satu lembar SOP saja.")
    return text


def opened(text: str, *, user: User) -> Payload:
    """Read back what ``sealed`` gave. Raises ImportRefused when it is too old, changed, or somebody else's."""
    try:
        data = signing.loads(text, salt=f"{_SALT}.{user.pk}", max_age=MAX_AGE)
    except signing.BadSignature as error:
        raise ImportRefused("Pratinjau ini sudah kedaluwarsa. Unggah berkasnya sekali lagi.") from error
    return Payload(SourceFile(**data["file"]), [Imported.from_data(each) for each in data["found"]])
