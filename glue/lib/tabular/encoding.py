"""How the values of the columns become numbers."""

from __future__ import annotations

from dataclasses import dataclass, field

from csv_etl.errors import InputError
from csv_etl.lines import sql_text
from csv_etl.texts import check_texts
from pyspark.sql import DataFrame

from tabular.kinds import Kinds, too_many
from tabular.layout import Layout


@dataclass(frozen=True)
class Encoding:
    """What was found in the rows, by position of the column."""

    layout: Layout
    categories: dict[int, list[str]] = field(default_factory=dict)
    """Texts of a feature in the train split, sorted: a column of 0 and 1 for each."""
    unseen: dict[int, list[str]] = field(default_factory=dict)
    """Texts that only the other splits have: 0 in all of the feature's columns."""
    fillings: dict[int, str] = field(default_factory=dict)
    """What stands for a number that is missing."""
    classes: list[str] | None = None
    """Texts of the label, sorted: 0, 1, ...; None where it holds numbers."""

    def names(self) -> list[str]:
        """Columns of the output, the label first."""
        names = [] if self.layout.label is None else ["label"]
        for i in self.layout.features:
            header = self.layout.header[i]
            names += (
                [f"{header}_{value}" for value in self.categories[i]]
                if i in self.categories
                else [header]
            )
        return names

    def line_sql(self) -> str:
        """SQL of a row's values, separated by commas. All are numbers, so none needs quotes."""
        label = self.layout.label
        values = [] if label is None else [self._label_sql(label)]
        values += [self._feature_sql(i) for i in self.layout.features]
        return f"concat_ws(',', {', '.join(values)})"

    def _label_sql(self, label: int) -> str:
        if self.classes is None:
            return f"f{label}"
        places = {value: str(place) for place, value in enumerate(self.classes)}
        return _looked_up(label, places)

    def _feature_sql(self, i: int) -> str:
        if i in self.categories:
            values = self.categories[i]
            flags = {value: ",".join(str(int(v == value)) for v in values) for value in values}
            none = ",".join("0" for _ in values)
            return f"coalesce({_looked_up(i, flags)}, '{none}')"
        if i in self.fillings:
            return f"coalesce(nullif(f{i}, ''), '{self.fillings[i]}')"
        return f"f{i}"


def find_encoding(
    rows: DataFrame, layout: Layout, kinds: Kinds, missing: str, most_categories: int, source: str
) -> Encoding:
    """One Spark job over the rows that fit, if any column needs it. Raises InputError."""
    texts = [i for i in layout.features if not kinds.is_number(i)]
    lacking = [i for i in layout.features if kinds.is_number(i) and i in kinds.incomplete]
    label = layout.label
    has_classes = label is not None and not kinds.is_number(label)
    wanted = [
        *(f"collect_set(IF(split = 'train', nullif(f{i}, ''), NULL)) AS train{i}" for i in texts),
        *(f"collect_set(IF(split != 'train', nullif(f{i}, ''), NULL)) AS other{i}" for i in texts),
        *(f"avg(IF(split = 'train', double(f{i}), NULL)) AS mean{i}" for i in lacking),
        *([f"collect_set(f{label}) AS classes"] if has_classes else []),
    ]
    if not wanted:
        return Encoding(layout)
    found = rows.selectExpr(*wanted).first()
    encoding = Encoding(
        layout,
        {i: sorted(found[f"train{i}"]) for i in texts},
        {i: sorted(set(found[f"other{i}"]) - set(found[f"train{i}"])) for i in texts},
        {i: "0" if missing == "zero" else _shown(found[f"mean{i}"]) for i in lacking},
        sorted(found["classes"]) if has_classes else None,
    )
    _check(encoding, most_categories, source)
    return encoding


def _check(encoding: Encoding, most_categories: int, source: str) -> None:
    header = encoding.layout.header
    label = encoding.layout.label
    texts = encoding.categories | ({} if label is None else {label: encoding.classes or []})
    for i, values in texts.items():
        check_texts([*values, *encoding.unseen.get(i, [])], header[i], source)
        if len(values) > most_categories:
            raise too_many(source, header[i], len(values), most_categories, i == label)
    empty = [i for i, values in encoding.categories.items() if not values]
    empty += [i for i, filling in encoding.fillings.items() if filling == ""]
    if empty:
        raise InputError(
            f"{source}: no row of the train split has a value in column {header[empty[0]]!r}. "
            "Name it in DROP_COLUMNS, or add rows."
        )


def _looked_up(position: int, values: dict[str, str]) -> str:
    entries = ", ".join(f"{sql_text(key)}, '{value}'" for key, value in values.items())
    return f"element_at(map({entries}), f{position})"


def _shown(mean: float | None) -> str:
    return "" if mean is None else repr(mean)
