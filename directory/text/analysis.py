"""Which index terms stand for a text, and how much does each field of a listing count?

A text is indexed by its words (shortest units, normal form), its compounds (認知症 besides 認知 + 症), the readings of
both, and — in short fields — pairs of letters of spelling and reading, so that 「ながすた」 finds ナガスタ although the
analyser cuts it into 流す + た. A letter before the colon keeps the five kinds apart.
"""

import hashlib
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

from directory.japanese import Token, analyser_version, compounds, fold, fold_normalised

RULES = 3  # raise when the code below makes other terms of the same text
LONGEST_WITH_PAIRS = 40  # letters: a name, not a sentence about the way there
FULL_VOWELS = str.maketrans("ぁぃぅぇぉ", "あいうえお")
LETTERS = re.compile(r"[^\W_]+|ー")


class Field(NamedTuple):
    """One searchable field: its weight, BM25's length normalisation b, and whether letter pairs are indexed."""

    name: str
    weight: float
    b: float
    pairs: bool


FIELDS = (
    Field("name", 5.0, 0.5, True),
    Field("kana", 3.0, 0.5, True),
    Field("category", 3.0, 0.5, False),
    Field("needs", 1.5, 0.5, False),
    Field("roles", 3.0, 0.5, False),
    Field("role_texts", 2.0, 0.75, False),
    Field("summary", 2.0, 0.75, False),
    Field("description", 1.0, 0.75, False),
    Field("place", 1.0, 0.5, True),
    Field("area", 2.0, 0.5, False),
    Field("organisation", 1.5, 0.5, True),
    Field("keywords", 3.5, 0.5, True),
    Field("times", 0.5, 0.5, True),
    # Vocabulary keys (k:need:company): no lengths, so a place of which more is known does not fall behind.
    Field("keys", 3.0, 0.0, False),
)
# Parts of speech that carry no meaning of their own; pronouns and 「御」 among them.
STOP_PARTS = frozenset({"助詞", "助動詞", "補助記号", "記号", "空白", "接頭辞", "接続詞", "連体詞", "代名詞"})
STOP_STEMS = frozenset({("形状詞", "助動詞語幹")})
# Words of asking, being and going that say nothing about a place. Normal forms of the analyser.
_ASKING_WORDS = """
    為る 居る 有る 在る 無い 成る 行く 往く 来る 出来る 呉れる 貰う 頂く 下さる 欲しい 遣る 良い 好い 所 場所 場 方 人 事 物 時 為 何 何処 何時 誰 如何
    何か 探す 捜す 知る 教える 願う 御願い 言う 思う 見る 見付ける 通う 参加 参加為る 御座る 様 けれど 近く 辺 もの こと ところ とこ さん 居れる 入れる 開く
    開催 遣って 会う 皆 又 もう まだ 少し ちょっと とても 大丈夫 可能 可 オーケー OK 有り 無し
"""
ASKING = frozenset(_ASKING_WORDS.split())
# Words of a sentence that say who speaks of whom, or what any place is or has (its 日), and nearly nothing about which.
# Normal forms.
_GENERAL_WORDS = """
    父 母 親 夫 妻 主人 家内 旦那 息子 娘 子 祖父 祖母 孫 兄 弟 姉 妹 家族 家 自分 私 僕 集まり 会 教室 作業 相手 使う 掛ける 話 話す 得意 日
"""
GENERAL = frozenset(_GENERAL_WORDS.split())

Analyse = Callable[[str, bool], Sequence[str]]


def index_terms(text: str, pairs: bool = True) -> tuple[str, ...]:
    """All terms of a text, with repetition. The result depends on the text and `fingerprint()` only."""
    terms: list[str] = []
    for whole, parts in compounds(text):
        if len(parts) > 1 and carries_meaning(whole):
            terms += (compound(whole), sound(whole))
        for part in parts:
            if carries_meaning(part):
                terms += (word(part), sound(part))
    return (*terms, *_pairs_of(text)) if pairs and len(text) <= LONGEST_WITH_PAIRS else tuple(terms)


def document_terms(texts: Mapping[str, str | Iterable[str]], analyse: Analyse = index_terms) -> dict[str, list[str]]:
    """The terms of each field of one listing; unknown fields are refused. `analyse` may be a cache (tokens.py)."""
    pairs = {field.name: field.pairs for field in FIELDS}
    return {
        name: [term for text in ([value] if isinstance(value, str) else value) for term in analyse(text, pairs[name])]
        for name, value in texts.items()
    }


def key_terms(parameter: str, keys: Iterable[str]) -> tuple[str, ...]:
    """Terms that stand for vocabulary keys: expansions of 生活語 look for `k:need:company`, not for a word."""
    return tuple(f"k:{parameter}:{key}" for key in keys)


def fingerprint() -> str:
    """Names the analyser: versions, the city's place names, and the tables of this file."""
    tables = repr((RULES, LONGEST_WITH_PAIRS, sorted(STOP_PARTS), sorted(STOP_STEMS), analyser_version()))
    return hashlib.sha256(tables.encode()).hexdigest()[:32]


def carries_meaning(token: Token) -> bool:
    """Is it worth a term? Particles, symbols and the like are not."""
    return token.part[0] not in STOP_PARTS and token.part[:2] not in STOP_STEMS and token.surface.strip() != ""


def word(token: Token) -> str:
    return f"w:{fold(token.normal)}"


def compound(token: Token) -> str:
    return f"c:{fold(token.normal)}"


def sound(token: Token) -> str:
    return as_it_sounds(fold_normalised(token.reading))


def as_it_sounds(folded: str) -> str:
    """The term of a folded kana text; ウォーキング and ウオーキング sound alike."""
    return f"r:{folded.translate(FULL_VOWELS)}"


def letter_pairs(folded: str) -> list[str]:
    """Every two neighbouring letters of a folded text, as terms."""
    return [f"b:{run[at:at + 2]}" for run in LETTERS.findall(folded) for at in range(len(run) - 1)]


def _pairs_of(text: str) -> list[str]:
    spelling = fold(text)
    spoken = fold_normalised("".join(part.reading for _, parts in compounds(text) for part in parts))
    return letter_pairs(spelling) + (letter_pairs(spoken) if spoken != spelling else [])
