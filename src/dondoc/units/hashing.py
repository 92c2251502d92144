from django.contrib.auth.hashers import PBKDF2PasswordHasher


class OneTimePasswordHasher(PBKDF2PasswordHasher):
    """For passwords that the house makes up: 59 random bits need no slow hash, and a list of 200 people stays quick.

    At the first log-in the hash is made anew with the slow one.
    """

    algorithm = "pbkdf2_sha256_once"
    iterations = 20_000
