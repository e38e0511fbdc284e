"""The WSGI entry point that Granian serves."""

import os

from django.core.wsgi import get_wsgi_application

from smartkampung.kernel.orphan import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "smartkampung.config.settings")
end_with_parent()
application = get_wsgi_application()
