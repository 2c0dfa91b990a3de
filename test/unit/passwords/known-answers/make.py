#!/usr/bin/python3
"""Hashes made by passlib, Django, Werkzeug, argon2-cffi, bcrypt, crypt(3) and OpenSSL.

apt-get install python3-passlib python3-django python3-werkzeug python3-bcrypt python3-argon2
/usr/bin/python3 make.py > python.json
"""

import base64
import hashlib
import json
import struct
import warnings

warnings.filterwarnings("ignore")

import argon2
import bcrypt
import crypt
from django.conf import settings
from passlib import hash as passlib
from werkzeug.security import generate_password_hash

settings.configure(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers." + name
        for name in (
            "PBKDF2PasswordHasher",
            "PBKDF2SHA1PasswordHasher",
            "Argon2PasswordHasher",
            "BCryptSHA256PasswordHasher",
            "BCryptPasswordHasher",
            "SHA1PasswordHasher",
            "MD5PasswordHasher",
        )
    ]
)
from django.contrib.auth.hashers import get_hasher

PASSWORDS = [
    "correct horse battery staple",
    "0",
    "  spaces around it ",
    "L\u00f6senord p\u00e5 svenska \u65e5\u672c\u8a9e \U0001f511",
    "Lo\u0308senord decomposed",
    "x" * 32,
    "y" * 64,
    "z" * 72,
    "\u00e9" * 36 + "past the seventy-second byte",
    "w" * 128,
    "q" * 255,
]


def django(name, **options):
    hasher = get_hasher(name)

    def make(password):
        if options:
            return hasher.encode(password, hasher.salt(), **options)
        return hasher.encode(password, hasher.salt())

    return make


def aspnet_v3(password, function="sha512", number=2, iterations=1000):
    salt = b"0123456789abcdef"
    key = hashlib.pbkdf2_hmac(function, password.encode(), salt, iterations, 32)
    return base64.b64encode(struct.pack(">BIII", 1, number, iterations, len(salt)) + salt + key).decode()


def aspnet_v2(password):
    salt = b"fedcba9876543210"
    key = hashlib.pbkdf2_hmac("sha1", password.encode(), salt, 1000, 32)
    return base64.b64encode(b"\0" + salt + key).decode()


def django_scrypt(password):
    key = hashlib.scrypt(password.encode(), salt=b"seasalt", n=1024, r=8, p=5, dklen=64)
    return "scrypt$1024$seasalt$8$5$" + base64.b64encode(key).decode()


def werkzeug_scrypt(password):
    key = hashlib.scrypt(password.encode(), salt=b"seasalt", n=1024, r=8, p=1, dklen=64)
    return "scrypt:1024:8:1$seasalt$" + key.hex()


def keycloak(algorithm, digest):
    """As Keycloak exports a credential; 512 bits of PBKDF2."""

    def make(password):
        salt = b"keycloak's salt "
        key = hashlib.pbkdf2_hmac(digest, password.encode(), salt, 1000, 64)
        return credential({"hashIterations": 1000, "algorithm": algorithm}, key, salt)

    return make


def keycloak_argon2(password):
    salt = b"keycloak's salt "
    key = argon2.low_level.hash_secret_raw(
        password.encode(), salt, time_cost=2, memory_cost=64, parallelism=1, hash_len=32, type=argon2.Type.ID
    )
    parameters = {"hashLength": ["32"], "memory": ["64"], "type": ["id"], "version": ["1.3"], "parallelism": ["1"]}
    about = {"hashIterations": 2, "algorithm": "argon2", "additionalParameters": parameters}
    return credential(about, key, salt)


def credential(about, key, salt):
    secret = {
        "value": base64.b64encode(key).decode(),
        "salt": base64.b64encode(salt).decode(),
        "additionalParameters": {},
    }
    data = {"additionalParameters": {}, **about}
    return json.dumps(
        {"type": "password", "secretData": json.dumps(secret), "credentialData": json.dumps(data)}
    )


def hexadecimal(name):
    return lambda password: hashlib.new(name, password.encode()).hexdigest()


def argon2_cffi(kind):
    hasher = argon2.PasswordHasher(time_cost=1, memory_cost=64, parallelism=2, type=kind)
    return hasher.hash


