"""What two people do to one page at the same moment. Each test falls without its lock."""

from ppid.pages import acts
from ppid.pages.acts import PageChanged, PageRefused
from ppid.pages.models import PageText
from ppid.shelf.models import PublishedAnnouncement
from tests import make
from tests.pages import pages
from tests.together import two_at_once


def test_of_two_texts_handed_in_at_once_one_waits_and_the_other_is_told(committed_database):
    bidang, other = make.demo("bidang"), make.person("bidang_layanan", unit="diskominfo")
    first, second = two_at_once(
        lambda: acts.hand_in("profil", "Satu.", actor=bidang, seen=None),
        lambda: acts.hand_in("profil", "Dua.", actor=other, seen=None),
    )
    assert isinstance(first, PageText)
    assert isinstance(second, PageChanged)


def test_withdrawing_and_approving_at_once_leave_one_of_both(committed_database):
    text = pages.handed_in()
    bidang, utama = make.demo("bidang"), make.demo("utama")
    first, second = two_at_once(lambda: acts.withdraw(text, actor=bidang), lambda: acts.approve(text, actor=utama))
    assert first.decision == "withdrawn"
    assert isinstance(second, PageChanged)


def test_two_approvals_at_once_never_put_a_fourth_announcement_on_top(committed_database):
    pages.on_top("Satu.")
    pages.on_top("Dua.")
    three, four, utama = pages.announced("Tiga."), pages.announced("Empat."), make.demo("utama")
    _, second = two_at_once(lambda: acts.approve(three, actor=utama), lambda: acts.approve(four, actor=utama))
    assert isinstance(second, PageRefused)
    assert PublishedAnnouncement.objects.count() == 3
