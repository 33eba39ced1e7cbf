"""What the model is to predict of a pair."""

from __future__ import annotations

from csv_etl.errors import InputError
from pyspark.sql import DataFrame

# Of Object2Vec's num_classes.
MOST_CLASSES = 30


def find_classes(ratings: DataFrame, wanted: str, source: str) -> list[float]:
    """
    The different ratings, ascending: their places, from 0, are the classes. Raises InputError when
    there are too few, too many, or not as many as `wanted` says (empty: any).
    """
    scores = ratings.where("split IS NOT NULL").select("score").distinct()
    found = [row["score"] for row in scores.limit(MOST_CLASSES + 1).collect()]
    if len(found) > MOST_CLASSES:
        raise InputError(
            f"{source}: there are more than {MOST_CLASSES} different ratings, too many for "
            "classes. Set LABEL_AS to score, with the hyperparameter output_layer: "
            "mean_squared_error."
        )
    if len(found) < 2:
        raise InputError(
            f"{source}: every rating is {found[0]:g}. A model needs different ones to tell apart."
        )
    if wanted and wanted != str(len(found)):
        shown = ", ".join(f"{score:g}" for score in sorted(found))
        raise InputError(
            f"argument NUM_CLASSES is {wanted!r}, and the file has {len(found)} different ratings "
            f"({shown}): set it, and with it the hyperparameter num_classes, to {len(found)}, or "
            "correct the file."
        )
    return sorted(found)


def label_sql(classes: list[float] | None) -> str:
    """SQL of the label: the place of the score among the classes, or the score itself."""
    if classes is None:
        return "score"
    places = " ".join(f"WHEN {score!r}D THEN {place}" for place, score in enumerate(classes))
    return f"CASE score {places} END"
