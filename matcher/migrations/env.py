"""How does Alembic reach the tables? Through the connection that directory/migrating.py hands over."""

from alembic import context

from matcher.db import Base

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
