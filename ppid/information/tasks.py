"""What the queue's worker does for documents: read them for personal data, each once it has been uploaded."""

from procrastinate import JobContext, RetryStrategy
from procrastinate.contrib.django import app

from ppid.information.models import Document
from ppid.jobs import ask

_TRIES = 3


@app.task(retry=RetryStrategy(max_attempts=_TRIES, exponential_wait=5), pass_context=True)
def read_for_personal_data(context: JobContext, document: int) -> None:
    """Read the document; one that takes too long even at the last try is written down as unread."""
    from ppid.information.examining import read_document  # which needs the store that asks for this

    is_last = context.job is not None and context.job.attempts >= _TRIES - 1
    read_document(Document.objects.get(pk=document), gives_up=is_last)


def read_later(document: Document) -> bool:
    """Leave the reading to the worker, in the transaction of the upload."""
    return ask(read_for_personal_data, once=f"read-{document.pk}", document=document.pk)
