"""Passwords are kept as argon2id, and never more than two are worked on at once."""

import threading

import pytest
from werkzeug.exceptions import ServiceUnavailable

from portal.signin import passwords


def test_the_full_cost():
    assert passwords.hash("a lantern", "full").startswith("$argon2id$v=19$m=65536,t=3,p=1$")


@pytest.mark.parametrize("typed, is_right", [("a lantern", True), ("A lantern", False), ("", False)])
def test_only_the_same_password_is_right(typed, is_right):
    kept = passwords.hash("a lantern", "low")
    assert passwords.verify(kept, typed, "low") is is_right


@pytest.mark.parametrize("kept", [None, "", "plain text", "$argon2id$broken"])
def test_nothing_kept_is_never_right(kept):
    assert passwords.verify(kept, "nobody has this password", "low") is False


def test_an_older_cost_is_seen():
    kept = passwords.hash("a lantern", "low")
    assert (passwords.needs_rehash(kept, "low"), passwords.needs_rehash(kept, "full")) == (False, True)


@pytest.mark.parametrize(
    "typed, said",
    [
        ("short12", "Use 8 to 128 characters."),
        ("x" * 129, "Use 8 to 128 characters."),
        ("Password123", "That is among the first that anybody would try. Choose another."),
        ("ada@Example.com", "That is among the first that anybody would try. Choose another."),
        ("a lantern", ""),
        ("x" * 128, ""),
    ],
)
def test_what_is_said_of_a_new_password(typed, said):
    assert passwords.objection(typed, "Ada@example.com") == said


def test_every_listed_one_is_long_enough_to_matter():
    assert [word for word in passwords._COMMON if len(word) < passwords.MIN_LENGTH] == []


def test_a_third_at_once_waits_its_turn_and_not_for_ever(monkeypatch):
    monkeypatch.setattr(passwords, "_PATIENCE", 0.01)
    inside, leave = threading.Barrier(3), threading.Event()

    def hold():
        with passwords._one_of_two():
            inside.wait(5)
            leave.wait(5)

    holders = [threading.Thread(target=hold) for _ in range(2)]
    for holder in holders:
        holder.start()
    inside.wait(5)
    with pytest.raises(ServiceUnavailable):
        passwords.hash("a lantern", "low")
    leave.set()
    for holder in holders:
        holder.join()
    assert passwords.hash("a lantern", "low").startswith("$argon2id$")
