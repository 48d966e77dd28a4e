"""The pages of those who run Bedside for a practice; each module is named in web/routes.py."""

from training.web.guard import Audience

admin = Audience("admin", __name__)
