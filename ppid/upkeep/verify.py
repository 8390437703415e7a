"""Reads every file that a row names, and mends a damaged or missing one by its sound twin in another store."""

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ppid.content_store import BytesLost, BytesMissing
from ppid.upkeep.stores import Store

logger = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Verified:
    """A file that was looked at. ``fault`` is "", "missing" or "damaged"; ``mended_from`` names the twin's store."""

    store: Store
    sha256: str
    words: str
    fault: str = ""
    mended_from: str = ""

    @property
    def is_sound(self) -> bool:
        """Whether the file is sound by now."""
        return not self.fault or bool(self.mended_from)


def verify(stores: Sequence[Store]) -> Iterator[Verified]:
    """Yield every file that a row names, with what was found and done."""
    for store in stores:
        for sha256, words in store.promised():
            try:
                store.files.check(sha256)
            except BytesLost as lost:
                fault = "missing" if isinstance(lost, BytesMissing) else "damaged"
                yield Verified(store, sha256, words, fault, _mend(store, sha256, stores))
            else:
                yield Verified(store, sha256, words)


def _mend(store: Store, sha256: str, stores: Sequence[Store]) -> str:
    """Copy the file from the first other store that has it sound; return that store's name, or ""."""
    for other in stores:
        if other is store:
            continue
        try:
            store.files.copy_from(other.files, sha256)
        except BytesLost:
            continue
        logger.warning("%s in the store «%s» was lost and is mended from «%s».", sha256, store.name, other.name)
        return other.name
    logger.error("%s in the store «%s» is lost, and no other store has it.", sha256, store.name)
    return ""
