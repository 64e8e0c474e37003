"""Which places suit this person, and what became of it? Everything about people comes here; nothing does yet."""
