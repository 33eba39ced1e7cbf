"""
A Glue job as teams have them already: rows of finished features come without a header, and leave in
two parts. It knows nothing of this project, and reads four arguments.
"""

import sys

from awsglue.context import GlueContext
from awsglue.dynamicframe import DynamicFrame  # noqa: F401 (imported by most such scripts)
from awsglue.job import Job
from awsglue.transforms import *  # noqa: F403
from awsglue.utils import getResolvedOptions
from pyspark.context import SparkContext

arguments = ["JOB_NAME", "S3_INPUT_FILE", "S3_TRAIN_KEY", "S3_VALIDATE_KEY"]
options = getResolvedOptions(sys.argv, arguments)

context = GlueContext(SparkContext())
session = context.spark_session
job = Job(context)
job.init(options["JOB_NAME"], options)

features = session.read.load(options["S3_INPUT_FILE"], format="csv", inferSchema=True, header=False)
kept, held_back = features.randomSplit([0.7, 0.3])
kept.write.save(options["S3_TRAIN_KEY"], format="csv", mode="overwrite")
held_back.write.save(options["S3_VALIDATE_KEY"], format="csv", mode="overwrite")

job.commit()
