"""A stock Django site: its own auth application, its own migrations, nothing of ours."""
import os

SECRET_KEY = "only for tests"
INSTALLED_APPS = ["django.contrib.auth", "django.contrib.contenttypes"]
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
USE_TZ = True
if "SITE_FILE" in os.environ:
    DATABASES = {"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": os.environ["SITE_FILE"]}}
else:
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.postgresql",
            "HOST": os.environ["SITE_HOST"],
            "PORT": os.environ["SITE_PORT"],
            "NAME": os.environ["SITE_DATABASE"],
            "USER": os.environ["SITE_USER"],
            "PASSWORD": os.environ["SITE_PASSWORD"],
        }
    }
