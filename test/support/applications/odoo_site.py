"""Installs Odoo's base module, creates its people and has its own check of passwords answer.

What to do is the argument; what with is read from standard input, as JSON.
"""

import json
import logging
import os
import sys

from docutils.writers import html4css1

# Debian's docutils looks for its files below /usr/share, where they are not.
TEMPLATE = "share/docutils/writers/html4css1/template.txt"
html4css1.Writer.settings_default_overrides = {"template": os.path.join(sys.prefix, TEMPLATE)}

import odoo  # noqa: E402
from odoo.exceptions import AccessDenied  # noqa: E402
from odoo.modules.registry import Registry  # noqa: E402

DATABASE = os.environ["SITE_DATABASE"]


def configure():
    settings = {
        "--database": DATABASE,
        "--db_host": os.environ["SITE_HOST"],
        "--db_port": os.environ["SITE_PORT"],
        "--db_user": os.environ["SITE_USER"],
        "--db_password": os.environ["SITE_PASSWORD"],
        "--data-dir": os.environ["SITE_FOLDER"],
        "--log-level": "critical",
    }
    odoo.tools.config.parse_config([word for pair in settings.items() for word in pair] + ["--without-demo=all"])
    logging.disable(logging.CRITICAL)


def install():
    odoo.tools.config["init"]["base"] = 1
    Registry.new(DATABASE, update_module=True)


def create(people):
    with odoo.api.Environment.manage(), Registry(DATABASE).cursor() as cursor:
        env = odoo.api.Environment(cursor, odoo.SUPERUSER_ID, {"no_reset_password": True})
        for person in people:
            name = person["givenName"] + " " + person["familyName"]
            values = {"name": name, "login": person["email"], "email": person["email"], "password": person["password"]}
            env["res.users"].create(values)
        cursor.commit()


def accepts(login, password):
    """What authenticate answers over XML-RPC, as /xmlrpc/2/common asks it."""
    try:
        return bool(Registry(DATABASE)["res.users"].authenticate(DATABASE, login, password, {"interactive": False}))
    except AccessDenied:
        return False


def main(what, given):
    configure()
    if what == "install":
        install()
    elif what == "people":
        create(given)
    else:
        with odoo.api.Environment.manage():
            print(json.dumps([accepts(login, password) for login, password in given]))


main(sys.argv[1], json.load(sys.stdin))
