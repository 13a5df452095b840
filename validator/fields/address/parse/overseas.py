"""Addresses outside Japan: told by their letters or their country, never split."""

from __future__ import annotations

import polars as pl

# Names of countries as people write them in front of an address (外務省's short names and older
# ones). Where a country is not among them, an address in Japanese letters is simply not found.
_COUNTRIES = (
    "アメリカ|米国|合衆国|カナダ|メキシコ|ブラジル|アルゼンチン|ペルー|チリ|コロンビア|ボリビア|パラグアイ|"
    "中華人民共和国|中国[^地四]|大韓民国|韓国|朝鮮|台湾|中華民国|香港|マカオ|モンゴル|フィリピン|ベトナム|タイ|"
    "インドネシア|マレーシア|シンガポール|インド|ネパール|スリランカ|バングラデシュ|パキスタン|ミャンマー|"
    "カンボジア|ラオス|オーストラリア|豪州|ニュージーランド|英国|イギリス|イングランド|アイルランド|フランス|仏国|"
    "ドイツ|独国|イタリア|スペイン|ポルトガル|オランダ|ベルギー|スイス|オーストリア|スウェーデン|ノルウェー|"
    "デンマーク|フィンランド|ポーランド|チェコ|ハンガリー|ルーマニア|ブルガリア|ギリシャ|トルコ|ロシア|ウクライナ|"
    "アラブ首長国|サウジアラビア|カタール|イスラエル|イラン|イラク|エジプト|南アフリカ|ケニア|ナイジェリア|ガーナ|"
    "モロッコ|ウズベキスタン|カザフスタン"
)
_FOREIGN = f"^[\\s〒0-9-]*(?:{_COUNTRIES})"
_LATIN = r"^[\x20-\x7e\u00a0-\u024f\u2010-\u2019\uff01-\uff5e\s]*$"
_WORDS = "[A-Za-zＡ-Ｚａ-ｚ\u00c0-\u024f]{2}"
# Japan in Latin letters: Toyosu, Koto-ku, Tokyo.
_ROMANISED = r"(?i)\bjapan\b|\w-(?:ku|shi|cho|machi|mura|son|ken|fu|to|gun|chome|dori)\b"


def overseas(text: pl.Expr) -> pl.Expr:
    """Whether an address in which no place was found is one of another country."""
    latin = text.str.contains(_LATIN) & text.str.contains(_WORDS)
    return text.str.contains(_FOREIGN) | (latin & ~text.str.contains(_ROMANISED))
