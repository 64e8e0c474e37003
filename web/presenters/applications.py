"""How are the answers of 掲載希望 looked at once more, and what is said of those that cannot be taken?"""

from collections.abc import Mapping
from dataclasses import dataclass

from directory.ways_in.applications import QUESTIONS, Question
from web.i18n import gettext as _


@dataclass(frozen=True)
class Row:
    """One answer; `missing` when it has to be put right, `public` when it may stand on the page of the place."""

    step: str
    key: str
    label: str
    words: str
    missing: bool
    public: bool


def summary_rows(answers: Mapping[str, str], missing: Mapping[str, str]) -> list[Row]:
    """Every question with what was answered."""
    return [Row(one.step, one.key, one.label, _words(one, answers.get(one.key, "")), one.key in missing, one.public)
            for one in QUESTIONS]


def _words(question: Question, answer: str) -> str:
    if question.kind == "tick":
        return _("はい") if answer else ""
    return answer


def wrong_sentences(wrong: Mapping[str, str], questions: Mapping[str, Question]) -> dict[str, str]:
    """Question → what to do."""
    return {key: _sentence(problem, questions[key]) for key, problem in wrong.items()}


def _sentence(problem: str, question: Question) -> str:
    if problem == "long":
        return _("「%(label)s」が長すぎます。%(most)s文字までの、みじかい文にしてください。", label=question.label, most=question.longest)
    if problem == "reach":
        return _("電話番号は市外局番から、メールアドレスは「@」の前もうしろも書いてください。")
    if question.kind == "tick":
        return _("のせるには了解がいります。団体の方に確かめてから、印をつけてください。")
    return _("「%(label)s」を書いてください。", label=question.label)
