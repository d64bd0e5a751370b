"""Grades of the tables that other packages bring along, field by field.

Each field is named, so that a new version of a package cannot bring one in unseen.
"""

from collections.abc import Mapping
from typing import Final

from xiezhi.foundation.grades import FieldGrades, Grade

_ATTEMPT = ("id", "user_agent", "ip_address", "username", "http_accept", "path_info")

THIRD_PARTY: Final[Mapping[str, FieldGrades]] = {
    "auth.Permission": {Grade.INTERNAL: ("id", "name", "content_type", "codename")},
    "auth.Group": {Grade.INTERNAL: ("id", "name")},
    "auth.Group_permissions": {Grade.INTERNAL: ("id", "group", "permission")},
    "contenttypes.ContentType": {Grade.INTERNAL: ("id", "app_label", "model")},
    # A session holds an account id and what a page keeps between two requests; eight hours.
    "sessions.Session": {
        Grade.INTERNAL: ("expire_date",),
        Grade.SENSITIVE: ("session_key", "session_data"),
    },
    # The user name is a blind index; addresses and browsers of people are sensitive.
    "axes.AccessAttempt": {
        Grade.INTERNAL: ("attempt_time", "failures_since_start"),
        Grade.SENSITIVE: (*_ATTEMPT, "get_data", "post_data"),
    },
    "axes.AccessAttemptExpiration": {Grade.INTERNAL: ("access_attempt", "expires_at")},
    "axes.AccessFailureLog": {
        Grade.INTERNAL: ("attempt_time", "locked_out"),
        Grade.SENSITIVE: _ATTEMPT,
    },
    "axes.AccessLog": {
        Grade.INTERNAL: ("attempt_time", "logout_time"),
        Grade.SENSITIVE: (*_ATTEMPT, "session_hash"),
    },
    # Jobs take ids only.
    "procrastinate.ProcrastinateWorker": {Grade.INTERNAL: ("id", "last_heartbeat")},
    "procrastinate.ProcrastinateJob": {
        Grade.INTERNAL: (
            *("id", "queue_name", "task_name", "priority", "lock", "args", "status"),
            *("scheduled_at", "attempts", "queueing_lock", "abort_requested", "worker"),
        ),
    },
    "procrastinate.ProcrastinateEvent": {Grade.INTERNAL: ("id", "job", "type", "at")},
    "procrastinate.ProcrastinatePeriodicDefer": {
        Grade.INTERNAL: ("id", "task_name", "defer_timestamp", "job", "periodic_id"),
    },
}
