"""The tables of the desk: only what people typed there and have not sent."""

from ppid.desk.typed.models import TypedDraft

__all__ = ["TypedDraft"]
