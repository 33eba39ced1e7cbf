"""A Glue job in the manner of the visual editor: DynamicFrames all the way, transforms by class."""

import sys

from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame
from awsglue.job import Job
from awsglue.transforms import *  # noqa: F403
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

options = getResolvedOptions(
    sys.argv, ["JOB_NAME", "S3_INPUT_FILE", "S3_TRAIN_KEY", "S3_VALIDATE_KEY"]
)
glueContext = GlueContext(SparkContext.getOrCreate())
job = Job(glueContext)
job.init(options["JOB_NAME"], options)

source = glueContext.create_dynamic_frame.from_options(
    connection_type="s3",
    connection_options={"paths": [options["S3_INPUT_FILE"]]},
    format="csv",
    format_options={"withHeader": True, "separator": ";"},
    transformation_ctx="source",
)


def add_area(record):
    record["area"] = int(record["width"]) * int(record["height"])
    return record


typed = ApplyMapping.apply(  # noqa: F405
    frame=source,
    mappings=[
        ("price", "string", "price", "double"),
        ("width", "string", "width", "int"),
        ("height", "string", "height", "int"),
    ],
    transformation_ctx="typed",
)
priced = Filter.apply(frame=typed, f=lambda row: row["price"] > 0)  # noqa: F405
wide = Map.apply(frame=priced, f=add_area)  # noqa: F405
parts = wide.toDF().randomSplit([0.8, 0.2], seed=7)
for part, key in zip(parts, ("S3_TRAIN_KEY", "S3_VALIDATE_KEY")):  # noqa: B905
    glueContext.write_dynamic_frame.from_options(
        frame=DynamicFrame.fromDF(part, glueContext, key),
        connection_type="s3",
        connection_options={"path": options[key]},
        format="csv",
        format_options={"writeHeader": False, "quoteChar": -1},
    )
print(f"persistent: {len(glueContext._jsc.getPersistentRDDs())}")
job.commit()
