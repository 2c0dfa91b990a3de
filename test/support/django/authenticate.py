"""Asks Django's own authenticate(); reads a JSON list of [username, password], answers a JSON list of booleans."""
import json
import sys

import django

django.setup()

from django.contrib.auth import authenticate  # noqa: E402

print(json.dumps([authenticate(username=name, password=word) is not None for name, word in json.load(sys.stdin)]))
