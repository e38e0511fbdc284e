"""How passwords are stored."""

from django.contrib.auth.hashers import Argon2PasswordHasher


class Argon2(Argon2PasswordHasher):
    """Argon2id with 19 MiB (OWASP's setting), so that 16 sign-ins at once fit in memory.

    Django's own 100 MiB would take a web worker past its memory limit.
    """

    time_cost = 2
    memory_cost = 19_456
    parallelism = 1
