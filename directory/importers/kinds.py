"""Which of our kinds is a row, judged by what its source calls it, and which needs does that kind meet by definition?

The order of evidence: the kind column, the title of the name column (サロン名, 行事名), the name, the section heading,
then the words above the table and the file's name. Within a text the first row of PATTERNS wins, then the longest
synonym of the vocabulary; a list （フィットネス、健康教室、…） names what goes on in a building and is read by PATTERNS
only. Nothing found: None.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from directory.vocabulary import Vocabulary

# What departments write → our kind. Specific before general: 認知症対応型通所介護 is care, 認知症カフェ is not.
PATTERNS: tuple[tuple[str, str], ...] = (
    ("百歳体操|100歳体操", "hyakusai_taiso"),
    ("認知症カフェ|オレンジカフェ", "dementia_cafe"),
    ("こども食堂|子ども食堂|子供食堂", "kodomo_shokudo"),
    ("フードパントリー|フードバンク", "food_pantry"),
    ("放課後等デイ|児童発達支援|障害児|障がい児|重症心身|保育所等訪問", "care_provider"),
    ("子育て支援センター|子育て支援総合センター|子育て支援拠点|child_rearing_support|子育て.{0,6}(?:ステーション|ひろば|サロン|ルーム)|つどいの広場|おやこひろば|ファミリー.?サポート",
     "parent_child"),
    ("放課後児童|児童クラブ|学童|児童館|児童センター|こども館|子ども館", "childrens_place"),
    ("包括支援センター|在宅介護支援センター|comprehensive_support_center|相談支援|相談窓口|基幹相談", "consultation"),
    ("地域活動支援センター", "community_activity_center"),
    ("若者サポートステーション", "youth_support"),
    ("老人福祉センター|憩いの家|elderly_welfare_center|介護予防拠点", "public_facility"),
    ("介護|訪問看護|特養|養護老人|老人ホーム|ケアハウス|グループホーム|ケアホーム|老人保健|老人福祉施設|elderly_welfare_facility|デイサービス|"
     "デイケア|ショートステイ|短期入所|通所|リハビリテーション|共同生活援助|生活支援ハウス|福祉用具|小規模多機能|福祉ホーム|サービス付き高齢者|"
     "有料老人|軽費老人", "care_provider"),
    ("障害者支援施設|障がい者支援施設|障害福祉サービス|障がい福祉サービス|disabled_welfare|生活訓練|就労継続|就労移行|就労定着|自立訓練|施設入所支援|生活介護|"
     "障害者施設|障がい者施設", "care_provider"),
    ("保育|幼稚園|こども園|小学校|中学校|高等学校|高校|義務教育|特別支援学校|病院|診療所|医院|クリニック|助産", "public_facility"),
    ("コミュニティセンター|community_center|公民館|市民センター|交流センター|福祉会館|福祉センター|文化会館|図書館|資料館|体育館|公園|遊び場|集会所|港湾会館|"
     "児童厚生|学校", "public_facility"),
    ("通いの場", "kayoinoba"),
    ("サロン", "salon"),
    ("老人クラブ|老人会", "seniors_club"),
    ("イベント|行事|催し|講座|event", "course_event"),
    ("移動販売", "mobile_shop"),
    ("公共施設|facilit", "public_facility"),
)
COMPILED = tuple((re.compile(pattern, re.IGNORECASE), kind) for pattern, kind in PATTERNS)
# Only what the kind means by its definition in data/vocabulary/kinds.yml; everything else a person adds.
NEEDS: Mapping[str, tuple[str, ...]] = {
    "salon": ("company",), "kayoinoba": ("exercise", "belonging"), "hyakusai_taiso": ("exercise",),
    "seniors_club": ("company",), "dementia_cafe": ("company",), "shared_meal": ("food", "company"),
    "kodomo_shokudo": ("food", "childrens_place"), "food_pantry": ("food",), "parent_child": ("childrens_place",),
    "childrens_place": ("childrens_place",), "study_support": ("learning",), "carers_group": ("family_respite",),
    "hikikomori_family": ("company",), "peer_group": ("company",), "free_space": ("belonging",),
    "outdoor_exercise": ("exercise",), "volunteer": ("role",), "shopping_transport": ("shopping_transport",),
    "mobile_shop": ("shopping_transport",), "japanese_class": ("learning",), "work_host": ("work_experience",),
    "youth_support": ("work_experience",), "consultation": ("consultation",),
    "outreach_consultation": ("consultation",),
}
UNKNOWN_KIND = "public_facility"
SHORTEST_SYNONYM = 3


class Kinds:
    """Reads kinds from texts; each distinct text once."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        words = (
            (unicodedata.normalize("NFKC", word), key)
            for key, term in vocabulary.kinds.items() for word in (term.label, *term.synonyms)
        )
        self._synonyms = sorted(((word, key) for word, key in words if len(word) >= SHORTEST_SYNONYM),
                                key=lambda pair: (-len(pair[0]), pair))
        self._known = frozenset(vocabulary.kinds)
        self._merged = {key: term.into for key, term in vocabulary.kinds.items() if term.into}
        self._read: dict[str, str | None] = {}

    def first(self, texts: Iterable[str | None]) -> str | None:
        """The kind of the first text that tells one."""
        return next(filter(None, (self.read(text) for text in texts if text)), None)

    def read(self, text: str) -> str | None:
        """The kind one text tells, None when it tells none."""
        if text not in self._read:
            found = self._found(unicodedata.normalize("NFKC", text))
            self._read[text] = self.now_called(found) if found else None
        return self._read[text]

    def now_called(self, kind: str) -> str:
        """The kind, or the one it went into."""
        return self._merged.get(kind, kind)

    def _found(self, plain: str) -> str | None:
        if plain in self._known:
            return plain
        return next((kind for pattern, kind in COMPILED if pattern.search(plain)), None) or (
            next((key for word, key in self._synonyms if word in plain), None) if "、" not in plain else None)
