"""Churn CSVs for tests."""

from __future__ import annotations

import csv
import io
import random
from pathlib import Path

from churn.schema import INPUT_COLUMNS, STATES

HEADER = ",".join(column.header for column in INPUT_COLUMNS)

ROW = {
    "State": "KS",
    "Account Length": "128",
    "Area Code": "415",
    "Phone": "382-4657",
    "Int'l Plan": "no",
    "VMail Plan": "yes",
    "VMail Message": "25",
    "Day Mins": "265.1",
    "Day Calls": "110",
    "Day Charge": "45.07",
    "Eve Mins": "197.4",
    "Eve Calls": "99",
    "Eve Charge": "16.78",
    "Night Mins": "244.7",
    "Night Calls": "91",
    "Night Charge": "11.01",
    "Intl Mins": "10.0",
    "Intl Calls": "3",
    "Intl Charge": "2.7",
    "CustServ Calls": "1",
    "Churn?": "False.",
}


def line(**changes: str) -> str:
    """A row; names of columns are written with underscores: `Churn_="True."`, `Intl_Plan="no"`."""
    by_name = {name.translate(str.maketrans(" ?'", "__ ")).replace(" ", ""): name for name in ROW}
    values = {**ROW, **{by_name[key]: value for key, value in changes.items()}}
    text = io.StringIO()
    csv.writer(text, lineterminator="").writerow(values.values())
    return text.getvalue()


def lines(count: int, seed: int = 0) -> list[str]:
    """Different rows that all fit, about a third of them of customers who left."""
    source = random.Random(seed)
    return [
        line(
            State=source.choice(STATES),
            Area_Code=source.choice(["408", "415", "510"]),
            Day_Mins=f"{source.uniform(0, 350):.1f}",
            Night_Calls=str(source.randrange(200)),
            Churn_="True." if source.random() < 0.33 else "False.",
        )
        for _ in range(count)
    ]


def write(path: Path, rows: list[str], header: str = HEADER, end: str = "\n") -> str:
    """Writes a file; its path."""
    path.write_bytes("".join(text + end for text in [header, *rows]).encode())
    return str(path)
