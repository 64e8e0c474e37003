"""What can be done from the command line? Each script parses its arguments, calls one function and prints."""
