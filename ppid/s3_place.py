"""A place in a store that speaks S3, as the settings name it; nothing here speaks with it."""

from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True)
class S3Place:
    """A bucket, what names in it begin with, and how it is reached. ``prefix`` is empty or ends with a slash."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = ""
    key_id: str = ""
    secret: str = field(default="", repr=False)

    def within(self, part: str) -> "S3Place":
        """Return the part of that name, or the place itself."""
        return replace(self, prefix=f"{self.prefix}{part}/") if part else self

    def overlaps(self, other: "S3Place") -> bool:
        """Say whether a name of one could be a name of the other."""
        if (self._server, self.bucket) != (other._server, other.bucket):
            return False
        return self.prefix.startswith(other.prefix) or other.prefix.startswith(self.prefix)

    @property
    def _server(self) -> tuple:
        """The server, however its address is written."""
        parts = urlsplit(self.endpoint)
        return parts.hostname, parts.port or {"https": 443, "http": 80}.get(parts.scheme), parts.path.rstrip("/")

    def __str__(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}".rstrip("/")
