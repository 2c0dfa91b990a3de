"""Creates people with Django's own create_user; reads a JSON list from standard input."""
import json
import sys

import django

django.setup()

from django.contrib.auth.models import User  # noqa: E402

for person in json.load(sys.stdin):
    User.objects.create_user(**person)
