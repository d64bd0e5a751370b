"""Choose the post in which the session acts."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone

from xiezhi.foundation.actors import Actor
from xiezhi.identity.staff.actions._record import record
from xiezhi.identity.staff.errors import PostNotHeld
from xiezhi.identity.staff.models import Post
from xiezhi.identity.staff.queries import own_posts
from xiezhi.identity.staff.sessions import POST_KEY


@transaction.atomic
def choose_post(*, request: HttpRequest, post_id: UUID, actor: Actor, at: datetime) -> Post:
    """Have the session act in one of the actor's own posts from the next request on.

    Refuses: ``PostNotHeld`` for another's post or one that does not run on the day of ``at``.
    """
    post = own_posts(actor, on=timezone.localdate(at)).filter(pk=post_id).first()
    if post is None:
        raise PostNotHeld
    request.session[POST_KEY] = str(post.pk)
    request.session.cycle_key()
    record("staff.post_chosen", subject_id=post.pk, actor=actor, at=at)
    return post
