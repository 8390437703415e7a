"""What ``doctor`` says of mail: no server, one that does not answer, one that does."""

from ppid.notices.checks import mails_are_sent
from tests.notices.smtp import free_port, server, use


def said(settings, *, demo: bool = False) -> list[str]:
    settings.DEMO = demo
    return [f"{each.id} {each.msg}" for each in mails_are_sent(databases=["default"])]


def test_in_production_it_says_that_nobody_gets_a_mail(settings):
    settings.EMAIL_HOST = ""
    [warning] = said(settings)
    assert "EMAIL_HOST belum diisi" in warning
    assert said(settings, demo=True) == []


def test_a_server_that_does_not_answer_is_named_with_the_cause(settings):
    use(settings, port := free_port())
    [warning] = said(settings)
    assert f"127.0.0.1:{port}" in warning
    assert "tidak dapat dihubungi" in warning


def test_a_server_that_answers_is_fine(settings):
    with server(settings):
        assert said(settings) == []
