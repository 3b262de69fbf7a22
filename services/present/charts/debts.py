"""Debtors by class, by age, by fund, and by how many funds they owe."""

from __future__ import annotations

from decimal import Decimal

import altair as alt
import pandas as pd

from services.present.charts.bars import Bars, bars
from services.present.charts.drawing import BLUE, GREEN, ORANGE, ROW, Drawing, drawing
from services.present.debts import (
    OWED,
    ageing_table,
    classes_table,
    creditors_table,
    funds_owed_table,
)
from services.present.scope import Scope

BAHT = OWED[2]
MOST_FUNDS = 12
WHOSE = ["เกณฑ์ร่าง", "อำเภอจัด"]


def _worded(table: pd.DataFrame) -> pd.DataFrame:
    """With the length of a bar and the words at its end."""
    amounts = table[BAHT]
    known = amounts.notna()
    return table.assign(
        length=[
            float(amount) if there else 0.0 for amount, there in zip(amounts, known, strict=True)
        ],
        words=[
            _end(amount if there else None, debts)
            for amount, debts, there in zip(amounts, table["รายการ"], known, strict=True)
        ],
    )


def _end(amount: Decimal | None, debts: int) -> str:
    if amount is None:
        return f"ไม่ทราบยอด · {debts:,} รายการ" if debts else "–"
    return f"{amount:,.2f} บาท · {debts:,} รายการ"


def debt_classes(scope: Scope) -> Drawing:
    """Debts by class: our draft rule beside the office's own word."""
    table = classes_table(scope)
    rows = table.rename(columns={"รายการ": WHOSE[0], "รายการ (อำเภอจัด)": WHOSE[1]}).melt(
        "ประเภท", WHOSE, "whose", "debts"
    )
    rows = rows[rows["debts"] > 0].astype({"debts": "int64"})
    base = alt.Chart(rows).encode(
        y=alt.Y("ประเภท:N", sort=None, title=None, axis=alt.Axis(ticks=False, domain=False)),
        yOffset=alt.YOffset("whose:N", sort=WHOSE),
        x=alt.X(
            "debts:Q",
            title="รายการ",
            axis=None,
            scale=alt.Scale(
                domain=[0, 1.15 * max(rows["debts"].max(), 1)] if len(rows) else [0, 1]
            ),
        ),
        tooltip=[
            "ประเภท:N",
            alt.Tooltip("whose:N", title="ใครจัด"),
            alt.Tooltip("debts:Q", title="รายการ"),
        ],
    )
    chart = alt.layer(
        base.mark_bar(cornerRadiusEnd=3).encode(
            color=alt.Color(
                "whose:N", scale=alt.Scale(domain=WHOSE, range=[GREEN, ORANGE]), sort=WHOSE
            )
        ),
        base.mark_text(align="left", dx=5, fontSize=12).encode(
            text=alt.Text("debts:Q", format=",")
        ),
    ).properties(height=alt.Step(ROW - 10))
    return drawing(
        chart,
        f"ประเภทลูกหนี้ {scope.programme.year}",
        ("ประเภทลูกหนี้", "รายการหนี้ · เกณฑ์ร่างของเราเทียบกับที่อำเภอจัด", "แท่งจำนวนรายการหนี้ตามประเภท"),
        table,
    )


def debt_ageing(scope: Scope) -> Drawing:
    """Open debts by how long they are past due."""
    table = ageing_table(scope)
    return bars(
        _worded(table),
        Bars("อายุหนี้", "length", "words"),
        f"อายุหนี้ {scope.programme.year}",
        ("อายุหนี้ที่ยังไม่ปิด", "บาท · ช่วงวันเป็นร่าง", "แท่งหนี้คงเหลือตามจำนวนวันที่เกินกำหนด"),
        table,
    )


def debt_creditors(scope: Scope) -> Drawing:
    """The funds that are owed most."""
    table = creditors_table(scope)
    rows = table.head(MOST_FUNDS)
    rows = rows.assign(
        กองทุน=[
            name if code == "–" else f"{name} ({code}) อ.{district}"
            for name, code, district in zip(
                rows["กองทุน"], rows["รหัสกองทุน"], rows["อำเภอ"], strict=True
            )
        ]
    )
    more = f"{MOST_FUNDS} แห่งแรกจาก {len(table)}" if len(table) > MOST_FUNDS else "ทุกแห่ง"
    return bars(
        _worded(rows),
        Bars("กองทุน", "length", "words", (BLUE,)),
        f"หนี้รายกองทุน {scope.programme.year}",
        ("หนี้รายกองทุน", f"บาท · {more}", "แท่งหนี้คงเหลือของแต่ละกองทุน มากไปน้อย"),
        table,
    )


def funds_owed(scope: Scope) -> Drawing:
    """Households by how many funds they owe."""
    table = funds_owed_table(scope)
    rows = table.assign(
        name=[f"{number} กองทุน" for number in table["จำนวนกองทุน"]],
        words=[f"{count:,} ครัวเรือน" for count in table["ครัวเรือน"]],
    )
    return bars(
        rows,
        Bars("name", "ครัวเรือน", "words", (ORANGE,)),
        f"จำนวนกองทุนต่อครัวเรือน {scope.programme.year}",
        ("ครัวเรือนเป็นหนี้กี่กองทุน", "ครัวเรือน · เฉพาะหนี้ที่ยังไม่ปิด", "แท่งจำนวนครัวเรือนตามจำนวนกองทุนที่เป็นหนี้"),
        table,
    )
