"""Settings from the environment: read as meant, or refused with a sentence."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from ppid import env


@pytest.mark.parametrize("value", ["1", "true", "YES", "on"])
def test_a_flag_is_on(monkeypatch, value):
    monkeypatch.setenv("FLAG", value)
    assert env.flag("FLAG", default=False) is True


@pytest.mark.parametrize("value", ["0", "false", "No", "off", ""])
def test_a_flag_is_off(monkeypatch, value):
    monkeypatch.setenv("FLAG", value)
    assert env.flag("FLAG", default=True) is False


def test_a_flag_that_is_neither_stops_the_start(monkeypatch):
    monkeypatch.setenv("FLAG", "ya")
    with pytest.raises(ImproperlyConfigured, match="FLAG must be 1 or 0, not 'ya'"):
        env.flag("FLAG", default=True)


def test_a_number_is_read_or_refused(monkeypatch):
    monkeypatch.setenv("LIMIT", "25")
    assert env.number("LIMIT", 50, least=1, most=99) == 25
    for nonsense in ("25 MB", "", "0", "100", "-5", "1e2", "٢٥", "9" * 5000):
        monkeypatch.setenv("LIMIT", nonsense)
        with pytest.raises(ImproperlyConfigured, match="LIMIT must be a whole number from 1 to 99"):
            env.number("LIMIT", 50, least=1, most=99)


def test_words_are_split_at_commas_and_trimmed(monkeypatch):
    monkeypatch.setenv("HOSTS", " a.example, b.example ,,")
    assert env.words("HOSTS") == ["a.example", "b.example"]


def test_what_is_not_set_takes_its_default(monkeypatch):
    for name in ("X", "X_FILE"):
        monkeypatch.delenv(name, raising=False)
    assert env.text("X", "teks") == "teks"
    assert env.flag("X", default=True) is True
    assert env.number("X", 7, least=0, most=9) == 7
    assert env.words("X", ("a", "b")) == ["a", "b"]


def test_a_secret_comes_from_a_file_before_the_plain_value(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("from the file\n")
    monkeypatch.setenv("SECRET", "from the environment")
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "secret"))
    assert env.text("SECRET") == "from the file"


def test_a_secret_file_that_is_missing_stops_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "missing"))
    with pytest.raises(ImproperlyConfigured, match="SECRET_FILE points at"):
        env.text("SECRET")


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "which is empty"),
        (b"  \n", "which is empty"),
        (b"\xff\xfe\x00", "it is no text"),
        (b"x" * 70_000, "too large"),
    ],
)
def test_a_secret_file_that_holds_no_secret_stops_the_start(monkeypatch, tmp_path, content, sentence):
    (tmp_path / "secret").write_bytes(content)
    monkeypatch.setenv("SECRET_FILE", str(tmp_path / "secret"))
    with pytest.raises(ImproperlyConfigured, match=sentence):
        env.text("SECRET")


def test_a_folder_or_an_endless_device_is_no_secret_file(monkeypatch, tmp_path):
    for path, sentence in ((tmp_path, "Is a directory"), ("/dev/zero", "too large|empty")):
        monkeypatch.setenv("SECRET_FILE", str(path))
        with pytest.raises(ImproperlyConfigured, match=sentence):
            env.text("SECRET")
