"""How does a department's file become listings? read → clean → upsert → Report.

    from directory.importers.importing import ImportOptions, import_listings
    report = import_listings(engine, Path("サロン一覧.xlsx"), vocabulary, ImportOptions(source="社協 サロン一覧"), now)

reading/   opens the file in a child process with limits        recognising.py  which column is what
cleaning/  one kind of cell a file                              formats/        one format a file, found by itself
records.py a row → what it says about a listing                 upsert/         what to insert, change, ask, report
This module imports nothing, so the reading child starts in a few milliseconds.
"""
