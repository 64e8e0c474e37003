"""Which pages has the curation desk? One subject a module."""
