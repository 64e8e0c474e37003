"""What does an import change in the directory? Everything in one transaction; a person's edit is asked about, never lost."""
