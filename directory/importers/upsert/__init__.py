"""What does an import change in the directory? Everything in one transaction; what a person edited is asked about."""