MAKERS = [
    ("argon2id", "argon2-cffi", argon2_cffi(argon2.Type.ID)),
    ("argon2i", "argon2-cffi", argon2_cffi(argon2.Type.I)),
    ("argon2d", "argon2-cffi", argon2_cffi(argon2.Type.D)),
    ("bcrypt", "bcrypt", lambda p: bcrypt.hashpw(p.encode(), bcrypt.gensalt(4)).decode()),
    ("bcrypt", "bcrypt", lambda p: bcrypt.hashpw(p.encode(), bcrypt.gensalt(4, b"2a")).decode()),
    ("scrypt", "passlib", passlib.scrypt.using(rounds=8).hash),
    ("sha512-crypt", "crypt(3)", lambda p: crypt.crypt(p, "$6$rounds=1000$saltstring")),
    ("sha512-crypt", "crypt(3)", lambda p: crypt.crypt(p, "$6$0123456789abcdef")),
    ("sha512-crypt", "crypt(3)", lambda p: crypt.crypt(p, "$6$rounds=1000$$")),
    ("sha256-crypt", "crypt(3)", lambda p: crypt.crypt(p, "$5$rounds=1234$saltstring")),
    ("md5-crypt", "crypt(3)", lambda p: crypt.crypt(p, "$1$saltsalt")),
    ("django-pbkdf2-sha256", "Django", django("pbkdf2_sha256", iterations=1000)),
    ("django-pbkdf2-sha1", "Django", django("pbkdf2_sha1", iterations=1000)),
    ("django-argon2", "Django", django("argon2")),
    ("django-sha1", "Django", django("sha1")),
    ("django-md5", "Django", django("md5")),
    ("django-bcrypt-sha256", "passlib", passlib.django_bcrypt_sha256.using(rounds=4).hash),
    ("django-bcrypt", "passlib", passlib.django_bcrypt.using(rounds=4).hash),
    ("django-scrypt", "OpenSSL", django_scrypt),
    ("passlib-pbkdf2-sha256", "passlib", passlib.pbkdf2_sha256.using(rounds=1000).hash),
    ("passlib-pbkdf2-sha512", "passlib", passlib.pbkdf2_sha512.using(rounds=1000).hash),
    ("passlib-pbkdf2-sha1", "passlib", passlib.pbkdf2_sha1.using(rounds=1000).hash),
    ("werkzeug-pbkdf2", "Werkzeug", lambda p: generate_password_hash(p, "pbkdf2:sha256:1000")),
    ("werkzeug-pbkdf2", "Werkzeug", lambda p: generate_password_hash(p, "pbkdf2:sha512:1000")),
    ("werkzeug-scrypt", "OpenSSL", werkzeug_scrypt),
    ("aspnet-identity-v3", "OpenSSL", aspnet_v3),
    ("aspnet-identity-v3", "OpenSSL", lambda p: aspnet_v3(p, "sha256", 1)),
    ("aspnet-identity-v3", "OpenSSL", lambda p: aspnet_v3(p, "sha1", 0)),
    ("aspnet-identity-v2", "OpenSSL", aspnet_v2),
    ("phpass", "passlib", passlib.phpass.using(rounds=8).hash),
    ("phpass", "passlib", passlib.phpass.using(rounds=8, ident="H").hash),
    ("apr1", "passlib", passlib.apr_md5_crypt.hash),
    ("ldap-ssha", "passlib", passlib.ldap_salted_sha1.hash),
    ("ldap-ssha256", "passlib", passlib.ldap_salted_sha256.hash),
    ("ldap-ssha512", "passlib", passlib.ldap_salted_sha512.hash),
    ("ldap-pbkdf2-sha1", "passlib", passlib.ldap_pbkdf2_sha1.using(rounds=1000).hash),
    ("ldap-pbkdf2-sha256", "passlib", passlib.ldap_pbkdf2_sha256.using(rounds=1000).hash),
    ("ldap-pbkdf2-sha512", "passlib", passlib.ldap_pbkdf2_sha512.using(rounds=1000).hash),
    ("ldap-crypt", "passlib", passlib.ldap_sha512_crypt.using(rounds=1000).hash),
    ("ldap-crypt", "passlib", passlib.ldap_sha256_crypt.using(rounds=1000).hash),
    ("ldap-crypt", "passlib", passlib.ldap_bcrypt.using(rounds=4).hash),
    ("ldap-crypt", "passlib", passlib.ldap_md5_crypt.hash),
    ("keycloak", "OpenSSL", keycloak("pbkdf2", "sha1")),
    ("keycloak", "OpenSSL", keycloak("pbkdf2-sha256", "sha256")),
    ("keycloak", "OpenSSL", keycloak("pbkdf2-sha512", "sha512")),
    ("keycloak", "argon2-cffi", keycloak_argon2),
    ("ldap-smd5", "passlib", passlib.ldap_salted_md5.hash),
    ("ldap-sha", "passlib", passlib.ldap_sha1.hash),
    ("ldap-md5", "passlib", passlib.ldap_md5.hash),
    ("mysql-native", "passlib", passlib.mysql41.hash),
    ("md5-hex", "OpenSSL", hexadecimal("md5")),
    ("sha1-hex", "OpenSSL", hexadecimal("sha1")),
    ("sha256-hex", "OpenSSL", hexadecimal("sha256")),
    ("sha512-hex", "OpenSSL", hexadecimal("sha512")),
]

# Django's argon2 takes 100 MiB: two passwords are enough to show that we read it.
FEW = {"django-argon2": 2}

print(
    json.dumps(
        [
            {"format": name, "madeBy": by, "password": password, "hash": make(password)}
            for name, by, make in MAKERS
            for password in PASSWORDS[: FEW.get(name, len(PASSWORDS))]
        ],
        indent=1,
    )
)
