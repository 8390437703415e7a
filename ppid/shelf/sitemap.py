"""Which parts the map of all items has, and when something of each changed last: a trigger keeps it, nothing counts."""

import pgtrigger
from django.db import models

PART = 25_000  # keys of items that a part of the map covers; a map holds 50,000 addresses at most


class SitemapPart(models.Model):
    """A part of the map: the items whose keys begin at ``part`` times 25,000."""

    part = models.PositiveBigIntegerField(primary_key=True)
    changed_at = models.DateTimeField()

    class Meta:
        ordering = ["part"]

    def __str__(self) -> str:
        return str(self.part)


KEEPS_THE_MAP = pgtrigger.Trigger(
    name="keeps_the_map",
    when=pgtrigger.After,
    operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
    func=f"""
        INSERT INTO shelf_sitemappart AS map (part, changed_at)
        VALUES (COALESCE(NEW.id, OLD.id) / {PART}, now())
        ON CONFLICT (part) DO UPDATE SET changed_at = EXCLUDED.changed_at
        WHERE map.changed_at <> EXCLUDED.changed_at;
        RETURN NULL;
    """,  # noqa: S608 - a number of this file
)
