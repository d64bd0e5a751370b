"""How passwords are kept: Argon2id with 64 MiB."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2Hasher(Argon2PasswordHasher):
    """Argon2id with parameters measured for a login of about a fifth of a second.

    Basis: RFC 9106 section 4, second recommended option (64 MiB, three passes, four lanes).
    Django's own default takes 100 MiB, which eight threads of one process cannot all have.
    """

    time_cost = 3
    memory_cost = 64 * 1024
    parallelism = 4
