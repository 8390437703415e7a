"""What the pages of this room share: who keeps the list, answers for a unit, decides; and the matrix, read once."""

from functools import cached_property

from django.db import models
from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from ppid.desk.pages import AppointedPage
from ppid.flows.models import Case
from ppid.information.models import Information
from ppid.obligations import permissions
from ppid.obligations.models import Fulfilment
from ppid.shelf.matrix import Cell, Matrix, matrix
from ppid.shelf.models import PublishedItem, ShownDuty
from ppid.shelf.reading_obligations import all_rows, read
from ppid.web.parameters import text


class DutiesPage(AppointedPage):
    """A page of this room."""

    section = "duties"

    @cached_property
    def keeps(self) -> bool:
        return self.reader.holds(permissions.KEEPER)

    @cached_property
    def decides(self) -> bool:
        return self.reader.holds(permissions.DECIDER)

    @cached_property
    def mine(self) -> set[str]:
        """The codes of the units for which this person answers."""
        return permissions.answered_by(self.appointments)

    @cached_property
    def items(self):
        """The items that this person may name: what is public, and what they see a case of."""
        public = PublishedItem.objects.filter(number=models.OuterRef("number"))
        seen = self.visible.filter(information=models.OuterRef("pk"))
        return Information.objects.filter(Q(models.Exists(public)) | Q(models.Exists(seen)))

    @cached_property
    def named(self) -> Information | None:
        """The item of ``?informasi=``, for which a duty is chosen; 404 for one that this person may not name."""
        number = text(self.request.GET, "informasi", most=20)
        return get_object_or_404(self.items, number=number) if number else None

    @cached_property
    def process(self) -> Case | None:
        """The publication of that item which runs, where this person sees it."""
        running = self.visible.running().filter(flow="publication", information=self.named)
        return running.first() if self.named else None

    @cached_property
    def fulfilments(self):
        """The fulfilments by items that this person may name."""
        return Fulfilment.objects.filter(information__in=self.items).select_related("information")

    def matrix_of(self, *, unit: str = "", duty: str = "") -> Matrix:
        return matrix(read(all_rows, on=self.today, unit=unit, duty=duty)[0], on=self.today)

    def get_context_data(self, **kwargs):
        about = {"keeps": self.keeps, "decides": self.decides, "mine": self.mine}
        return super().get_context_data(**about | kwargs)


class OfCell(DutiesPage):
    """Mixin: what is about one cell of the matrix, as it stands today."""

    @cached_property
    def cell(self) -> Cell:
        whole = self.matrix_of(unit=self.kwargs["unit"], duty=self.kwargs["duty"])
        if not whole.cells or not whole.cells[0].duty.stands(on=self.today):
            raise Http404
        return whole.cells[0]

    @property
    def duty(self) -> ShownDuty:
        return self.cell.duty

    @property
    def unit(self) -> str:
        return self.cell.column.code

    @cached_property
    def links(self) -> bool:
        return permissions.may_link(self.appointments, self.unit)

    @cached_property
    def states(self) -> bool:
        return self.unit in self.mine

    @property
    def back(self) -> str:
        return cell_url(self.duty.code, self.unit)

    def get_context_data(self, **kwargs):
        # Over what the address names: there «duty» is a code.
        about = {"cell": self.cell, "duty": self.duty, "links": self.links, "states": self.states}
        return super().get_context_data(**kwargs | about)


def cell_url(duty: str, unit: str) -> str:
    """Return the address of a cell's page at the desk."""
    return reverse("desk:duty-cell", args=[duty, unit])
