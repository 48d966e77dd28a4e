"""The pages of a person on the roster: what patients said, what to rehearse."""

from training.web.guard import Audience

staff = Audience("staff", __name__)
