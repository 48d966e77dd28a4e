"""`bedside analyse`: a whole file of comments into readings, without a database or a sign-in."""
COMMANDS = ()
