"""Row security by court on every table of the core; events, e-file and manifests only grow."""

from django.db import migrations

from xiezhi.foundation.db.operations import AppendOnly, EnableRowSecurity

TABLES = (
    "intake",
    "intakematerial",
    "intakeevent",
    "numberseries",
    "issuednumber",
    "case",
    "claim",
    "party",
    "participation",
    "caseevent",
    "document",
    "manifest",
    "instrument",
    "disclosure",
    "workitem",
)
GROWING = ("intakeevent", "caseevent", "document", "manifest", "instrument", "claim")


class Migration(migrations.Migration):
    """A court sees its own rows, the system sees all; nobody of the app rewrites history."""

    dependencies = [("casework", "0001_initial")]
    operations = [
        *(EnableRowSecurity(f"casework_{name}", unit="court_id") for name in TABLES),
        *(AppendOnly(f"casework_{name}") for name in GROWING),
    ]
