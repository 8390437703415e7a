"""What officers were told is done, compared with what is there: ledger, cases, shelf and bytes."""

from collections import Counter
from datetime import datetime

from ppid.content_store import BytesLost
from ppid.flows.ledger import StepRecord
from ppid.flows.models import Case
from ppid.shelf.actions import public_store
from ppid.shelf.models import PublishedItem


def lost(done: list[dict], *, since: datetime) -> list[str]:
    """Return a line for each act since then that was acknowledged and isn't there, and for each that is there twice."""
    lines = []
    told = Counter((each["case"], each["key"], each["email"]) for each in done if each["key"] != "open")
    rows = StepRecord.objects.filter(case__number__in={case for case, _, _ in told}, done_at__gt=since)
    there = Counter(rows.values_list("case__number", "key", "actor__email"))
    for act, number in told.items():
        if there[act] != number:
            lines.append(f"{act}: told {number} times, {there[act]} rows of the ledger")
    opened = {each["case"]: each["title"] for each in done if each["key"] == "open"}
    titles = dict(Case.objects.filter(number__in=opened).values_list("number", "information__title"))
    lines += [f"{case}: opened, and not there" for case, title in opened.items() if titles.get(case) != title]
    published = {each["title"] for each in done if each["key"] == "publish"}
    items = {item.title: item for item in PublishedItem.objects.filter(title__in=published).prefetch_related("files")}
    for title in sorted(published):
        if title not in items or not items[title].files.all():
            lines.append(f"«{title}»: published, and not on the shelf")
            continue
        for file in items[title].files.all():
            try:
                public_store().open_checked(file.sha256).close()
            except BytesLost as error:
                lines.append(f"«{title}»: {error}")
    return lines
