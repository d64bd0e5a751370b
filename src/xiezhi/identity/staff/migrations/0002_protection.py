"""Row security: one's own account and posts, the posts of one's court, the system for logging in."""

from django.db import migrations

from xiezhi.foundation.db.operations import EnableRowSecurity


class Migration(migrations.Migration):
    """Accounts have no court; the system reads them to log in and to name who held a post."""

    dependencies = [("identity_staff", "0001_initial")]
    operations = [
        EnableRowSecurity("identity_staff_staffaccount", person="id"),
        EnableRowSecurity("identity_staff_post", person="account_id", unit="court_id"),
    ]
