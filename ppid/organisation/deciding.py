"""Nobody decides on their own work: who could decide in office, who of them worked on it, and what both are told."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from ppid.organisation.models import Appointment, User

NOBODYS_OWN = "tidak seorang pun menyetujui pekerjaannya sendiri"


def listed(words: Iterable[str]) -> str:
    """Return «a, b, dan c»."""
    *most, last = list(words) or [""]
    if len(most) > 1:
        return f"{', '.join(most)}, dan {last}"
    return f"{most[0]} dan {last}" if most else last


@dataclass(frozen=True, slots=True)
class Deciders:
    """Those who hold the office that decides, one appointment a person, each with what they did on it themselves."""

    office: str
    held: tuple[tuple[Appointment, str], ...]

    @classmethod
    def among(cls, office: str, appointments: Iterable[Appointment], worked_on: Callable[[User], str]) -> "Deciders":
        """Ask of each holder once what they did (``worked_on``: words, "" when nothing)."""
        people: dict[int, Appointment] = {}
        for each in appointments:
            people.setdefault(each.user_id, each)
        return cls(office, tuple((each, worked_on(each.user)) for each in people.values()))

    @property
    def free(self) -> list[Appointment]:
        """Those who may decide."""
        return [appointment for appointment, work in self.held if not work]

    @property
    def barred(self) -> list[tuple[Appointment, str]]:
        """Those who hold the office and worked on it, with what they did."""
        return [(appointment, work) for appointment, work in self.held if work]

    @property
    def who_instead(self) -> str:
        """The sentence that names who may decide, or says that nobody may and what helps."""
        if names := [f"{each.user.name} ({each.acting_as})" for each in self.free]:
            return f"Yang dapat memutuskan: {listed(names)}."
        return (
            f"Tidak ada orang lain yang bertugas sebagai {self.office}, jadi ini baru dapat diputuskan sesudah PPID "
            "Utama mencatat penugasan orang lain, misalnya seorang Plh."
        )

    def refusal_of(self, user: User, act: str) -> str:
        """Return why this holder of the office can't do ``act``; "" when they may, or don't hold it."""
        work = next((work for appointment, work in self.held if appointment.user_id == user.pk), "")
        return self.refusal(act, work) if work else ""

    def refusal(self, act: str, work: str) -> str:
        """Return the sentences for somebody who worked on it: what they can't do, why, and who may instead."""
        return f"Anda tidak dapat {act} karena Anda {work}: {NOBODYS_OWN}. {self.who_instead}"
