"""Which formats can be imported? One file each, found by itself: a module here with a FORMAT (or FORMATS).

A new format is one file here and one fixture of the same name in tests/fixtures/imports.
"""
