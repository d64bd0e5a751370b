"""What the operator reads: one plain line per event, with the time before it."""

import sys
from datetime import datetime


def say(text: str) -> None:
    """Print one line at once. A closed pipe must not end the supervisor."""
    try:
        sys.stdout.write(f"{datetime.now().astimezone():%H:%M:%S}  {text}\n")
        sys.stdout.flush()
    except BrokenPipeError:
        sys.stdout = sys.stderr
