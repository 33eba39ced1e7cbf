"""
Transforms of the churn ETL job. None of them reads or writes anything; see storage.py for what
does.
"""
