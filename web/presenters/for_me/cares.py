"""気をつけたいこと: what may be ticked, what each tick means to the match, and how it is asked and told of a place?

One row a tick. A tick whose key the vocabulary of this city does not have is not offered.
"""

from dataclasses import dataclass

from directory.vocabulary import Vocabulary
from web.i18n import gettext as _

REQUIRED, AVOIDED, HELPFUL, FLAG = "required", "avoided", "helpful", "flag"


@dataclass(frozen=True)
class Care:
    """`key`: the attribute, or the flag of the profile. `good`: what is said of a place where it is well."""

    value: str
    label: str
    means: str
    key: str
    question: str
    good: str


def cares(vocabulary: Vocabulary) -> tuple[Care, ...]:
    """The ticks of this city, in the order of the page."""
    return tuple(care for care in _rows() if care.means == FLAG or care.key in vocabulary.attributes)


def _rows() -> tuple[Care, ...]:
    return (
        Care("wheelchair", _("車いすで入りたい"), REQUIRED, "wheelchair",
             _("車いすのまま、部屋まで入れますか。"), _("車いすのまま入れます。")),
        Care("no_steps", _("段差や階段がないほうがよい"), AVOIDED, "steps",
             _("入口や部屋までに、段差や階段はありますか。"), _("段差や階段がありません。")),
        Care("chairs", _("いすに座りたい"), REQUIRED, "chairs",
             _("いすに座れますか。"), _("いすに座れます。")),
        Care("western_toilet", _("洋式のトイレがよい"), REQUIRED, "western_toilet",
             _("洋式のトイレはありますか。"), _("洋式のトイレがあります。")),
        Care("parking", _("車を止めたい"), REQUIRED, "parking",
             _("車を止められますか。"), _("車を止められます。")),
        Care("sign_language", _("手話で話したい"), REQUIRED, "sign_language",
             _("手話のできる方はいますか。"), _("手話で話せます。")),
        Care("writing", _("紙やスマホに書いて話したい"), REQUIRED, "writing",
             _("紙やスマホに書いて、やりとりができますか。"), _("書いてやりとりができます。")),
        Care("companion", _("付き添いの人と一緒に行きたい"), FLAG, "companion",
             _("付き添いの人が、そばにいてもよいですか。"), _("付き添いの人と一緒にいられます。")),
        Care("visit_first", _("まず見学だけしたい"), HELPFUL, "visit_first",
             _("見学だけでもよいですか。"), _("まず見学ができます。")),
        Care("drop_in", _("予約をしないで行きたい"), REQUIRED, "drop_in",
             _("予約をしないで行ってもよいですか。"), _("予約はいりません。")),
        Care("leave_early", _("途中で帰れるほうがよい"), REQUIRED, "join_midway",
             _("途中で帰ってもよいですか。"), _("途中で帰ってもかまいません。")),
        Care("nickname", _("本名を言いたくない"), REQUIRED, "nickname_ok",
             _("呼び名だけで参加できますか。"), _("呼び名で参加できます。")),
        Care("no_alcohol", _("お酒の出ない場がよい"), AVOIDED, "alcohol",
             _("お酒が出ることはありますか。"), _("お酒は出ません。")),
        Care("no_smoking", _("たばこの煙が苦手"), AVOIDED, "smoking",
             _("たばこを吸う方はいますか。"), _("たばこの煙はありません。")),
        Care("no_pets", _("動物が苦手"), AVOIDED, "pets",
             _("犬や猫などの動物はいますか。"), _("動物はいません。")),
    )
