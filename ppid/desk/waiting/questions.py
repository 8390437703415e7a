"""What waits for people among the questions: those that ask them, or an office that they hold."""

from django.urls import reverse
from django.utils.formats import date_format

from ppid.desk.waiting.cases import NO_TERM, secret
from ppid.desk.waiting.kind import Kind, Task
from ppid.flows.models import Case
from ppid.flows.questions import awaiting_answer


class QuestionToAnswer(Kind):
    """A question about a case that the reader answers; the case itself may wait for somebody else."""

    key, group, icon = "question", "tanya", "chat-bubble-left-right"

    def rows(self, reader):
        visible = Case.objects.visible_with(reader.offices, on=reader.today)
        questions = awaiting_answer(reader.user, reader.appointments, visible, on=reader.today)
        return questions.annotate(is_secret=secret(reader, "case__information")).order_by("at", "pk")

    def tasks(self, rows, reader):
        for question in rows.select_related("case__information", "case__unit"):
            case = question.case
            yield Task(
                of=f"Pertanyaan untuk {question.asked_of}, {case.number}, {case.unit.short_name}",
                title=case.information.title,
                url=reverse("desk:answer", args=[case.number, question.pk]),
                wants=question.text,
                came_from=f"Dari {question.actor_name}, {date_format(question.at, 'l, j F Y')}",
                status=NO_TERM,
                since=question.at,
                is_secret=question.is_secret or case.flow == "exclusion",
                number=case.number,
            )
