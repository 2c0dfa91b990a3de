"""Verifies hashes with the code that customers' applications use.

Reads a JSON list of {format, password, hash} and writes a list of true and false.
"""

import base64
import hashlib
import hmac
import json
import struct
import sys
import warnings

warnings.filterwarnings("ignore")

import argon2
import bcrypt
import crypt
from django.conf import settings
from passlib import hash as passlib
from passlib.utils.binary import h64
from werkzeug.security import check_password_hash

settings.configure(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers." + name
        for name in (
            "PBKDF2PasswordHasher",
            "Argon2PasswordHasher",
            "BCryptSHA256PasswordHasher",
            "BCryptPasswordHasher",
        )
    ]
)
from django.contrib.auth.hashers import check_password


def argon2_verify(password, stored):
    try:
        return argon2.PasswordHasher().verify(stored, password)
    except argon2.exceptions.VerifyMismatchError:
        return False


def crypt_verify(password, stored):
    return crypt.crypt(password, stored) == stored


def scrypt_verify(password, salt, costs, key):
    n, r, p = (int(cost) for cost in costs)
    made = hashlib.scrypt(
        password.encode(), salt=salt.encode(), n=n, r=r, p=p, maxmem=2**28, dklen=len(key)
    )
    return hmac.compare_digest(made, key)


def django_scrypt(password, stored):
    """As in Django 4.0 and later; Debian 12 has 3.2."""
    _, n, salt, r, p, key = stored.split("$")
    return scrypt_verify(password, salt, (n, r, p), base64.b64decode(key))


def werkzeug_scrypt(password, stored):
    """As in Werkzeug 2.3 and later; Debian 12 has 2.2."""
    method, salt, key = stored.split("$")
    return scrypt_verify(password, salt, method.split(":")[1:], bytes.fromhex(key))


def aspnet_v3(password, stored):
    blob = base64.b64decode(stored)
    marker, function, iterations, salt_length = struct.unpack(">BIII", blob[:13])
    salt, key = blob[13 : 13 + salt_length], blob[13 + salt_length :]
    name = ("sha1", "sha256", "sha512")[function]
    made = hashlib.pbkdf2_hmac(name, password.encode(), salt, iterations, len(key))
    return marker == 1 and made == key


def drupal(password, stored):
    rounds = 1 << h64.charmap.index(stored[3])
    digest = hashlib.sha512(stored[4:12].encode() + password.encode()).digest()
    for _ in range(rounds):
        digest = hashlib.sha512(digest + password.encode()).digest()
    return (stored[:12] + h64.encode_bytes(digest).decode())[:55] == stored


VERIFIERS = {
    "argon2id": argon2_verify,
    "bcrypt": lambda password, stored: bcrypt.checkpw(password.encode(), stored.encode()),
    "scrypt": passlib.scrypt.verify,
    "sha512-crypt": crypt_verify,
    "sha256-crypt": crypt_verify,
    "django-pbkdf2-sha256": check_password,
    "django-argon2": check_password,
    "django-bcrypt-sha256": check_password,
    "django-bcrypt": check_password,
    "django-scrypt": django_scrypt,
    "passlib-pbkdf2-sha256": passlib.pbkdf2_sha256.verify,
    "passlib-pbkdf2-sha512": passlib.pbkdf2_sha512.verify,
    "werkzeug-scrypt": werkzeug_scrypt,
    "werkzeug-pbkdf2": lambda password, stored: check_password_hash(stored, password),
    "aspnet-identity-v3": aspnet_v3,
    "phpass": passlib.phpass.verify,
    "drupal": drupal,
    "ldap-ssha": passlib.ldap_salted_sha1.verify,
    "ldap-ssha256": passlib.ldap_salted_sha256.verify,
    "ldap-ssha512": passlib.ldap_salted_sha512.verify,
}

print(json.dumps([bool(VERIFIERS[q["format"]](q["password"], q["hash"])) for q in json.load(sys.stdin)]))
