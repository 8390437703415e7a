"""The ledger of people: who was added, edited, given a password, closed, reopened, confirmed, handed over; by whom."""

import pgtrigger
from django.db import models
from django.db.models import Q

from ppid.chain.triggers import chained
from ppid.triggers import kept, local_day, never_emptied, refuses

_KEPT_FIELDS = ("name", "nip", "email", "is_active")


def _as_it_stands(row: str) -> str:
    """Return SQL for the fields of the person ``row`` that change with the ledger only."""
    pairs = ", ".join(f"'{name}', {row}.{name}" for name in _KEPT_FIELDS)
    return f"jsonb_build_object({pairs})"


def as_it_stands(person) -> dict:
    """Return the fields of the person that change with the ledger only."""
    return {name: getattr(person, name) for name in _KEPT_FIELDS}


def mark_of(person) -> str:
    """Return a mark of what stands now: whoever sends it back says what they saw."""
    return "·".join(str(value) for value in as_it_stands(person).values())


def changes_with_its_ledger() -> list[pgtrigger.Trigger]:
    """Return the triggers of a person: what they are called and whether they may sign in has its row each time."""
    newest = """
        SELECT 1 FROM organisation_personchange newest
        WHERE newest.id = (SELECT max(id) FROM organisation_personchange WHERE person_id = OLD.id)
    """
    return [
        refuses(
            "a_person_changes_with_the_ledger",
            "a person changes with a row of the ledger of people only",
            f"NOT EXISTS ({newest} AND before = {_as_it_stands('OLD')} AND after = {_as_it_stands('NEW')})",
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange(*_KEPT_FIELDS),
        ),
        pgtrigger.Trigger(
            name="former_names_are_remembered",
            when=pgtrigger.Before,
            operation=pgtrigger.Update,
            condition=pgtrigger.AnyChange("name", "former_names"),
            func=f"""
                NEW.former_names := OLD.former_names;
                IF NEW.name <> OLD.name THEN
                    NEW.former_names := OLD.former_names || jsonb_build_array(jsonb_build_object(
                        'name', OLD.name, 'until', (SELECT at {newest[newest.index("FROM") :]})
                    ));
                END IF;
                RETURN NEW;
            """,
        ),
        refuses(
            "a_first_password_is_changed_by_its_person",
            "a first password is given by somebody, and changed by the person themselves",
            f"""
                NOT EXISTS ({newest} AND kind = 'password'
                    AND (actor_id IS NOT DISTINCT FROM OLD.id) = (NOT NEW.must_change_password)
                    AND NEW.first_password_at IS NOT DISTINCT FROM
                        CASE WHEN NEW.must_change_password THEN newest.at END)
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange("must_change_password", "first_password_at"),
        ),
    ]


def vouched_for_alone(row: str) -> str:
    """Return SQL that says whether by ``row`` of the ledger its actor alone vouches for its person, until now.

    So it is where they made the account and appointed it on the same day, and where they gave it its latest first
    password: they could act as its person. A second keeper's confirmation since ends it.
    """
    return f"""(
        {row}.actor_id <> {row}.person_id AND NOT EXISTS (
            SELECT 1 FROM organisation_personchange confirmed
            WHERE confirmed.person_id = {row}.person_id AND confirmed.kind = 'confirmed' AND confirmed.id > {row}.id
        ) AND (
            {row}.kind = 'added' AND EXISTS (
                SELECT 1 FROM organisation_appointment held
                WHERE held.user_id = {row}.person_id AND held.appointed_by_id = {row}.actor_id
                  AND {local_day("held.recorded_at")} = {local_day(f"{row}.at")}
            ) OR {row}.kind = 'password' AND NOT EXISTS (
                SELECT 1 FROM organisation_personchange anew
                WHERE anew.person_id = {row}.person_id AND anew.kind = 'password' AND anew.id > {row}.id
                  AND anew.actor_id IS DISTINCT FROM anew.person_id
            )
        )
    )"""  # noqa: S608 - words of this house


class PersonChange(models.Model):
    """A row of the ledger of people. ``before`` and ``after`` are the person's kept fields, "" values included.

    ``actor`` is None when it was done at the terminal. ``note`` says why, or what was handed over to whom.
    """

    class Kind(models.TextChoices):
        ADDED = "added", "Ditambahkan"
        EDITED = "edited", "Data diubah"
        PASSWORD = "password", "Kata sandi diganti"
        DEACTIVATED = "deactivated", "Akun dinonaktifkan"
        REACTIVATED = "reactivated", "Akun diaktifkan kembali"
        CONFIRMED = "confirmed", "Dikonfirmasi pengelola kedua"
        HANDED_OVER = "handed_over", "Tugas diserahterimakan"
        SIGNED_OUT = "signed_out", "Semua sesi diakhiri"
        LINKED = "linked", "Dihubungkan dengan akun kota"
        UNLINKED = "unlinked", "Dilepas dari akun kota"
        LAPSED = "lapsed", "Akun berakhir bersama penugasan terakhirnya"
        FACTOR_ADDED = "factor_added", "Langkah kedua dipasang"
        FACTOR_GONE = "factor_gone", "Langkah kedua dihapus"
        CODES = "codes", "Kode pemulihan dibuat baru"
        RESCUE_ASKED = "rescue_asked", "Pemulihan langkah kedua dimulai"
        RESCUE_ENDED = "rescue_ended", "Pemulihan langkah kedua dihentikan"
        RESCUED = "rescued", "Langkah kedua dilepas untuk dipasang lagi"

    person = models.ForeignKey("organisation.User", models.PROTECT, related_name="changes", verbose_name="orang")
    kind = models.CharField("jenis", max_length=12, choices=Kind)
    before = models.JSONField("sebelumnya", default=dict)
    after = models.JSONField("sesudahnya", default=dict)
    actor = models.ForeignKey("organisation.User", models.PROTECT, null=True, related_name="+", verbose_name="oleh")
    actor_name = models.CharField("nama", max_length=150, blank=True)
    at = models.DateTimeField("pada")
    note = models.CharField("catatan", max_length=500, blank=True)

    class Meta:
        verbose_name = "riwayat orang"
        ordering = ["person", "pk"]
        constraints = [
            models.CheckConstraint(
                name="person_change_is_known",
                condition=Q(
                    kind__in=[
                        "added",
                        "edited",
                        "password",
                        "deactivated",
                        "reactivated",
                        "confirmed",
                        "handed_over",
                        "signed_out",
                        "linked",
                        "unlinked",
                        "lapsed",
                        "factor_added",
                        "factor_gone",
                        "codes",
                        "rescue_asked",
                        "rescue_ended",
                        "rescued",
                    ]
                ),
            ),
        ]
        triggers = [
            kept(),
            chained(),
            never_emptied(),
            refuses(
                "nobody_acts_with_a_first_password",
                "a first password is changed before its person does anything",
                """
                    NOT (NEW.kind = 'password' AND NEW.actor_id = NEW.person_id)
                    AND EXISTS (SELECT 1 FROM organisation_user WHERE id = NEW.actor_id AND must_change_password)
                """,
            ),
            refuses(
                "a_change_starts_where_its_person_stands",
                "a row of the ledger starts where its person stands",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM organisation_user person WHERE id = NEW.person_id
                          AND NEW.before = CASE NEW.kind WHEN 'added' THEN '{{}}'::jsonb
                                           ELSE {_as_it_stands("person")} END
                          AND CASE NEW.kind WHEN 'deactivated' THEN person.is_active
                                            WHEN 'lapsed' THEN person.is_active
                                            WHEN 'reactivated' THEN NOT person.is_active ELSE TRUE END
                    )
                """,  # noqa: S608 - words of this house
            ),
            refuses(
                "a_change_changes_its_person",
                "a row of the ledger without its change",
                f"""
                    NOT EXISTS (
                        SELECT 1 FROM organisation_user person JOIN organisation_personchange newest
                            ON newest.person_id = person.id
                        WHERE person.id = NEW.person_id AND newest.after = {_as_it_stands("person")}
                          AND newest.id = (
                              SELECT max(id) FROM organisation_personchange WHERE person_id = NEW.person_id
                          )
                    )
                """,  # noqa: S608 - words of this house
                at_commit=True,
            ),
            refuses(
                "an_account_lapses_with_its_last_appointment",
                "an account lapses once its last appointment has ended, not before",
                f"""
                    NEW.kind = 'lapsed' AND (
                        NOT EXISTS (SELECT 1 FROM organisation_appointment WHERE user_id = NEW.person_id)
                        OR EXISTS (
                            SELECT 1 FROM organisation_appointment WHERE user_id = NEW.person_id
                              AND closed_at IS NULL AND (ends_on IS NULL OR ends_on >= {local_day("NEW.at")})
                        )
                    )
                """,  # noqa: S608 - words of this house
            ),
            refuses(
                "a_second_keeper_confirms",
                "an account is confirmed by a keeper who neither made it nor is its person",
                f"""
                    NEW.kind = 'confirmed' AND (
                        NEW.actor_id IS NULL OR NEW.actor_id = NEW.person_id OR EXISTS (
                            SELECT 1 FROM organisation_personchange mine
                            WHERE mine.person_id = NEW.actor_id AND {vouched_for_alone("mine")}
                        ) OR EXISTS (
                            SELECT 1 FROM organisation_personchange theirs
                            WHERE theirs.person_id = NEW.person_id AND (
                                theirs.actor_id = NEW.actor_id AND theirs.kind = 'added'
                                OR {vouched_for_alone("theirs")} AND (
                                    theirs.actor_id = NEW.actor_id OR theirs.kind = 'added' AND EXISTS (
                                        SELECT 1 FROM organisation_appointment held
                                        WHERE held.user_id = NEW.person_id AND held.appointed_by_id = NEW.actor_id
                                    )
                                )
                            )
                        )
                    )
                """,  # noqa: S608 - words of this house
            ),
        ]

    def __str__(self):
        return f"{self.person}: {self.get_kind_display()}"


def hands_of(who: str) -> str:
    """Return SQL for whose work counts as that of ``who`` (SQL): their own, and that of accounts they alone vouch for.

    Those are the accounts of ``vouched_for_alone``, and those for which such an account vouches alone in turn.
    """
    return f"""(
        WITH RECURSIVE hand(id) AS (
            SELECT ({who})::bigint UNION
            SELECT vouched.person_id FROM hand JOIN organisation_personchange vouched ON vouched.actor_id = hand.id
            WHERE {vouched_for_alone("vouched")}
        ) SELECT id FROM hand
    )"""  # noqa: S608 - words of this house
