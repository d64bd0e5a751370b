"""Who a request comes from: the account, and the one post in which its session acts."""

from __future__ import annotations

from typing import Final
from uuid import UUID

from django.contrib.auth import HASH_SESSION_KEY, SESSION_KEY
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from xiezhi.foundation.actors import ANONYMOUS, Actor, ActorKind
from xiezhi.identity.staff.models import Post, StaffAccount
from xiezhi.identity.staff.queries import current

POST_KEY: Final = "xiezhi_post"


def actor_of(request: HttpRequest) -> Actor:
    """Return the member of staff logged in, acting in the post that the session has chosen.

    One query. Without a post, or once it has ended, the account is known but may do nothing until
    it chooses another. The caller acts as the system. A session made before the password was
    changed is void.
    """
    logged_in = request.session.get(SESSION_KEY)
    if logged_in is None:
        return ANONYMOUS
    account_id = UUID(logged_in)
    post = _post(account_id, request.session.get(POST_KEY))
    account = post.account if post else _account(account_id)
    made_with = request.session.get(HASH_SESSION_KEY, "")
    if account is None or not constant_time_compare(made_with, account.get_session_auth_hash()):
        request.session.flush()
        return ANONYMOUS
    if post is None:
        return Actor(ActorKind.STAFF, account.pk, name=account.name, purpose="duty")
    return Actor.staff(
        account.pk,
        post_id=post.pk,
        unit_id=post.court_id,
        roles=frozenset({post.role}),
        name=account.name,
    )


def _post(account_id: UUID, post_id: str | None) -> Post | None:
    if post_id is None:
        return None
    posts = Post.objects.select_related("account").filter(current(timezone.localdate()))
    return posts.filter(pk=post_id, account_id=account_id, account__is_active=True).first()


def _account(account_id: UUID) -> StaffAccount | None:
    return StaffAccount.objects.filter(pk=account_id, is_active=True).first()
