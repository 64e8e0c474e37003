"""How does a list from another department get into the directory under somebody's eyes? Step by step, nothing unseen.

    upload_id = receive(engine, Arrival("サロン一覧.xlsx", content), by="SC 佐伯", staff_id="…", now=now)
    work(engine, settings, upload_id)      in the background: reads the file, proposes the columns
    choose_columns(…); work(…)             what becomes of every row, problems first; nothing is written yet
    decide(…)                              new rows that may be there already: 統合, 別物, 無視
    confirm(…); work(…)                    all of it in one transaction, or nothing
    undo(…)                                the batch is taken back, except what somebody changed since
"""
