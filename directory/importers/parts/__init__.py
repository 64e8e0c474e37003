"""Which values of a record come from which cells? One part of a listing a file."""
