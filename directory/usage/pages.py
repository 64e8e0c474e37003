"""Which kinds of pages are counted apart? One row a kind: the key in the counts, the name in the table."""

OTHER = "other"

PAGES: dict[str, str] = {
    "home": "はじめのページ",
    "search": "さがす",
    "listing": "場所のページ",
    "calendar": "今日・今週",
    "area": "地域",
    "category": "種類",
    "monthly": "今月の予定（回覧用）",
    "consult": "相談する・気になる人がいる",
    "family": "離れて暮らす家族へ",
    "for_me": "わたしに合う場所をさがす",
    "my_list": "マイリスト",
    "print": "印刷用",
    "about": "このサイトについて",
    OTHER: "そのほか",
}
