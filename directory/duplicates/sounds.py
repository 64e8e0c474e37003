"""How does a text sound, as far as lists agree on it? Read aloud, without the voicing that people hear differently.

津田 is つた here and つだ there, 集会所 しゅうかいじょ or しゅうかいしょ, 中島 なかじま or なかしま.
"""

import re
from functools import lru_cache

from directory.japanese import fold, reading

# What people write for short.
SHORT_FORMS = {"gg": "ぐらうんどごるふ", "100さい": "ひゃくさい", "100歳": "ひゃくさい"}
SHORT_FORM = re.compile("|".join(SHORT_FORMS))
PLACE_ENDS = re.compile("(?<=[ぁ-ゖー])(?:所|処)")
UNVOICED = str.maketrans("がぎぐげござじずぜぞだぢづでどばびぶべぼ", "かきくけこさしすせそたちつてとはひふへほ")


@lru_cache(maxsize=200_000)
def spell(written: str) -> str:
    """The sound by which texts are compared: 100歳 is ひゃくさい, a 会 at the end is かい, が is か."""
    folded = PLACE_ENDS.sub("しょ", written_out(written))
    spoken = reading(folded)
    if folded.endswith("会") and spoken.endswith("え"):
        spoken = spoken[:-1] + "かい"
    return unvoiced(spoken)


def unvoiced(spoken: str) -> str:
    """さがた and さかた are one."""
    return spoken.translate(UNVOICED)


def written_out(written: str) -> str:
    """Folded, and without the abbreviations of lists."""
    return SHORT_FORM.sub(lambda match: SHORT_FORMS[match.group()], fold(written))
