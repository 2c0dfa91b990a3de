#!/usr/bin/python3
"""What implementations of bcrypt do with what follows the 72nd byte, and with a NUL.

apt-get install python3-bcrypt python3-passlib python3-django php-cli ruby-bcrypt apache2-utils whois
/usr/bin/python3 limits.py > limits.json

`past72`: `ignored`, `read` or `refused`. `nul`: `ends` the password there, `read` or `refused`; `unknown` where a password
with a NUL cannot be given to the program.
"""

import base64
import json
import subprocess
import warnings

warnings.filterwarnings("ignore")

import bcrypt
from django.conf import settings
from passlib import hash as passlib

settings.configure(
    PASSWORD_HASHERS=[
        "django.contrib.auth.hashers." + name
        for name in ("BCryptPasswordHasher", "BCryptSHA256PasswordHasher")
    ]
)
from django.contrib.auth.hashers import check_password, get_hasher

LONG, CUT = "z" * 72 + "past", "z" * 72
NUL, BEFORE = "abc\0def", "abc"


def outcome(make, verify, password, shorter):
    try:
        made = make(password)
    except Exception:
        return "refused", None
    try:
        return ("cut" if verify(shorter, made) else "read"), made
    except Exception:
        return "read", made


def php(password, stored=None):
    code = (
        'echo password_hash(base64_decode($argv[1]), PASSWORD_BCRYPT, ["cost" => 4]);'
        if stored is None
        else "echo password_verify(base64_decode($argv[1]), $argv[2]) ? 1 : 0;"
    )
    arguments = [base64.b64encode(password.encode()).decode()] + ([] if stored is None else [stored])
    return subprocess.run(["php", "-r", code, *arguments], capture_output=True, text=True, check=True).stdout


def ruby(password, stored=None):
    code = (
        "print BCrypt::Password.create(ARGV[0].unpack1('m'), cost: 4)"
        if stored is None
        else "print BCrypt::Password.new(ARGV[1]) == ARGV[0].unpack1('m') ? 1 : 0"
    )
    arguments = [base64.b64encode(password.encode()).decode()] + ([] if stored is None else [stored])
    return subprocess.run(
        ["ruby", "-rbcrypt", "-e", code, *arguments], capture_output=True, text=True, check=True
    ).stdout


def program(*command):
    def make(password):
        made = subprocess.run([*command, password], capture_output=True, text=True, check=True).stdout
        return made.strip().removeprefix("u:")

    return make


def python_check(password, stored):
    return bcrypt.checkpw(password.encode(), stored.encode())


def django(name):
    hasher = get_hasher(name)
    hasher.rounds = 4
    return lambda password: hasher.encode(password, hasher.salt())


IMPLEMENTATIONS = [
    ("bcrypt", "python3-bcrypt", lambda p: bcrypt.hashpw(p.encode(), bcrypt.gensalt(4)).decode(), python_check),
    ("bcrypt", "passlib", passlib.bcrypt.using(rounds=4).hash, passlib.bcrypt.verify),
    ("django-bcrypt", "Django", django("bcrypt"), check_password),
    ("django-bcrypt-sha256", "Django", django("bcrypt_sha256"), check_password),
    ("bcrypt", "PHP", php, lambda p, stored: php(p, stored) == "1"),
    ("bcrypt", "bcrypt-ruby", ruby, lambda p, stored: ruby(p, stored) == "1"),
    ("bcrypt", "htpasswd", program("htpasswd", "-nbBC", "4", "u"), python_check),
    ("bcrypt", "mkpasswd", program("mkpasswd", "-m", "bcrypt", "-R", "4"), python_check),
]

facts = []
for name, by, make, verify in IMPLEMENTATIONS:
    past72, made = outcome(make, verify, LONG, CUT)
    # A NUL ends an argument of a program: it never arrives.
    nul, with_nul = ("unknown", None) if by in ("htpasswd", "mkpasswd") else outcome(make, verify, NUL, BEFORE)
    facts.append(
        {
            "format": name,
            "by": by,
            "past72": "ignored" if past72 == "cut" else past72,
            "hash": made,
            "nul": "ends" if nul == "cut" else nul,
            "hashWithNul": with_nul,
        }
    )
print(json.dumps(facts, indent=1))
