"""Which listings live in the small town of the web tests? One of every kind a page has to treat differently."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Engine

from tests.factories import add_listing

# Words that must never reach a public page.
SECRETS = ("秘密の代表", "090-0000-9999", "秘密の番地", "34.3777", "ひみつの家", "秘密の言葉", "支援者だけの会", "準備中の会", "おやすみ中の会")


@dataclass(frozen=True)
class Town:
    """Ids of the listings, by what is special about them."""

    rich: str
    sparse: str
    masked: str
    visiting: str
    unread: str
    relayed: str
    closed: str
    merged: str
    hidden: tuple[str, ...]


def build_town(engine: Engine) -> Town:
    """Write the town and give its ids."""
    rich = _rich(engine)
    for number in range(1, 25):
        _salon(engine, number)
    return Town(
        rich=rich,
        sparse=add_listing(engine, service={"name": "まだわからない会"}, phrases=(), location={"name": None}),
        masked=_masked(engine),
        visiting=add_listing(
            engine, placeless=True, service={"name": "家へうかがう話し相手", "kind": "visiting"}, phrases=(),
            service_area="廿日市・大野地域", contact_public=True, phone="0829-00-1500", areas=[("地域", "大野")],
        ),
        unread=add_listing(engine, service={"name": "読めない日時の会"}, phrases=["月が満ちたころ、または鐘が鳴った日の翌々日"]),
        relayed=add_listing(
            engine, service={"name": "取り次ぎの会"}, contact_public=False, phone="0829-00-7777",
            representative="秘密の代表", mobile="090-0000-9999",
        ),
        closed=add_listing(
            engine, service={"name": "終わったサロン"}, status="closed", status_reason="秘密の言葉", areas=[("地域", "佐伯")],
        ),
        merged=add_listing(engine, service={"name": "まとめられた会"}, status="closed", merged_into=rich),
        hidden=(
            add_listing(engine, service={"name": "支援者だけの会"}, visibility="staff"),
            add_listing(engine, service={"name": "準備中の会"}, status="draft"),
            add_listing(engine, service={"name": "おやすみ中の会"}, status="paused"),
            add_listing(engine, service={"name": "載せない会 ひみつの家"}, visibility="none"),
        ),
    )


def _rich(engine: Engine) -> str:
    return add_listing(
        engine,
        organization={"name": "つつじ会", "normalised_name": "つつじ会"},
        service={
            "name": "いきいき百歳体操 つつじ会", "name_kana": "いきいきひゃくさいたいそう つつじかい", "kind": "hyakusai_taiso",
            "summary": "いすに座ってもできる、重りを使った体操。終わったらお茶を一杯。",
            "description": "手首と足首に重りをつけて、30分ほど動きます。<script>alert(1)</script>",
            "easy_description": "いすに すわって 体を うごかします。", "fees_state": "stated", "age_state": "none",
            "gender_state": "none", "residency_state": "stated", "residency_text": "市内の方", "application": "none",
            "steps": ["水曜の10時までに行く", "はじめてですと声をかける", "合わなければやめてよい"],
        },
        location={
            "name": "つつじ集会所", "name_kana": "つつじしゅうかいじょ", "town": "津田", "latitude": 34.37, "longitude": 132.17,
            "travel_notes": "坂はありません",
        },
        phrases=["毎週水曜日 10時～11時（祝日と12月29日～1月3日は休み）"],
        attributes={"chairs": "yes", "accessible_toilet": "no", "wheelchair": "unknown", "visit_first": "yes"},
        needs=("exercise", "company"),
        fees=[{"per": "毎回", "yen": 100, "note": "お茶代", "first_free": True}, {"per": "年", "yen": 300, "note": "保険"}],
        roles=[{"name": "麦茶係", "what": "お茶をいれて配る", "wanted": 1, "loads": {"conversation": 1}}],
        areas=[("地域", "佐伯")],
        welcome="always",
        usual={"people": "12人くらい", "ages": "70～80代"},
        first_day={"entrance": "道路側のガラス戸", "self_introduction": "ありません"},
        contact_public=True, phone="0829-00-2101", phone_hours="平日 9時～17時", web="https://example.jp/tsutsuji",
        representative="秘密の代表", mobile="090-0000-9999", accommodations=["silence_ok"],
        assured_date=date(2026, 11, 20), assured_by="SC", assured_how="電話",
    )


def _masked(engine: Engine) -> str:
    return add_listing(
        engine, service={"name": "こかげの部屋"}, contact_public=True, phone="0829-00-2222", areas=[("地域", "廿日市")],
        location={
            "name": "ひみつの家", "town": "秘密の番地", "address_rest": "秘密の番地1-2", "latitude": 34.3777,
            "longitude": 132.3777, "travel_notes": "秘密の言葉", "masked": True,
        },
    )


def _salon(engine: Engine, number: int) -> str:
    return add_listing(
        engine, service={"name": f"お茶のサロン {number}", "summary": "お茶を飲んで話します。", "fees_state": "none"},
        phrases=["毎週火曜日 13時～15時"], areas=[("地域", "大野")], welcome="visit_first",
        assured_date=date(2025, 6, 1), assured_by="社協", assured_how="訪問",
    )
