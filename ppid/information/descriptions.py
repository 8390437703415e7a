"""How an item's description changes: by one door, each field with a line that says who wrote what in whose place."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

import pgtrigger
from django.db import models
from django.db.models import F, Q

from ppid.chain.triggers import chained
from ppid.organisation.models import User
from ppid.triggers import acts_with_own_password, kept, never_emptied, refuses

if TYPE_CHECKING:
    from ppid.information.models import Information


def written(instance: models.Model, names: Iterable[str]) -> dict[str, str]:
    """Return what the fields say, as texts."""
    return {name: instance._meta.get_field(name).value_to_string(instance) for name in names}


class DescriptionChangeQuerySet(models.QuerySet):
    def standing(self):
        """Keep of each field its newest line: who wrote what stands there."""
        newer = DescriptionChange.objects.filter(
            information=models.OuterRef("information"), field=models.OuterRef("field"), pk__gt=models.OuterRef("pk")
        )
        return self.filter(~models.Exists(newer))


class DescriptionChange(models.Model):
    """A line of an item's ledger: a field of its description, what it said before and after, who wrote it and when.

    Values are kept as texts: dates as 2026-11-05, yes and no as true and false, nothing as the empty text. What an item
    said as it was written down has no line: its row says by whom and when that was.
    """

    information = models.ForeignKey(
        "information.Information", models.PROTECT, related_name="description_changes", verbose_name="informasi"
    )
    field = models.CharField("isian", max_length=40)
    before = models.TextField("semula", blank=True)
    after = models.TextField("menjadi", blank=True)
    author = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name="ditulis oleh")
    author_name = models.CharField("nama penulis", max_length=150)
    at = models.DateTimeField("pada")

    objects = DescriptionChangeQuerySet.as_manager()

    class Meta:
        verbose_name = "perubahan keterangan"
        ordering = ["information", "pk"]
        constraints = [models.CheckConstraint(name="a_change_changes_something", condition=~Q(before=F("after")))]
        triggers = [
            acts_with_own_password("author_id"),
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "line_starts_where_the_description_stands",
                "a line of the ledger starts where the description stands",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_information item
                        WHERE item.id = NEW.information_id AND to_jsonb(item) ? NEW.field
                          AND NEW.before = COALESCE(to_jsonb(item)->>NEW.field, '')
                    )
                """,
            ),
            refuses(
                "line_changes_its_description",
                "a line of the ledger without its change",
                """
                    NOT EXISTS (
                        SELECT 1 FROM information_information item
                        WHERE item.id = NEW.information_id AND COALESCE(to_jsonb(item)->>NEW.field, '') = (
                            SELECT line.after FROM information_descriptionchange line
                            WHERE line.information_id = item.id AND line.field = NEW.field ORDER BY line.id DESC LIMIT 1
                        )
                    )
                """,
                at_commit=True,
            ),
        ]

    def __str__(self):
        return f"{self.field}: {self.before} → {self.after}"

    @property
    def label(self) -> str:
        """What the field is called."""
        return str(self.information._meta.get_field(self.field).verbose_name)

    @property
    def said(self) -> tuple[str, str]:
        """What it said before and after, as people read it."""
        words = {"": "(kosong)", "true": "ya", "false": "tidak"}
        before, after = (words.get(text, text) for text in (self.before, self.after))
        return before, after


def in_the_ledger(value: Any) -> str:
    """Return the value as a line of the ledger keeps it, and as PostgreSQL writes it."""
    if value is None:
        return ""
    return str(value).lower() if isinstance(value, bool) else str(value)


def rewrite(
    information: "Information", fields: dict[str, Any], *, author: User, at: datetime
) -> list[DescriptionChange]:
    """Write these fields of the description with a line for each that says something else now; return the lines.

    Call it inside the transaction that holds the item's lock.
    """
    before = {name: getattr(information, name) for name in fields}
    saved = information.tell(**fields)
    lines = [
        DescriptionChange(
            information=information,
            field=name,
            before=in_the_ledger(before[name]),
            after=in_the_ledger(getattr(information, name)),
            author=author,
            author_name=author.name,
            at=at,
        )
        for name in fields
        if in_the_ledger(before[name]) != in_the_ledger(getattr(information, name))
    ]
    if lines:
        DescriptionChange.objects.bulk_create(lines)  # first: a description changes only together with its lines
        information.save(update_fields=saved)
    return lines


def changes_with_its_ledger(fields: Iterable[str]) -> pgtrigger.Trigger:
    """Return the trigger of the items' table: none of these fields changes without its line."""
    names = ", ".join(f"'{name}'" for name in fields)
    return pgtrigger.Trigger(
        name="description_moves_with_its_ledger",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(*fields),
        declare=[("name", "TEXT")],
        func=f"""
            FOREACH name IN ARRAY ARRAY[{names}] LOOP
                IF to_jsonb(OLD)->>name IS DISTINCT FROM to_jsonb(NEW)->>name AND NOT EXISTS (
                    SELECT 1 FROM (
                        SELECT line.before, line.after FROM information_descriptionchange line
                        WHERE line.information_id = OLD.id AND line.field = name ORDER BY line.id DESC LIMIT 1
                    ) newest
                    WHERE newest.before = COALESCE(to_jsonb(OLD)->>name, '')
                      AND newest.after = COALESCE(to_jsonb(NEW)->>name, '')
                ) THEN
                    RAISE EXCEPTION 'a description changes with its line in the ledger only';
                END IF;
            END LOOP;
            RETURN NEW;
        """,  # noqa: S608 - names of columns of this house
    )
