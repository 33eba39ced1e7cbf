"""
Glue job: a rating file (user, item, rating) in, training data for Object2Vec out: JSON objects
{"label": rating, "in0": [user's id], "in1": [item's id]}, one a line.

Ids of any kind become whole numbers from 1, in S3_TRAIN_KEY's sibling `mapping/`: users.jsonl and
items.jsonl, a line each: {"user": "u7", "id": 1, "trained": true}. Whoever asks the model needs
them. So enc0_vocab_size is at least the number of users + 1, enc1_vocab_size that of items + 1.

The last row of a user and an item counts; the report says how many it replaces.

Arguments: S3_INPUT_FILE, S3_TRAIN_KEY, S3_VALIDATE_KEY; optional (etl.arguments):
S3_TEST_KEY, S3_REPORT_KEY, MAX_DROPPED_ROWS, SEED: as in churn_etl;
USER_COLUMN, ITEM_COLUMN, RATING_COLUMN (user, item, rating): names in the header; others are not
    used;
LABEL_AS: score (the rating, for output_layer mean_squared_error) or class (the rating's place among
    all different ones, from 0, for output_layer softmax);
ENC0_VOCAB_SIZE, ENC1_VOCAB_SIZE, NUM_CLASSES: the hyperparameters of these names; a file that they
    are too small for (NUM_CLASSES: that has not as many) fails here, before training;
S3_MAPPING_KEY: another folder for the mapping;
S3_AUXILIARY_KEY: folder of the channel `auxiliary`: gets enc0_vocab.json and enc1_vocab.json (id by
    text) and copies of ENC0_VECTORS and ENC1_VECTORS, files of pretrained vectors by s3:// URI.
"""

import json
import sys
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack

from csv_etl.arguments import DEFAULTS, one_of, resolve_options, whole_number
from csv_etl.bad_rows import find_bad_rows
from csv_etl.channels import split_folders, write_objects
from csv_etl.errors import rows_error
from csv_etl.header import distinct_names
from csv_etl.kept_frames import keep
from csv_etl.lines import number_lines
from csv_etl.report import make_report, publish
from csv_etl.storage import copy_file, read_first_line, write_text
from pyspark.sql import DataFrame, SparkSession
from ratings.columns import find_columns
from ratings.counts import check_trainable, count_ratings
from ratings.ids import Ids, check_ids, check_vocabulary, number_ids
from ratings.labels import find_classes, label_sql
from ratings.rows import find_problems, latest_ratings, parse_rows

OWN_DEFAULTS = {
    "USER_COLUMN": "user",
    "ITEM_COLUMN": "item",
    "RATING_COLUMN": "rating",
    "LABEL_AS": "score",
    "ENC0_VOCAB_SIZE": "",
    "ENC1_VOCAB_SIZE": "",
    "NUM_CLASSES": "",
    "S3_MAPPING_KEY": "",
    "S3_AUXILIARY_KEY": "",
    "ENC0_VECTORS": "",
    "ENC1_VECTORS": "",
}
COLUMNS = ["label", "in0", "in1"]


def main() -> None:
    options = resolve_options(sys.argv, DEFAULTS | OWN_DEFAULTS)
    spark = SparkSession.builder.appName("ratings-etl").getOrCreate()
    run(spark, options)


def run(spark: SparkSession, options: dict[str, str]) -> dict:
    """
    Checks the whole input, then writes splits, mapping and report; returns the report. Raises
    InputError before it writes.
    """
    source = options["S3_INPUT_FILE"]
    max_dropped = whole_number(options, "MAX_DROPPED_ROWS", 0)
    seed = whole_number(options, "SEED", None)
    as_class = one_of(options, "LABEL_AS", ["class", "score"]) == "class"
    header = distinct_names(read_first_line(spark, source), source)
    columns = find_columns(header, options, source)

    with ExitStack() as kept:
        lines = number_lines(spark.read.text(source))
        rows = parse_rows(lines, columns)
        ratings = keep(latest_ratings(rows, columns, seed), kept)
        counts = count_ratings(ratings)
        dropped = []
        if counts.bad:
            dropped = find_bad_rows(lines, find_problems(rows, columns), columns.bad_row)
        if counts.bad > max_dropped:
            raise rows_error(source, dropped, counts.bad, max_dropped)
        check_trainable(counts, source)
        classes = find_classes(ratings, options["NUM_CLASSES"], source) if as_class else None
        with ThreadPoolExecutor(max_workers=2) as pool:
            users, items = pool.map(lambda kind: number_ids(ratings, kind, kept), ("user", "item"))
        check_ids(users, options["USER_COLUMN"], source)
        check_ids(items, options["ITEM_COLUMN"], source)
        check_vocabulary(users, "ENC0_VOCAB_SIZE", options["ENC0_VOCAB_SIZE"], "enc0_vocab_size")
        check_vocabulary(items, "ENC1_VOCAB_SIZE", options["ENC1_VOCAB_SIZE"], "enc1_vocab_size")
        output = keep(to_objects(ratings, users, items, classes), kept)
        write_objects(output, COLUMNS, counts.of_split, split_folders(options))
    write_mapping(spark, options, users, items)

    report = make_report(spark, counts.numbers, COLUMNS, dropped, seed)
    report["replacedRatings"] = counts.replaced
    report["users"], report["items"] = users.described(), items.described()
    if classes is not None:
        report["classes"] = classes
    publish(spark, report, options["S3_REPORT_KEY"])
    return report


def to_objects(
    ratings: DataFrame, users: Ids, items: Ids, classes: list[float] | None
) -> DataFrame:
    """COLUMNS and `split` of each rating that is used."""
    used = ratings.where("split IS NOT NULL").join(users.frame, "user").join(items.frame, "item")
    return used.selectExpr(
        "split",
        f"{label_sql(classes)} AS label",
        "array(user_id) AS in0",
        "array(item_id) AS in1",
    )


def write_mapping(spark: SparkSession, options: dict[str, str], users: Ids, items: Ids) -> None:
    """Archives who is who, and feeds the auxiliary channel where there is one."""
    beside_train = options["S3_TRAIN_KEY"].rstrip("/").rpartition("/")[0] + "/mapping"
    folder = options["S3_MAPPING_KEY"].rstrip("/") or beside_train
    auxiliary = options["S3_AUXILIARY_KEY"].rstrip("/")
    for ids, encoder in ((users, "enc0"), (items, "enc1")):
        text = "".join(f"{line}\n" for line in ids.lines)
        write_text(spark, f"{folder}/{ids.kind}s.jsonl", text)
        if auxiliary:
            vocabulary = json.dumps(ids.mapping(), ensure_ascii=False)
            write_text(spark, f"{auxiliary}/{encoder}_vocab.json", vocabulary)
            vectors = options[f"{encoder.upper()}_VECTORS"]
            if vectors:
                copy_file(spark, vectors, f"{auxiliary}/{vectors.rpartition('/')[2]}")


if __name__ == "__main__":
    main()
