"""Put something into a site through its own code: ``python -m tests.plumbing.fill COUNT``."""

import io
import sys

import django

django.setup()

from django.utils import timezone  # noqa: E402  # the site's own code needs the settings above

from xiezhi.contracts.messages import ApplicationUnderReview  # noqa: E402
from xiezhi.exchange.actions.post import post  # noqa: E402
from xiezhi.files.actions.store_blob import store_blob  # noqa: E402
from xiezhi.files.tests.samples import pdf  # noqa: E402
from xiezhi.foundation.actors import Actor  # noqa: E402
from xiezhi.foundation.ids import uuid7  # noqa: E402
from xiezhi.foundation.transactions import acting  # noqa: E402

SYSTEM = Actor.system("test.fill")


def main() -> None:
    """Store files and post messages that carry them, each in a transaction of its own."""
    for _ in range(int(sys.argv[1])):
        at = timezone.now()
        with acting(SYSTEM):
            blob = store_blob(stream=io.BytesIO(pdf()), name="page.pdf", at=at, actor=SYSTEM)
            post(
                to="service",
                message=ApplicationUnderReview(application_id=uuid7(), at=at),
                conversation="application:1",
                act_at=at,
                attachments=[blob.pk],
                actor=SYSTEM,
            )


if __name__ == "__main__":
    main()
