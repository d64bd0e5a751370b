"""Accounts of a day: drawn when it has ended, and compared on both sides."""

from __future__ import annotations

from datetime import timedelta

from xiezhi.exchange.actions.reopen_accounts import reopen_accounts
from xiezhi.exchange.envelope.account import AccountWordHeader, content_digest, day_root
from xiezhi.exchange.states import Direction
from xiezhi.exchange.tests.books import (
    DAY,
    Books,
    answer,
    day_row,
    hear,
    post_of_that_day,
    settle_day,
    stamped,
)
from xiezhi.exchange.tests.notes import TESTER
from xiezhi.exchange.tests.site import Site
from xiezhi.foundation.transactions import acting

OUT, IN = Direction.OUT, Direction.IN


def test_no_account_is_drawn_before_the_day_has_ended(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    site.pass_time(hours=14)

    assert hear(site, received) == []
    site.pass_time(hours=1)
    (account,) = hear(site, received)
    assert (account.day, account.count, account.open) == (DAY, 1, 0)


def test_a_day_on_which_both_agree_is_spoken_of_once(site: Site, received: Books) -> None:
    settle_day(site, received, "one", "two", "three")
    site.pass_time(days=1)
    (account,) = hear(site, received)
    assert (account.root, account.hours) == (day_root(received.hours()), received.hours())

    answer(site, received, account)
    site.pass_time(hours=5)
    assert hear(site, received) == [account]
    assert (day_row(OUT).state, day_row(OUT).due_at) == ("agreed", None)


def test_an_account_without_an_answer_is_sent_again_every_hour(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    site.pass_time(days=1)
    for _ in range(3):
        hear(site, received)
        site.pass_time(minutes=61)

    accounts = hear(site, received)
    assert len(accounts) == 4
    assert len({each.id for each in accounts}) == 4
    answer(site, received, accounts[0])
    assert day_row(OUT).state == "pending"
    answer(site, received, accounts[-1])
    assert day_row(OUT).state == "agreed"


def test_a_day_waits_for_its_messages_to_be_settled_but_not_for_ever(
    site: Site, received: Books
) -> None:
    settle_day(site, received, "one", hold=True)
    site.pass_time(hours=16)
    assert hear(site, received) == []

    site.pass_time(hours=6)
    (account,) = hear(site, received)
    assert account.open == 1
    received.held.clear()
    answer(site, received, account)
    assert (day_row(OUT).state, received.details()) == ("pending", [])


def test_every_day_since_the_first_is_drawn_even_an_empty_one(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    site.pass_time(days=4)

    accounts = hear(site, received)
    assert [(each.day.day, each.count) for each in accounts] == [(2, 1), (3, 0), (4, 0), (5, 0)]


def test_a_peer_to_whom_nothing_was_ever_sent_has_no_days(site: Site, received: Books) -> None:
    site.pass_time(days=4)

    assert hear(site, received) == []


def test_an_account_that_agrees_is_answered_with_the_same_root(site: Site, sent: Books) -> None:
    for number in (1, 2, 3):
        sent.send_note(f"note {number}", number, hours=number * 3)
    site.receive()
    site.pass_time(days=1)
    sent.peer.send(sent.account(account_id=stamped(99)))
    site.receive()
    site.send()
    sent.peer.collect()

    (word,) = [each for each in sent.peer.accounts if isinstance(each, AccountWordHeader)]
    assert (word.account, word.count, word.hours) == (stamped(99), 3, sent.hours())
    assert day_row(IN).state == "agreed"


def test_an_account_that_comes_again_is_answered_again_and_an_older_one_is_not(
    site: Site, sent: Books
) -> None:
    sent.send_note("one", 1)
    site.receive()
    site.pass_time(days=1)
    account = sent.account(account_id=stamped(50))
    for statement in (account, account, sent.account(account_id=stamped(49))):
        sent.peer.send(statement)
        site.receive()
        site.send()
    sent.peer.collect()

    words = [each for each in sent.peer.accounts if isinstance(each, AccountWordHeader)]
    assert [each.account for each in words] == [stamped(50), stamped(50)]


def test_an_account_of_a_day_that_has_not_ended_says_nothing(site: Site, sent: Books) -> None:
    sent.peer.send(sent.account())
    site.receive()
    site.send()
    sent.peer.collect()

    assert sent.peer.accounts == []


def test_a_message_that_comes_late_to_a_day_opens_it_again(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    site.pass_time(days=1)
    answer(site, received, hear(site, received)[-1])
    assert day_row(OUT).state == "agreed"

    post_of_that_day(site, "late", 2)
    site.send()
    assert day_row(OUT).state == "pending"
    site.pass_time(minutes=2)
    assert [(each.count, each.open) for each in hear(site, received)] == [(1, 0), (2, 1)]
    late = received.peer.messages[stamped(2)]
    received.held[stamped(2)] = content_digest(late.header)
    received.peer.send(received.peer.acknowledge(late))
    site.receive()
    site.pass_time(hours=1)
    account = hear(site, received)[-1]
    assert (account.count, account.open) == (2, 0)
    answer(site, received, account)
    assert day_row(OUT).state == "agreed"


def test_only_days_that_were_drawn_are_opened_again(site: Site, received: Books) -> None:
    settle_day(site, received, "one")
    site.pass_time(days=1)
    answer(site, received, hear(site, received)[-1])
    days = [DAY, DAY + timedelta(days=30)]
    with acting(TESTER):
        assert reopen_accounts(peer="service", days=days, at=site.now, actor=TESTER) == 1
        assert reopen_accounts(peer="bank", days=days, at=site.now, actor=TESTER) == 0
    site.pass_time(minutes=2)

    assert len(hear(site, received)) == 2
