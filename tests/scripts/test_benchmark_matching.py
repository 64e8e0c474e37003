"""Does the benchmark compare what it says: the same lists by two ways, measured or scaled?"""

import json

from scripts.benchmark_matching import main


def test_both_ways_agree_and_the_last_line_is_keyed_by_size(capsys):
    assert main(["--sizes", "150,300", "--naive-rows", "150", "--json", "--quiet"]) == 0
    told = capsys.readouterr().out.splitlines()
    figures = json.loads(told[-1])
    assert list(figures) == ["150", "300"]
    for size, it in figures.items():
        assert it["same_list"] is True and it["naive_measured_rows"] == 150
        assert it["ratio"] > 1 and 0 < it["bytes_per_row"] and it["memory_pass_ms"] > 0
        assert ("scaled" in told[list(figures).index(size)]) == (size == "300")
