"""A warm Spark process that runs Glue scripts, one after another, as Glue 5.0 would."""
