"""What is written in this file? Reads any file in a child process that can be killed; knows no database.

The child imports only this package and `directory.errors`, so that a bad file is refused within a second.
"""
