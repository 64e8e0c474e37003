"""What does a cell mean once the dirt is off? One kind of cell a file; each function is idempotent and never guesses.

A function that can doubt returns (value, Doubt | None): the value it is sure of, and a sentence about the rest.
"""
