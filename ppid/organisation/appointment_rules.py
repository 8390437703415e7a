"""What PostgreSQL holds of appointments: what stays, what changes with a ledger, whose seat, who appoints."""

import pgtrigger

from ppid.chain.triggers import chained
from ppid.organisation.unit_history import belongs_to_an_open_unit
from ppid.triggers import acts_with_own_password, local_day, never_emptied, refuses

PLH_USUALLY = 30  # days: a Plh stands in for a short absence
PLT_USUALLY = 3  # months, and once as many more

# Roles that only PPID Utama fills, and only whose holders' accounts PPID Utama keeps: whoever leads or is led to.
CHIEF, HEAD, ADMIN = "ppid_utama", "atasan_ppid", "admin_ppid"
FILLED_BY_THE_CHIEF = (CHIEF, HEAD, ADMIN)

# Both stop and begin in the middle of a day: whoever follows on the day of a stop doesn't overlap.
_OVERLAPS = """
    (CASE WHEN other.closed_at IS NULL THEN other.ends_on IS NULL OR other.ends_on >= NEW.starts_on
          ELSE other.ends_on > NEW.starts_on END)
    AND (NEW.ends_on IS NULL OR other.starts_on <= NEW.ends_on)
"""
_DEFINITIVE_BESIDE = f"""
    EXISTS (
        SELECT 1 FROM organisation_role role JOIN organisation_appointment other ON other.role_id = role.id
        WHERE role.id = NEW.role_id AND role.single_seat AND other.kind = 'definitive' AND NOT other.is_void
          AND (role.scope <> 'unit' OR other.unit_id = NEW.unit_id) AND {_OVERLAPS}
    )
"""  # noqa: S608 - words of this house


def of_appointments() -> list[pgtrigger.Trigger]:
    return [
        pgtrigger.ReadOnly(name="appointment_stays_as_recorded", exclude=["ends_on", "closed_at", "is_void"]),
        chained(leaving=["ends_on", "closed_at", "is_void"]),
        pgtrigger.Protect(name="appointment_is_kept", operation=pgtrigger.Delete),
        never_emptied(),
        refuses(
            "last_day_changes_with_its_ledger",
            "the last day of an appointment changes with its ledger row only",
            """
                OLD.closed_at IS NOT NULL OR NOT EXISTS (
                    SELECT 1 FROM organisation_appointmentchange newest
                    WHERE newest.id = (
                        SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = OLD.id
                    )
                      AND newest.ends_on_before IS NOT DISTINCT FROM OLD.ends_on
                      AND newest.ends_on IS NOT DISTINCT FROM NEW.ends_on
                      AND newest.closed_at IS NOT DISTINCT FROM NEW.closed_at
                      AND (newest.kind IN ('cancel', 'annul')) = NEW.is_void
                )
            """,
            on=pgtrigger.Update,
            condition=pgtrigger.AnyChange("ends_on", "closed_at", "is_void"),
        ),
        acts_with_own_password("appointed_by_id"),
        belongs_to_an_open_unit(
            "organisation_appointment",
            counts="here.closed_at IS NULL AND (here.ends_on IS NULL OR here.ends_on > unit.closed_on)",
        ),
        _one_definitive_holder(),
        refuses(
            "a_stand_in_out_of_the_usual_says_why",
            "a stand-in beside a serving holder, or for longer than usual, says why",
            f"""
                NEW.kind <> 'definitive' AND btrim(NEW.reason) = '' AND (
                    NEW.kind = 'plh' AND NEW.ends_on - NEW.starts_on >= {PLH_USUALLY}
                    OR NEW.kind = 'plt' AND NEW.ends_on >= NEW.starts_on + interval '{PLT_USUALLY} months'
                    OR {_DEFINITIVE_BESIDE}
                )
            """,
        ),
        refuses(
            "the_office_is_filled_by_its_chief",
            "nobody but PPID Utama appoints themselves, PPID Utama, Atasan PPID or an Admin",
            f"""
                NEW.appointed_by_id IS NOT NULL AND (
                    NEW.appointed_by_id = NEW.user_id OR EXISTS (
                        SELECT 1 FROM organisation_role
                        WHERE id = NEW.role_id AND code IN ('{CHIEF}', '{HEAD}', '{ADMIN}')
                    )
                ) AND NOT EXISTS (
                    SELECT 1 FROM organisation_appointment held JOIN organisation_role role ON role.id = held.role_id
                    WHERE held.user_id = NEW.appointed_by_id AND role.code = '{CHIEF}' AND held.closed_at IS NULL
                      AND held.starts_on <= {local_day("NEW.recorded_at")}
                      AND (held.ends_on IS NULL OR held.ends_on >= {local_day("NEW.recorded_at")})
                )
            """,  # noqa: S608 - words of this house
        ),
    ]


def _one_definitive_holder() -> pgtrigger.Trigger:
    """Return the trigger that holds the role's row while it looks: two who are appointed at once wait here."""
    return pgtrigger.Trigger(
        name="a_seat_has_one_definitive_holder",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        condition=pgtrigger.Q(new__kind="definitive"),
        func=f"""
            PERFORM 1 FROM organisation_role WHERE id = NEW.role_id FOR NO KEY UPDATE;
            IF {_DEFINITIVE_BESIDE} THEN
                RAISE EXCEPTION 'two definitive holders of one seat';
            END IF;
            RETURN NEW;
        """,
    )


def of_changes() -> list[pgtrigger.Trigger]:
    day = local_day("NEW.at")
    return [
        refuses(
            "change_starts_where_it_stands",
            "a ledger row starts where its appointment stands",
            f"""
                NOT EXISTS (
                    SELECT 1 FROM organisation_appointment
                    WHERE id = NEW.appointment_id AND ends_on IS NOT DISTINCT FROM NEW.ends_on_before
                      AND closed_at IS NULL
                      AND CASE NEW.kind WHEN 'cancel' THEN starts_on > {day}
                                        WHEN 'annul' THEN starts_on <= {day}
                                        WHEN 'stop' THEN starts_on <= {day} AND NEW.ends_on = {day}
                                        ELSE TRUE END
                )
            """,  # noqa: S608 - words of this house
        ),
        refuses(
            "change_moves_its_appointment",
            "a ledger row without its change",
            """
                NOT EXISTS (
                    SELECT 1 FROM organisation_appointment appointment JOIN organisation_appointmentchange newest
                        ON newest.appointment_id = appointment.id
                    WHERE appointment.id = NEW.appointment_id
                      AND newest.id = (
                          SELECT max(id) FROM organisation_appointmentchange WHERE appointment_id = NEW.appointment_id
                      )
                      AND appointment.ends_on IS NOT DISTINCT FROM newest.ends_on
                      AND appointment.closed_at IS NOT DISTINCT FROM newest.closed_at
                )
            """,
            at_commit=True,
        ),
    ]
