"""Signs of a spreadsheet round trip (XL)."""

from __future__ import annotations

import polars as pl

from validator.rules.model import Effect, Example, Rule, Severity, Text

_NOTHING = Text("なし", "nothing")
_MARKS = pl.col("marks")

RULES = (
    Rule(
        code="XL001",
        slug="number-stored-as-numeric",
        field="my_number",
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "個人番号が、表計算ソフトの数値として保存されています。",
            "The My Number is stored as a numeric cell.",
        ),
        hint=Text(
            "列を「文字列」にしてください。先頭が0の番号は桁を失います。",
            "Set the column to text: numbers with a leading zero lose it.",
        ),
        why=Text("数値の列では、先頭の0が失われます。", "Leading zeros get lost."),
        source=("電子媒体届書の提出に関する注意(CSVを表計算ソフトで開かない)",),
        cannot_see=_NOTHING,
        when=_MARKS.str.contains("|my_number:numeric_cell|", literal=True),
        bad=(Example({}, source="xlsx_numeric"),),
        good=(Example(),),
    ),
    Rule(
        code="XL002",
        slug="formula-in-cell",
        field=None,
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "数式のセルがあります。計算結果の値で照合しました。",
            "A cell holds a formula; its stored result was used.",
        ),
        hint=Text(
            "値だけを貼り付けたファイルで出し直すことをお勧めします。",
            "Better to file values only.",
        ),
        why=Text(
            "数式の結果は、開く環境で変わることがあります。",
            "A formula may give another result elsewhere.",
        ),
        source=("本プロジェクトの定め",),
        inferred=True,
        cannot_see=_NOTHING,
        when=_MARKS.str.contains(":formula_cell|", literal=True),
        bad=(Example({}, source="xlsx_formula"),),
        good=(Example(),),
    ),
    Rule(
        code="XL003",
        slug="exponent-in-cell",
        field=None,
        severity=Severity.WARNING,
        effect=Effect.NONE,
        message=Text(
            "指数表示(1.23E+11 の形)の値があります。表計算ソフトで桁が失われています。",
            "A value is in exponent form: a spreadsheet has destroyed digits.",
        ),
        hint=Text(
            "元のデータから作り直してもらってください。",
            "Have the file made again from its source.",
        ),
        why=Text("失われた桁は復元できません。", "The digits cannot be recovered."),
        source=("電子媒体届書の提出に関する注意(CSVを表計算ソフトで開かない)",),
        cannot_see=_NOTHING,
        when=_MARKS.str.contains(":exponent|", literal=True),
        bad=(Example({"my_number": "1.23457E+11"}),),
        good=(Example(),),
    ),
)
