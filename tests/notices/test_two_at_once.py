"""Two at the same moment: what is told once, and sent once."""

from ppid.notices.models import Dispatch, Notice
from ppid.notices.telling import tell
from tests import make
from tests.notices.news import news
from tests.together import two_at_once


def test_two_who_tell_the_same_event_tell_it_once(committed_database):
    person = make.demo("dinsos").pk
    assert two_at_once(lambda: tell(news(), to=[person]), lambda: tell(news(), to=[person])) == (None, None)
    assert Notice.objects.count() == 1
    assert Dispatch.objects.count() == 1
