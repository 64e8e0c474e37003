"""Does the command line say what it did, in words and as one JSON object, and with the right exit code?"""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from directory.db import make_engine, read_session
from directory.uploads.states import latest
from scripts import import_boundary, import_listings, import_towns

ROOT = Path(__file__).parents[2]
FIXTURES = ROOT / "tests" / "fixtures" / "imports"


@pytest.fixture
def database(tmp_path) -> str:
    return f"sqlite:///{tmp_path / 'directory.db'}"


def last_line(text: str) -> dict:
    return json.loads(text.splitlines()[-1])


def test_the_command_works_as_written_in_the_readme(database):
    command = [
        sys.executable, "-m", "scripts.import_listings", FIXTURES / "hsds.json", "--database", database, "--json"
    ]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    told = last_line(done.stdout)
    assert (told["rows"], told["insert"], told["format"]) == (1, 1, "hsds")
    assert "Traceback" not in done.stderr


def test_it_prints_the_map_the_rejects_and_one_sentence_of_counts(database, capsys):
    assert import_listings.main([str(FIXTURES / "free_form.csv"), "--database", database]) == 1
    told = capsys.readouterr().out
    assert "サロン名 → 名称" in told
    assert "取り込めない行: 9 行目・サロン名: 名称がありません。" in told
    assert "4 行のうち、新しく 3、変更 0、変わりなし 0、取り込めない 1。" in told


def test_a_refused_file_exits_with_2_and_says_why_in_both_ways(database, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_bytes(b"%PDF-1.7")
    assert import_listings.main([str(path), "--database", database, "--json"]) == 2
    told = capsys.readouterr()
    assert "PDF" in told.err
    assert "PDF" in last_line(told.out)["refused"]


def test_a_dry_run_says_so_and_a_map_file_is_read(database, tmp_path, capsys):
    path = tmp_path / "list.csv"
    path.write_text("あつまり,住所\nつつじ,津田1\n", "utf-8")
    columns = tmp_path / "map.yml"
    columns.write_text("name: あつまり\n", "utf-8")
    assert import_listings.main([str(path), "--map", str(columns), "--dry-run", "--database", database]) == 0
    assert "データベースには何も書いていません" in capsys.readouterr().out


@pytest.mark.parametrize("content", ["- a\n- b\n", "name: [", "\udcff"])
def test_a_map_that_is_none_is_refused(content, database, tmp_path, capsys):
    columns = tmp_path / "map.yml"
    columns.write_bytes(content.encode("utf-8", "surrogateescape"))
    assert import_listings.main([str(FIXTURES / "hsds.json"), "--map", str(columns), "--database", database]) == 2
    assert "--map" in capsys.readouterr().err


def test_help_is_japanese_and_explains_the_exit_codes(capsys):
    with pytest.raises(SystemExit):
        import_listings.main(["--help"])
    told = capsys.readouterr().out
    assert "終了コード" in told and "--publish" in told


def test_a_gazetteer_and_a_boundary_are_sent_to_their_own_commands(database, capsys):
    assert import_listings.main([str(FIXTURES / "towns.csv"), "--database", database]) == 2
    assert "scripts.import_towns" in capsys.readouterr().err
    assert import_listings.main([str(FIXTURES / "boundary.geojson"), "--database", database]) == 2
    assert "scripts.import_boundary" in capsys.readouterr().err


def test_towns_are_imported_once_and_a_point_outside_japan_is_rejected(database, capsys):
    arguments = [str(FIXTURES / "towns.csv"), "--database", database, "--json"]
    assert import_towns.main(arguments) == 1
    told = last_line(capsys.readouterr().out)
    assert (told["insert"], told["reject"], told["rejects"][0]["row"]) == (3, 1, 5)
    assert import_towns.main(arguments) == 1
    assert last_line(capsys.readouterr().out)["noop"] == 3


def test_a_boundary_is_imported_once(database, capsys):
    arguments = [str(FIXTURES / "boundary.geojson"), "--database", database, "--json"]
    assert import_boundary.main(arguments) == 0
    told = last_line(capsys.readouterr().out)
    assert (told["rows"], told["insert"], told["others"]) == (2, 1, {"同じ市区町村にまとめた図形": 1})
    assert import_boundary.main(arguments) == 0
    assert last_line(capsys.readouterr().out)["noop"] == 1


@pytest.mark.parametrize("script", [import_towns, import_boundary])
def test_another_kind_of_file_is_refused(script, database, capsys):
    assert script.main([str(FIXTURES / "free_form.csv"), "--database", database]) == 2
    assert capsys.readouterr().err.endswith("。\n")


def test_a_file_too_large_for_a_browser_is_laid_on_the_desk(database, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("YORIDOKORO_INSTANCE", str(tmp_path))
    path = tmp_path / "サロン一覧.csv"
    rows = (f"サロン{number},津田{number},{'o' * 60_000}\n" for number in range(100))
    path.write_text("サロン名,住所,内容\n" + "".join(rows), "utf-8")
    assert import_listings.main([str(path), "--desk", "--database", database]) == 0
    assert "/desk/curation/uploads/" in capsys.readouterr().out
    with read_session(make_engine(database)) as session:
        assert [one.state for one in latest(session)] == ["columns"]
