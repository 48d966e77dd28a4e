"""The only layer that knows the database: tables, and one module of named queries a noun."""
