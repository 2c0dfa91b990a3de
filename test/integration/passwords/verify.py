"""Verifies hashes with the code that customers' applications use.

Reads a JSON list of {format, password, hash, parts} and writes a list of true and false; `parts` is what columns of
their own hold of a hash.
"""

import base64
import hashlib
import hmac
import html
import json
import struct
import sys
import unicodedata
import warnings

warnings.filterwarnings("ignore")

import argon2
import bcrypt
import crypt
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
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
            "PBKDF2SHA1PasswordHasher",
            "SHA1PasswordHasher",
            "MD5PasswordHasher",
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


def aspnet_v2(password, stored):
    blob = base64.b64decode(stored)
    made = hashlib.pbkdf2_hmac("sha1", password.encode(), blob[1:17], 1000, 32)
    return blob[0] == 0 and made == blob[17:]


def keycloak(password, secret_data, credential_data):
    secret, about = json.loads(secret_data), json.loads(credential_data)
    salt, value = base64.b64decode(secret["salt"]), base64.b64decode(secret["value"])
    algorithm = about["algorithm"]
    digest = {"pbkdf2": "sha1", "pbkdf2-sha256": "sha256", "pbkdf2-sha512": "sha512"}[algorithm]
    return value == hashlib.pbkdf2_hmac(digest, password.encode(), salt, about["hashIterations"], len(value))


def keycloak_export(password, stored):
    credential = json.loads(stored)
    return credential["type"] == "password" and keycloak(
        password, credential["secretData"], credential["credentialData"]
    )


def unsalted_ldap(name):
    def verify(password, stored):
        scheme, digest = stored[1:].split("}")
        made = base64.b64encode(hashlib.new(name, password.encode()).digest()).decode()
        return scheme == name.upper() and digest == made

    return verify


def ssha384(password, stored):
    blob = base64.b64decode(stored[len("{SSHA384}") :])
    return hashlib.sha384(password.encode() + blob[48:]).digest() == blob[:48]


def hexadecimal(name):
    return lambda password, stored: hashlib.new(name, password.encode()).hexdigest() == stored


def bcrypt_with_pepper(password, stored):
    peppered = (password + "ground black").encode()
    return bcrypt.checkpw(peppered, stored.encode())


def firebase(password, stored, salt):
    """As in Firebase's own scrypt library."""
    signer_key = "jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA=="
    derived = hashlib.scrypt(
        password.encode(),
        salt=base64.b64decode(salt) + base64.b64decode("Bw=="),
        n=2**4,
        r=8,
        p=1,
        dklen=64,
    )
    counter = Cipher(algorithms.AES(derived[:32]), modes.CTR(b"\0" * 16)).encryptor()
    return counter.update(base64.b64decode(signer_key)) == base64.b64decode(stored)


def discourse(password, stored, salt, algorithm):
    iterations = int(algorithm.split("i=")[1].split(",")[0])
    return hashlib.pbkdf2_hmac("sha256", password.encode(), salt.encode(), iterations).hex() == stored


def symfony(password, stored, salt):
    salted = f"{password}{{{salt}}}".encode()
    digest = hashlib.sha512(salted).digest()
    for _ in range(1, 5000):
        digest = hashlib.sha512(digest + salted).digest()
    return base64.b64encode(digest).decode() == stored


def membership(password, stored, salt):
    made = hashlib.sha1(base64.b64decode(salt) + password.encode("utf-16le")).digest()
    return base64.b64encode(made).decode() == stored


def pbkdf2_columns(password, stored, salt):
    return hashlib.pbkdf2_hmac("sha512", password.encode(), bytes.fromhex(salt), 1200, 64).hex() == stored


def hmac_of_salt(password, stored):
    salt, digest = stored.split(".")
    return hmac.new(salt.encode(), password.encode(), "sha256").hexdigest() == digest


def phpbb(password, stored):
    posted = html.escape(password.strip(" \t\n\r\0\x0b"), quote=False).replace('"', "&quot;")
    return bcrypt.checkpw(unicodedata.normalize("NFC", posted).encode(), stored.encode())


def md5(text):
    return hashlib.md5(text.encode()).hexdigest()


def sha1(text):
    return hashlib.sha1(text.encode()).hexdigest()


VERIFIERS = {
    "argon2i": argon2_verify,
    "argon2d": argon2_verify,
    "django-pbkdf2-sha1": check_password,
    "django-sha1": check_password,
    "django-md5": check_password,
    "passlib-pbkdf2-sha1": passlib.pbkdf2_sha1.verify,
    "ldap-pbkdf2-sha1": passlib.ldap_pbkdf2_sha1.verify,
    "ldap-pbkdf2-sha256": passlib.ldap_pbkdf2_sha256.verify,
    "ldap-pbkdf2-sha512": passlib.ldap_pbkdf2_sha512.verify,
    "ldap-crypt": passlib.ldap_sha512_crypt.verify,
    "ldap-ssha384": ssha384,
    "ldap-sha": passlib.ldap_sha1.verify,
    "ldap-sha256": unsalted_ldap("sha256"),
    "ldap-sha384": unsalted_ldap("sha384"),
    "ldap-sha512": unsalted_ldap("sha512"),
    "ldap-smd5": passlib.ldap_salted_md5.verify,
    "ldap-md5": passlib.ldap_md5.verify,
    "mysql-native": passlib.mysql41.verify,
    "md5-crypt": passlib.md5_crypt.verify,
    "des-crypt": passlib.des_crypt.verify,
    "apr1": passlib.apr_md5_crypt.verify,
    "md5-hex": hexadecimal("md5"),
    "sha1-hex": hexadecimal("sha1"),
    "sha256-hex": hexadecimal("sha256"),
    "sha512-hex": hexadecimal("sha512"),
    "plain": lambda password, stored: password == stored,
    "aspnet-identity-v2": aspnet_v2,
    "keycloak": keycloak_export,
    "Keycloak’s table": keycloak,
    "Devise": bcrypt_with_pepper,
    "Firebase": firebase,
    "Discourse": discourse,
    "Symfony": symfony,
    "ASP.NET Membership": membership,
    "PBKDF2 with columns": pbkdf2_columns,
    "HMAC, salt first": hmac_of_salt,
    "Redmine": lambda password, stored, salt: sha1(salt + sha1(password)) == stored,
    "vBulletin": lambda password, stored, salt: md5(md5(password) + salt) == stored,
    "phpBB": phpbb,
    "MyBB": lambda password, stored, salt: md5(md5(salt) + md5(password)) == stored,
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

print(
    json.dumps(
        [
            bool(VERIFIERS[q["format"]](q["password"], q["hash"], *q["parts"]))
            for q in json.load(sys.stdin)
        ]
    )
)
