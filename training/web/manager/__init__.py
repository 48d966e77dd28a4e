"""The pages of those who review and those who manage; each module is named in web/routes.py."""

from training.web.guard import Audience

manager = Audience("manager", __name__)
